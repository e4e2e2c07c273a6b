/* What libyaml stumbles over, in a clerk's words.
 *
 * libyaml names the rule of grammar that failed; the clerk needs the sign that was typed. So the
 * line is looked at again: nearly always its value begins with a sign that means something, or
 * holds a colon. The problem texts are those of libyaml 0.2.5 (scanner.c, parser.c). */
#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "value/yaml.h"

/* So many lines up a field is looked for to which a line may belong. */
#define LOOK_BACK 200

/* A longer text before a colon is no name for libyaml. */
#define KEY_MAX 1024

/* A line of the file, looked at closely. */
struct place {
    struct str line;
    size_t start;
    struct yaml_line parts;
};

struct fault {
    struct yaml_source *source;
    const char *problem;
    const char *context;
    bool in_flow;
    size_t problem_at;
    size_t context_at;
    struct place line; /* of the problem; never blank when there is a line that is not */
};

static struct place
place_of(struct str line, size_t start)
{
    return (struct place){line, start, yaml_line_of(line)};
}

static struct place
place_at(const struct yaml_source *source, size_t byte)
{
    size_t start;
    struct str line = yaml_line_at(source->text, byte, &start);

    return place_of(line, start);
}

static void
tell_at(const struct fault *fault, size_t byte, enum diag_code code, const char *arg1,
        const char *arg2, const char *arg3)
{
    yaml_source_error(fault->source, code, yaml_source_place(fault->source, byte), arg1, arg2,
                      arg3);
}

/* The line with `|` and its value from `from` (a byte of the line) on. */
static const char *
as_block(const struct fault *fault, const struct place *place, size_t from)
{
    struct arena *arena = fault->source->reader->scratch;

    return yaml_rewrite_block(arena, str_sub(place->line, 0, from),
                              yaml_whole_value(arena, fault->source->text, place->start, from));
}

static const char *
sign(const struct fault *fault, struct str text)
{
    size_t end = 0;

    if (text.len > 0)
        (void)utf8_next(text, &end);
    return diag_str(fault->source->reader->diags, str_sub(text, 0, end));
}

/* The end of the quoted text with which a value begins, or SIZE_MAX. */
static size_t
closing_quote(struct str value)
{
    for (size_t i = 1; i < value.len; i++) {
        if (value.ptr[0] == '"' && value.ptr[i] == '\\')
            i++;
        else if (value.ptr[i] == value.ptr[0])
            return i + 1;
    }
    return SIZE_MAX;
}

static bool
tell_quote(const struct fault *fault, const struct place *place)
{
    struct str value = place->parts.value;
    size_t end = closing_quote(value);

    if (end != SIZE_MAX && yaml_is_blank(str_sub(value, end, value.len)))
        return false;
    tell_at(fault, place->start + place->parts.value_at,
            end == SIZE_MAX ? DIAG_YAML_QUOTE_OPEN : DIAG_YAML_QUOTE_TAIL,
            as_block(fault, place, place->parts.value_at), NULL, NULL);
    return true;
}

static bool
has_colon(struct str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] == ':' && (i + 1 == value.len || value.ptr[i + 1] == ' '))
            return true;
    return false;
}

/* Tells what is wrong with the value of a line; false when nothing is seen. */
static bool
tell_value(const struct fault *fault, const struct place *place)
{
    struct str value = place->parts.value;
    size_t at = place->start + place->parts.value_at;

    if (value.len == 0 || value.ptr[0] == '#')
        return false;
    const char *block = as_block(fault, place, place->parts.value_at);
    char first = value.ptr[0];
    if (first == '"' || first == '\'')
        return tell_quote(fault, place);
    if (first == '-' && (value.len == 1 || value.ptr[1] == ' ') && place->parts.has_key) {
        tell_at(fault, at, DIAG_YAML_DASH, block, NULL, NULL);
        return true;
    }
    bool header = yaml_begins_block(value);
    if (strchr("*&!%@`|>?,]}[{", first) != NULL && !header) {
        tell_at(fault, at, DIAG_YAML_BEGINS_WITH, sign(fault, value), block, NULL);
        return true;
    }
    if (place->parts.has_key && has_colon(value)) {
        tell_at(fault, at, DIAG_YAML_COLON, block, NULL, NULL);
        return true;
    }
    return false;
}

