/* Blanks that are no spaces where YAML counts spaces: no-break spaces and their like, that word
 * processors and chats put before a line, behind a dash and behind a |, and what is not seen at
 * all. To libyaml they are letters. Looked for only when something is wrong. */
#include "base/arena.h"
#include "base/utf8.h"
#include "value/yaml_line.h"
#include "value/yaml_source.h"

#define TOLD_MAX 20
#define LEVELS_MAX 64
#define NONE SIZE_MAX

struct scan {
    struct yaml_source *source;
    bool unseen;               /* what has no width counts too */
    size_t block;              /* lines from this column on are text, or NONE */
    size_t content;            /* column of the text's first line, or NONE */
    size_t levels[LEVELS_MAX]; /* columns of the fields around */
    size_t level_count;
    bool is_open; /* the last field has nothing behind its colon */
    unsigned told;
};

/* The first of them in a line. */
struct odd {
    uint32_t code; /* 0: none */
    size_t at;
};

static bool
is_odd(const struct scan *scan, uint32_t code)
{
    if (code < 0x80 || code == 0x85 || code == 0x2028 || code == 0x2029)
        return false; /* the last three end lines */
    return utf8_is_rare_blank(code) || (scan->unseen && utf8_is_unseen(code));
}

/* Goes over blanks of all kinds; *columns gets their width. */
static size_t
skip(const struct scan *scan, struct str line, size_t at, size_t *columns, struct odd *odd)
{
    while (at < line.len) {
        size_t next = at;
        uint32_t code = utf8_next(line, &next);
        bool found = is_odd(scan, code);
        if (code != ' ' && code != '\t' && !found)
            break;
        if (found && odd->code == 0)
            *odd = (struct odd){code, at};
        *columns += code == '\t' ? 2 : utf8_is_unseen(code) ? 0 : 1;
        at = next;
    }
    return at;
}

/* The line with `indent` spaces before what stands from `at` on. */
static void
begin(struct buf *out, size_t indent)
{
    for (size_t i = 0; i < indent; i++)
        buf_byte(out, ' ');
}

static void
tell(struct scan *scan, size_t start, enum diag_code code, struct odd odd, struct str line)
{
    struct yaml_source *source = scan->source;
    const char *name = diag_printf(source->reader->diags, "U+%04X", odd.code);

    if (scan->told++ < TOLD_MAX)
        yaml_source_error(source, code, yaml_source_place(source, start + odd.at), name,
                          yaml_rewrite_line(source->reader->scratch, line), NULL);
}

/* Where a field most likely belongs that begins at a column. */
static size_t
fitting(const struct scan *scan, size_t column, bool is_entry)
{
    size_t top = scan->level_count == 0 ? 0 : scan->levels[scan->level_count - 1];

    if (scan->is_open && (column > top || (is_entry && column == top)))
        return column;
    if (scan->is_open && column < top + 1 && scan->level_count == 1)
        return column == 0 ? 0 : top + 2;
    for (size_t i = scan->level_count; i > 0; i--)
        if (scan->levels[i - 1] <= column)
            return scan->levels[i - 1];
    return 0;
}

static void
push(struct scan *scan, size_t column)
{
    while (scan->level_count > 0 && scan->levels[scan->level_count - 1] >= column)
        scan->level_count--;
    if (scan->level_count < LEVELS_MAX)
        scan->levels[scan->level_count++] = column;
}

/* Dashes of list entries, each with one space. */
static size_t
add_dashes(struct scan *scan, struct buf *out, struct str line, size_t at, struct odd *odd)
{
    for (;;) {
        size_t columns = 0;
        struct odd found = {0, 0};
        if (at >= line.len || line.ptr[at] != '-')
            return at;
        size_t next = skip(scan, line, at + 1, &columns, &found);
        if (next == at + 1 || next == line.len)
            return at;
        if (found.code == 0)
            buf_add(out, str_sub(line, at, next - at));
        else
            buf_text(out, "- ");
        *odd = odd->code == 0 ? found : *odd;
        at = next;
    }
}

