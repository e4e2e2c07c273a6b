/* Text fields of paragraphs and lists: lines become entries with marker and level. */
#include <stdbool.h>

#include "base/str.h"
#include "base/utf8.h"
#include "schema/apply.h"
#include "thai/digits.h"

/* ---- markers at the start of lines
 * What could as well be the start of a sentence (a decimal number, an abbreviation) is not taken
 * for one. */

#define MARKER_PARTS_MAX 4

/* The numbers of the last marker of the kind 1. or 1.2, which decides whether 1.3 is one. Begin
 * with {0}. */
struct marker_numbers {
    int parts[MARKER_PARTS_MAX];
    int count;
};

/* True for - – * • and the like, which carry no number. */
bool marker_is_bullet(struct str marker);

#define DIGITS_MAX 3

/* The letters that lists use: ก to ญ without those no list has (ฃ ฅ ฆ). */
static bool
is_list_letter(uint32_t code)
{
    return code >= 0x0E01 && code <= 0x0E0D && code != 0x0E03 && code != 0x0E05 && code != 0x0E06;
}

static bool
take(struct str line, size_t *at, uint32_t code)
{
    if (utf8_at(line, *at) != code)
        return false;
    (void)utf8_next(line, at);
    return true;
}

static bool
take_number(struct str line, size_t *at, int *number)
{
    int count = 0;

    *number = 0;
    for (int digit; (digit = digits_value(utf8_at(line, *at))) >= 0; count++) {
        if (count == DIGITS_MAX)
            return false;
        *number = *number * 10 + digit;
        (void)utf8_next(line, at);
    }
    return count > 0;
}

static bool
take_letter(struct str line, size_t *at)
{
    if (!is_list_letter(utf8_at(line, *at)))
        return false;
    (void)utf8_next(line, at);
    return true;
}

static bool
is_end(uint32_t code)
{
    return code == 0 || utf8_is_blank(code);
}

/* After a number or a bullet the text may follow at once when it is Thai: "1.จัดทำ". */
static bool
ends_here(struct str line, size_t at)
{
    uint32_t code = utf8_at(line, at);

    return is_end(code) || utf8_is_thai_letter(code) || code == 0x201C;
}

/* "(1)", "(ก)", "1)", "ก)" */
static bool
take_bracketed(struct str line, size_t *at)
{
    int number;
    size_t start = *at;

    (void)take(line, at, '(');
    if ((take_number(line, at, &number) || take_letter(line, at)) && take(line, at, ')') &&
        ends_here(line, *at))
        return true;
    *at = start;
    return false;
}

static bool
take_letter_dot(struct str line, size_t *at)
{
    size_t start = *at;

    /* only before a blank: "ก.พ." is no marker */
    if (take_letter(line, at) && take(line, at, '.') && is_end(utf8_at(line, *at)))
        return true;
    *at = start;
    return false;
}

/* 1.2 is a marker after 1. or 1.1, else it is a number. */
static bool
follows(const struct marker_numbers *last, const struct marker_numbers *now)
{
    int top = now->count - 1;

    if (last->count < top)
        return false;
    for (int i = 0; i < top; i++)
        if (last->parts[i] != now->parts[i])
            return false;
    return now->parts[top] == (last->count == top ? 1 : last->parts[top] + 1);
}

static bool
take_numbers(struct str line, size_t *at, struct marker_numbers *last)
{
    struct marker_numbers now = {.count = 0};
    size_t start = *at;
    bool dotted = false;

    while (now.count < MARKER_PARTS_MAX && take_number(line, at, &now.parts[now.count])) {
        now.count++;
        dotted = take(line, at, '.');
        if (!dotted)
            break;
    }
    bool good = now.count == 1 ? dotted : now.count > 1 && follows(last, &now);
    if (good && ends_here(line, *at)) {
        *last = now;
        return true;
    }
    *at = start;
    return false;
}

static bool
is_bullet(uint32_t code)
{
    return code == '-' || code == 0x2013 || code == 0x2022 || code == 0x25CF || code == 0x25CB ||
           code == 0x25AA;
}

/* Signs that word processors put before the lines of a list; they need a blank behind them. */
static bool
is_sign(uint32_t code)
{
    return code == '*' || code == 0x25A0 || code == 0x25AB || code == 0x25E6 || code == 0x2714 ||
           code == 0x2756 || code == 0x27A2;
}

