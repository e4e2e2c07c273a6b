/* Findings that a report's ยอมรับ lets through. */
#include "check/accept.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "check/score.h"
#include "schema/apply.h"
#include "schema/path.h"

#define SHOWN_PLACES 4

/* The fields of an entry, in the order of `field_index`. */
enum field_index { FIELD_CODE, FIELD_PATH, FIELD_WHY, FIELD_BY, FIELD_COUNT };

#define NAME(text)             \
    {                          \
        text, sizeof(text) - 1 \
    }

static const struct field entry_fields[FIELD_COUNT] = {
    [FIELD_CODE] = {.name = NAME("รหัส"),
                    .type = FIELD_TEXT,
                    .required = true,
                    .help = NAME("รหัสท้ายข้อความ เช่น FIGURE_MEAN")},
    [FIELD_PATH] = {.name = NAME("ช่อง"),
                    .type = FIELD_TEXT,
                    .help = NAME("ช่องที่พบ เช่น ผลประเมิน.IIT")},
    [FIELD_WHY] = {.name = NAME("เหตุผล"),
                   .type = FIELD_TEXT,
                   .required = true,
                   .help = NAME("เหตุที่ยอมรับ")},
    [FIELD_BY] = {.name = NAME("โดย"),
                  .type = FIELD_TEXT,
                  .required = true,
                  .help = NAME("ชื่อและตำแหน่งของผู้ยอมรับ")},
};

static const struct str list_name = NAME("ยอมรับ");

const struct field *
accept_field(struct arena *arena)
{
    struct field *list = arena_alloc(arena, sizeof *list);
    struct field *entry = arena_alloc(arena, sizeof *entry);

    entry->type = FIELD_MAP;
    entry->field_count = FIELD_COUNT;
    entry->fields = arena_array(arena, FIELD_COUNT, sizeof entry->fields[0]);
    memcpy(entry->fields, entry_fields, sizeof entry_fields);
    *list = (struct field){.name = list_name,
                           .type = FIELD_LIST,
                           .help = NAME("ข้อที่ตรวจพบแต่ให้ผ่านตามประกาศ ใช้เมื่อจำเป็น"),
                           .count_max = ACCEPT_MAX,
                           .item = entry};
    return list;
}

/* An entry of ยอมรับ. */
struct entry {
    enum diag_code code;
    struct pos pos;  /* of the code */
    struct str path; /* empty: wherever it is */
    const char *by, *why;
};

/* A finding, with the entry that lets it through. */
struct finding {
    const struct diag *diag;
    const char *path;
    const struct entry *entry;
};

struct accept {
    struct arena *arena;
    struct diags *diags;
    struct finding *findings;
    size_t count;
    bool whole;
};

/* ---- reading ยอมรับ */

static bool
tell_code(struct diags *diags, const struct value *text)
{
    const char *name = diag_str(diags, text->text);
    enum diag_code near;

    if (diag_code_nearest(text->text, &near) && diag_code_is_finding(near))
        diag_add(diags, DIAG_ACCEPT_CODE_NEAR, text->pos, name, diag_code_name(near), NULL);
    else
        diag_add(diags, DIAG_ACCEPT_CODE_UNKNOWN, text->pos, name, NULL, NULL);
    return false;
}

/* Writes the code as the table does; false when it is none that can be accepted. */
static bool
check_code(struct diags *diags, struct value *text)
{
    enum diag_code code;

    text->text = str_trim(text->text);
    if (!diag_code_find(text->text, &code))
        return tell_code(diags, text);
    text->text = str_of(diag_code_name(code));
    if (diag_code_is_finding(code))
        return true;
    diag_add(diags, DIAG_ACCEPT_CODE_FAULT, text->pos, diag_code_name(code), NULL, NULL);
    return false;
}

static struct value *
field_of(const struct value *entry, enum field_index index)
{
    struct value *child = entry->first;

    for (int i = 0; i < (int)index && child != NULL; i++)
        child = child->next;
    return child;
}

