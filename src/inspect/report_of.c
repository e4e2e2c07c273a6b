#include "inspect/report_of.h"

#include "engine/report.h"
#include "engine/stages.h"
#include "inspect/opened.h"

const char *
report_of_path(struct banthuek *b, const char *path)
{
    return source_file(&b->work, path);
}

bool
report_of_pdf(struct banthuek *b, const char *pdf, struct str *name, struct str *bytes)
{
    struct opened opened;
    bool good = opened_briefly(&b->work, pdf, &opened);

    *name = *bytes = STR("");
    if (good && opened.is_ours && opened.has_report)
        good = opened_report(&b->work, &opened, name, bytes);
    opened_close(&opened);
    return good;
}
