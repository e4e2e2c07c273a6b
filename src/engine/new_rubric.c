/* Starts a rubric: that of another year, with its years moved and marked as not yet compared. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/utf8.h"
#include "engine/new.h"
#include "engine/report.h"
#include "engine/rubric.h"
#include "form/rubric.h"
#include "renew/carry.h"
#include "renew/year.h"
#include "schema/schema.h"
#include "value/read.h"
#include "value/value.h"

/* What a new rubric is made of. */
struct draft {
    const char *file, *source;
    struct str template_name;
    struct str variant; /* which of several rubrics of a year */
    const char *template_dir;
    const struct schema *schema;
    const struct value *rubric;
    struct str text;
    int from, to;
};

/* ---- the rubric to start from */

/* The rubric of a year for one template. */
static const struct value *
find_for(struct work *w, const struct draft *draft, struct str name, const char *dir,
         const struct schema *schema, const char *year, bool *failed)
{
    const struct rubric_place place = {.schema = schema,
                                       .own = path_dir(w->arena, draft->file),
                                       .template_dir = dir,
                                       .template_name = name};

    const struct rubric_file *file =
        rubric_find(w, &place, rubric_name(w, atoi(year), draft->variant), failed);

    return file == NULL ? NULL : file->value;
}

static void
tell_none(struct work *w, const struct draft *draft, const char *year)
{
    diag_add(w->diags, DIAG_ENGINE_NEW_RUBRIC_FROM, POS_NONE,
             diag_str(w->diags, rubric_name(w, atoi(year), draft->variant)), NULL, NULL);
}

/* Takes the template whose rubric of the year is there; two of them are one too many. */
static bool
find_among_all(struct work *w, struct draft *draft, const char *year)
{
    size_t count, found = 0;
    const struct str *names = places_templates(w, &count);
    struct buf all = buf_in(w->arena);
    bool failed;

    for (size_t i = 0; i < count; i++) {
        const char *dir = places_template(w, names[i], POS_NONE);
        const struct schema *schema = dir == NULL ? NULL : kit_schema(w, dir);
        if (schema == NULL || schema->rubric == NULL)
            continue;
        const struct value *rubric = find_for(w, draft, names[i], dir, schema, year, &failed);
        if (failed)
            return false;
        if (rubric == NULL)
            continue;
        buf_printf(&all, "%s%.*s", found++ == 0 ? "" : ", ", STR_FMT(names[i]));
        draft->source = rubric->pos.file;
        draft->template_name = names[i];
    }
    if (found == 1)
        return true;
    if (found > 1)
        diag_add(w->diags, DIAG_ENGINE_NEW_RUBRIC_KIND, POS_NONE, year,
                 str_cstr(w->arena, buf_str(&all)), NULL);
    else
        tell_none(w, draft, year);
    return false;
}

/* False when the template has no rubrics. */
static bool
check_takes(struct work *w, const struct draft *draft)
{
    if (draft->schema->rubric != NULL)
        return true;
    diag_add(w->diags, DIAG_ENGINE_RUBRIC_NOT_TAKEN, POS_NONE, draft->template_dir, NULL, NULL);
    return false;
}

/* The file of a year's rubric, and the template it is for where that is not given. */
static bool
find_source(struct work *w, struct draft *draft, const char *from)
{
    bool failed;

    if (!rubric_is_year(str_of(from))) {
        draft->source = from;
        return true;
    }
    if (draft->template_name.len == 0 && draft->template_dir == NULL)
        return find_among_all(w, draft, from);
    if (draft->template_dir == NULL)
        draft->template_dir = places_template(w, draft->template_name, POS_NONE);
    draft->schema = draft->template_dir == NULL ? NULL : kit_schema(w, draft->template_dir);
    if (draft->schema == NULL || !check_takes(w, draft))
        return false;
    const struct value *rubric =
        find_for(w, draft, draft->template_name, draft->template_dir, draft->schema, from, &failed);
    if (rubric == NULL && !failed)
        tell_none(w, draft, from);
    draft->source = rubric == NULL ? NULL : rubric->pos.file;
    return rubric != NULL;
}

