/* An OPC package (ECMA-376 part 2): the ZIP archive a workbook is, and the XML in its members. For
 * files of this room only. Whatever bytes it is given, it reads no more than the limits below. */
#ifndef SHEET_PACKAGE_H
#define SHEET_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct reader;
struct zip;

#define PACKAGE_MEMBERS_MAX 5000
#define PACKAGE_MEMBER_BYTES_MAX ((size_t)64 << 20) /* unpacked */
#define PACKAGE_BYTES_MAX ((size_t)128 << 20)       /* all that is read, unpacked */
#define PACKAGE_TOKEN_MAX ((size_t)1 << 20)         /* a tag of XML */
#define PACKAGE_DEPTH_MAX 64                        /* elements in elements */
#define PACKAGE_RELATIONS_MAX 10000

struct member {
    struct str name; /* with "/" between, as it stands otherwise */
    size_t index;    /* in the archive */
};

struct package {
    struct reader *reader;
    struct zip *zip;
    struct member *members; /* by name, capitals and small letters alike */
    size_t count;
    size_t unpacked; /* bytes so far */
};

/* Opens the archive in `bytes`, which must stay. False with XLSX_KIND, XLSX_DAMAGED, XLSX_UNSAFE.
 */
bool package_open(struct package *package, struct reader *reader, struct str bytes);
void package_close(struct package *package);

/* The member of this name, or NULL. */
const struct member *package_member(const struct package *package, struct str name);

/* One pass through the XML of a member. Elements of other namespaces than those of spreadsheets and
 * relationships are passed over with all that is in them; names come without namespace. */
struct xml {
    void *context;
    void (*start)(struct xml *xml, const char *name, const char **attributes);
    void (*end)(struct xml *xml, const char *name);
    void (*text)(struct xml *xml, struct str text); /* in pieces; NULL when not wanted */
    /* the rest is package_read()'s */
    struct package *package;
    const struct member *member;
    void *parser;
    unsigned depth, skipped;
    bool failed;
};

/* Reads a member. False with XLSX_DAMAGED, XLSX_UNSAFE (a DTD), XLSX_UNPACKED, XLSX_PASSWORD. */
bool package_read(struct package *package, const struct member *member, struct xml *xml);

/* Ends the reading: with XLSX_DAMAGED, for what disagrees with the standard; without a message,
 * when the handler has added its own. */
void xml_damaged(struct xml *xml, const char *english, const char *thai);
void xml_stop(struct xml *xml);

/* The value of an attribute, or NULL; of r:id; of xml:space="preserve". */
const char *xml_attribute(const char **attributes, const char *name);
const char *xml_relation_id(const char **attributes);
bool xml_preserves(const char **attributes);

/* The relationships of a part: `type` is what follows the last "/" of its address ("worksheet");
 * `target` the name of a member, NULL when it is outside of the file. */
struct relation {
    struct str id, type, target;
    bool external;
};

struct relations {
    struct relation *list;
    size_t count;
};

/* Reads those of the member `source`, or of the whole package for the empty name. None when there
 * is no such part. False with diagnostics. */
bool package_relations(struct package *package, struct str source, struct relations *out);

/* The first of a type, or of an id; NULL when there is none. */
const struct relation *relation_of_type(const struct relations *relations, const char *type);
const struct relation *relation_of_id(const struct relations *relations, struct str id);

/* XLSX_DAMAGED about a member. Both texts are copied. */
void package_damaged(struct package *package, struct str member, const char *english,
                     const char *thai);

#endif