/* The entry has all that it needs; what it lacks was told. */
static bool
is_whole(const struct value *entry)
{
    if (entry->kind != VALUE_MAP)
        return false;
    for (int i = 0; i < FIELD_COUNT; i++)
        if (entry_fields[i].required && field_of(entry, (enum field_index)i)->kind != VALUE_TEXT)
            return false;
    return true;
}

struct value *
accept_read(struct arena *arena, struct diags *diags, const struct schema *schema,
            const struct value *report)
{
    struct apply apply = {
        .arena = arena, .diags = diags, .schema = schema, .nearest_left = APPLY_NEAREST_MAX};
    const struct value *given = value_get(report, list_name);
    const struct apply_step step = {.name = list_name};
    struct value *list = apply_below(&apply, accept_field(arena), step, list_name, given);
    struct value *good = value_new(arena, VALUE_LIST, list->pos), *next;

    for (struct value *entry = list->first; entry != NULL; entry = next) {
        next = entry->next;
        if (is_whole(entry) && check_code(diags, field_of(entry, FIELD_CODE)))
            value_append(good, entry);
    }
    return good->count > 0 ? good : value_new(arena, VALUE_NONE, list->pos);
}

/* ---- matching */

static bool
fits(const struct finding *finding, const struct entry *entry)
{
    if (finding->diag->code != entry->code)
        return false;
    if (entry->path.len == 0)
        return true;
    return finding->path != NULL && name_eq(str_of(finding->path), entry->path);
}

/* The places where the code of an entry was found. */
static const char *
places(const struct accept *accept, const struct entry *entry)
{
    struct buf out = buf_in(accept->arena);
    size_t shown = 0;

    for (size_t i = 0; i < accept->count; i++) {
        const struct finding *finding = &accept->findings[i];
        if (finding->diag->code != entry->code || finding->path == NULL)
            continue;
        if (shown == SHOWN_PLACES) {
            buf_text(&out, " …");
            break;
        }
        buf_printf(&out, "%s%s", shown++ == 0 ? "" : ", ", finding->path);
    }
    return str_cstr(accept->arena, buf_str(&out));
}

static void
tell_nothing(const struct accept *accept, const struct entry *entry)
{
    struct diags *diags = accept->diags;
    const char *code = diag_code_name(entry->code), *where = places(accept, entry);

    if (entry->path.len > 0 && *where != '\0')
        diag_add(diags, DIAG_ACCEPT_PLACE, entry->pos, code, diag_str(diags, entry->path), where);
    else
        diag_add(diags, DIAG_ACCEPT_NOTHING, entry->pos, code, NULL, NULL);
}

static void
match(const struct accept *accept, const struct entry *entry)
{
    struct diags *diags = accept->diags;
    const char *code = diag_code_name(entry->code);
    const struct entry *before = NULL;
    size_t count = 0;

    for (size_t i = 0; i < accept->count; i++) {
        if (!fits(&accept->findings[i], entry))
            continue;
        count++;
        if (accept->findings[i].entry != NULL)
            before = accept->findings[i].entry;
    }
    if (count == 0) {
        if (accept->whole)
            tell_nothing(accept, entry);
    } else if (count > 1 && entry->path.len == 0) {
        diag_add(diags, DIAG_ACCEPT_SEVERAL, entry->pos, code, diag_printf(diags, "%zu", count),
                 places(accept, entry));
    } else if (before != NULL) {
        diag_add(diags, DIAG_ACCEPT_TWICE, entry->pos, code, diag_place(diags, before->pos), NULL);
    } else {
        for (size_t i = 0; i < accept->count; i++)
            if (fits(&accept->findings[i], entry))
                accept->findings[i].entry = entry;
    }
}

static void
match_all(const struct accept *accept, const struct value *list)
{
    for (const struct value *child = list->first; child != NULL; child = child->next) {
        const struct value *code = field_of(child, FIELD_CODE);
        struct entry *entry = arena_alloc(accept->arena, sizeof *entry);
        (void)diag_code_find(code->text, &entry->code);
        entry->pos = code->pos;
        entry->path = field_of(child, FIELD_PATH)->text;
        entry->why = str_cstr(accept->arena, field_of(child, FIELD_WHY)->text);
        entry->by = str_cstr(accept->arena, field_of(child, FIELD_BY)->text);
        match(accept, entry);
    }
}