/* Reads it and its schema. One that is not consistent is no good start. */
static bool
read_source(struct work *w, struct draft *draft)
{
    draft->rubric = new_read(w, draft->source, &draft->text);
    if (draft->rubric == NULL)
        return false;
    if (draft->variant.len == 0)
        (void)rubric_file_year(path_base(draft->source), &draft->variant);
    if (draft->template_name.len == 0)
        draft->template_name = rubric_template(draft->rubric);
    if (draft->template_name.len == 0 && draft->template_dir == NULL) {
        diag_add(w->diags, DIAG_ENGINE_NEW_RUBRIC_TEMPLATE, draft->rubric->pos, NULL, NULL, NULL);
        return false;
    }
    if (draft->template_dir == NULL)
        draft->template_dir = places_template(w, draft->template_name, draft->rubric->pos);
    if (draft->schema == NULL && draft->template_dir != NULL)
        draft->schema = kit_schema(w, draft->template_dir);
    if (draft->schema == NULL || !check_takes(w, draft))
        return false;
    return rubric_read(w, draft->schema, draft->rubric) != NULL;
}

/* ---- the new file */

/* The field that says whether people compared the rubric with the publication. */
static struct str
confirmation(const struct field *rubric)
{
    for (size_t i = 0; i < rubric->field_count; i++) {
        if (rubric->fields[i].type == FIELD_BOOL && rubric->fields[i].yearly == YEARLY_HOLE)
            return rubric->fields[i].name;
    }
    return STR("");
}

/* One that does not say for which template it is. */
static void
add_template(const struct draft *draft, struct buf *out)
{
    if (!rubric_is(draft->rubric))
        buf_printf(out, SCHEMA_RUBRIC_KEY ": %.*s\n", STR_FMT(draft->template_name));
}

static void
add_head(struct work *w, const struct draft *draft, struct buf *out)
{
    const struct field *rubric = draft->schema->rubric;
    struct str confirmed = confirmation(rubric);

    buf_printf(out, "# เกณฑ์ปี %d คัดลอกจากเกณฑ์ปี %d (", draft->to, draft->from);
    utf8_show(out, str_of(path_base(draft->source)), false);
    buf_printf(out, ") ยังไม่ได้เทียบกับเอกสารของปี %d\n", draft->to);
    buf_printf(out,
               "# ปีในข้อความเลื่อนให้แล้ว: %d เป็น %d และ %d เป็น %d นอกนั้นยังเป็นของเดิม\n"
               "#\n# เทียบทุกหัวข้อกับเอกสารที่ประกาศสำหรับปี %d แก้ให้ตรง แล้วทำเครื่องหมาย x\n",
               draft->from, draft->to, draft->from - 1, draft->to - 1, draft->to);
    for (size_t i = 0; i < rubric->field_count; i++)
        buf_printf(out, "#   [ ] %.*s: %.*s\n", STR_FMT(rubric->fields[i].name),
                   STR_FMT(rubric->fields[i].help));
    if (confirmed.len > 0)
        buf_printf(out, "# เทียบครบแล้วจึงเปลี่ยนเป็น %.*s: ใช่\n", STR_FMT(confirmed));
    buf_text(out, "# ตรวจแฟ้มนี้: banthuek check ");
    utf8_show(out, str_of(rubric_shell_word(w, draft->file)), false);
    buf_byte(out, '\n');
    buf_printf(out, "# หมายเหตุถัดจากบรรทัดนี้เป็นของเกณฑ์ปี %d\n\n", draft->from);
    add_template(draft, out);
}

static bool
write_yaml(struct work *w, const struct draft *draft)
{
    struct buf out = buf_in(w->arena);

    if (draft->from != draft->to) {
        add_head(w, draft, &out);
        buf_add(&out, carry_rubric(w->arena, draft->schema, draft->rubric, draft->text, draft->from,
                                   draft->to));
    } else { /* of the same year: to be compared and edited as it is */
        add_template(draft, &out);
        buf_add(&out, draft->text);
    }
    return new_write(w, path_dir(w->arena, draft->file), path_base(draft->file), buf_str(&out));
}

/* ---- a new workbook */

