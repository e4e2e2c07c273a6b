/* Last year's report or rubric as the start of a new one. */
#include "renew/carry.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "renew/chain.h"
#include "renew/edit.h"
#include "renew/items.h"
#include "renew/items_block.h"
#include "renew/items_move.h"
#include "renew/sentence.h"
#include "renew/year.h"
#include "schema/code.h"
#include "schema/schema.h"
#include "thai/digits.h"
#include "value/read.h"
#include "value/value.h"
#include "value/write.h"

struct carry {
    struct arena *arena;
    struct edits edits;
    struct sentence_facts facts;
    const struct schema *schema;
    bool is_rubric, is_example;
    bool is_open; /* inside an entry that means another thing this year: nothing of it stays */
    const struct value *entry; /* of a rubric's list, inside it */
    bool is_undated;           /* inside a map about a field that is left out */
    struct carry_years years;
    struct carry_told told;
};

typedef void visit(struct carry *carry, const struct field *field, const struct value *value,
                   enum field_yearly yearly);

static visit note_fact;

static void put_former(struct carry *carry, const struct field *field, const struct value *value);

/* Calls `each` for every value that is no map, with what becomes of it. */
static void walk(struct carry *carry, const struct field *field, const struct value *value,
                 enum field_yearly yearly, visit *each);

static void
walk_map(struct carry *carry, const struct field *map, const struct value *value,
         enum field_yearly yearly, visit *each)
{
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        const struct field *field = schema_find(map, child->key);
        const struct field *about = field == NULL ? NULL : schema_find(map, field->about);
        if (field == NULL)
            continue;
        bool outer = carry->is_undated;
        carry->is_undated = outer || (about != NULL && about->yearly == YEARLY_DROP);
        walk(carry, field, child, yearly, each);
        carry->is_undated = outer;
    }
}

static void
walk_entry(struct carry *carry, const struct field *field, const struct value *entry,
           enum field_yearly yearly, visit *each)
{
    const struct field *plain = field->value.len > 0 ? schema_find(field, field->value) : NULL;

    if (entry->kind == VALUE_MAP)
        walk_map(carry, field, entry, yearly, each);
    else if (plain != NULL)
        walk(carry, plain, entry, yearly, each);
}

void
carry_tell(struct arena *arena, struct carry_told *told, struct str field, enum carry_fate fate,
           struct str code)
{
    *ARENA_ADD(arena, told->entries, told->count, told->cap, 16) =
        (struct carry_entry){field, str_trim(code), fate};
}

static void
told_add(struct carry *carry, const struct field *field, enum carry_fate fate, struct str code)
{
    if (!carry->is_example)
        carry_tell(carry->arena, &carry->told, field->name, fate, code);
}

static void
walk_keyed(struct carry *carry, const struct field *field, const struct value *value,
           enum field_yearly yearly, visit *each)
{
    const struct items items = {.edits = &carry->edits,
                                .field = field,
                                .last = items_list(carry->schema, field, carry->years.last),
                                .now = items_list(carry->schema, field, carry->years.now),
                                .from = carry->years.from,
                                .to = carry->years.to,
                                .is_list = value->kind == VALUE_LIST,
                                .example = carry->is_example};
    value = code_settle(carry->arena, field, items.last == NULL ? items.now : items.last, value);
    struct chain chain; /* items_move() follows it afterwards */
    bool fit = each != note_fact && items_can(&items, value) &&
               !chain_of(carry->arena, carry->schema, field, &carry->years, &chain);

    for (const struct value *child = value->first; child != NULL; child = child->next) {
        if (fit && !items_keep(&items, child)) {
            told_add(carry, field, CARRY_DROPPED, items_code(&items, child));
            continue;
        }
        carry->is_open = fit && items_changed(&items, child);
        if (carry->is_open)
            told_add(carry, field, CARRY_RENAMED, items_code(&items, child));
        walk_entry(carry, field, child, yearly, each);
        carry->is_open = false;
    }
    if (fit)
        items_add_new(&items, value);
}

static void
walk_list(struct carry *carry, const struct field *field, const struct value *value,
          enum field_yearly yearly, visit *each)
{
    const struct value *outer = carry->entry;

    for (const struct value *child = value->first; child != NULL; child = child->next) {
        carry->entry = child;
        walk(carry, field->item, child, yearly, each);
    }
    carry->entry = outer;
}

