#include "archive/foreign.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "base/program.h"
#include "base/utf8.h"
#include "thai/digits.h"

#define LINES_MAX 5000 /* of a page, or of a piece of it */

/* ---- lines of pages: pdftotext -bbox-layout prints each element in a line of its own */

struct line {
    double left, top, right, bottom;
    size_t block;
    struct str text;
};

struct reader {
    struct arena *arena;
    struct text_paragraphs *out;
    size_t cap, page, block;
    struct line *lines; /* of the page at hand */
    size_t count, line_cap;
    struct buf text; /* of the line at hand */
    struct buf paragraph;
};

/* The number of an attribute; 0 where there is none. */
static double
attribute(struct str element, struct str name)
{
    size_t at = str_find(element, name);
    double number = 0, place = 1;
    bool is_behind = false;

    if (at == SIZE_MAX)
        return 0;
    for (at += name.len; at < element.len && element.ptr[at] != '"'; at++) {
        char c = element.ptr[at];
        is_behind = is_behind || c == '.';
        if (c < '0' || c > '9')
            continue;
        place = is_behind ? place / 10 : 1;
        number = is_behind ? number + place * (c - '0') : number * 10 + (c - '0');
    }
    return number;
}

/* Adds a text of XML; bytes that are no text are none of it. */
static void
add_text(struct buf *out, struct str xml)
{
    static const struct {
        const char *name;
        char sign;
    } names[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};

    for (size_t at = 0; at < xml.len;) {
        struct str rest = str_sub(xml, at, SIZE_MAX);
        size_t i = 0, from = at, count = sizeof names / sizeof names[0];
        while (i < count && !str_starts(rest, str_of(names[i].name)))
            i++;
        if (i < count) {
            buf_byte(out, names[i].sign);
            at += str_of(names[i].name).len;
        } else if (utf8_next(xml, &at) != UTF8_BAD) {
            buf_add(out, str_sub(xml, from, at - from));
        }
    }
}

static void
add_word(struct reader *reader, struct str element)
{
    size_t from = str_find(element, STR(">")), to = str_find_last(element, STR("</word>"));

    if (from == SIZE_MAX || to == SIZE_MAX || to <= from)
        return;
    if (reader->text.len > 0)
        buf_byte(&reader->text, ' ');
    add_text(&reader->text, str_sub(element, from + 1, to - from - 1));
}

static void
end_line(struct reader *reader)
{
    if (reader->count > 0)
        reader->lines[reader->count - 1].text = str_dup(reader->arena, buf_str(&reader->text));
    reader->text.len = 0;
}

/* ---- lines into paragraphs */

/* How far lines go: those of its block where that has several, else those of the page. */
static void
extent(const struct reader *reader, const struct line *line, double *left, double *right)
{
    size_t of_block = 0;

    for (size_t i = 0; i < reader->count; i++)
        of_block += reader->lines[i].block == line->block;
    *left = line->left;
    *right = line->right;
    for (size_t i = 0; i < reader->count; i++) {
        const struct line *one = &reader->lines[i];
        if (of_block > 1 && one->block != line->block)
            continue;
        *left = one->left < *left ? one->left : *left;
        *right = one->right > *right ? one->right : *right;
    }
}

/* "1.", "๒)", "(3)", "•", "-": the first of a list's entries stands by itself. */
static bool
begins_entry(struct str line)
{
    size_t at = 0, digits = 0;
    uint32_t code = utf8_at(line, 0);

    if (code == 0x2022 || code == 0x25CF || code == 0x2013 || code == '-')
        return true;
    if (code == '(')
        (void)utf8_next(line, &at);
    for (; digits_value(utf8_at(line, at)) >= 0 && digits < 4; digits++)
        (void)utf8_next(line, &at);
    code = utf8_at(line, at);
    return digits > 0 && (code == '.' || code == ')');
}

/* Whether a line goes on with the sentence of the one before: that one is full, and this one stands
 * right below it and is not indented. */
