/* Opens the report and the template that it names: schema, style and memo.xml. */
#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "base/utf8.h"
#include "doc/style.h"
#include "engine/engine.h"
#include "engine/input.h"
#include "schema/schema.h"
#include "tmpl/tmpl.h"
#include "value/read.h"
#include "value/value.h"

const struct value *
engine_yaml(struct banthuek *b, const char *path, struct str *bytes)
{
    struct str own;

    if (bytes == NULL)
        bytes = &own;
    if (!files_read(b->files, b->arena, b->diags, POS_NONE, path, VALUE_BYTES_MAX, bytes))
        return NULL;
    return value_read_yaml(b->arena, b->diags, path, *bytes);
}

/* A YAML file of the template that the report is made with. */
static const struct value *
read_own_yaml(struct banthuek *b, const char *name, const char *path)
{
    struct str bytes;
    const struct value *file = engine_yaml(b, path, &bytes);

    if (file != NULL)
        input_add(b, INPUT_TEMPLATE, str_of(name), path, bytes);
    return file;
}

const char *
engine_report_file(struct banthuek *b, const char *path)
{
    /* Notepad adds .txt, and Windows shows neither ending */
    static const char *const names[] = {"report.yaml",    "report.yml",      "report.json",
                                        "report.xlsx",    "report.yaml.txt", "report.yml.txt",
                                        "report.json.txt"};
    const char *found = NULL;

    if (!files_is_dir(b->files, path)) {
        const char *saved = arena_printf(b->arena, "%s.txt", path);
        bool misses = strcmp(path, "-") != 0 && !files_exists(b->files, path) &&
                      files_exists(b->files, saved);
        return misses ? saved : path;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *file = path_join(b->arena, path, names[i]);
        if (!files_exists(b->files, file))
            continue;
        if (found != NULL)
            diag_add(b->diags, DIAG_ENGINE_REPORT_TWO, (struct pos){found, 0, 0}, found, file,
                     NULL);
        else
            found = file;
    }
    if (found == NULL)
        diag_add(b->diags, DIAG_ENGINE_NO_REPORT, POS_NONE, path, NULL, NULL);
    return found;
}

/* What a report is called in a folder made from its PDF. */
static struct str
carried_name(const char *file, struct str bytes)
{
    if (engine_is_form(file, bytes))
        return STR("report.xlsx");
    return value_is_json(file) ? STR("report.json") : STR("report.yaml");
}

bool
banthuek_load(struct banthuek *b, const char *path)
{
    struct str bytes;

    b->report_path = arena_printf(b->arena, "%s", path);
    b->report_file = engine_report_file(b, b->report_path);
    if (b->report_file == NULL)
        return false;
    b->report_dir = path_dir(b->arena, b->report_file);
    if (!files_read(b->files, b->arena, b->diags, POS_NONE, b->report_file, VALUE_BYTES_MAX,
                    &bytes))
        return false;
    input_add(b, INPUT_REPORT, carried_name(b->report_file, bytes), b->report_file, bytes);
    if (engine_is_form(b->report_file, bytes))
        return engine_open_form(b, bytes);
    const struct value *report = value_read(b->arena, b->diags, b->report_file, bytes);
    if (report == NULL)
        return false;
    if (report->kind != VALUE_MAP) {
        diag_add(b->diags, DIAG_ENGINE_NOT_A_MAP, report->pos, NULL, NULL, NULL);
        return false;
    }
    b->report = report;
    return true;
}

static const struct value *
template_name(const struct value *report)
{
    const struct value *name = value_get(report, STR("template"));

    return name != NULL ? name : value_get(report, STR("แม่แบบ"));
}

struct str
engine_template_name(const struct value *report)
{
    const struct value *name = template_name(report);

    return name == NULL || name->kind != VALUE_TEXT ? STR("") : utf8_trim(name->text);
}

bool
engine_brings_template(struct banthuek *b)
{
    const char *beside = path_join(b->arena, b->report_dir, INPUT_TEMPLATE_DIR);

    return b->options.template_dir == NULL &&
           files_exists(b->files, path_join(b->arena, beside, "memo.xml"));
}

const char *
engine_given_template(struct banthuek *b)
{
    if (engine_brings_template(b))
        return path_join(b->arena, b->report_dir, INPUT_TEMPLATE_DIR);
    return b->options.template_dir;
}

