#include "archive/register_for.h"

#include "archive/number_line.h"
#include "banthuek-sign.h"
#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "inspect/lent.h"
#include "inspect/report_of.h"
#include "thai/digits.h"
#include "value/read.h"
#include "value/value.h"

#define TRY_NUMBER "99999" /* has room where any number has */

/* ---- what a report says */

/* A text of the report, of one line. */
static struct str
text_of(struct arena *arena, const struct value *root, const char *key)
{
    const struct value *value = value_get(root, str_of(key));
    struct buf out = buf_in(arena);

    if (value == NULL || value->kind != VALUE_TEXT)
        return STR("");
    for (size_t i = 0; i < value->text.len; i++)
        buf_byte(&out, value->text.ptr[i] == '\n' ? ' ' : value->text.ptr[i]);
    return str_trim(buf_str(&out));
}

/* Of a secret document the register tells neither what it is about nor who gets it, nor how its
 * file is called, which may say both. */
static void
read_said(struct arena *arena, const struct value *root, struct register_for *to)
{
    struct register_said *said = &to->said;
    struct str number = text_of(arena, root, NUMBER_LINE_KEY);

    said->office = text_of(arena, root, "ส่วนราชการ");
    said->secret = text_of(arena, root, "ชั้นความลับ");
    if (said->secret.len == 0) {
        said->to = text_of(arena, root, "เรียน");
        said->subject = text_of(arena, root, "เรื่อง");
    }
    said->prefix = str_ends(number, STR("/")) ? number : STR("");
    to->has_day =
        date_parse(text_of(arena, root, "วันที่"), &to->date) == DATE_GOOD && to->date.day > 0;
}

/* ---- before */

static bool
refuse(const struct lent *lent, enum diag_code code, const char *file, const char *arg)
{
    diag_add(lent->diags, code, (struct pos){file, 0, 0}, arg, NULL, NULL);
    return false;
}

static bool
may_write(const struct lent *lent, const char *path)
{
    return files_may_write(lent->arena, path) ||
           refuse(lent, DIAG_ARCHIVE_REGISTER_WRITE, path, NULL);
}

static bool
check_pdf(struct banthuek *b, const struct lent *lent, struct register_for *to)
{
    const struct banthuek_sign_options options = {.struct_size = sizeof options,
                                                  .number = TRY_NUMBER};
    struct str name, bytes;

    if (to->out == NULL)
        return refuse(lent, DIAG_ARCHIVE_REGISTER_OUT, to->file, NULL);
    if (files_is_taken(to->out))
        return refuse(lent, DIAG_SIGN_TAKEN, to->file, diag_str(lent->diags, str_of(to->out)));
    if (!may_write(lent, to->out) || !report_of_pdf(b, to->file, &name, &bytes) ||
        banthuek_fill_head(b, to->file, &options, NULL) == NULL)
        return false;
    /* what is inside was read when the PDF was made: its remarks are no news */
    struct diags *unheard = diags_new();
    bool is_text = name.len > 0 && !str_ends_same(name, STR(".xlsx"));
    const struct value *root =
        is_text ? value_read(lent->arena, unheard, str_cstr(lent->arena, name), bytes) : NULL;
    diags_free(unheard);
    if (root != NULL)
        read_said(lent->arena, root, to);
    return true;
}

static bool
read_line(const struct lent *lent, const struct register_for *to, struct str *bytes,
          struct number_line *line)
{
    return files_read(lent->files, lent->arena, lent->diags, POS_NONE, to->file, VALUE_BYTES_MAX,
                      bytes) &&
           number_line_find(lent->arena, lent->diags, to->file, *bytes, line);
}

static bool
check_report(const struct lent *lent, struct register_for *to)
{
    struct number_line line;
    struct str bytes, changed;

    if (to->out != NULL)
        return refuse(lent, DIAG_ARCHIVE_REGISTER_IN_PLACE, to->file, NULL);
    if (!str_ends_same(str_of(to->file), STR(".yaml")) &&
        !str_ends_same(str_of(to->file), STR(".yml")) &&
        !str_ends_same(str_of(to->file), STR(".yaml.txt")) &&
        !str_ends_same(str_of(to->file), STR(".yml.txt")))
        return refuse(lent, DIAG_ARCHIVE_REGISTER_KIND, to->file, NULL);
    if (!read_line(lent, to, &bytes, &line) || !may_write(lent, to->file) ||
        !number_line_put(lent->arena, lent->diags, to->file, bytes, &line, 1, &changed))
        return false;
    read_said(lent->arena, line.root, to);
    return true;
}

bool
register_for_check(struct banthuek *b, const char *path, const char *out, struct register_for *to)
{
    struct lent lent = lent_of(b);

    *to = (struct register_for){.out = out, .said = {.prefix = STR("")}};
    if (path == NULL)
        return out == NULL || refuse(&lent, DIAG_ARCHIVE_REGISTER_NO_FILE, out, NULL);
    bool is_pdf = str_ends_same(str_of(path), STR(".pdf"));
    to->kind = is_pdf ? REGISTER_FOR_PDF : REGISTER_FOR_REPORT;
    to->file = is_pdf ? path : report_of_path(b, path);
    if (to->file == NULL)
        return false;
    if (!(is_pdf ? check_pdf(b, &lent, to) : check_report(&lent, to)))
        return false;
    if (to->said.secret.len == 0)
        to->said.file = str_of(path_base(to->file));
    return true;
}

/* ---- behind */

static bool
fill_report(const struct lent *lent, const struct register_for *to, int64_t n)
{
    struct number_line line;
    struct str bytes, changed;

    return read_line(lent, to, &bytes, &line) &&
           number_line_put(lent->arena, lent->diags, to->file, bytes, &line, n, &changed) &&
           files_write(lent->arena, lent->diags, to->file, changed);
}

bool
register_for_fill(struct banthuek *b, const struct register_for *to,
                  const struct register_given *given)
{
    struct lent lent = lent_of(b);
    const struct banthuek_sign_options options = {
        .struct_size = sizeof options,
        .number = arena_printf(lent.arena, "%lld", (long long)given->n),
        .date = str_cstr(lent.arena, given->date)};

    switch (to->kind) {
    case REGISTER_FOR_REPORT:
        return fill_report(&lent, to, given->n);
    case REGISTER_FOR_PDF:
        return banthuek_fill_head(b, to->file, &options, to->out) != NULL;
    case REGISTER_FOR_NOTHING:
        break;
    }
    return true;
}

struct str
register_for_shown(struct arena *arena, const struct register_said *said, int64_t n)
{
    struct str text = str_of(arena_printf(arena, "%.*s%lld", STR_FMT(said->prefix), (long long)n));
    bool thai = !str_eq(digits_to_arabic(arena, said->prefix), said->prefix);

    return thai ? digits_to_thai(arena, text) : text;
}