static bool
goes_on(const struct reader *reader, const struct line *line, const struct line *next)
{
    double height = line->bottom - line->top, down = next->top - line->top, left, right;

    extent(reader, line, &left, &right);
    return !begins_entry(next->text) && down > height / 2 && down < height * 2.2 &&
           next->left < line->left + height / 2 && line->right > right - (right - left) / 5;
}

static void
end_paragraph(struct reader *reader)
{
    struct str text = utf8_trim(buf_str(&reader->paragraph));

    if (text.len > 0 && reader->out->count < TEXT_PARAGRAPHS_MAX)
        *ARENA_ADD(reader->arena, reader->out->list, reader->out->count, reader->cap, 64) =
            (struct text_paragraph){.page = reader->page, .text = str_dup(reader->arena, text)};
    reader->paragraph.len = 0;
}

/* Between Thai letters a line's end is nothing, else a blank. */
static void
add_line(struct reader *reader, struct str line)
{
    struct str text = buf_str(&reader->paragraph);
    size_t last = text.len;

    if (last > 0 &&
        !(utf8_is_thai_letter(utf8_prev(text, &last)) && utf8_is_thai_letter(utf8_at(line, 0))))
        buf_byte(&reader->paragraph, ' ');
    buf_add(&reader->paragraph, line);
}

static void
end_page(struct reader *reader)
{
    for (size_t i = 0; i < reader->count; i++) {
        if (i > 0 && !goes_on(reader, &reader->lines[i - 1], &reader->lines[i]))
            end_paragraph(reader);
        add_line(reader, reader->lines[i].text);
    }
    end_paragraph(reader);
    reader->count = 0;
}

/* A page of more lines than are compared with each other is several. */
static void
begin_line(struct reader *reader, struct str element)
{
    if (reader->count == LINES_MAX)
        end_page(reader);
    *ARENA_ADD(reader->arena, reader->lines, reader->count, reader->line_cap, 64) =
        (struct line){attribute(element, STR("xMin=\"")),
                      attribute(element, STR("yMin=\"")),
                      attribute(element, STR("xMax=\"")),
                      attribute(element, STR("yMax=\"")),
                      reader->block,
                      STR("")};
}

void
foreign_paragraphs(struct arena *arena, struct str text, struct text_paragraphs *out)
{
    struct reader reader = {
        .arena = arena, .out = out, .text = buf_in(arena), .paragraph = buf_in(arena)};
    struct str element;

    *out = (struct text_paragraphs){NULL, 0};
    while (str_line(&text, &element)) {
        element = str_trim(element);
        if (str_starts(element, STR("<page ")))
            reader.page++;
        else if (str_starts(element, STR("<block ")))
            reader.block++;
        else if (str_starts(element, STR("<line ")))
            begin_line(&reader, element);
        else if (str_starts(element, STR("<word ")))
            add_word(&reader, element);
        else if (str_starts(element, STR("</line>")))
            end_line(&reader);
        else if (str_starts(element, STR("</page>")))
            end_page(&reader);
    }
}

/* ---- the program */

enum foreign
foreign_read(struct arena *arena, struct str pdf, struct text_paragraphs *out)
{
    static const char *const arguments[] = {"pdftotext", "-bbox-layout", "-enc", "UTF-8", "-", "-",
                                            NULL};
    const struct program program = {.arguments = arguments,
                                    .input = pdf,
                                    .output_max = FOREIGN_BYTES,
                                    .seconds = FOREIGN_SECONDS,
                                    .memory = FOREIGN_MEMORY};
    const struct program_said said = program_run(arena, &program);

    *out = (struct text_paragraphs){NULL, 0};
    if (said.end == PROGRAM_NOT_STARTED && said.error == ENOENT)
        return FOREIGN_MISSING;
    if (said.end != PROGRAM_ENDED || !WIFEXITED(said.status) || WEXITSTATUS(said.status) != 0)
        return FOREIGN_FAILED;
    foreign_paragraphs(arena, said.output, out);
    return out->count == 0 ? FOREIGN_EMPTY : FOREIGN_TEXT;
}
