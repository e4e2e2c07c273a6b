/* The archive and its members. libzip believes what the headers say of sizes only as a hint; the
 * bytes that come out are counted here. */
#include "sheet/inner.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "sheet/unzip.h"
#include "value/reader.h"

#define CHUNK 65536

static struct pos
place(const struct package *package)
{
    return (struct pos){package->reader->file, 0, 0};
}

void
package_damaged(struct package *package, struct str member, const char *english, const char *thai)
{
    struct reader *reader = package->reader;

    reader_error(reader, DIAG_XLSX_DAMAGED, place(package), diag_both(reader->diags, english, thai),
                 diag_str(reader->diags, member), NULL);
}

static void
unsafe(struct package *package, const char *english, const char *thai)
{
    struct reader *reader = package->reader;

    reader_error(reader, DIAG_XLSX_UNSAFE, place(package), diag_both(reader->diags, english, thai),
                 NULL, NULL);
}

/* ---- names of members */

/* OPC compares names of parts without regard to capitals of ASCII. */
static int
compare_names(struct str a, struct str b)
{
    for (size_t i = 0; i < a.len && i < b.len; i++) {
        int x = (unsigned char)ascii_small(a.ptr[i]), y = (unsigned char)ascii_small(b.ptr[i]);
        if (x != y)
            return x - y;
    }
    return (a.len > b.len) - (a.len < b.len);
}

static int
by_name(const void *a, const void *b)
{
    return compare_names(((const struct member *)a)->name, ((const struct member *)b)->name);
}

/* False for what points out of the archive: "/x", "C:x", "a/../x". */
static bool
is_inside(struct str name)
{
    if (name.len == 0 || name.ptr[0] == '/' || str_find(name, STR(":")) != SIZE_MAX)
        return false;
    for (size_t from = 0; from <= name.len;) {
        size_t end = from;
        while (end < name.len && name.ptr[end] != '/')
            end++;
        if (str_is(str_sub(name, from, end - from), ".."))
            return false;
        from = end + 1;
    }
    return true;
}

/* Old .NET programs wrote backslashes. */
static struct str
slashed(struct arena *arena, const char *raw)
{
    struct str name = str_dup(arena, str_of(raw));
    char *bytes = arena_strndup(arena, name.ptr, name.len);

    for (size_t i = 0; i < name.len; i++)
        if (bytes[i] == '\\')
            bytes[i] = '/';
    return (struct str){bytes, name.len};
}

static bool
refuse_name(struct package *package, struct str name)
{
    struct diags *diags = package->reader->diags;
    const char *shown = diag_str(diags, name);

    unsafe(package, diag_printf(diags, "a member named \"%s\"", shown),
           diag_printf(diags, "ชิ้นส่วนชื่อ \"%s\"", shown));
    return false;
}