/* "เรื่อง:รายงาน", also with a no-break space: a colon that YAML takes for a letter. An address
 * (http://…) and a time (08:30) are none. */
static bool
tell_colon_space(const struct fault *fault, const struct place *place)
{
    struct str line = place->line;
    size_t colon = str_find(line, STR(":"));

    if (place->parts.has_key || colon == SIZE_MAX || colon <= place->parts.entry_at ||
        colon + 1 == line.len)
        return false;
    char before = line.ptr[colon - 1], after = line.ptr[colon + 1];
    if (after == '/' || (ascii_is_digit(before) && ascii_is_digit(after)))
        return false;
    struct buf out = buf_in(fault->source->reader->scratch);
    struct str rest = str_sub(line, colon + 1, line.len);
    rest = utf8_trim(rest);
    buf_add(&out, str_sub(line, place->parts.indent, colon + 1 - place->parts.indent));
    buf_byte(&out, ' ');
    buf_add(&out, rest);
    tell_at(fault, place->start + colon, DIAG_YAML_COLON_SPACE,
            yaml_rewrite_line(fault->source->reader->scratch, buf_str(&out)), NULL, NULL);
    return true;
}

bool
yaml_tell_colon(struct yaml_source *source, size_t byte)
{
    const struct fault fault = {.source = source};
    struct place place = place_at(source, byte);

    return tell_colon_space(&fault, &place);
}

/* The nearest line with a field name above `place`. */
static bool
field_above(const struct fault *fault, const struct place *place, struct place *field)
{
    struct str line;
    size_t start = place->start;

    for (int i = 0; i < LOOK_BACK; i++) {
        if (!yaml_line_before(fault->source->text, start, &line, &start))
            return false;
        *field = place_of(line, start);
        if (field->parts.has_key)
            return true;
    }
    return false;
}

/* A line that may belong to the text of the field above: that field with `|`, what stands between,
 * and the line. */
static const char *
as_continued(const struct fault *fault, const struct place *place)
{
    struct arena *arena = fault->source->reader->scratch;
    struct place field;
    struct buf text = buf_in(arena);
    struct str above;
    size_t start = place->start;

    if (!field_above(fault, place, &field))
        return as_block(fault, place, place->parts.value_at);
    struct str value = field.parts.value;
    if (!yaml_is_blank(value) && value.ptr[0] != '|' && value.ptr[0] != '>') {
        buf_add(&text, value);
        buf_byte(&text, '\n');
    }
    if (yaml_line_before(fault->source->text, place->start, &above, &start) &&
        start != field.start) {
        struct str first;
        size_t first_at;
        if (yaml_line_before(fault->source->text, start, &first, &first_at) &&
            first_at != field.start)
            buf_text(&text, "…\n");
        buf_add(&text, str_trim(above));
        buf_byte(&text, '\n');
    }
    buf_add(&text, str_trim(place->line));
    return yaml_rewrite_block(arena, str_sub(field.line, 0, field.parts.value_at), buf_str(&text));
}

/* A field in line with the one above it. */
static const char *
as_field(const struct fault *fault, const struct place *place)
{
    struct arena *arena = fault->source->reader->scratch;
    struct buf text = buf_in(arena);
    struct str line = str_sub(place->line, place->parts.indent, place->line.len);
    struct place field;

    if (field_above(fault, place, &field)) {
        buf_add(&text, str_trim(str_sub(field.line, field.parts.entry_at, field.line.len)));
        buf_text(&text, "\n  ");
    }
    buf_add(&text, line);
    return yaml_rewrite_line(arena, buf_str(&text));
}

static void
tell_line(const struct fault *fault, const struct place *place)
{
    size_t at = place->start + place->parts.indent;

    if (place->parts.has_key && place->parts.key.len == 0)
        tell_at(fault, at, DIAG_YAML_KEY, NULL, NULL, NULL);
    else if (place->parts.has_key && utf8_count(place->parts.key) > KEY_MAX)
        tell_at(fault, place->start + place->parts.entry_at, DIAG_YAML_COLON,
                as_block(fault, place, place->parts.entry_at), NULL, NULL);
    else if (place->parts.has_key && !place->parts.is_entry)
        tell_at(fault, at, DIAG_YAML_INDENT, as_field(fault, place), NULL, NULL);
    else
        tell_at(fault, at, DIAG_YAML_NO_FIELD, as_continued(fault, place), NULL, NULL);
}