/* The end of a line that begins a block, before blanks that are none. */
static size_t
end_of_bar(struct scan *scan, struct str line, struct odd *odd)
{
    struct yaml_line parts = yaml_line_of(line);
    size_t columns = 0, at = parts.value_at + 1;

    if (parts.value.len == 0 || (parts.value.ptr[0] != '|' && parts.value.ptr[0] != '>'))
        return line.len;
    while (at < line.len && str_find(STR("+-123456789"), str_sub(line, at, 1)) != SIZE_MAX)
        at++;
    struct odd found = {0, 0};
    size_t end = skip(scan, line, at, &columns, &found);
    if (end < line.len || found.code == 0)
        return line.len;
    *odd = odd->code == 0 ? found : *odd;
    return at;
}

/* A line that is no text of a block. `at` is what follows its blanks. */
static void
look_at_field(struct scan *scan, struct str line, size_t start, size_t at, size_t columns,
              struct odd odd)
{
    struct arena *arena = scan->source->reader->scratch;
    struct buf out = buf_in(arena);
    bool indented = odd.code != 0;

    begin(&out, indented ? fitting(scan, columns, line.ptr[at] == '-') : columns);
    size_t indent = out.len;
    buf_add(&out, str_sub(line, add_dashes(scan, &out, line, at, &odd), SIZE_MAX));
    struct odd behind = {0, 0};
    struct str good = buf_str(&out);
    good.len = end_of_bar(scan, good, &behind);
    if (odd.code == 0 && behind.code != 0)
        odd = (struct odd){behind.code, behind.at + line.len - out.len};
    if (odd.code != 0)
        tell(scan, start, indented ? DIAG_YAML_TAB : DIAG_YAML_BLANK, odd, good);
    if (yaml_is_blank(good))
        return;
    struct yaml_line parts = yaml_line_of(good);
    push(scan, indent);
    if (parts.is_entry)
        push(scan, parts.entry_at);
    scan->is_open = parts.has_key && yaml_is_blank(parts.value);
    scan->block = yaml_block_column(good, &parts);
    scan->content = NONE;
}

static void
look_at(struct scan *scan, struct str line, size_t start)
{
    struct odd odd = {0, 0};
    size_t columns = 0, at = skip(scan, line, 0, &columns, &odd), ascii = str_indent(line);

    size_t least = scan->content == NONE ? scan->block : scan->content;
    if (at < line.len && scan->block != NONE && ascii >= least) {
        scan->content = scan->content == NONE ? ascii : scan->content;
        return;
    }
    if (at == line.len) {
        if (odd.code != 0 && (scan->block == NONE || ascii < least))
            tell(scan, start, DIAG_YAML_BLANK_LINE, odd, STR(""));
        return;
    }
    bool is_short = scan->content != NONE && columns < scan->content && yaml_line_of(line).has_key;
    if (odd.code == 0 || scan->block == NONE || columns < scan->block || is_short) {
        scan->block = NONE;
        look_at_field(scan, line, start, at, columns, odd);
        return;
    }
    struct buf out = buf_in(scan->source->reader->scratch);
    if (scan->content == NONE)
        scan->content = columns;
    begin(&out, columns < scan->content ? scan->content : columns);
    buf_add(&out, str_sub(line, at, SIZE_MAX));
    tell(scan, start, DIAG_YAML_TAB, odd, buf_str(&out));
}

bool
yaml_tell_blanks(struct yaml_source *source, bool unseen)
{
    struct scan scan = {.source = source, .unseen = unseen, .block = NONE, .content = NONE};

    for (size_t next = 0; next < source->text.len;) {
        size_t start;
        struct str line = yaml_line_at(source->text, next, &start);
        next = start + line.len + 1;
        look_at(&scan, line, start);
    }
    return scan.told > 0;
}
