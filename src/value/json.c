/* JSON as RFC 8259 defines it. libyaml reads most JSON, but no surrogate pairs, and takes much that
 * is none.
 *
 * The grammar is read by recursive descent, VALUE_DEPTH_MAX deep at most. The first fault of
 * grammar ends the reading; forbidden characters and double keys do not. */
#include "value/read.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "value/reader.h"

struct json {
    struct reader *reader;
    struct str text;
    size_t at;
    size_t seen; /* where `line` and `column` stand; moves on only */
    unsigned line;
    unsigned column;
};

/* The place of the byte at `at`, which is never before that of an earlier call. */
static struct pos
pos_at(struct json *json, size_t at)
{
    while (json->seen < at) {
        uint32_t code = utf8_next(json->text, &json->seen);
        bool crlf =
            code == '\r' && json->seen < json->text.len && json->text.ptr[json->seen] == '\n';
        if (code == '\n' || (code == '\r' && !crlf)) {
            json->line++;
            json->column = 1;
        } else if (!crlf) {
            json->column++;
        }
    }
    return (struct pos){json->reader->file, json->line, json->column};
}

/* The byte at the cursor, or -1 at the end. */
static int
peek(const struct json *json)
{
    return json->at < json->text.len ? (unsigned char)json->text.ptr[json->at] : -1;
}

static void
skip_blanks(struct json *json)
{
    while (ascii_is_space(peek(json)))
        json->at++;
}

/* The code point at the cursor, for a message. */
static const char *
found(struct json *json)
{
    size_t next = json->at;

    (void)utf8_next(json->text, &next);
    return diag_str(json->reader->diags, str_sub(json->text, json->at, next - json->at));
}

static bool
fail_at(struct json *json, size_t at, enum diag_code code, const char *arg1, const char *arg2)
{
    reader_error(json->reader, code, pos_at(json, at), arg1, arg2, NULL);
    return false;
}

/* Something else than `expected` stands at the cursor. */
static bool
fail_expected(struct json *json, const char *expected)
{
    if (peek(json) < 0)
        return fail_at(json, json->at, DIAG_JSON_END, expected, NULL);
    return fail_at(json, json->at, DIAG_JSON_EXPECTED, expected, found(json));
}