static bool
list_members(struct package *package)
{
    struct arena *arena = package->reader->scratch;
    zip_int64_t count = package->unzip->zip_get_num_entries(package->zip, 0);

    if (count > PACKAGE_MEMBERS_MAX) {
        unsafe(package, "thousands of members", "ชิ้นส่วนหลายพันชิ้น");
        return false;
    }
    package->members = arena_array(arena, (size_t)count + 1, sizeof *package->members);
    for (zip_int64_t i = 0; i < count; i++) {
        const char *raw =
            package->unzip->zip_get_name(package->zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
        struct str name = slashed(arena, raw == NULL ? "" : raw);
        if (!is_inside(name))
            return refuse_name(package, name);
        package->members[package->count++] = (struct member){name, (size_t)i};
    }
    qsort(package->members, package->count, sizeof *package->members, by_name);
    for (size_t i = 1; i < package->count; i++)
        if (by_name(&package->members[i - 1], &package->members[i]) == 0)
            return refuse_name(package, package->members[i].name);
    return true;
}

const struct member *
package_member(const struct package *package, struct str name)
{
    struct member wanted = {.name = name};

    if (package->count == 0)
        return NULL;
    return bsearch(&wanted, package->members, package->count, sizeof wanted, by_name);
}

/* ---- opening */

static bool
refuse_archive(struct package *package, struct str bytes, zip_error_t *error)
{
    struct diags *diags = package->reader->diags;

    if (str_starts(bytes, STR("PK")) && package->unzip->zip_error_code_zip(error) == ZIP_ER_NOZIP)
        package_damaged(package, STR("ZIP"), "the end is missing", "ขาดส่วนท้ายแฟ้ม");
    else if (str_starts(bytes, STR("PK")))
        package_damaged(package, STR("ZIP"), package->unzip->zip_error_strerror(error),
                        "โครงสร้างแฟ้มผิด");
    else
        reader_error(package->reader, DIAG_XLSX_KIND, place(package),
                     diag_both(diags, "something else", "แฟ้มชนิดอื่น"), NULL, NULL);
    package->unzip->zip_error_fini(error);
    return false;
}

bool
package_open(struct package *package, struct reader *reader, struct str bytes)
{
    zip_error_t error;

    *package = (struct package){.reader = reader, .unzip = unzip_open(reader->scratch)};
    if (package->unzip == NULL) {
        reader_error(reader, DIAG_XLSX_NO_LIBRARY, place(package), NULL, NULL, NULL);
        return false;
    }
    package->unzip->zip_error_init(&error);
    zip_source_t *source =
        package->unzip->zip_source_buffer_create(bytes.ptr, bytes.len, 0, &error);
    if (source == NULL)
        return refuse_archive(package, bytes, &error);
    package->zip = package->unzip->zip_open_from_source(source, ZIP_RDONLY, &error);
    if (package->zip == NULL) {
        package->unzip->zip_source_free(source);
        return refuse_archive(package, bytes, &error);
    }
    package->unzip->zip_error_fini(&error);
    return list_members(package);
}

void
package_close(struct package *package)
{
    if (package->zip != NULL)
        package->unzip->zip_discard(package->zip);
    package->zip = NULL;
}

/* ---- reading a member */

static const char *const namespaces[] = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/relationships",
};

/* The name without its namespace, or NULL when that is none of ours. */
static const char *
local_name(const char *name)
{
    const char *bar = strrchr(name, '|');

    for (size_t i = 0; bar != NULL && i < sizeof namespaces / sizeof namespaces[0]; i++)
        if (strlen(namespaces[i]) == (size_t)(bar - name) &&
            strncmp(name, namespaces[i], (size_t)(bar - name)) == 0)
            return bar + 1;
    return NULL;
}

void
xml_stop(struct xml *xml)
{
    xml->failed = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

void
xml_damaged(struct xml *xml, const char *english, const char *thai)
{
    if (xml->failed)
        return;
    struct diags *diags = xml->package->reader->diags;
    unsigned long line = XML_GetCurrentLineNumber(xml->parser);
    package_damaged(xml->package, xml->member->name,
                    diag_printf(diags, "line %lu: %s", line, english),
                    diag_printf(diags, "บรรทัดที่ %lu: %s", line, thai));
    xml_stop(xml);
}

static void XMLCALL
on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct xml *xml = context;
    const char *local = local_name(name);

    if (xml->failed)
        return;
    if (++xml->depth > PACKAGE_DEPTH_MAX)
        xml_damaged(xml, "elements nested too deep", "ซ้อนกันลึกเกินไป");
    else if (xml->skipped > 0 || local == NULL)
        xml->skipped++;
    else
        xml->start(xml, local, attributes);
}

static void XMLCALL
on_end(void *context, const XML_Char *name)
{
    struct xml *xml = context;

    if (xml->failed)
        return;
    xml->depth--;
    if (xml->skipped > 0)
        xml->skipped--;
    else
        xml->end(xml, local_name(name));
}

static void XMLCALL
on_text(void *context, const XML_Char *text, int len)
{
    struct xml *xml = context;

    if (!xml->failed && xml->skipped == 0 && xml->text != NULL)
        xml->text(xml, (struct str){text, (size_t)len});
}

/* Entities need a DTD, and no workbook has one. */
static void XMLCALL
on_doctype(void *context, const XML_Char *name, const XML_Char *system, const XML_Char *public,
           int internal)
{
    struct xml *xml = context;
    struct diags *diags = xml->package->reader->diags;
    const char *member = diag_str(diags, xml->member->name);

    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    if (xml->failed)
        return;
    unsafe(xml->package, diag_printf(diags, "a document type (DTD) in %s", member),
           diag_printf(diags, "การประกาศ DTD ใน %s", member));
    xml_stop(xml);
}

