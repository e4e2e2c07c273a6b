/* Starts a rubric: that of another year, with its years moved and marked as not yet compared. */
#include <stdlib.h>

#include "base/path.h"
#include "base/utf8.h"
#include "engine/new.h"
#include "engine/report.h"
#include "engine/rubric.h"
#include "renew/carry.h"
#include "renew/year.h"
#include "schema/schema.h"
#include "value/value.h"

/* What a new rubric is made of. */
struct draft {
    const char *file, *source;
    struct str template_name;
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
         const char *year, bool *failed)
{
    const struct rubric_place place = {
        .own = path_dir(w->arena, draft->file), .template_dir = dir, .template_name = name};

    const char *variant = w->wishes->variant == NULL ? "" : w->wishes->variant;
    const struct rubric_file *file =
        rubric_find(w, &place, rubric_name(w, atoi(year), str_trim(str_of(variant))), failed);

    return file == NULL ? NULL : file->value;
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
        const struct value *rubric = find_for(w, draft, names[i], dir, year, &failed);
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
        diag_add(w->diags, DIAG_ENGINE_NEW_RUBRIC_FROM, POS_NONE, year, NULL, NULL);
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
    if (draft->template_dir == NULL)
        return false;
    const struct value *rubric =
        find_for(w, draft, draft->template_name, draft->template_dir, from, &failed);
    if (rubric == NULL && !failed)
        diag_add(w->diags, DIAG_ENGINE_NEW_RUBRIC_FROM, POS_NONE, from, NULL, NULL);
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
    if (draft->template_name.len == 0)
        draft->template_name = rubric_template(draft->rubric);
    if (draft->template_name.len == 0 && draft->template_dir == NULL) {
        diag_add(w->diags, DIAG_ENGINE_NEW_RUBRIC_TEMPLATE, draft->rubric->pos, NULL, NULL, NULL);
        return false;
    }
    if (draft->template_dir == NULL)
        draft->template_dir = places_template(w, draft->template_name, draft->rubric->pos);
    draft->schema = draft->template_dir == NULL ? NULL : kit_schema(w, draft->template_dir);
    if (draft->schema == NULL)
        return false;
    if (draft->schema->rubric == NULL) {
        diag_add(w->diags, DIAG_ENGINE_RUBRIC_NOT_TAKEN, POS_NONE, draft->template_dir, NULL, NULL);
        return false;
    }
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
    if (!rubric_is(draft->rubric))
        buf_printf(out, SCHEMA_RUBRIC_KEY ": %.*s\n", STR_FMT(draft->template_name));
}

static bool
write_draft(struct work *w, struct draft *draft)
{
    struct buf out = buf_in(w->arena);

    draft->from = year_of(draft->schema->rubric, draft->rubric);
    add_head(w, draft, &out);
    buf_add(&out, carry_rubric(w->arena, draft->schema, draft->rubric, draft->text, draft->from,
                               draft->to));
    return new_write(w, path_dir(w->arena, draft->file), path_base(draft->file), buf_str(&out));
}

/* What is written is YAML; under another name no program would open it as what it is. */
static bool
check_yaml_name(struct work *w, const char *file)
{
    struct str name = str_of(file);

    if (str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml")))
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

    return new_check_year(w, year) && check_yaml_name(w, file) && new_check_free(w, file) &&
           find_source(w, &draft, from) && read_source(w, &draft) && write_draft(w, &draft);
}
