/* Formats of numbers (ECMA-376 part 1, 18.8.30 and 18.8.31): which cells are dates. A cell does not
 * say so itself; its style names a format, and the format's code has letters for day and hour. */
#include "base/ascii.h"
#include "sheet/inner.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "value/reader.h"

#define IDS_MAX 65536     /* of formats; Excel's own limit is lower */
#define STYLES_MAX 100000 /* likewise */
#define CODE_MAX 500      /* bytes; likewise */

/* The formats that have a number but no code in the file, with those that Excel uses in Thailand
 * (59–81) and East Asia. */
static enum format
builtin(size_t id)
{
    static const struct {
        unsigned char from, to, format;
    } table[] = {
        {14, 17, FORMAT_DATE}, {18, 21, FORMAT_TIME},    {22, 22, FORMAT_DATE},
        {27, 31, FORMAT_DATE}, {32, 35, FORMAT_TIME},    {36, 36, FORMAT_DATE},
        {45, 45, FORMAT_TIME}, {46, 46, FORMAT_ELAPSED}, {47, 47, FORMAT_TIME},
        {50, 58, FORMAT_DATE}, {71, 74, FORMAT_DATE},    {75, 76, FORMAT_TIME},
        {77, 77, FORMAT_DATE}, {78, 78, FORMAT_TIME},    {79, 79, FORMAT_ELAPSED},
        {80, 80, FORMAT_TIME}, {81, 81, FORMAT_DATE},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (id >= table[i].from && id <= table[i].to)
            return table[i].format;
    return FORMAT_NUMBER;
}

/* The codes of those that are numbers; dates and times are not shown by them. */
static struct str
builtin_code(size_t id)
{
    static const struct {
        unsigned char id;
        const char *code;
    } table[] = {
        {1, "0"},
        {2, "0.00"},
        {3, "#,##0"},
        {4, "#,##0.00"},
        {9, "0%"},
        {10, "0.00%"},
        {11, "0.00E+00"},
        {12, "# ?/?"},
        {13, "# ?\?/?\?"},
        {37, "#,##0_);(#,##0)"},
        {38, "#,##0_);(#,##0)"},
        {39, "#,##0.00_);(#,##0.00)"},
        {40, "#,##0.00_);(#,##0.00)"},
        {41, "_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-"},
        {42, "_-฿* #,##0_-;-฿* #,##0_-;_-฿* \"-\"_-;_-@_-"},
        {43, "_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-"},
        {44, "_-฿* #,##0.00_-;-฿* #,##0.00_-;_-฿* \"-\"??_-;_-@_-"},
        {48, "##0.0E+0"},
        {59, "t0"},
        {60, "t0.00"},
        {61, "t#,##0"},
        {62, "t#,##0.00"},
        {67, "t0%"},
        {68, "t0.00%"},
        {69, "t# ?/?"},
        {70, "t# ?\?/?\?"},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].id == id)
            return str_of(table[i].code);
    return STR("");
}

/* ---- codes */

struct code {
    struct str text;
    size_t at;
    bool date, time, minute, elapsed, digits;
};

/* Over what stands in brackets: [h] counts hours; colours, conditions and languages do not matter.
 */
static void
read_bracket(struct code *code)
{
    size_t from = code->at, to = from;

    while (to < code->text.len && code->text.ptr[to] != ']')
        to++;
    struct str inside = str_sub(code->text, from, to - from);
    bool same = inside.len > 0;
    for (size_t i = 1; i < inside.len; i++)
        same = same && inside.ptr[i] == inside.ptr[0];
    if (same && strchr("hHmMsS", inside.ptr[0]) != NULL)
        code->elapsed = true;
    code->at = to + 1;
}

/* Over text in quotes, and over what a single sign hides or repeats. */
static void
read_hidden(struct code *code, uint32_t sign)
{
    if (sign != '"') {
        if (code->at < code->text.len)
            (void)utf8_next(code->text, &code->at);
        return;
    }
    while (code->at < code->text.len && code->text.ptr[code->at] != '"')
        code->at++;
    code->at++;
}

/* True for AM/PM and A/P, which are passed over. */
static bool
read_half_day(struct code *code)
{
    static const char *const forms[] = {"am/pm", "a/p"};
    struct str rest = str_sub(code->text, code->at - 1, code->text.len);

    for (size_t i = 0; i < 2; i++)
        if (str_starts_same(rest, str_of(forms[i]))) {
            code->at += strlen(forms[i]) - 1;
            return true;
        }
    return false;
}