static bool
hex4(const struct json *json, size_t at, uint32_t *out)
{
    if (json->text.len - at < 4)
        return false;
    *out = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = ascii_hex(json->text.ptr[i]);
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

/* \uXXXX, two of them for what lies beyond U+FFFF; the cursor stands on the backslash. */
static bool
read_code_point(struct json *json, struct buf *out)
{
    size_t start = json->at;
    uint32_t code, low;

    if (!hex4(json, start + 2, &code))
        return fail_at(json, start, DIAG_JSON_ESCAPE, "\\u", NULL);
    json->at += 6;
    if (code >= 0xD800 && code <= 0xDFFF) {
        bool pair = code <= 0xDBFF && str_starts(str_sub(json->text, json->at, 2), STR("\\u")) &&
                    hex4(json, json->at + 2, &low) && low >= 0xDC00 && low <= 0xDFFF;
        if (!pair)
            return fail_at(json, start, DIAG_JSON_SURROGATE,
                           diag_printf(json->reader->diags, "\\u%04X", (unsigned)code), NULL);
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        json->at += 6;
    }
    buf_utf8(out, code);
    return true;
}

static bool
read_escape(struct json *json, struct buf *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    int c = json->at + 1 < json->text.len ? json->text.ptr[json->at + 1] : 0;

    if (c == 'u')
        return read_code_point(json, out);
    for (size_t i = 0; from[i] != '\0'; i++) {
        if (c == from[i]) {
            buf_byte(out, to[i]);
            json->at += 2;
            return true;
        }
    }
    char shown = '\0';
    if (c > 0x20 && c < 0x7F)
        shown = (char)c;
    char name[3] = {'\\', shown, '\0'};
    return fail_at(json, json->at, DIAG_JSON_ESCAPE, name, NULL);
}

/* A string; the cursor stands on its first quote. *out lives in the text or in the scratch. */
static bool
read_string(struct json *json, struct str *out)
{
    struct buf text = buf_in(json->reader->scratch);
    size_t start = json->at++, piece = json->at;

    for (;;) {
        int c = peek(json);
        if (c < 0)
            return fail_at(json, start, DIAG_JSON_STRING_OPEN, NULL, NULL);
        if (c < 0x20)
            return fail_at(json, json->at, DIAG_JSON_CONTROL,
                           diag_printf(json->reader->diags, "U+%04X", (unsigned)c), NULL);
        if (c == '"')
            break;
        if (c != '\\') {
            json->at++;
            continue;
        }
        buf_add(&text, str_sub(json->text, piece, json->at - piece));
        if (!read_escape(json, &text))
            return false;
        piece = json->at;
    }
    struct str tail = str_sub(json->text, piece, json->at - piece);
    json->at++;
    if (text.len > 0)
        buf_add(&text, tail);
    *out = text.len > 0 ? buf_str(&text) : tail;
    return true;
}

static bool
skip_digits(struct json *json)
{
    size_t start = json->at;

    while (ascii_is_digit(peek(json)))
        json->at++;
    return json->at > start;
}

/* number = [ minus ] int [ frac ] [ exp ] (RFC 8259, section 6) */
static bool
scan_number(struct json *json)
{
    if (peek(json) == '-')
        json->at++;
    if (peek(json) == '0')
        json->at++;
    else if (!skip_digits(json))
        return false;
    if (peek(json) == '.') {
        json->at++;
        if (!skip_digits(json))
            return false;
    }
    if (peek(json) == 'e' || peek(json) == 'E') {
        json->at++;
        if (peek(json) == '+' || peek(json) == '-')
            json->at++;
        if (!skip_digits(json))
            return false;
    }
    /* 012, 1.2.3 and 1a are wrong as a whole */
    int c = peek(json);
    return !ascii_is_digit(c) && c != '.' && c != '+' && c != '-' && c != 'e' && c != 'E';
}

/* The letters and signs at the cursor, as they stand there. */
static struct str
word_at(const struct json *json, size_t start)
{
    size_t end = start;

    while (end < json->text.len &&
           str_find(STR(" \t\r\n,:[]{}\""), str_sub(json->text, end, 1)) == SIZE_MAX)
        end++;
    return str_sub(json->text, start, end - start);
}

static struct value *
read_number(struct json *json)
{
    size_t start = json->at;
    struct value *value = reader_value(json->reader, VALUE_TEXT, pos_at(json, start));

    if (value == NULL)
        return NULL;
    if (!scan_number(json)) {
        (void)fail_at(json, start, DIAG_JSON_NUMBER,
                      diag_str(json->reader->diags, word_at(json, start)), NULL);
        return NULL;
    }
    value->text = str_dup(json->reader->arena, str_sub(json->text, start, json->at - start));
    return value;
}

static struct value *
read_word(struct json *json)
{
    struct str word = word_at(json, json->at);
    bool truth = str_is(word, "true");

    if (!truth && !str_is(word, "false") && !str_is(word, "null")) {
        if (word.len == 0)
            (void)fail_expected(json, "\" { [ 0-9");
        else
            (void)fail_at(json, json->at, DIAG_JSON_WORD, diag_str(json->reader->diags, word),
                          NULL);
        return NULL;
    }
    struct value *value = reader_value(json->reader, str_is(word, "null") ? VALUE_NONE : VALUE_BOOL,
                                       pos_at(json, json->at));
    if (value != NULL) {
        value->boolean = truth;
        value->text = str_dup(json->reader->arena, word);
        json->at += word.len;
    }
    return value;
}

static struct value *
read_text(struct json *json)
{
    struct value *value = reader_value(json->reader, VALUE_TEXT, pos_at(json, json->at));
    struct arena_mark mark = arena_mark(json->reader->scratch);
    struct str text;

    if (value == NULL || !read_string(json, &text))
        return NULL;
    value->text = reader_text(json->reader, value->pos, text);
    value->flags = VALUE_QUOTED;
    if (reader_is_none(value->text))
        value->kind = VALUE_NONE;
    arena_reset(json->reader->scratch, mark);
    return value;
}

static struct value *read_value(struct json *json, unsigned depth);

/* name-separator and value after a key; the cursor stands on the key's quote */
static struct value *
read_member(struct json *json, unsigned depth)
{
    struct pos pos = pos_at(json, json->at);
    struct str key;

    if (peek(json) != '"') {
        (void)fail_expected(json, "\"");
        return NULL;
    }
    struct arena_mark mark = arena_mark(json->reader->scratch);
    if (!read_string(json, &key))
        return NULL;
    key = reader_key(json->reader, pos, key);
    arena_reset(json->reader->scratch, mark);
    skip_blanks(json);
    if (peek(json) != ':') {
        (void)fail_expected(json, ":");
        return NULL;
    }
    json->at++;
    struct value *value = read_value(json, depth);
    if (value != NULL) {
        value->key = key;
        value->key_pos = pos;
    }
    return value;
}

/* The comma or the closing bracket after an element; *more tells which. */
static bool
read_separator(struct json *json, char close, bool *more)
{
    char names[] = {',', ' ', close, '\0'};

    skip_blanks(json);
    if (peek(json) == close) {
        json->at++;
        *more = false;
        return true;
    }
    if (peek(json) != ',')
        return fail_expected(json, names);
    size_t comma = json->at++;
    skip_blanks(json);
    if (peek(json) == close)
        return fail_at(json, comma, DIAG_JSON_COMMA, names + 2, NULL);
    *more = true;
    return true;
}

/* An object or an array; the cursor stands on its bracket. */
static struct value *
read_collection(struct json *json, unsigned depth)
{
    bool is_map = peek(json) == '{', more = true;
    char close = is_map ? '}' : ']';
    struct pos pos = pos_at(json, json->at);
    struct value *value = reader_value(json->reader, is_map ? VALUE_MAP : VALUE_LIST, pos);

    if (value == NULL || !reader_check_depth(json->reader, pos, depth))
        return NULL;
    json->at++;
    skip_blanks(json);
    if (peek(json) == close) {
        json->at++;
        return value;
    }
    while (more) {
        skip_blanks(json);
        struct value *child = is_map ? read_member(json, depth + 1) : read_value(json, depth + 1);
        if (child == NULL)
            return NULL;
        value_append(value, child);
        if (!read_separator(json, close, &more))
            return NULL;
    }
    if (is_map)
        reader_check_keys(json->reader, value);
    return json->reader->stop ? NULL : value;
}

static struct value *
read_value(struct json *json, unsigned depth)
{
    skip_blanks(json);
    int c = peek(json);
    if (c == '{' || c == '[')
        return read_collection(json, depth);
    if (c == '"')
        return read_text(json);
    if (c == '-' || ascii_is_digit(c))
        return read_number(json);
    return read_word(json);
}

static bool
check_encoding(struct json *json)
{
    if (str_starts(json->text, STR("\xEF\xBB\xBF")))
        return fail_at(json, 0, DIAG_JSON_BOM, NULL, NULL);
    size_t bad = utf8_invalid_at(json->text);
    if (bad != SIZE_MAX)
        return fail_at(
            json, bad, DIAG_JSON_ENCODING,
            diag_printf(json->reader->diags, "0x%02X", (unsigned char)json->text.ptr[bad]), NULL);
    return true;
}

static struct value *
read_document(struct json *json)
{
    if (!check_encoding(json))
        return NULL;
    struct value *value = read_value(json, 1);
    if (value == NULL)
        return NULL;
    skip_blanks(json);
    if (peek(json) >= 0) {
        (void)fail_at(json, json->at, DIAG_JSON_TRAILING, found(json), NULL);
        return NULL;
    }
    return value;
}

struct value *
value_read_json(struct arena *arena, struct diags *diags, const char *file, struct str bytes)
{
    struct reader reader = reader_open(arena, diags, file);
    struct json json = {&reader, bytes, 0, 0, 1, 1};
    struct value *value = reader_check_size(&reader, bytes) ? read_document(&json) : NULL;

    if (reader.errors > 0)
        value = NULL;
    reader_close(&reader);
    return value;
}