/* Counts what was unpacked; false beyond the limits. */
static bool
count_bytes(struct xml *xml, size_t of_member, size_t more)
{
    struct package *package = xml->package;
    struct reader *reader = package->reader;

    package->unpacked += more;
    if (of_member <= PACKAGE_MEMBER_BYTES_MAX && package->unpacked <= PACKAGE_BYTES_MAX)
        return true;
    size_t limit =
        of_member > PACKAGE_MEMBER_BYTES_MAX ? PACKAGE_MEMBER_BYTES_MAX : PACKAGE_BYTES_MAX;
    reader_error(reader, DIAG_XLSX_UNPACKED, place(package),
                 diag_str(reader->diags, xml->member->name),
                 diag_printf(reader->diags, "%zu", limit >> 20), NULL);
    xml->failed = true;
    return false;
}

static void
parse(struct xml *xml, const char *bytes, size_t len, size_t fed, bool last)
{
    enum XML_Status status = XML_Parse(xml->parser, bytes, (int)len, last);

    if (xml->failed)
        return;
    if (status != XML_STATUS_OK) {
        const char *error = XML_ErrorString(XML_GetErrorCode(xml->parser));
        xml_damaged(xml, error, "XML ไม่ถูกแบบ");
    }
    /* a tag that never ends would be looked through anew with every chunk */
    XML_Index at = XML_GetCurrentByteIndex(xml->parser);
    if (!last && at >= 0 && fed + len - (size_t)at > PACKAGE_TOKEN_MAX)
        xml_damaged(xml, "a tag without an end", "แท็กไม่มีจุดจบ");
}

static bool
feed(struct xml *xml, zip_file_t *file)
{
    struct package *package = xml->package;
    char *chunk = arena_alloc(package->reader->scratch, CHUNK);
    size_t fed = 0;
    zip_int64_t got = 0;

    while (!xml->failed && (got = package->unzip->zip_fread(file, chunk, CHUNK)) > 0) {
        if (count_bytes(xml, fed + (size_t)got, (size_t)got))
            parse(xml, chunk, (size_t)got, fed, false);
        fed += (size_t)got;
    }
    if (!xml->failed && got < 0)
        xml_damaged(xml, package->unzip->zip_file_strerror(file), "คลายการบีบอัดไม่ได้");
    if (!xml->failed)
        parse(xml, chunk, 0, fed, true);
    return !xml->failed;
}

/* False when the member cannot be opened: encrypted, or packed in a way OPC does not know. */
static bool
check_member(struct package *package, const struct member *member)
{
    struct reader *reader = package->reader;
    zip_stat_t stat;

    if (package->unzip->zip_stat_index(package->zip, member->index, 0, &stat) != 0) {
        package_damaged(package, member->name, package->unzip->zip_strerror(package->zip),
                        "อ่านไม่ได้");
        return false;
    }
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE) {
        reader_error(reader, DIAG_XLSX_PASSWORD, place(package), NULL, NULL, NULL);
        return false;
    }
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) {
        package_damaged(package, member->name, "packed in an unknown way", "บีบอัดด้วยวิธีที่ไม่รู้จัก");
        return false;
    }
    return true;
}

bool
package_read(struct package *package, const struct member *member, struct xml *xml)
{
    zip_file_t *file = NULL;

    if (!check_member(package, member))
        return false;
    file = package->unzip->zip_fopen_index(package->zip, member->index, 0);
    if (file == NULL) {
        package_damaged(package, member->name, package->unzip->zip_strerror(package->zip),
                        "อ่านไม่ได้");
        return false;
    }
    xml->package = package;
    xml->member = member;
    xml->parser = XML_ParserCreateNS(NULL, '|');
    if (xml->parser == NULL)
        arena_oom(0);
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    bool good = feed(xml, file);
    XML_ParserFree(xml->parser);
    (void)package->unzip->zip_fclose(file);
    return good;
}

/* ---- attributes */

const char *
xml_attribute(const char **attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}

const char *
xml_relation_id(const char **attributes)
{
    const char *strict =
        xml_attribute(attributes, "http://purl.oclc.org/ooxml/officeDocument/relationships|id");

    if (strict != NULL)
        return strict;
    return xml_attribute(attributes,
                         "http://schemas.openxmlformats.org/officeDocument/2006/relationships|id");
}

bool
xml_preserves(const char **attributes)
{
    const char *space = xml_attribute(attributes, "http://www.w3.org/XML/1998/namespace|space");

    return space != NULL && strcmp(space, "preserve") == 0;
}
