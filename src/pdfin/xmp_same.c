/* Whether two XMP packets say the same, but for when and by which program a file was saved. */
#include <stdlib.h>
#include <string.h>

#include <expat.h>

#include "base/arena.h"
#include "pdfin/cos.h"
#include "pdfin/inner.h"

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#|"
#define LINES_MAX 20000
#define PATH_MAX_BYTES 8192

/* What may differ. */
static const char *const saved[] = {
    "http://ns.adobe.com/xap/1.0/|ModifyDate",
    "http://ns.adobe.com/xap/1.0/|MetadataDate",
    "http://ns.adobe.com/pdf/1.3/|Producer",
    "http://ns.adobe.com/xap/1.0/mm/|InstanceID",
    "adobe:ns:meta/|xmptk",
};

/* Every text and attribute becomes a line with the way to it, so that a property counts the same
 * as an element and as an attribute, in whichever description it stands. Descriptions are no part
 * of the way: a value with properties may be written with one, or with rdf:parseType. */
struct job {
    struct arena *arena;
    XML_Parser parser;
    struct buf path;
    size_t marks[PDFIN_DEPTH_MAX]; /* where the path ended at each depth */
    size_t items[PDFIN_DEPTH_MAX]; /* of a list, so far */
    struct buf text;
    size_t depth, skip_depth; /* 0: nothing is skipped */
    struct str *lines;
    size_t count, cap;
    bool refused;
};

static bool
is_saved(const char *name)
{
    for (size_t i = 0; i < sizeof saved / sizeof saved[0]; i++) {
        if (strcmp(name, saved[i]) == 0)
            return true;
    }
    return strcmp(name, "xmptk") == 0;
}

static void
add_line(struct job *job, const char *attribute, struct str value)
{
    struct buf line = buf_in(job->arena);

    if (job->count == LINES_MAX || job->path.len > PATH_MAX_BYTES) {
        job->refused = true;
        return;
    }
    buf_add(&line, buf_str(&job->path));
    if (attribute != NULL)
        buf_printf(&line, "/%s", attribute);
    buf_byte(&line, '=');
    buf_add(&line, value);
    *ARENA_ADD(job->arena, job->lines, job->count, job->cap, 64) = buf_str(&line);
}

/* The text so far, if there is more than blanks. */
static void
flush(struct job *job)
{
    struct str text = str_trim(buf_str(&job->text));

    if (text.len > 0 && job->skip_depth == 0)
        add_line(job, NULL, str_dup(job->arena, text));
    job->text.len = 0;
}

static void
stop(struct job *job)
{
    job->refused = true;
    XML_StopParser(job->parser, XML_FALSE);
}

static void
add_attribute(struct job *job, const char *name, const char *value)
{
    bool says_nothing = (strcmp(name, RDF "about") == 0 && value[0] == '\0') ||
                        (strcmp(name, RDF "parseType") == 0 && strcmp(value, "Resource") == 0);

    if (!says_nothing && !is_saved(name))
        add_line(job, strcmp(name, RDF "resource") == 0 ? NULL : name,
                 str_dup(job->arena, str_of(value)));
}

static void
start(void *context, const char *name, const char **attributes)
{
    struct job *job = context;

    flush(job);
    /* when a file was saved is a text, with nothing below it */
    if (job->depth + 1 >= PDFIN_DEPTH_MAX || job->path.len > PATH_MAX_BYTES ||
        job->skip_depth != 0) {
        stop(job);
        return;
    }
    job->marks[job->depth++] = job->path.len;
    job->items[job->depth] = 0;
    if (is_saved(name))
        job->skip_depth = job->depth;
    if (strcmp(name, RDF "Description") != 0)
        buf_printf(&job->path, "/%s", name);
    if (strcmp(name, RDF "li") == 0)
        buf_printf(&job->path, "[%zu]", job->items[job->depth - 1]++);
    for (size_t i = 0; attributes[i] != NULL && job->skip_depth == 0; i += 2)
        add_attribute(job, attributes[i], attributes[i + 1]);
}

static void
end(void *context, const char *name)
{
    struct job *job = context;

    (void)name;
    flush(job);
    if (job->skip_depth == job->depth)
        job->skip_depth = 0;
    job->path.len = job->marks[--job->depth];
}

static void
text(void *context, const char *chars, int len)
{
    struct job *job = context;

    buf_add(&job->text, (struct str){chars, (size_t)len});
}

static void
refuse_doctype(void *context, const char *name, const char *system, const char *public,
               int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    stop(context);
}

static int
in_order(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool
read_lines(struct job *job, struct str xmp)
{
    job->path = buf_in(job->arena);
    job->text = buf_in(job->arena);
    if (xmp.len > PDFIN_XMP_MAX)
        return false;
    job->parser = XML_ParserCreateNS(NULL, '|');
    if (job->parser == NULL)
        return false;
    XML_SetUserData(job->parser, job);
    XML_SetElementHandler(job->parser, start, end);
    XML_SetCharacterDataHandler(job->parser, text);
    XML_SetStartDoctypeDeclHandler(job->parser, refuse_doctype);
    bool good = XML_Parse(job->parser, xmp.ptr, (int)xmp.len, 1) == XML_STATUS_OK && !job->refused;
    XML_ParserFree(job->parser);
    if (job->count > 0)
        qsort(job->lines, job->count, sizeof *job->lines, in_order);
    return good;
}

bool
cos_xmp_same(struct arena *arena, struct str a, struct str b)
{
    struct job x = {.arena = arena}, y = {.arena = arena};

    if (!read_lines(&x, a) || !read_lines(&y, b) || x.count != y.count)
        return false;
    for (size_t i = 0; i < x.count; i++) {
        if (!str_eq(x.lines[i], y.lines[i]))
            return false;
    }
    return true;
}