/* A line without a field name at the top of the file, where none is above it either. */
static bool
tell_heading(const struct fault *fault, const struct place *place)
{
    struct place field;

    if (place->parts.has_key || place->parts.is_entry || field_above(fault, place, &field))
        return false;
    struct str line;
    size_t start = place->start;
    for (int i = 0; i < LOOK_BACK && yaml_line_before(fault->source->text, start, &line, &start);
         i++) {
        field = place_of(line, start);
        if (tell_colon_space(fault, &field))
            return true;
    }
    tell_at(fault, place->start + place->parts.indent, DIAG_YAML_KEY, NULL, NULL, NULL);
    return true;
}

/* Values of the line and of the one above it, then the indentation. */
static void
tell_indent(const struct fault *fault)
{
    struct place above = {.start = 0};
    struct str line;
    size_t start;

    if (tell_value(fault, &fault->line) || tell_colon_space(fault, &fault->line))
        return;
    if (yaml_line_before(fault->source->text, fault->line.start, &line, &start)) {
        above = place_of(line, start);
        if (tell_value(fault, &above) || tell_colon_space(fault, &above) ||
            tell_heading(fault, &above))
            return;
    }
    tell_line(fault, &fault->line);
}

static void
tell_tab(const struct fault *fault)
{
    struct buf out = buf_in(fault->source->reader->scratch);
    struct place place = place_at(fault->source, fault->problem_at);
    struct str line = place.line;

    for (size_t i = 0; i < place.parts.indent; i++)
        buf_text(&out, line.ptr[i] == '\t' ? "  " : " ");
    buf_add(&out, str_sub(line, place.parts.indent, line.len));
    tell_at(fault, place.start, DIAG_YAML_TAB, "TAB",
            yaml_rewrite_line(fault->source->reader->scratch, buf_str(&out)), NULL);
}

/* A sign that begins nothing: where libyaml stood when it said so. */
static void
tell_sign(const struct fault *fault)
{
    struct place place = place_at(fault->source, fault->problem_at);
    size_t from = fault->problem_at - place.start;
    struct str rest = str_sub(place.line, from, place.line.len);

    if (rest.len > 0 && rest.ptr[0] == '\t')
        tell_tab(fault);
    else if (fault->in_flow)
        yaml_tell_bracket(fault->source, fault->problem_at);
    else
        tell_at(fault, fault->problem_at, DIAG_YAML_BEGINS_WITH, sign(fault, rest),
                as_block(fault, &place, from), NULL);
}

/* The same for a sign at which libyaml began what it could not end. */
static void
tell_context_sign(const struct fault *fault)
{
    struct fault at_context = *fault;

    at_context.problem_at = fault->context_at;
    tell_sign(&at_context);
}

static void
tell_block(const struct fault *fault)
{
    if (strstr(fault->problem, "tab") != NULL)
        tell_tab(fault);
    else
        tell_context_sign(fault);
}

static void
tell_tag(const struct fault *fault)
{
    struct place place = place_at(fault->source, fault->context_at);

    tell_at(fault, fault->context_at, DIAG_YAML_TAG,
            as_block(fault, &place, fault->context_at - place.start), NULL, NULL);
}

/* A quote that is not closed, or a backslash that means nothing: without quotes it means itself. */
static void
tell_quoted(const struct fault *fault)
{
    struct place place = place_at(fault->source, fault->context_at);
    size_t from = fault->context_at - place.start;
    struct str value = str_trim(str_sub(place.line, from, place.line.len));
    bool open = strstr(fault->problem, "end of stream") != NULL ||
                strstr(fault->problem, "document indicator") != NULL;

    if (!open && value.len >= 2 && value.ptr[value.len - 1] == value.ptr[0])
        value = str_sub(value, 1, value.len - 2);
    tell_at(fault, open ? fault->context_at : fault->problem_at,
            open ? DIAG_YAML_QUOTE_OPEN : DIAG_YAML_ESCAPE,
            yaml_rewrite_block(fault->source->reader->scratch, str_sub(place.line, 0, from), value),
            NULL, NULL);
}

