/* Relationships of the parts of a package (ECMA-376 part 2, clause 8.5). */
#include "sheet/inner.h"

#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "value/reader.h"

struct job {
    struct reader *reader;
    struct str folder; /* of the source, "" or with "/" at its end */
    struct relations *out;
    size_t cap;
};

/* The place after the last "/", or 0. */
static size_t
base_at(struct str name)
{
    size_t at = name.len;

    while (at > 0 && name.ptr[at - 1] != '/')
        at--;
    return at;
}

/* "%20" and its like; names of members are written both ways, so the caller tries both. */
static struct str
unescape(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < text.len; i++) {
        bool escaped = text.ptr[i] == '%' && i + 2 < text.len && ascii_hex(text.ptr[i + 1]) >= 0 &&
                       ascii_hex(text.ptr[i + 2]) >= 0;
        if (escaped) {
            buf_byte(&out, (char)(ascii_hex(text.ptr[i + 1]) * 16 + ascii_hex(text.ptr[i + 2])));
            i += 2;
        } else {
            buf_byte(&out, text.ptr[i]);
        }
    }
    return buf_str(&out);
}

/* Follows one step of a path; false when it leads out of the package. */
static bool
follow(struct buf *path, struct str piece)
{
    if (piece.len == 0 || str_is(piece, "."))
        return true;
    if (!str_is(piece, "..")) {
        if (path->len > 0)
            buf_byte(path, '/');
        buf_add(path, piece);
        return true;
    }
    if (path->len == 0)
        return false;
    size_t at = base_at(buf_str(path));
    path->len = at > 0 ? at - 1 : 0;
    return true;
}

/* The name of the member that a target means, seen from a folder (RFC 3986, 5.2, in so far as OPC
 * uses it). */
static bool
resolve(struct arena *arena, struct str folder, struct str target, struct str *out)
{
    struct buf path = buf_in(arena);
    struct str parts[2] = {str_starts(target, STR("/")) ? STR("") : folder, target};

    for (size_t i = 0; i < 2; i++)
        for (size_t from = 0; from < parts[i].len;) {
            size_t end = from;
            while (end < parts[i].len && parts[i].ptr[end] != '/')
                end++;
            if (!follow(&path, str_sub(parts[i], from, end - from)))
                return false;
            from = end + 1;
        }
    *out = buf_str(&path);
    return true;
}

static struct str
attribute(struct job *job, const char **attributes, const char *name)
{
    return str_dup(job->reader->scratch, str_of(xml_attribute(attributes, name)));
}

/* What a relationship inside the package points to. */
static void
set_target(struct job *job, struct xml *xml, struct relation *relation, struct str target)
{
    struct arena *arena = job->reader->scratch;

    if (!resolve(arena, job->folder, target, &relation->target)) {
        xml_damaged(xml, "a relationship leads out of the file", "ลิงก์ภายในชี้ออกนอกแฟ้ม");
        return;
    }
    struct str plain = unescape(arena, relation->target);
    if (package_member(xml->package, relation->target) == NULL &&
        package_member(xml->package, plain) != NULL)
        relation->target = plain;
}

static void
on_start(struct xml *xml, const char *name, const char **attributes)
{
    struct job *job = xml->context;
    struct relations *out = job->out;

    if (strcmp(name, "Relationship") != 0)
        return;
    if (out->count == PACKAGE_RELATIONS_MAX) {
        xml_damaged(xml, "too many relationships", "มีลิงก์ภายในมากเกินไป");
        return;
    }
    struct relation *relation = ARENA_ADD(job->reader->scratch, out->list, out->count, job->cap, 8);
    struct str type = attribute(job, attributes, "Type");
    *relation =
        (struct relation){.id = attribute(job, attributes, "Id"),
                          .type = str_sub(type, base_at(type), type.len),
                          .external = str_is(attribute(job, attributes, "TargetMode"), "External")};
    if (!relation->external)
        set_target(job, xml, relation, attribute(job, attributes, "Target"));
}

static void
on_end(struct xml *xml, const char *name)
{
    (void)xml;
    (void)name;
}

bool
package_relations(struct package *package, struct str source, struct relations *out)
{
    struct reader *reader = package->reader;
    size_t at = base_at(source);
    struct job job = {.reader = reader, .folder = str_sub(source, 0, at), .out = out};
    struct xml xml = {.context = &job, .start = on_start, .end = on_end};
    struct buf name = buf_in(reader->scratch);

    *out = (struct relations){NULL, 0};
    buf_add(&name, job.folder);
    buf_text(&name, "_rels/");
    buf_add(&name, str_sub(source, at, source.len));
    buf_text(&name, ".rels");
    const struct member *member = package_member(package, buf_str(&name));
    return member == NULL || package_read(package, member, &xml);
}

const struct relation *
relation_of_type(const struct relations *relations, const char *type)
{
    for (size_t i = 0; i < relations->count; i++)
        if (!relations->list[i].external && str_is(relations->list[i].type, type))
            return &relations->list[i];
    return NULL;
}

const struct relation *
relation_of_id(const struct relations *relations, struct str id)
{
    for (size_t i = 0; i < relations->count; i++)
        if (str_eq(relations->list[i].id, id))
            return &relations->list[i];
    return NULL;
}