static bool
take_bullet(struct str line, size_t *at)
{
    size_t start = *at;
    uint32_t code = utf8_at(line, *at);

    if (is_bullet(code) || is_sign(code)) {
        (void)utf8_next(line, at);
        /* "*" without a blank may be a footnote sign */
        if (is_bullet(code) ? ends_here(line, *at) : is_end(utf8_at(line, *at)))
            return true;
    }
    *at = start;
    return false;
}

/* Cuts the marker off a line without blanks at its ends. False when there is none. *depth is the
 * number of numbers in it less one (1.2: 1), else 0. */
static bool
marker_cut(struct str line, struct marker_numbers *last, struct str *marker, struct str *rest,
           int *depth)
{
    size_t at = 0;

    *depth = 0;
    if (take_numbers(line, &at, last))
        *depth = last->count - 1;
    else if (!take_bullet(line, &at) && !take_bracketed(line, &at) && !take_letter_dot(line, &at))
        return false;
    *marker = str_sub(line, 0, at);
    while (is_end(utf8_at(line, at)) && at < line.len)
        (void)utf8_next(line, &at);
    *rest = str_sub(line, at, line.len);
    return true;
}

bool
marker_is_bullet(struct str marker)
{
    return is_bullet(utf8_at(marker, 0));
}

/* ---- entries */

#define TAB 4    /* blanks that a tab counts as indentation */
#define SHOWN 20 /* code points of a line in messages */

/* One text field being read. */
struct entries {
    struct apply *apply;
    const struct field *field;
    struct str name;
    struct value *list;
    struct marker_numbers numbers;
    size_t indents[SCHEMA_LEVELS_MAX]; /* of the open levels in one text */
    int open;
    struct value *now; /* the entry that lines still join, or NULL */
    struct buf text;   /* of it */
    size_t now_indent;
    bool told_joined, told_levels;
};

/* Texts that were pasted are indented by no-break spaces and their like. */
static size_t
indent_of(struct str line)
{
    size_t indent = 0;

    for (size_t at = 0; at < line.len;) {
        uint32_t code = utf8_next(line, &at);
        if (!utf8_is_blank(code))
            break;
        indent += code == '\t' ? TAB : 1;
    }
    return indent;
}

static void
tell_levels(struct entries *entries, struct pos pos)
{
    struct diags *diags = entries->apply->diags;

    if (!entries->told_levels)
        diag_add(diags, DIAG_FIELD_LEVELS, pos, diag_str(diags, entries->name),
                 diag_printf(diags, "%d", SCHEMA_LEVELS_MAX), NULL);
    entries->told_levels = true;
}

/* Ends the entry that lines were added to. */
static void
close_entry(struct entries *entries)
{
    if (entries->now != NULL)
        entries->now->text = buf_str(&entries->text);
    entries->now = NULL;
}

/* The level of a line by its indentation, counted from `base`. */
static int
level_of(struct entries *entries, size_t indent, int base, struct pos pos)
{
    while (entries->open > 0 && indent < entries->indents[entries->open - 1])
        entries->open--;
    if (entries->open == 0 || indent > entries->indents[entries->open - 1]) {
        if (base + entries->open == SCHEMA_LEVELS_MAX)
            tell_levels(entries, pos);
        else
            entries->indents[entries->open++] = indent;
    }
    return base + entries->open - 1;
}

static void
open_entry(struct entries *entries, struct str marker, struct str text, int level, struct pos pos)
{
    close_entry(entries);
    /* a dash alone means nothing */
    if (text.len == 0 && marker_is_bullet(marker))
        return;
    entries->now = value_new(entries->apply->arena, VALUE_ENTRY, pos);
    entries->now->marker = marker;
    entries->now->level = level;
    entries->text = buf_in(entries->apply->arena);
    buf_add(&entries->text, text);
    value_append(entries->list, entries->now);
}

static void
tell_joined(struct entries *entries, struct pos pos)
{
    struct diags *diags = entries->apply->diags;
    struct str text = buf_str(&entries->text);
    size_t from = text.len;

    if (entries->told_joined)
        return;
    entries->told_joined = true;
    for (int i = 0; i < SHOWN && from > 0; i++)
        (void)utf8_prev(text, &from);
    const char *end = diag_str(diags, str_sub(text, from, text.len));
    diag_add(diags, DIAG_FIELD_LINES_JOINED, pos, diag_str(diags, entries->name),
             from == 0 ? end : diag_printf(diags, "…%s", end), NULL);
}