/* "could not find expected ':'": a line that stands where a field is due. */
static void
tell_no_colon(const struct fault *fault)
{
    struct place place = place_at(fault->source, fault->context_at);

    if (!tell_value(fault, &place) && !tell_colon_space(fault, &place))
        tell_line(fault, &place);
}

static void
tell_flow(const struct fault *fault)
{
    struct place place = place_at(fault->source, fault->context_at);
    size_t from = yaml_bracket_start(place.line, fault->context_at - place.start);
    struct diags *diags = fault->source->reader->diags;
    unsigned line = yaml_source_place(fault->source, fault->context_at).line;

    tell_at(fault, fault->problem_at, DIAG_YAML_FLOW,
            sign(fault, str_sub(place.line, from, place.line.len)), diag_printf(diags, "%u", line),
            as_block(fault, &place, from));
}

static void
tell_deep(const struct fault *fault)
{
    (void)reader_check_depth(fault->source->reader,
                             yaml_source_place(fault->source, fault->problem_at),
                             VALUE_DEPTH_MAX + 1);
}

static void
tell_other(const struct fault *fault)
{
    if (!tell_value(fault, &fault->line))
        tell_at(fault, fault->problem_at, DIAG_YAML_SYNTAX,
                diag_said(fault->source->reader->diags, "ตัวอ่าน YAML แจ้งว่า", fault->problem),
                as_block(fault, &fault->line, fault->line.parts.value_at), NULL);
}

/* The first row whose problem and context are found in libyaml's is taken. */
static const struct {
    const char *problem;
    const char *context;
    void (*tell)(const struct fault *fault);
} table[] = {
    {"", "tag", tell_tag},
    {"undefined tag handle", "", tell_tag},
    {"", "quoted scalar", tell_quoted},
    {"", "scanning an anchor", tell_context_sign},
    {"", "scanning an alias", tell_context_sign},
    {"", "scanning a block scalar", tell_block},
    {"", "directive", tell_context_sign},
    {"found a tab", "", tell_tab},
    {"cannot start any token", "", tell_sign},
    {"mapping keys are not allowed", "", tell_sign},
    {"expected ':'", "", tell_no_colon},
    {"expected ',' or", "", tell_flow},
    {"mapping values are not allowed", "", tell_indent},
    {"block sequence entries are not allowed", "", tell_indent},
    {"expected key", "", tell_indent},
    {"expected '-' indicator", "", tell_indent},
    {"expected <document start>", "", tell_indent},
    {"maximum", "", tell_deep},
    {"", "", tell_other},
};

static bool
holds(const char *text, const char *part)
{
    return strstr(text == NULL ? "" : text, part) != NULL;
}

void
yaml_tell(struct yaml_source *source, const yaml_parser_t *parser)
{
    struct fault fault = {.source = source,
                          .problem = parser->problem,
                          .context = parser->context,
                          .in_flow = parser->flow_level > 0};
    unsigned line = (unsigned)parser->problem_mark.line + 1;
    struct str above;

    if (parser->error == YAML_MEMORY_ERROR)
        arena_oom(source->text.len);
    if (source->is_lost)
        return;
    if (source->last_error_line != 0 && source->last_error_line + 1 >= line)
        return;
    if (yaml_tell_blanks(source, true))
        return;
    if (fault.problem == NULL)
        fault.problem = "?";
    fault.context_at = yaml_source_byte(source, parser->context_mark);
    fault.problem_at = yaml_source_byte(source, parser->problem_mark);
    fault.line = place_at(source, fault.problem_at);
    if (yaml_is_blank(fault.line.line) &&
        yaml_line_before(source->text, fault.line.start, &above, &fault.line.start))
        fault.line = place_of(above, fault.line.start);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (holds(fault.problem, table[i].problem) && holds(fault.context, table[i].context)) {
            table[i].tell(&fault);
            return;
        }
    }
}
