/* Values of JSON that the archive tells: what is empty or 0 is null. */
#ifndef ARCHIVE_JSON_H
#define ARCHIVE_JSON_H

#include "banthuek.h"
#include "base/str.h"
#include "value/json_write.h"

static inline void
archive_json_text(struct buf *out, const char *before, struct banthuek_bytes text)
{
    buf_text(out, before);
    if (text.size == 0)
        buf_text(out, "null");
    else
        json_add_string(out, (struct str){text.data, text.size});
}

static inline void
archive_json_number(struct buf *out, const char *before, size_t number)
{
    buf_text(out, before);
    if (number == 0)
        buf_text(out, "null");
    else
        buf_unsigned(out, number, 1);
}

#endif
