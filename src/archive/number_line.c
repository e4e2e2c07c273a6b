#include "archive/number_line.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "thai/digits.h"
#include "thai/normal.h"
#include "value/read.h"
#include "value/value.h"

struct finding {
    struct arena *arena;
    struct diags *diags;
    const char *file;
    struct str bytes;
    const struct value *value;
    struct number_line *out;
};

static bool
refuse(const struct finding *finding, enum diag_code code, const char *arg1)
{
    struct pos pos =
        finding->value == NULL ? (struct pos){finding->file, 0, 0} : finding->value->key_pos;

    diag_add(finding->diags, code, pos, arg1, NULL, NULL);
    return false;
}

/* Why a line is left alone, as the message names it. */
static bool
refuse_form(const struct finding *finding, const char *english, const char *thai)
{
    return refuse(finding, DIAG_ARCHIVE_LINE_FORM, diag_both(finding->diags, english, thai));
}

/* ---- the line */

/* The line from 1 on, without its end, and where it begins; lines end as YAML ends them. */
static struct str
line_of(struct str bytes, unsigned number, size_t *start)
{
    size_t at = 0, end;

    for (unsigned line = 1; line < number && at < bytes.len; at++) {
        bool crlf = bytes.ptr[at] == '\r' && at + 1 < bytes.len && bytes.ptr[at + 1] == '\n';
        line += bytes.ptr[at] == '\n' || (bytes.ptr[at] == '\r' && !crlf);
    }
    for (end = at; end < bytes.len && bytes.ptr[end] != '\n' && bytes.ptr[end] != '\r';)
        end++;
    *start = at;
    return str_sub(bytes, at, end - at);
}

static size_t
skip_blanks(struct str line, size_t at)
{
    while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
        at++;
    return at;
}

/* True for nothing, or a comment, which has a blank before it. */
static bool
ends_here(struct str line, size_t at)
{
    size_t next = skip_blanks(line, at);

    return next == line.len || (line.ptr[next] == '#' && next > at);
}

/* Where the text begins in the line: behind the key, which stands alone before its colon. */
static size_t
value_start(struct str line)
{
    struct str mark = STR("\xEF\xBB\xBF"), key = STR(NUMBER_LINE_KEY);
    size_t at = str_starts(line, mark) ? mark.len : 0;

    at = skip_blanks(line, at);
    if (!str_starts(str_sub(line, at, line.len), key))
        return SIZE_MAX;
    at = skip_blanks(line, at + key.len);
    if (at >= line.len || line.ptr[at] != ':')
        return SIZE_MAX;
    return skip_blanks(line, at + 1);
}

/* The end of a text without quotes. */
static size_t
plain_end(struct str line, size_t at)
{
    size_t end = at;

    for (size_t i = at; i < line.len && !(line.ptr[i] == '#' && i > at && end < i); i++) {
        if (line.ptr[i] != ' ' && line.ptr[i] != '\t')
            end = i + 1;
    }
    return end;
}

/* The end of a text in quotes, before the closing one; SIZE_MAX where a quote or a backslash stands
 * inside. */
