#include "cli/archive_text.h"

#include <stdlib.h>
#include <string.h>

void
cli_archive_text(struct cli_text *out, const char *before, struct banthuek_bytes text)
{
    char plain[CLI_SHOWN / 2], shown[CLI_SHOWN];
    size_t size = text.size < sizeof plain ? text.size : sizeof plain - 1;

    if (size == 0)
        return;
    memcpy(plain, text.data, size);
    plain[size] = '\0';
    cli_add(out, "%s%s", before, banthuek_show(plain, shown, sizeof shown));
}

/* Days of ours are the first of a year. */
void
cli_archive_kept(struct cli_text *out, const struct cli_args *args, struct banthuek_bytes retention)
{
    bool whole = retention.size == 10 && memcmp(retention.data + 4, "-01-01", 6) == 0;
    long year = whole ? strtol(retention.data, NULL, 10) : 0;

    if (year > 0)
        cli_add(out, "%s %ld", cli_word(args, "until the end of", "จนสิ้นปี"), year - 1);
    else if (retention.size == 4)
        cli_add(out, "%s", cli_word(args, "for ever", "ตลอดไป"));
    else
        cli_archive_text(out, cli_word(args, "until before ", "จนถึงก่อนวันที่ "), retention);
}