/* The folder of the template: a given one, else the one the report names. */
static const char *
find_dir(struct banthuek *b)
{
    const struct value *name = template_name(b->report);
    const char *given = engine_given_template(b);

    if (banthuek_is_rubric(b)) {
        diag_add(b->diags, DIAG_ENGINE_IS_RUBRIC, b->report->pos, NULL, NULL, NULL);
        return NULL;
    }
    if (given != NULL)
        return given;
    if (name == NULL || name->kind != VALUE_TEXT) {
        diag_add(b->diags, DIAG_ENGINE_NO_TEMPLATE, name == NULL ? b->report->pos : name->pos, NULL,
                 NULL, NULL);
        return NULL;
    }
    return engine_find_template(b, utf8_trim(name->text), name->pos);
}

const struct schema *
engine_schema(struct banthuek *b, const char *dir)
{
    const struct value *file = engine_yaml(b, path_join(b->arena, dir, "schema.yaml"), NULL);

    return file == NULL ? NULL : schema_load(b->arena, b->diags, file);
}

/* A file of the template's folder, else of the shared one below the data folder; NULL when neither
 * has it. */
static const char *
own_or_shared(struct banthuek *b, const char *name, const char *shared)
{
    const char *own = path_join(b->arena, b->template_dir, name);
    const char *data_dir = engine_data_dir(b);

    if (files_exists(b->files, own))
        return own;
    return data_dir == NULL ? NULL
                            : path_join(b->arena, path_join(b->arena, data_dir, shared), name);
}

/* The official form, with the template's own style.yaml over it when there is one. */
static const struct style *
open_style(struct banthuek *b)
{
    const char *official = own_or_shared(b, "official.yaml", "templates");
    const char *own = path_join(b->arena, b->template_dir, "style.yaml");
    const struct value *files[2];
    size_t count = 0;

    if (official == NULL) {
        diag_add(b->diags, DIAG_ENGINE_NO_DATA_DIR, POS_NONE, NULL, NULL, NULL);
        return NULL;
    }
    files[count++] = read_own_yaml(b, "official.yaml", official);
    if (files_exists(b->files, own))
        files[count++] = read_own_yaml(b, "style.yaml", own);
    for (size_t i = 0; i < count; i++) {
        if (files[i] == NULL)
            return NULL;
    }
    return style_load(b->arena, b->diags, files, count);
}

/* A partial or base: NAME.xml in the template's folder, else in templates/common. */
static bool
read_partial(void *context, struct str name, struct pos pos, struct str *file, struct str *bytes)
{
    struct banthuek *b = context;
    struct str with_end = str_of(arena_printf(b->arena, "%.*s.xml", STR_FMT(name)));
    const char *data_dir = engine_data_dir(b);
    const char *dirs[] = {b->template_dir, data_dir == NULL
                                               ? NULL
                                               : path_join(b->arena, data_dir, "templates/common")};

    for (size_t i = 0; i < sizeof dirs / sizeof dirs[0]; i++) {
        if (dirs[i] == NULL)
            continue;
        const char *path = path_join(b->arena, dirs[i], with_end.ptr);
        /* a name that leads out is refused with its reason, whatever is there */
        if (path_is_inside(with_end) && !files_exists(b->files, path))
            continue;
        *file = str_of(path);
        if (!files_read_inside(b->files, b->arena, b->diags, pos, dirs[i], with_end,
                               VALUE_BYTES_MAX, bytes))
            return false;
        input_add(b, INPUT_TEMPLATE, with_end, path, *bytes);
        return true;
    }
    diag_add(b->diags, DIAG_ENGINE_PARTIAL_UNKNOWN, pos, diag_str(b->diags, name), NULL, NULL);
    return false;
}

static const struct tmpl *
open_tmpl(struct banthuek *b)
{
    const char *path = path_join(b->arena, b->template_dir, "memo.xml");
    struct str bytes;

    if (!input_read(b, INPUT_TEMPLATE, STR("memo.xml"), path, VALUE_BYTES_MAX, &bytes))
        return NULL;
    return tmpl_load(b->arena, b->diags, b->schema, read_partial, b, path, bytes);
}

bool
engine_template(struct banthuek *b)
{
    if (b->template_step != STEP_OPEN)
        return b->template_step == STEP_DONE;
    b->template_step = STEP_FAILED;
    if (b->report == NULL) {
        diag_add(b->diags, DIAG_ENGINE_NOTHING_LOADED, POS_NONE, NULL, NULL, NULL);
        return false;
    }
    b->template_dir = find_dir(b);
    if (b->template_dir == NULL)
        return false;
    const struct value *schema =
        read_own_yaml(b, "schema.yaml", path_join(b->arena, b->template_dir, "schema.yaml"));
    b->schema = schema == NULL ? NULL : schema_load(b->arena, b->diags, schema);
    if (b->schema == NULL)
        return false;
    b->style = open_style(b);
    b->tmpl = open_tmpl(b);
    if (b->style == NULL || b->tmpl == NULL)
        return false;
    b->template_step = STEP_DONE;
    return true;
}