/* ---- moving */

/* Its place, which outlives the list that it is in. */
static struct pos
place_of(struct arena *arena, const struct diag *diag)
{
    struct pos pos = diag->pos;

    if (pos.file != NULL)
        pos.file = arena_strndup(arena, pos.file, strlen(pos.file));
    return pos;
}

static struct accepted *
move_all(const struct accept *accept)
{
    struct accepted *first = NULL, **end = &first;

    for (size_t i = 0; i < accept->count; i++) {
        const struct finding *finding = &accept->findings[i];
        if (finding->entry == NULL) {
            diag_copy(accept->diags, finding->diag, NULL, NULL);
            continue;
        }
        diag_copy(accept->diags, finding->diag, finding->entry->by, finding->entry->why);
        *end = arena_alloc(accept->arena, sizeof **end);
        **end = (struct accepted){finding->diag->code, place_of(accept->arena, finding->diag),
                                  finding->path,       finding->entry->by,
                                  finding->entry->why, NULL};
        end = &(*end)->next;
    }
    return first;
}

struct accepted *
accept_apply(struct arena *arena, struct diags *diags, const struct diags *findings,
             const struct schema *schema, const struct value *report, bool whole)
{
    struct accept accept = {
        .arena = arena, .diags = diags, .count = diags_count(findings), .whole = whole};
    const struct value *list = accept_read(arena, diags, schema, report);

    accept.findings = arena_array(arena, accept.count + 1, sizeof accept.findings[0]);
    for (size_t i = 0; i < accept.count; i++) {
        const struct diag *diag = diags_at(findings, i);
        accept.findings[i] = (struct finding){diag, path_of(arena, schema, report, diag), NULL};
    }
    match_all(&accept, list);
    struct accepted *accepted = move_all(&accept);
    diags_count_dropped(diags, findings);
    if (utf8_count(accept_record(arena, accepted)) > ACCEPT_RECORD_MAX)
        diag_add(diags, DIAG_ACCEPT_TOO_LONG, list->pos, NULL, NULL, NULL);
    return accepted;
}

static bool
is_figure(enum diag_code code)
{
    return code == DIAG_FIGURE_MEAN || code == DIAG_FIGURE_PARTS || code == DIAG_FIGURE_TOTAL ||
           code == DIAG_FIGURE_RUBRIC || code == DIAG_FIGURE_WEIGHTED;
}

static bool
lets_through(const struct accepted *accepted, struct pos pos)
{
    for (; accepted != NULL; accepted = accepted->next) {
        if (is_figure(accepted->code) && accepted->pos.line == pos.line &&
            accepted->pos.column == pos.column &&
            str_eq(str_of(accepted->pos.file), str_of(pos.file)))
            return true;
    }
    return false;
}

/* Where its disagreement was told. */
static struct pos
told_at(const struct score *score)
{
    return score->teller == NULL ? score->pos : score->teller->pos;
}

void
accept_mark(const struct accepted *accepted, const struct scores *scores)
{
    for (size_t i = 0; i < scores->count; i++)
        scores->all[i]->accepted = lets_through(accepted, told_at(scores->all[i]));
}

/* A part of a line, in which a tab would begin the next part. */
static void
add_part(struct buf *out, const char *text, char end)
{
    for (; text != NULL && *text != '\0'; text++) {
        char byte = *text;
        if ((unsigned char)byte < 0x20)
            byte = ' ';
        buf_byte(out, byte);
    }
    buf_byte(out, end);
}

struct str
accept_record(struct arena *arena, const struct accepted *accepted)
{
    struct buf out = buf_in(arena);

    for (; accepted != NULL; accepted = accepted->next) {
        add_part(&out, diag_code_name(accepted->code), '\t');
        add_part(&out, accepted->path, '\t');
        add_part(&out, accepted->by, '\t');
        add_part(&out, accepted->why, '\n');
    }
    return str_trim(buf_str(&out));
}
