/* A workbook: what kind of file it is, its parts, its sheets (ECMA-376 part 1, 12.3.23 and 18.2).
 */

#include <string.h>

#include "base/arena.h"
#include "sheet/inner.h"
#include "value/reader.h"

/* A sheet as the workbook names it. */
struct listed {
    struct str name, id;
    bool hidden;
};

struct job {
    struct xlsx *x;
    struct listed list[SHEETS_MAX];
    size_t count;
    bool is_workbook;
};

static struct pos
place(const struct xlsx *x)
{
    return (struct pos){x->reader->file, 0, 0};
}

/* ---- other kinds of files */

static bool
refuse_kind(struct xlsx *x, const char *english, const char *thai)
{
    reader_error(x->reader, DIAG_XLSX_KIND, place(x), diag_both(x->reader->diags, english, thai),
                 NULL, NULL);
    return false;
}

/* The name of a stream in the directory of an OLE file, which is UTF-16. */
static bool
has_stream(struct str bytes, const char *name)
{
    char wide[64] = {0};
    size_t len = strlen(name);

    for (size_t i = 0; i < len; i++)
        wide[2 * i] = name[i];
    return str_find(bytes, (struct str){wide, 2 * len}) != SIZE_MAX;
}

/* An OLE file is an old workbook, or the shell around an encrypted new one ([MS-OFFCRYPTO]). */
static bool
check_ole(struct xlsx *x, struct str bytes)
{
    if (!str_starts(bytes, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
        return true;
    if (!has_stream(bytes, "EncryptedPackage"))
        return refuse_kind(x, "an old Excel workbook (.xls)", "สมุดงาน Excel แบบเก่า (.xls)");
    reader_error(x->reader, DIAG_XLSX_PASSWORD, place(x), NULL, NULL, NULL);
    return false;
}

/* The main part, or NULL with a message for an archive that is no workbook. */
static const struct member *
main_part(struct xlsx *x)
{
    struct relations relations;

    if (package_member(&x->package, STR("META-INF/manifest.xml")) != NULL) {
        (void)refuse_kind(x, "an OpenDocument file (.ods)", "แฟ้ม OpenDocument (.ods)");
        return NULL;
    }
    if (!package_relations(&x->package, STR(""), &relations))
        return NULL;
    const struct relation *office = relation_of_type(&relations, "officeDocument");
    const struct member *member =
        office == NULL ? NULL : package_member(&x->package, office->target);
    if (package_member(&x->package, STR("_rels/.rels")) == NULL)
        member = package_member(&x->package, STR("xl/workbook.xml"));
    if (member == NULL)
        (void)refuse_kind(x, "an archive without a workbook", "แฟ้มบีบอัดที่ไม่มีสมุดงาน");
    else if (str_ends(member->name, STR(".bin"))) {
        (void)refuse_kind(x, "a binary Excel workbook (.xlsb)", "สมุดงาน Excel แบบไบนารี (.xlsb)");
        member = NULL;
    }
    return member;
}

/* ---- workbook.xml */

static bool
is_true(const char *text)
{
    return text != NULL && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

static void
list_sheet(struct job *job, struct xml *xml, const char **attributes)
{
    struct reader *reader = job->x->reader;
    const char *state = xml_attribute(attributes, "state"), *id = xml_relation_id(attributes);
    struct str name = xlsx_unescape(reader->scratch, str_of(xml_attribute(attributes, "name")));

    if (job->count == SHEETS_MAX) {
        reader_error(reader, DIAG_XLSX_SHEETS, place(job->x),
                     diag_printf(reader->diags, "%d", SHEETS_MAX), NULL, NULL);
        xml_stop(xml);
        return;
    }
    name = reader_key(reader, place(job->x), name);
    if (name.len == 0 || id == NULL) {
        xml_damaged(xml, "a sheet without a name or content", "มีแผ่นงานที่ไม่มีชื่อหรือเนื้อหา");
        return;
    }
    job->list[job->count++] = (struct listed){name, str_dup(reader->scratch, str_of(id)),
                                              state != NULL && strcmp(state, "visible") != 0};
}

static void
on_start(struct xml *xml, const char *name, const char **attributes)
{
    struct job *job = xml->context;

    if (strcmp(name, "workbook") == 0)
        job->is_workbook = true;
    else if (strcmp(name, "workbookPr") == 0)
        job->x->date1904 = is_true(xml_attribute(attributes, "date1904"));
    else if (strcmp(name, "calcPr") == 0)
        job->x->uncalculated = is_true(xml_attribute(attributes, "fullCalcOnLoad"));
    else if (strcmp(name, "sheet") == 0)
        list_sheet(job, xml, attributes);
}

static void
on_end(struct xml *xml, const char *name)
{
    (void)xml;
    (void)name;
}

static bool
read_list(struct job *job, const struct member *member)
{
    struct xml xml = {.context = job, .start = on_start, .end = on_end};

    if (!package_read(&job->x->package, member, &xml))
        return false;
    return job->is_workbook || refuse_kind(job->x, "another document", "เอกสารชนิดอื่น");
}

/* ---- parts */

/* Reads the part of a type if there is one; *missing when it is only named, which does no harm as
 * long as no cell needs it. */
static bool
read_part(struct xlsx *x, const struct relations *relations, const char *type,
          bool (*read)(struct xlsx *, const struct member *), bool *missing)
{
    const struct relation *relation = relation_of_type(relations, type);
    const struct member *member =
        relation == NULL ? NULL : package_member(&x->package, relation->target);

    *missing = relation != NULL && member == NULL;
    return member == NULL || read(x, member);
}

/* Charts and macros have their own kinds of sheets. */
static bool
has_no_cells(struct str type)
{
    return str_is(type, "chartsheet") || str_is(type, "dialogsheet") ||
           str_is(type, "xlMacrosheet") || str_is(type, "xlIntlMacrosheet");
}

static bool
read_sheet(struct xlsx *x, struct workbook *workbook, const struct listed *listed,
           const struct relations *relations)
{
    struct arena *arena = x->reader->arena;
    const struct relation *relation = relation_of_id(relations, listed->id);

    if (relation != NULL && has_no_cells(relation->type))
        return true;
    bool known = relation != NULL && !relation->external && str_is(relation->type, "worksheet");
    const struct member *member = known ? package_member(&x->package, relation->target) : NULL;
    if (workbook_sheet(workbook, listed->name) != NULL) {
        package_damaged(&x->package, listed->name, "two sheets of one name", "มีแผ่นงานชื่อซ้ำ");
        return false;
    }
    struct sheet *sheet =
        sheet_new(arena, listed->name,
                  arena_printf(arena, "%s#%.*s", x->reader->file, STR_FMT(listed->name)), true);
    sheet->hidden = listed->hidden;
    sheet->lost = member == NULL;
    workbook->sheets[workbook->count++] = sheet;
    return member == NULL || xlsx_read_sheet(x, member, sheet);
}

/* A program other than a spreadsheet's leaves formulas to the next one that opens the file; what it
 * stores beside them may be anything. */
static void
warn_uncalculated(struct xlsx *x)
{
    if (x->uncalculated && x->formulas > 0)
        diag_add(x->reader->diags, DIAG_XLSX_STALE, x->formula_pos,
                 diag_printf(x->reader->diags, "%zu", x->formulas), NULL, NULL);
}

/* Without formats days are numbers of days. */
static void
warn_unformatted(struct xlsx *x)
{
    if (x->formatted.file != NULL)
        diag_add(x->reader->diags, DIAG_XLSX_NO_FORMATS, x->formatted, NULL, NULL, NULL);
}

static bool
read_workbook(struct xlsx *x, struct workbook *workbook, struct str bytes)
{
    struct job *job = arena_alloc(x->reader->scratch, sizeof *job);
    struct relations relations;
    bool no_texts = false;

    job->x = x;
    if (!reader_check_size(x->reader, bytes) || !reader_check_filled(x->reader, bytes) ||
        !check_ole(x, bytes) || !package_open(&x->package, x->reader, bytes))
        return false;
    const struct member *member = main_part(x);
    if (member == NULL || !read_list(job, member) ||
        !package_relations(&x->package, member->name, &relations) ||
        !read_part(x, &relations, "sharedStrings", xlsx_read_shared, &no_texts) ||
        !read_part(x, &relations, "styles", xlsx_read_styles, &x->no_formats))
        return false;
    workbook->sheets = arena_array(x->reader->arena, SHEETS_MAX, sizeof(struct sheet *));
    for (size_t i = 0; i < job->count; i++)
        if (!read_sheet(x, workbook, &job->list[i], &relations))
            return false;
    warn_uncalculated(x);
    warn_unformatted(x);
    for (size_t i = 0; i < workbook->count; i++)
        if (!workbook->sheets[i]->lost)
            return true;
    if (workbook->count > 0)
        package_damaged(&x->package, workbook->sheets[0]->name, "a sheet is missing", "ขาดแผ่นงาน");
    else
        reader_error(x->reader, DIAG_XLSX_NO_SHEET, place(x), NULL, NULL, NULL);
    return false;
}

struct workbook *
workbook_read_xlsx(struct arena *arena, struct diags *diags, const char *file, struct str bytes)
{
    struct reader reader = reader_open(arena, diags, file);
    struct workbook *workbook = arena_alloc(arena, sizeof *workbook);
    struct xlsx x = {.reader = &reader,
                     .faults = diags_new(),
                     .c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0)};
    bool good = read_workbook(&x, workbook, bytes) && reader.errors == 0;

    package_close(&x.package);
    freelocale(x.c_locale);
    diags_free(x.faults);
    reader_close(&reader);
    return good ? workbook : NULL;
}