/* Last year's rubric with its years moved. */
static bool
move_years(struct work *w, const struct draft *draft, struct form_rubric_start *form)
{
    struct str text =
        carry_rubric(w->arena, draft->schema, draft->rubric, draft->text, draft->from, draft->to);

    form->rubric = value_read_yaml(w->arena, w->diags, draft->source, text);
    form->last = draft->rubric;
    form->last_year = draft->from;
    form->same_places = true;
    return form->rubric != NULL;
}

/* What stands in the workbook and beside it: the rubric of the new year where there is one, beside
 * it that of the year before; else last year's, beside itself. */
static bool
choose(struct work *w, const struct draft *draft, struct form_rubric_start *form)
{
    bool same = draft->from == draft->to, failed;
    int other = same ? draft->to - 1 : draft->to;
    const struct value *found =
        find_for(w, draft, draft->template_name, draft->template_dir, draft->schema,
                 arena_printf(w->arena, "%d", other), &failed);

    if (failed)
        return false;
    if (same || found != NULL) {
        form->rubric = same ? draft->rubric : found;
        form->last = same ? found : draft->rubric;
        form->last_year = same ? other : draft->from;
        if (!same)
            diag_add(w->diags, DIAG_ENGINE_NEW_RUBRIC_KNOWN, POS_NONE,
                     arena_printf(w->arena, "%d", draft->to), found->pos.file, NULL);
        return rubric_read(w, draft->schema, form->rubric) != NULL;
    }
    return move_years(w, draft, form);
}

/* What whoever opens the workbook is to do. */
static void
add_lines(struct work *w, const struct draft *draft, struct form_rubric_start *form)
{
    struct str confirmed = confirmation(draft->schema->rubric);
    struct str *lines = arena_array(w->arena, 3, sizeof *lines);

    lines[form->head_count++] = str_of(arena_printf(
        w->arena, "เกณฑ์ปี %d เทียบทุกแผ่นกับเอกสารที่ประกาศสำหรับปีนั้น แล้วแก้ช่องสีขาวให้ตรง", draft->to));
    if (form->last != NULL)
        lines[form->head_count++] = str_of(arena_printf(
            w->arena, "ช่องสีเทา (เดิม ปี %d) มีไว้ให้อ่านเทียบ โปรแกรมไม่อ่าน", form->last_year));
    if (confirmed.len > 0)
        lines[form->head_count++] = str_of(arena_printf(
            w->arena, "เทียบครบทุกแผ่นแล้วจึงเปลี่ยน %.*s เป็น ใช่ แล้วตรวจแฟ้มด้วย banthuek check",
            STR_FMT(confirmed)));
    form->head = lines;
}

static bool
write_workbook(struct work *w, const struct draft *draft)
{
    struct form_rubric_start form = {.template_name = draft->template_name};
    struct str bytes;

    if (!choose(w, draft, &form))
        return false;
    add_lines(w, draft, &form);
    return form_write_rubric(w->arena, w->diags, draft->schema, &form, &bytes) &&
           new_write(w, path_dir(w->arena, draft->file), path_base(draft->file), bytes);
}

static bool
write_draft(struct work *w, struct draft *draft)
{
    draft->from = year_of(draft->schema->rubric, draft->rubric);
    return source_is_workbook(str_of(draft->file)) ? write_workbook(w, draft)
                                                   : write_yaml(w, draft);
}

/* Under another name no program would open what is written as what it is. */
static bool
check_name(struct work *w, const char *file)
{
    struct str name = str_of(file);

    if (str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml")) || str_ends(name, STR(".xlsx")))
        return true;
    diag_add(w->diags, DIAG_ENGINE_NEW_RUBRIC_NAME, POS_NONE, file, NULL, NULL);
    return false;
}

bool
banthuek_new_rubric(struct banthuek *b, const char *file, const char *template_name,
                    const char *from, int year)
{
    struct work *w = &b->work;
    struct draft draft = {.file = file,
                          .template_name = str_of(template_name),
                          .template_dir = w->wishes->template_dir,
                          .to = year};

    if (w->wishes->variant != NULL)
        draft.variant = str_trim(str_of(w->wishes->variant));
    return new_check_year(w, year) && check_name(w, file) && new_check_free(w, file) &&
           find_source(w, &draft, from) && read_source(w, &draft) && write_draft(w, &draft);
}