/* Adds a line to the entry before it. `spaced`: a blank stood at the end of that one's line. */
static void
join(struct entries *entries, struct str line, bool spaced, struct pos pos)
{
    struct buf *text = &entries->text;
    size_t end = text->len, start = 0;

    if (entries->field->lines) {
        buf_byte(text, '\n');
    } else if (end > 0) {
        bool thai = utf8_is_thai_letter(utf8_prev(buf_str(text), &end)) &&
                    utf8_is_thai_letter(utf8_next(line, &start));
        if (!thai || spaced)
            buf_byte(text, ' ');
        else
            tell_joined(entries, pos);
    }
    buf_add(text, line);
}

/* Whether a line without a marker belongs to the entry before it. */
static bool
continues(const struct entries *entries, size_t indent)
{
    if (entries->now == NULL || entries->field->marker.len > 0)
        return false;
    if (entries->now->marker.len == 0)
        return true;
    return indent > entries->now_indent || entries->text.len == 0;
}

static void
add_line(struct entries *entries, struct str line, int base, bool spaced, struct pos pos)
{
    struct str body = utf8_trim(line), marker = STR(""), rest = body;
    size_t indent = indent_of(line);
    int depth = 0;

    if (body.len == 0) {
        close_entry(entries);
        return;
    }
    bool marked = marker_cut(body, &entries->numbers, &marker, &rest, &depth);
    if (!marked && continues(entries, indent)) {
        join(entries, body, spaced, pos);
        return;
    }
    int level = base;
    if (marked || entries->field->marker.len > 0)
        level = level_of(entries, indent, base, pos);
    if (level < base + depth)
        level = base + depth < SCHEMA_LEVELS_MAX ? base + depth : SCHEMA_LEVELS_MAX - 1;
    if (!marked)
        marker = entries->field->marker;
    open_entry(entries, marker, rest, level, pos);
    entries->now_indent = indent;
}

static bool
ends_with_blank(struct str line)
{
    size_t end = line.len;

    return end > 0 && utf8_is_blank(utf8_prev(line, &end));
}

static void
add_text(struct entries *entries, const struct value *given, int base)
{
    struct str rest = given->text, line;
    struct pos pos = given->pos;
    bool block = (given->flags & VALUE_BLOCK) != 0, spaced = false;
    bool has_lines = given->source.len > 0; /* JSON and sheets write all of a text in one place */

    entries->open = 0;
    if (block && pos.line > 0)
        pos.line++;
    if (block)
        pos.column = 0;
    while (str_line(&rest, &line)) {
        add_line(entries, line, base, spaced, pos);
        spaced = ends_with_blank(line);
        if (has_lines && pos.line > 0)
            pos.line++;
        if (has_lines)
            pos.column = 0;
    }
    close_entry(entries);
}

static void
add_list(struct entries *entries, const struct value *given, int level)
{
    for (const struct value *child = given->first; child != NULL; child = child->next) {
        if (child->kind == VALUE_TEXT)
            add_text(entries, child, level);
        else if (child->kind == VALUE_LIST && level + 1 < SCHEMA_LEVELS_MAX)
            add_list(entries, child, level + 1);
        else if (child->kind == VALUE_LIST)
            tell_levels(entries, child->pos);
        else if (child->kind != VALUE_NONE)
            apply_not_text(entries->apply, entries->name, child);
    }
}

struct value *
apply_paragraphs(struct apply *apply, const struct field *field, struct str name,
                 const struct value *given)
{
    struct value *list = value_new(apply->arena, VALUE_LIST, given->pos);
    struct entries entries = {.apply = apply, .field = field, .name = name, .list = list};

    list->flags = VALUE_LINES;
    if (given->kind == VALUE_TEXT)
        add_text(&entries, given, 0);
    else if (given->kind == VALUE_LIST)
        add_list(&entries, given, 0);
    else
        apply_not_text(apply, name, given);
    return list->count > 0 ? list : value_new(apply->arena, VALUE_NONE, given->pos);
}