static void
walk(struct carry *carry, const struct field *field, const struct value *value,
     enum field_yearly yearly, visit *each)
{
    bool is_map = value->kind == VALUE_MAP;

    if (field->yearly != YEARLY_INHERITED)
        yearly = field->yearly;
    if (field->type == FIELD_KEYED && (is_map || value->kind == VALUE_LIST)) {
        walk_keyed(carry, field, value, yearly, each);
    } else if (is_map && (field->type == FIELD_MAP || field->type == FIELD_RUBRIC)) {
        walk_map(carry, field, value, yearly, each);
    } else if (field->former.len > 0 && carry->is_rubric) {
        put_former(carry, field, value);
    } else if (field->type == FIELD_LIST && value->kind == VALUE_LIST) {
        walk_list(carry, field, value, yearly, each);
    } else {
        each(carry, field, value, yearly);
    }
}

/* ---- what becomes of a value */

/* The comment behind the | or > of a block, with the blanks before it. */
static struct str
block_comment(struct str source)
{
    struct str line = str_sub(source, 0, str_find(source, STR("\n")));
    size_t sign = str_find(line, STR(" #"));

    return sign == SIZE_MAX ? STR("") : str_sub(line, sign, SIZE_MAX);
}

static void
put_hole(struct carry *carry, const struct value *value)
{
    struct str comment = STR("");
    size_t from, to;

    if (value->kind == VALUE_NONE || !edits_span(&carry->edits, value, &from, &to))
        return;
    if (value->kind == VALUE_TEXT && (value->flags & VALUE_BLOCK) != 0)
        comment = block_comment(value->source);
    edits_put(&carry->edits, from, to,
              str_of(arena_printf(carry->arena, SCHEMA_HOLE "%s%.*s", comment.len > 0 ? " " : "",
                                  STR_FMT(comment))));
}

/* Takes a value out. In a rubric a comment says what is to stand there. */
static void
put_nothing(struct carry *carry, const struct field *field, const struct value *value)
{
    size_t from, to;

    if (value->kind == VALUE_NONE || !edits_span(&carry->edits, value, &from, &to))
        return;
    bool alone = edits_line_end(&carry->edits, to) == to;
    const char *note = "";
    if (carry->is_rubric && alone && field->help.len > 0)
        note = arena_printf(carry->arena, "  # " SCHEMA_HOLE " %.*s", STR_FMT(field->help));
    while (alone && from > 0 && carry->edits.text.ptr[from - 1] == ' ')
        from--;
    edits_put(&carry->edits, from, to, str_of(note));
}

/* Keeps what stands before and with the last "/". */
static void
put_tail(struct carry *carry, const struct value *value)
{
    size_t from, to, at;

    if (value->kind != VALUE_TEXT || !edits_span(&carry->edits, value, &from, &to))
        return;
    for (at = to; at > from && carry->edits.text.ptr[at - 1] != '/'; at--) {
    }
    if (at == from || (value->flags & VALUE_BLOCK) != 0) {
        put_hole(carry, value);
        return;
    }
    struct buf kept = buf_in(carry->arena);
    buf_add(&kept, str_sub(carry->edits.text, from, at - from));
    if ((value->flags & VALUE_QUOTED) != 0)
        buf_byte(&kept, carry->edits.text.ptr[to - 1]);
    edits_put(&carry->edits, from, to, buf_str(&kept));
}

static void
put_kept(struct carry *carry, const struct field *field, const struct value *value)
{
    bool is_text = field->type == FIELD_TEXT || field->type == FIELD_PARAGRAPHS;
    size_t from, to;

    if (value->kind == VALUE_LIST) {
        for (const struct value *child = value->first; child != NULL; child = child->next)
            put_kept(carry, field, child);
        return;
    }
    if (!is_text || value->kind != VALUE_TEXT || !edits_span(&carry->edits, value, &from, &to))
        return;
    struct str source = str_sub(carry->edits.text, from, to - from);
    struct str kept = source;
    if (!field->is_name) /* of persons, numbers of letters and telephones */
        kept = year_moved(carry->arena, sentence_holes(carry->arena, &carry->facts, source),
                          carry->years.from, carry->years.to);
    edits_put(&carry->edits, from, to, kept);
}

