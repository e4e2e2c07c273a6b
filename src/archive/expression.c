#include "archive/expression.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "thai/fold.h"

struct reader {
    struct arena *arena;
    struct diags *diags;
    struct str text;
    size_t at;
    struct expression *out;
};

/* Straight quotes, and those that phones and Word make of them. */
static bool
is_quote(uint32_t code)
{
    return code == '"' || (code >= 0x201C && code <= 0x201E);
}

static bool
is_gap(uint32_t code)
{
    return utf8_is_blank(code) || utf8_is_control(code);
}

static bool
fail(const struct reader *reader, enum diag_code code, const char *arg)
{
    diag_add(reader->diags, code, POS_NONE, arg, NULL, NULL);
    return false;
}

/* The text of a phrase behind its first quote; moves past the last. */
static struct str
read_phrase(struct reader *reader)
{
    struct buf out = buf_in(reader->arena);

    while (reader->at < reader->text.len) {
        size_t from = reader->at;
        bool ends = is_quote(utf8_next(reader->text, &reader->at));
        buf_add(&out, str_sub(reader->text, from, ends ? 0 : reader->at - from));
        if (!ends)
            continue;
        size_t next = reader->at;
        if (next == reader->text.len || !is_quote(utf8_next(reader->text, &next)))
            break;
        reader->at = next;
        buf_byte(&out, '"');
    }
    return buf_str(&out);
}

static struct str
read_word(struct reader *reader)
{
    size_t from = reader->at;

    while (reader->at < reader->text.len) {
        size_t next = reader->at;
        uint32_t code = utf8_next(reader->text, &next);
        if (is_gap(code) || is_quote(code))
            break;
        reader->at = next;
    }
    return str_sub(reader->text, from, reader->at - from);
}

static bool
add_term(struct reader *reader, struct str text, bool is_excluded)
{
    struct expression *out = reader->out;
    struct term term = {fold_text(reader->arena, text), is_excluded};
    size_t count = utf8_count(term.text);

    if (utf8_trim(term.text).len == 0)
        return true;
    if (count < 2)
        return fail(reader, DIAG_ARCHIVE_SEARCH_SHORT, diag_str(reader->diags, text));
    for (size_t i = 0; i < out->count; i++) {
        if (out->terms[i].is_excluded == is_excluded && str_eq(out->terms[i].text, term.text))
            return true;
    }
    if (out->count == EXPRESSION_TERMS_MAX)
        return fail(reader, DIAG_ARCHIVE_SEARCH_MANY,
                    diag_printf(reader->diags, "%d", EXPRESSION_TERMS_MAX));
    out->terms[out->count++] = term;
    return true;
}

/* A hyphen excludes what stands right behind it, where it begins a term. */
static bool
read_term(struct reader *reader)
{
    size_t next = reader->at;
    bool is_excluded = utf8_next(reader->text, &next) == '-' && next < reader->text.len &&
                       !is_gap(utf8_at(reader->text, next));

    if (is_excluded)
        reader->at = next;
    next = reader->at;
    if (!is_quote(utf8_next(reader->text, &next)))
        return add_term(reader, read_word(reader), is_excluded);
    reader->at = next;
    return add_term(reader, read_phrase(reader), is_excluded);
}

bool
expression_read(struct arena *arena, struct diags *diags, struct str text, struct expression *out)
{
    struct reader reader = {arena, diags, text, 0, out};

    *out = (struct expression){.count = 0};
    if (text.len > EXPRESSION_BYTES_MAX)
        return fail(&reader, DIAG_ARCHIVE_SEARCH_LONG,
                    diag_printf(diags, "%d", EXPRESSION_BYTES_MAX));
    if (utf8_invalid_at(text) != SIZE_MAX)
        return fail(&reader, DIAG_ARCHIVE_SEARCH_BYTES, NULL);
    while (reader.at < text.len) {
        size_t next = reader.at;
        if (is_gap(utf8_next(text, &next)))
            reader.at = next;
        else if (!read_term(&reader))
            return false;
    }
    return true;
}
