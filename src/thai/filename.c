/* Finds names of files by what nothing else in running text has: an ending that programs give, a
 * drive, a backslash, a slash in front and another. */
#include "thai/filename.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"

/* A path of Windows goes on behind at most so many blanks. */
#define BLANKS_MAX 8

static const char *const endings[] = {
    "pdf",  "doc",  "docx", "docm", "dot", "dotx",  "odt",  "rtf", "txt",  "md",  "xls",  "xlsx",
    "xlsm", "xlsb", "ods",  "csv",  "tsv", "ppt",   "pptx", "pps", "ppsx", "odp", "pub",  "vsd",
    "vsdx", "one",  "jpg",  "jpeg", "png", "gif",   "bmp",  "tif", "tiff", "svg", "webp", "heic",
    "ai",   "psd",  "mp3",  "mp4",  "m4a", "wav",   "avi",  "mov", "mkv",  "wmv", "zip",  "rar",
    "7z",   "tar",  "gz",   "tgz",  "xml", "json",  "yaml", "yml", "html", "htm", "css",  "js",
    "php",  "py",   "sql",  "db",   "mdb", "accdb", "dbf",  "exe", "msi",  "apk", "iso",  "bat",
    "sh",   "ini",  "cfg",  "conf", "log", "bak",   "eml",  "msg", "p7s",  "p7m", "pem",  "cer",
    "crt",  "dwg",  "dxf",  "shp",  "kml", "kmz",   "ttf",  "otf",
};

static bool
is_ascii_word(struct str text, size_t at)
{
    return at < text.len && isalnum((unsigned char)text.ptr[at]);
}

/* The length of a known ending at text[at], behind its point, or 0. */
static size_t
ending_at(struct str text, size_t at)
{
    size_t size = 0;

    while (is_ascii_word(text, at + size))
        size++;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t k = 0;
        while (k < size && endings[i][k] == tolower((unsigned char)text.ptr[at + k]))
            k++;
        if (k == size && endings[i][k] == '\0')
            return size;
    }
    return 0;
}

static bool
is_quote(uint32_t c)
{
    return c == '"' || (c >= 0x2018 && c <= 0x201F);
}

/* Goes through a name from `at` on to the end of its line or chunk. */
struct walk {
    size_t end; /* where a blank, a quotation mark or a bracket that the name did not open stands */
    size_t ending; /* behind the last known ending, or 0 */
    size_t slashes, backslashes;
};

static struct walk
walk_chunk(struct str text, size_t at)
{
    struct walk walk = {at, 0, 0, 0};
    size_t open = 0;

    while (walk.end < text.len) {
        size_t next = walk.end;
        uint32_t c = utf8_next(text, &next);
        if (utf8_is_blank(c) || is_quote(c) || c == ';' || c == '<' || c == '>' ||
            (c == ')' && open == 0))
            break;
        open = c == '(' ? open + 1 : c == ')' ? open - 1 : open;
        walk.slashes += c == '/';
        walk.backslashes += c == '\\';
        size_t size = c == '.' && walk.end > at ? ending_at(text, next) : 0;
        walk.ending = size > 0 ? next + size : walk.ending;
        walk.end = next;
    }
    return walk;
}

/* Windows allows blanks in names: goes on as long as a backslash or an ending lies ahead. */
static size_t
windows_end(struct str text, size_t end)
{
    size_t at = end;

    for (int blanks = 0; blanks < BLANKS_MAX && at < text.len && text.ptr[at] == ' '; blanks++) {
        struct walk walk = walk_chunk(text, at + 1);
        if (walk.end == at + 1)
            break;
        at = walk.end;
        if (walk.backslashes > 0)
            end = at;
        if (walk.ending > 0)
            return walk.ending;
    }
    return end;
}

static bool
is_drive(struct str text, size_t at)
{
    return at + 2 < text.len && isalpha((unsigned char)text.ptr[at]) && text.ptr[at + 1] == ':' &&
           (text.ptr[at + 2] == '\\' || text.ptr[at + 2] == '/');
}

/* Without the point or comma that ends a sentence. */
static size_t
without_end(struct str text, size_t at, size_t end)
{
    while (end > at && (text.ptr[end - 1] == '.' || text.ptr[end - 1] == ','))
        end--;
    return end;
}

/* A root and the first letter or figure of a name below it: "//////" is to be filled in, and so is
 * "../../2566", a date. */
static bool
is_rooted(struct str text)
{
    static const char *const roots[] = {"../", "./", "~/", "/"};
    size_t at = 0;

    for (size_t i = 0; at == 0 && i < sizeof roots / sizeof roots[0]; i++)
        if (str_starts(text, str_of(roots[i])))
            at = strlen(roots[i]);
    return at > 0 && at < text.len &&
           (is_ascii_word(text, at) || (unsigned char)text.ptr[at] >= 0x80);
}

size_t
filename_end(struct str text, size_t at, size_t *none)
{
    bool rooted = is_rooted(str_sub(text, at, text.len - at));

    if (at < *none && !rooted)
        return at;
    struct walk walk = walk_chunk(text, at);
    bool address = str_find(str_sub(text, at, walk.end - at), STR("://")) != SIZE_MAX;
    if (!address && (is_drive(text, at) || walk.backslashes > 0))
        return walk.ending > 0 ? walk.ending : without_end(text, at, windows_end(text, walk.end));
    if (!address && walk.ending > 0)
        return walk.ending;
    if (!address && rooted && walk.slashes > 1)
        return without_end(text, at, walk.end);
    *none = walk.end;
    return at;
}