static size_t
quoted_end(struct str line, size_t at, char quote)
{
    for (size_t i = at; i < line.len; i++) {
        if (line.ptr[i] == quote)
            return ends_here(line, i + 1) ? i : SIZE_MAX;
        if (line.ptr[i] == '\\')
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

/* The text of the line from *from to *to. */
static bool
find_text(const struct finding *finding, struct str line, size_t *from, size_t *to)
{
    size_t at = value_start(line);
    char first = at < line.len ? line.ptr[at] : '\0';

    if (at == SIZE_MAX || first == '\0')
        return refuse_form(finding, "what belongs to it does not stand in one line with its name",
                           "ข้อความไม่ได้อยู่บรรทัดเดียวกับชื่อช่อง");
    if (first == '&' || first == '*' || first == '!')
        return refuse_form(finding, "it has an anchor, an alias or a tag (& * !)",
                           "มีเครื่องหมาย & * หรือ ! นำหน้า");
    if (first == '|' || first == '>')
        return refuse_form(finding, "it is a block (| or >)", "เขียนเป็นก้อนข้อความด้วย | หรือ >");
    bool quoted = first == '"' || first == '\'';
    *from = quoted ? at + 1 : at;
    *to = quoted ? quoted_end(line, at + 1, first) : plain_end(line, at);
    return *to != SIZE_MAX ||
           refuse_form(finding, "its quotes hold other signs, or do not end here",
                       "ในเครื่องหมายคำพูดมีอักขระพิเศษ หรือเครื่องหมายไม่ปิดในบรรทัด");
}

/* True when the bytes are what was read there, so that nothing of it stands elsewhere. */
static bool
is_whole(const struct finding *finding, struct str text)
{
    struct normal_log log = {0};
    struct diags *unheard = diags_new();
    struct str normal;
    bool good = utf8_invalid_at(text) == SIZE_MAX &&
                normal_quietly(finding->arena, unheard, POS_NONE, text, &normal, &log) &&
                str_eq(normal, finding->value->text);

    diags_free(unheard);
    return good;
}

static bool
has_thai_digits(struct arena *arena, struct str text)
{
    return !str_eq(digits_to_arabic(arena, text), text);
}

/* The file as it is must be what was read: in another encoding bytes are others. */
static bool
is_read_as_it_is(const struct finding *finding)
{
    struct diags *unheard = diags_new();
    struct str text, mark = STR("\xEF\xBB\xBF");
    bool good = normal_decode(finding->arena, unheard, POS_NONE, finding->bytes, &text) &&
                (str_eq(text, finding->bytes) ||
                 (str_starts(finding->bytes, mark) &&
                  str_eq(text, str_sub(finding->bytes, mark.len, finding->bytes.len))));

    diags_free(unheard);
    return good;
}

static bool
find(struct finding *finding)
{
    const struct value *value = finding->value;
    size_t start, from = 0, to = 0;

    if (!is_read_as_it_is(finding))
        return refuse_form(finding, "the file is not in UTF-8", "แฟ้มไม่ได้บันทึกเป็น UTF-8");
    if (!str_ends(value->text, STR("/")))
        return refuse(finding, DIAG_ARCHIVE_LINE_FILLED, diag_str(finding->diags, value->text));
    struct str line = line_of(finding->bytes, value->key_pos.line, &start);
    if (!find_text(finding, line, &from, &to))
        return false;
    if (!is_whole(finding, str_sub(line, from, to - from)))
        return refuse_form(finding, "it goes on in other lines, or other fields stand beside it",
                           "ข้อความต่อไปในบรรทัดอื่น หรือมีช่องอื่นอยู่ในบรรทัดเดียวกัน");
    finding->out->at = start + to;
    finding->out->prefix = value->text;
    finding->out->thai = has_thai_digits(finding->arena, value->text);
    return true;
}

bool
number_line_find(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
                 struct number_line *out)
{
    struct finding finding = {
        .arena = arena, .diags = diags, .file = file, .bytes = bytes, .out = out};

    *out = (struct number_line){0};
    out->root = value_read_yaml(arena, diags, file, bytes);
    if (out->root == NULL)
        return false;
    finding.value = value_get(out->root, STR(NUMBER_LINE_KEY));
    if (finding.value == NULL || finding.value->kind != VALUE_TEXT)
        return refuse(&finding, DIAG_ARCHIVE_LINE_NONE, NULL);
    return find(&finding);
}

/* ---- the change */

/* True for equal values; `number` is what the text of this one may have behind it. */
static bool
is_same(const struct value *then, const struct value *now, const struct value *line,
        struct str number)
{
    const struct value *a, *b;

    if (then->kind != now->kind || then->count != now->count || then->boolean != now->boolean ||
        !str_eq(then->key, now->key))
        return false;
    if (then == line) {
        if (now->text.len != then->text.len + number.len || !str_starts(now->text, then->text) ||
            !str_ends(now->text, number))
            return false;
    } else if (!str_eq(then->text, now->text)) {
        return false;
    }
    for (a = then->first, b = now->first; a != NULL && b != NULL; a = a->next, b = b->next) {
        if (!is_same(a, b, line, number))
            return false;
    }
    return a == NULL && b == NULL;
}

bool
number_line_put(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
                const struct number_line *line, int64_t number, struct str *out)
{
    struct finding finding = {.arena = arena,
                              .diags = diags,
                              .file = file,
                              .value = value_get(line->root, STR(NUMBER_LINE_KEY))};
    struct str typed = str_of(arena_printf(arena, "%lld", (long long)number));
    struct buf changed = buf_in(arena);
    struct diags *unheard = diags_new();

    typed = line->thai ? digits_to_thai(arena, typed) : typed;
    buf_add(&changed, str_sub(bytes, 0, line->at));
    buf_add(&changed, typed);
    buf_add(&changed, str_sub(bytes, line->at, bytes.len));
    *out = buf_str(&changed);
    const struct value *again = value_read_yaml(arena, unheard, file, *out);
    diags_free(unheard);
    return (again != NULL && is_same(line->root, again, finding.value, typed)) ||
           refuse_form(&finding, "the number would change what stands beside it",
                       "ถ้าใส่เลขแล้วข้อมูลข้างเคียงจะเปลี่ยนไป");
}