static void
put_years_own(struct carry *carry, const struct field *field, const struct value *value)
{
    size_t from, to;

    if (value->kind == VALUE_NONE || !edits_span(&carry->edits, value, &from, &to))
        return;
    struct str source = str_sub(carry->edits.text, from, to - from);
    if (field->type == FIELD_YEAR && carry->years.from != 0 && carry->years.to != 0)
        edits_put(&carry->edits, from, to,
                  year_moved(carry->arena, source, carry->years.from, carry->years.to));
    else if (field->type == FIELD_BOOL)
        edits_put(&carry->edits, from, to, STR("ไม่"));
    else
        put_hole(carry, value);
}

/* What a rubric says of how sure it is: of what was copied nothing is. False for other fields. */
static bool
put_doubt(struct carry *carry, const struct field *field, const struct value *value)
{
    size_t from, to;

    if (!carry->is_rubric || (!field->certainty && !field->source) || value->kind == VALUE_NONE)
        return false;
    if (field->source && carry->is_undated)
        put_nothing(carry, field, value);
    else if (edits_span(&carry->edits, value, &from, &to))
        edits_put(&carry->edits, from, to,
                  field->certainty
                      ? field->choices[field->choice_count - 1].name
                      : str_of(arena_printf(carry->arena, "คัดลอกจากเกณฑ์ปี %d", carry->years.from)));
    return true;
}

/* An entry that is copied was the same one in the year before, when that is where it comes from. */
static void
put_former(struct carry *carry, const struct field *field, const struct value *value)
{
    const struct value *code = value_get(carry->entry, field->former);
    bool in_brackets = (value->flags & VALUE_FLOW) != 0;
    size_t from, to;

    if (carry->years.from + 1 != carry->years.to)
        put_nothing(carry, field, value);
    else if (code != NULL && code->kind == VALUE_TEXT &&
             edits_span(&carry->edits, value, &from, &to))
        edits_put(&carry->edits, from, to,
                  str_of(arena_printf(carry->arena, in_brackets ? "[%.*s]" : "%.*s",
                                      STR_FMT(code->text))));
}

static void
put_new(struct carry *carry, const struct field *field, const struct value *value,
        enum field_yearly yearly)
{
    if (put_doubt(carry, field, value))
        return;
    if (carry->is_open && yearly != YEARLY_DROP) {
        put_hole(carry, value);
        return;
    }
    switch (yearly) {
    case YEARLY_HOLE:
        put_years_own(carry, field, value);
        break;
    case YEARLY_DROP:
        put_nothing(carry, field, value);
        break;
    case YEARLY_TAIL:
        put_tail(carry, value);
        break;
    case YEARLY_NO:
    case YEARLY_INHERITED:
        put_kept(carry, field, value);
        break;
    }
}

/* ---- what sentences may repeat of last year's values */

static void
note_fact(struct carry *carry, const struct field *field, const struct value *value,
          enum field_yearly yearly)
{
    struct decimal number;

    if (yearly != YEARLY_HOLE || value->kind != VALUE_TEXT)
        return;
    if (field->type == FIELD_TEXT)
        sentence_add_word(&carry->facts, field->name, value->text);
    if (field->type == FIELD_DECIMAL && field->unit.len > 0)
        sentence_add_unit(&carry->facts, field->unit);
    if (field->type == FIELD_DECIMAL &&
        decimal_parse(digits_to_arabic(carry->arena, value->text), &number))
        sentence_add_figure(&carry->facts, number);
}

/* ---- the whole file */

/* Last year's acceptances must let nothing of this year's through. */
static void
drop_acceptances(struct carry *carry, const struct value *report)
{
    const struct value *value = value_get(report, STR("ยอมรับ"));
    size_t from, to;

    if (value == NULL || !edits_span(&carry->edits, value, &from, &to))
        return;
    if ((report->flags & VALUE_FLOW) != 0) {
        edits_put(&carry->edits, from, to, STR("[]"));
        return;
    }
    from = edits_byte(&carry->edits, value->key_pos);
    edits_put(&carry->edits, from, edits_line_end(&carry->edits, to),
              STR("# ยอมรับ: ของปีก่อนไม่ได้นำมา"));
}

static struct str
moved_between(void *context, struct str stretch)
{
    const struct carry *carry = context;

    return year_moved(carry->arena, stretch, carry->years.from, carry->years.to);
}

