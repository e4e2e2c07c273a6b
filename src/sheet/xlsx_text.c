/* Texts of cells: rich text, escapes, the table of shared strings (ECMA-376 part 1, 18.4 and
 * 22.9.2.19). */

#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "sheet/inner.h"
#include "value/reader.h"

/* ---- rich text */

void
xlsx_text_start(struct xlsx_text *text, const char *name, const char **attributes)
{
    if (strcmp(name, "rPh") == 0) {
        text->phonetic++;
    } else if (strcmp(name, "t") == 0 && text->phonetic == 0) {
        text->on = true;
        text->from = text->buf.len;
        text->preserve = xml_preserves(attributes);
    }
}

/* Blanks at the ends of a piece count only when it says so. */
static void
trim_piece(struct xlsx_text *text)
{
    struct buf *buf = &text->buf;

    if (buf->len == text->from)
        return;
    struct str piece = str_trim((struct str){buf->ptr + text->from, buf->len - text->from});
    if (piece.len > 0)
        memmove(buf->ptr + text->from, piece.ptr, piece.len);
    buf->len = text->from + piece.len;
}

void
xlsx_text_end(struct xlsx_text *text, const char *name)
{
    if (strcmp(name, "rPh") == 0 && text->phonetic > 0) {
        text->phonetic--;
    } else if (strcmp(name, "t") == 0 && text->on) {
        text->on = false;
        if (!text->preserve)
            trim_piece(text);
    }
}

void
xlsx_text_add(struct xlsx_text *text, struct str piece)
{
    if (text->on)
        buf_add(&text->buf, piece);
}

/* ---- escapes */

/* The code unit of an escape "_xHHHH_" at `at`, or -1. */
static long
escape_at(struct str s, size_t at)
{
    long unit = 0;

    if (at + 7 > s.len || s.ptr[at] != '_' || s.ptr[at + 1] != 'x' || s.ptr[at + 6] != '_')
        return -1;
    for (size_t i = 0; i < 4; i++) {
        int digit = ascii_hex(s.ptr[at + 2 + i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* Writes the character of the escape at *at and moves past it; half a character stays as it is
 * written. */
static void
add_escape(struct buf *out, struct str raw, size_t *at)
{
    long unit = escape_at(raw, *at), low = 0;

    if (unit >= 0xD800 && unit <= 0xDBFF)
        low = escape_at(raw, *at + 7);
    if (low >= 0xDC00 && low <= 0xDFFF) {
        buf_utf8(out, (uint32_t)(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)));
        *at += 14;
    } else if (unit >= 0xD800 && unit <= 0xDFFF) {
        buf_byte(out, raw.ptr[(*at)++]);
    } else {
        buf_utf8(out, (uint32_t)unit);
        *at += 7;
    }
}

struct str
xlsx_unescape(struct arena *arena, struct str raw)
{
    struct buf out = buf_in(arena);
    size_t count = 0;

    for (size_t at = 0; at < raw.len;) {
        if (escape_at(raw, at) >= 0)
            add_escape(&out, raw, &at);
        else
            buf_byte(&out, raw.ptr[at++]);
    }
    for (size_t at = 0; at < out.len; at++) {
        bool crlf = out.ptr[at] == '\r' && at + 1 < out.len && out.ptr[at + 1] == '\n';
        if (!crlf)
            out.ptr[count++] = (char)(out.ptr[at] == '\r' ? '\n' : out.ptr[at]);
    }
    out.len = count;
    return buf_str(&out);
}

/* ---- cells */

/* What was told last of a text that cannot be used. */
static void
set_text_fault(struct xlsx *x, struct cell *cell)
{
    const struct diag *diag = diags_at(x->faults, diags_count(x->faults) - 1);

    xlsx_fault(cell, diag->code, str_dup(x->reader->arena, str_of(diag->arg[0])));
    diags_free(x->faults);
    x->faults = diags_new();
}

bool
xlsx_set_text(struct xlsx *x, struct cell *cell, struct str raw)
{
    struct str text = xlsx_unescape(x->reader->scratch, raw);

    if (!reader_text_quietly(x->reader, x->faults, cell->pos, text, &text)) {
        set_text_fault(x, cell);
        return true;
    }
    cell->kind = CELL_TEXT;
    cell->text = sheet_trim(x->reader->arena, text);
    return cell->text.len > 0;
}

bool
xlsx_set_shared(struct xlsx *x, struct cell *cell, struct shared *shared)
{
    if (!shared->ready) {
        (void)xlsx_set_text(x, cell, shared->raw);
        shared->ready = true;
        shared->text = cell->text;
        shared->bad = cell->kind == CELL_FAULT;
        shared->fault = cell->fault;
    }
    cell->kind = shared->bad ? CELL_FAULT : CELL_TEXT;
    cell->text = shared->text;
    cell->fault = shared->fault;
    return shared->bad || shared->text.len > 0;
}

/* ---- sharedStrings.xml */

struct job {
    struct xlsx *x;
    struct xlsx_text text;
};

static void
on_start(struct xml *xml, const char *name, const char **attributes)
{
    struct job *job = xml->context;

    if (strcmp(name, "si") == 0)
        job->text = (struct xlsx_text){.buf = buf_in(job->x->reader->scratch)};
    else
        xlsx_text_start(&job->text, name, attributes);
}

static void
on_end(struct xml *xml, const char *name)
{
    struct job *job = xml->context;
    struct xlsx *x = job->x;

    xlsx_text_end(&job->text, name);
    if (strcmp(name, "si") != 0)
        return;
    if (x->shared_count == SHEET_CELLS_MAX) {
        xml_damaged(xml, "more texts than cells", "มีข้อความมากกว่าเซลล์");
        return;
    }
    *ARENA_ADD(x->reader->scratch, x->shared, x->shared_count, x->shared_cap, 64) =
        (struct shared){.raw = buf_str(&job->text.buf)};
}

static void
on_text(struct xml *xml, struct str piece)
{
    struct job *job = xml->context;

    xlsx_text_add(&job->text, piece);
}

bool
xlsx_read_shared(struct xlsx *x, const struct member *member)
{
    struct job job = {.x = x, .text = {.buf = buf_in(x->reader->scratch)}};
    struct xml xml = {.context = &job, .start = on_start, .end = on_end, .text = on_text};

    return package_read(&x->package, member, &xml);
}
