/* Starts a report folder: the sample of a template, or last year's report with this year's numbers.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/io.h"
#include "engine/engine.h"
#include "engine/year.h"
#include "thai/normal.h"
#include "value/read.h"
#include "value/value.h"

/* samples/FOLDER/report.yaml of each template that has one. */
static const struct {
    const char *template_name;
    const char *sample;
} examples[] = {
    {"memo", "samples/memo/report.yaml"},
    {"ita-report", "samples/ita-2566/report.yaml"},
};

static const char *
find_example(struct banthuek *b, const char *template_name)
{
    const char *data_dir = engine_data_dir(b);

    if (data_dir == NULL) {
        diag_add(b->diags, DIAG_ENGINE_NO_DATA_DIR, POS_NONE, NULL, NULL, NULL);
        return NULL;
    }
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        if (strcmp(template_name, examples[i].template_name) == 0)
            return io_join(b->arena, data_dir, examples[i].sample);
    }
    diag_add(b->diags, DIAG_ENGINE_NEW_NO_EXAMPLE, POS_NONE, template_name, NULL, NULL);
    return NULL;
}

static bool
make_folder(struct banthuek *b, const char *dir)
{
    if (mkdir(dir, 0777) == 0 || (errno == EEXIST && io_is_dir(dir)))
        return true;
    diag_add(b->diags, DIAG_ENGINE_NEW_FOLDER, POS_NONE, dir, diag_system(b->diags, errno), NULL);
    return false;
}

/* The report to start from, as text that can be edited. */
static bool
read_source(struct banthuek *b, const char *source, struct str *text)
{
    struct str bytes;
    struct pos pos = {source, 0, 0};

    if (!io_read(b->arena, b->diags, POS_NONE, source, VALUE_BYTES_MAX, &bytes))
        return false;
    return normal_decode(b->arena, b->diags, pos, bytes, text);
}

/* Last year's figures are not this year's: they are left out, and check asks for each of them. */
static bool
move_year(struct banthuek *b, const char *source, int year, bool last_years, struct str *text)
{
    const struct value *report = value_read_yaml(b->arena, b->diags, source, *text);

    if (report == NULL)
        return false;
    if (last_years)
        *text = year_without_figures(b->arena, report, *text);
    if (year != 0)
        *text = year_moved(b->arena, *text, year_of_report(b->arena, report), year);
    return true;
}

bool
banthuek_new(struct banthuek *b, const char *dir, const char *template_name, int year,
             const char *from)
{
    const char *source =
        from != NULL ? from : find_example(b, template_name == NULL ? "memo" : template_name);
    const char *target = io_join(b->arena, dir, "report.yaml");
    struct str text;

    if (source == NULL)
        return false;
    if (io_is_dir(source))
        source = io_join(b->arena, source, "report.yaml");
    if (year != 0 && (year < 2500 || year > 2999)) {
        diag_add(b->diags, DIAG_ENGINE_NEW_YEAR, POS_NONE, diag_printf(b->diags, "%d", year), NULL,
                 NULL);
        return false;
    }
    if (io_exists(target)) {
        diag_add(b->diags, DIAG_ENGINE_NEW_EXISTS, POS_NONE, target, NULL, NULL);
        return false;
    }
    if (!read_source(b, source, &text) || !move_year(b, source, year, from != NULL, &text))
        return false;
    return make_folder(b, dir) && io_write(b->arena, b->diags, target, text);
}