static void
keep(struct carry *carry, const struct field *field, const struct value *value,
     enum field_yearly yearly)
{
    (void)carry;
    (void)field;
    (void)value;
    (void)yearly;
}

/* One way through the text; what comes out may be no YAML, see carry(). */
static struct str
carry_text(struct carry *carry, const struct value *root, struct str text)
{
    const struct field *map = carry->is_rubric ? carry->schema->rubric : &carry->schema->root;

    carry->told.count = 0;
    carry->edits = edits_of(carry->arena, text, root);
    carry->facts = (struct sentence_facts){.unit_count = 0};
    if (carry->years.to != carry->years.from && carry->years.to != 0 && !carry->is_rubric)
        carry->facts.year = carry->years.from;
    if (!carry->is_rubric)
        walk(carry, map, root, YEARLY_NO, note_fact);
    walk(carry, map, root, YEARLY_NO, carry->is_example ? keep : put_new);
    if (carry->is_rubric)
        return edits_apply(&carry->edits, NULL, NULL);
    if (!carry->is_example)
        drop_acceptances(carry, root);
    return edits_apply(&carry->edits, moved_between, carry);
}

/* The entries of keyed fields under their new codes. */
static struct str
move_entries(struct carry *carry, const struct items_text *last, struct str carried,
             struct diags *quiet)
{
    const struct items_text now = {carried, value_read_yaml(carry->arena, quiet, "", carried)};

    if (carry->is_rubric || now.root == NULL)
        return carried;
    struct str moved = items_move(carry->arena, carry->schema, last, &now, &carry->years,
                                  carry->is_example, &carry->told);
    return value_read_yaml(carry->arena, quiet, "", moved) == NULL ? carried : moved;
}

/* Texts that stand in two places by an anchor, and what else YAML allows and nobody types, cannot
 * be changed in place; then the comments go. */
static struct str
carry(struct carry *carry, const struct value *root, struct str text)
{
    struct diags *quiet = diags_new();
    struct str lines = text;

    if (!carry->is_rubric)
        lines = items_in_lines(carry->arena, carry->schema, root, text, &carry->years);
    if (lines.ptr != text.ptr)
        root = value_read_yaml(carry->arena, quiet, "", lines);
    struct str carried = carry_text(carry, root, lines);
    struct items_text last = {lines, root};
    for (int i = 0; i < 2 && value_read_yaml(carry->arena, quiet, "", carried) == NULL; i++) {
        struct buf out = buf_in(carry->arena);
        if (!carry->is_rubric)
            root = items_as_maps(carry->arena, &carry->schema->root, root);
        value_write_yaml(root, &out);
        root = value_read_yaml(carry->arena, quiet, "", buf_str(&out));
        if (root == NULL)
            break;
        carry->years.now = i == 0 ? carry->years.now : NULL;
        last = (struct items_text){buf_str(&out), root};
        carried = carry_text(carry, root, last.text);
    }
    carried = move_entries(carry, &last, carried, quiet);
    diags_free(quiet);
    return carried;
}

struct str
carry_report(struct arena *arena, const struct schema *schema, const struct value *report,
             struct str text, const struct carry_years *years, struct carry_told *told)
{
    struct carry c = {.arena = arena, .schema = schema, .years = *years};
    struct str carried = carry(&c, report, text);

    *told = c.told;
    return carried;
}

struct str
carry_example(struct arena *arena, const struct schema *schema, const struct value *report,
              struct str text, const struct carry_years *years)
{
    struct carry c = {.arena = arena, .schema = schema, .is_example = true, .years = *years};

    return carry(&c, report, text);
}

struct str
carry_rubric(struct arena *arena, const struct schema *schema, const struct value *rubric,
             struct str text, int from, int to)
{
    struct carry c = {
        .arena = arena, .schema = schema, .is_rubric = true, .years = {.from = from, .to = to}};

    return carry(&c, rubric, text);
}

size_t
carry_holes(struct str text)
{
    struct str hole = STR(SCHEMA_HOLE);
    size_t count = 0, at;

    while ((at = str_find(text, hole)) != SIZE_MAX) {
        text = str_sub(text, at + hole.len, SIZE_MAX);
        count++;
    }
    return count;
}
