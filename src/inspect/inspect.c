/* banthuek_inspect() */
#include "inspect/inspect.h"
#include "banthuek-pdf.h"
#include "base/arena.h"
#include "engine/report.h"
#include "value/json_write.h"

/* A PDF that cannot be read has nothing but its name and messages. */
static void
write_json(struct banthuek *b, const char *path, const struct inspected *inspected,
           enum banthuek_lang lang, struct buf *out)
{
    struct banthuek_bytes messages;

    buf_text(out, "{\n\"file\": ");
    json_add_string(out, str_of(path));
    buf_printf(out, ",\n\"readable\": %s", inspected == NULL ? "false" : "true");
    if (inspected != NULL)
        inspect_json(inspected, lang, out);
    banthuek_messages_json(b, lang, &messages);
    buf_text(out, ",\n\"messages\": ");
    buf_add(out, (struct str){messages.data, messages.size});
    buf_text(out, "}\n");
}

void
banthuek_inspect_given_up(struct banthuek *b, const char *pdf, enum banthuek_limit limit,
                          enum banthuek_lang lang, bool json, struct banthuek_bytes *text)
{
    struct buf out = buf_in(b->work.arena);

    diag_add(b->work.diags, limit == BANTHUEK_TIME ? DIAG_PDFIN_TIME : DIAG_PDFIN_MEMORY,
             (struct pos){pdf, 0, 0}, NULL, NULL, NULL);
    if (json)
        write_json(b, pdf, NULL, lang, &out);
    else
        buf_printf(&out, "%s\n", banthuek_message(b, banthuek_message_count(b) - 1, lang)->text);
    *text = bytes_of(buf_str(&out));
}

bool
banthuek_inspect(struct banthuek *b, const char *path, enum banthuek_lang lang, bool json,
                 struct banthuek_bytes *text)
{
    struct inspected inspected = {0};
    struct buf out = buf_in(b->work.arena);
    size_t errors = work_errors(&b->work);
    bool readable = opened_read(&b->work, path, &inspected.opened);

    if (readable)
        inspect_again(&b->work, &inspected);
    bool good = readable && work_errors(&b->work) == errors &&
                (!b->wishes.strict || work_without_warnings(&b->work));
    if (json)
        write_json(b, path, readable ? &inspected : NULL, lang, &out);
    else if (readable)
        inspect_text(&inspected, lang, &out);
    opened_close(&inspected.opened);
    *text = bytes_of(buf_str(&out));
    return good;
}