/* ว ด ป, ช น ท are d m y, h m s in what a Thai Excel shows; a file has them only by mistake. */
static void
read_letter(struct code *code, uint32_t sign)
{
    switch (sign < 0x80 ? sign | 0x20 : sign) {
    case 'd':
    case 'y':
    case 'b':
    case 'g':
    case 'e':
    case 0x0E27:
    case 0x0E14:
    case 0x0E1B:
        code->date = true;
        break;
    case 'h':
    case 's':
    case 0x0E0A:
    case 0x0E17:
        code->time = true;
        break;
    case 'm':
    case 0x0E19:
        code->minute = true;
        break;
    case 'a':
        if (read_half_day(code))
            code->time = true;
        else
            code->date = true;
        break;
    default:
        break;
    }
}

/* The first section decides; in it, whether a place for a digit or a letter of a date stands
 * first ("mm:ss.0", "0.00 \"d\""). */
static void
read_code(struct code *code)
{
    while (code->at < code->text.len) {
        uint32_t sign = utf8_next(code->text, &code->at);
        bool begun = code->date || code->time || code->minute || code->elapsed;
        if (sign == ';')
            return;
        if (sign == '[')
            read_bracket(code);
        else if (sign == '"' || sign == '\\' || sign == '_' || sign == '*')
            read_hidden(code, sign);
        else if (sign == '0' || sign == '#' || sign == '?')
            code->digits = code->digits || !begun;
        else if (!code->digits)
            read_letter(code, sign);
    }
}

enum format
xlsx_format(struct str code)
{
    struct code read = {.text = code};

    if (str_starts_same(code, STR("general")))
        return FORMAT_NUMBER;
    read_code(&read);
    if (read.digits)
        return FORMAT_NUMBER;
    if (read.date || (read.minute && !read.time && !read.elapsed))
        return FORMAT_DATE;
    if (read.elapsed)
        return FORMAT_ELAPSED;
    return read.time ? FORMAT_TIME : FORMAT_NUMBER;
}

/* ---- styles.xml */

struct job {
    struct xlsx *x;
    struct number_format *codes; /* of the file, in the order of their numbers' coming */
    size_t count, cap;
    uint32_t *by_id; /* IDS_MAX of them: from 1, 0 for what the file does not name */
    bool in_cells;   /* inside cellXfs */
};

/* A format's number out of an attribute, IDS_MAX when it is none. */
static size_t
id_of(const char *text)
{
    size_t id = 0;

    for (; text != NULL && ascii_is_digit(*text) && id < IDS_MAX; text++)
        id = id * 10 + (size_t)(*text - '0');
    return text != NULL && *text == '\0' && id < IDS_MAX ? id : IDS_MAX;
}

static void
add_style(struct job *job, struct xml *xml, const char *number)
{
    struct xlsx *x = job->x;
    size_t id = number == NULL ? 0 : id_of(number);

    if (id == IDS_MAX || x->format_count == STYLES_MAX) {
        xml_damaged(xml, "a format of cells that cannot be", "รูปแบบเซลล์ผิดปกติ");
        return;
    }
    x->formats = arena_grow(x->reader->scratch, x->formats, x->format_count, &x->format_cap,
                            sizeof *x->formats, 64);
    struct number_format built = {builtin(id), builtin_code(id)};
    x->formats[x->format_count++] = job->by_id[id] > 0 ? job->codes[job->by_id[id] - 1] : built;
}

/* What is shown as it is stored needs no code. */
static void
add_code(struct job *job, size_t id, struct str code)
{
    struct arena *scratch = job->x->reader->scratch;
    bool plain = code.len > CODE_MAX || str_is(code, "@") || str_same(code, STR("general"));

    if (job->count == IDS_MAX)
        return;
    *ARENA_ADD(scratch, job->codes, job->count, job->cap, 16) =
        (struct number_format){xlsx_format(code), plain ? STR("") : str_dup(scratch, code)};
    job->by_id[id] = (uint32_t)job->count;
}

static void
on_start(struct xml *xml, const char *name, const char **attributes)
{
    struct job *job = xml->context;

    if (strcmp(name, "numFmt") == 0) {
        size_t id = id_of(xml_attribute(attributes, "numFmtId"));
        if (id < IDS_MAX)
            add_code(job, id, str_of(xml_attribute(attributes, "formatCode")));
    } else if (strcmp(name, "cellXfs") == 0) {
        job->in_cells = true;
    } else if (job->in_cells && strcmp(name, "xf") == 0) {
        add_style(job, xml, xml_attribute(attributes, "numFmtId"));
    }
}

static void
on_end(struct xml *xml, const char *name)
{
    struct job *job = xml->context;

    if (strcmp(name, "cellXfs") == 0)
        job->in_cells = false;
}

bool
xlsx_read_styles(struct xlsx *x, const struct member *member)
{
    struct job job = {.x = x};
    struct xml xml = {.context = &job, .start = on_start, .end = on_end};

    job.by_id = arena_array(x->reader->scratch, IDS_MAX, sizeof *job.by_id);
    return package_read(&x->package, member, &xml);
}
