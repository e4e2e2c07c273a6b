/* Thai and Arabic digits in text. Which digits a sentence takes follows the practice of Thai
 * offices: Thai digits in Thai sentences, Arabic ones in codes, addresses and foreign words. */
#include "thai/digits.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/ascii.h"
#include "base/str.h"
#include "base/utf8.h"

/* ---- names of files and paths, whose digits stay as typed
 * They are found by what nothing else in running text has: an ending that programs give, a drive, a
 * backslash, a slash in front and another. */

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
    return at < text.len && ascii_is_alnum(text.ptr[at]);
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
        while (k < size && endings[i][k] == ascii_small(text.ptr[at + k]))
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
    return at + 2 < text.len && ascii_is_letter(text.ptr[at]) && text.ptr[at + 1] == ':' &&
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

/* Where the path or the name of a file that begins at text[at] ends; `at` when none begins there: a
 * name with an ending that is known ("รายงาน_2566(2).docx"), a path of Windows ("C:\งาน\2566") or
 * of Unix ("/งาน/2566"). Blanks are part of paths of Windows only. *none is 0 at first, and kept
 * for the same text so that no stretch is looked through for each of its brackets. */
static size_t
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

/* ---- digits */

#define THAI_ZERO 0x0E50

static bool
is_thai_digit(uint32_t code)
{
    return code >= THAI_ZERO && code <= THAI_ZERO + 9;
}

int
digits_value(uint32_t code)
{
    if (ascii_is_digit(code))
        return (int)(code - '0');
    return is_thai_digit(code) ? (int)(code - THAI_ZERO) : -1;
}

static void
add_thai(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (ascii_is_digit((unsigned char)text.ptr[i]))
            buf_utf8(out, THAI_ZERO + (uint32_t)(text.ptr[i] - '0'));
        else
            buf_byte(out, text.ptr[i]);
    }
}

struct str
digits_to_thai(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    add_thai(&out, text);
    return buf_str(&out);
}

struct str
digits_to_arabic(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (is_thai_digit(code))
            buf_byte(&out, (char)('0' + (code - THAI_ZERO)));
        else
            buf_add(&out, str_sub(text, from, at - from));
    }
    return buf_str(&out);
}

static bool
is_latin(uint32_t code)
{
    return ascii_is_letter(code) ||
           (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7) ||
           (code >= 0x1E00 && code <= 0x1EFF);
}

static bool
is_space(uint32_t code)
{
    return code <= ' ' || code == 0xA0 || (code >= 0x2000 && code <= 0x200B) || code == 0x202F ||
           code == 0x3000;
}

/* Signs that hold codes and addresses together. */
static bool
is_joint(uint32_t code)
{
    return code < 0x80 && !is_space(code) && !ascii_is_digit(code) && !is_latin(code) &&
           code != '(' && code != ')' && code != '[' && code != ']' && code != '{' && code != '}' &&
           code != '"' && code != '\'' && code != ',' && code != ';' && code != '<' && code != '>';
}

/* A comma that groups the digits of a number. */
static bool
is_grouping(struct str text, size_t comma)
{
    return comma > 0 && comma + 1 < text.len &&
           ascii_is_digit((unsigned char)text.ptr[comma - 1]) &&
           ascii_is_digit((unsigned char)text.ptr[comma + 1]);
}

static size_t
chunk_end(struct str text, size_t at)
{
    while (at < text.len) {
        size_t next = at;
        if (is_space(utf8_next(text, &next)))
            break;
        at = next;
    }
    return at;
}

static bool
is_address(struct str word)
{
    return str_find(word, STR("://")) != SIZE_MAX || str_starts(word, STR("www.")) ||
           str_starts(word, STR("WWW."));
}

/* "ita.example.go.th/": what follows is the path of an address without its scheme. */
static bool
is_host(struct str word)
{
    size_t dot = str_find(word, STR("."));

    return word.len > 4 && word.ptr[word.len - 1] == '/' && dot != SIZE_MAX && dot > 0 &&
           is_latin((unsigned char)word.ptr[dot - 1]) && is_latin((unsigned char)word.ptr[dot + 1]);
}

/* True where a name may begin: behind a blank, a bracket, a quotation mark. */
static bool
begins_chunk(struct str text, size_t at)
{
    if (at == 0)
        return true;
    uint32_t last = utf8_prev(text, &at);
    return is_space(last) || last == '(' || last == '[' || last == '"' || last == '\'' ||
           last == 0x2018 || last == 0x201C || last == '<' || last == ',' || last == ';';
}

/* Where the word of Latin letters and digits, Thai letters or other that stands before `at` begins,
 * blanks between left out; *end is where it ends. */
static struct str
word_before(struct str text, size_t at)
{
    while (at > 0 && ascii_is_blank(text.ptr[at - 1]))
        at--;
    return str_sub(text, 0, at);
}

static bool
ends_with_latin(struct str text)
{
    size_t at = text.len;

    return at > 0 && is_latin(utf8_prev(text, &at));
}

static bool
ends_with_any(struct str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_ends(text, str_of(words[i])))
            return true;
    return false;
}

/* Numbers parted by points. */
struct groups {
    size_t count;
    size_t digits; /* of the longest */
    int first, last, most;
};

/* Reads "192.168.1.1" with a port or the size of a net behind it; false for all else. */
static bool
read_groups(struct str word, struct groups *groups)
{
    size_t at = 0, digits;

    *groups = (struct groups){0, 0, 0, 0, 0};
    do {
        int value = 0;
        for (digits = 0; at < word.len && ascii_is_digit((unsigned char)word.ptr[at]);
             at++, digits++)
            value = value < 100000 ? value * 10 + (word.ptr[at] - '0') : value;
        if (digits == 0)
            return groups->count > 0 && at == word.len; /* the point that ends a sentence */
        groups->first = groups->count++ == 0 ? value : groups->first;
        groups->last = value;
        groups->most = value > groups->most ? value : groups->most;
        groups->digits = digits > groups->digits ? digits : groups->digits;
    } while (at < word.len && word.ptr[at] == '.' && ++at <= word.len);
    if (at < word.len && groups->count == 4 && (word.ptr[at] == ':' || word.ptr[at] == '/'))
        for (at++;
             at < word.len && (ascii_is_digit((unsigned char)word.ptr[at]) || word.ptr[at] == '.');)
            at++;
    return at == word.len;
}

/* Numbers that machines read: IP addresses, and versions behind a word that says so or the name of
 * a program. Four figures of one digit each may be an outline's ("3.1.1.2"). */
static bool
is_for_machines(struct str text, size_t at, struct str word)
{
    static const char *const versions[] = {
        "เวอร์ชัน", "เวอร์ชั่น",  "Version", "version", "VERSION", "ver.",   "Ver.",   "v.",
        "V.",     "Windows", "Android", "iOS",     "macOS",   "Ubuntu", "Office", "Microsoft"};
    static const char *const addresses[] = {"IP", "IPv4", "ip", "ไอพี", "DNS", "Address", "address"};
    struct groups groups;
    struct str before = word_before(text, at);

    if (!read_groups(word, &groups))
        return false;
    if (groups.count == 4 && groups.most < 256 &&
        (groups.first > 9 || groups.digits == 3 ||
         ends_with_any(before, addresses, sizeof addresses / sizeof addresses[0])))
        return true;
    if (ends_with_any(before, versions, sizeof versions / sizeof versions[0]))
        return true;
    if (groups.count < 2 || groups.last > 2400) /* a date ends with a year */
        return false;
    return str_ends(before, STR("รุ่น")) || (groups.count > 2 && ends_with_latin(before));
}

/* One word of letters, digits and joints from `at` on, or one other character. */
struct word {
    size_t end;
    bool kept; /* its digits stay Arabic */
};

static struct word
next_word(struct str text, size_t at, size_t *none)
{
    struct word word = {at, false};
    bool latin = false;

    if (begins_chunk(text, at)) {
        word.end = filename_end(text, at, none);
        word.kept = word.end > at;
        if (word.kept)
            return word;
    }
    while (word.end < text.len) {
        size_t next = word.end;
        uint32_t code = utf8_next(text, &next);
        bool grouping = code == ',' && !latin && is_grouping(text, word.end);
        if (!is_latin(code) && !ascii_is_digit(code) && !is_joint(code) && !grouping)
            break;
        latin = latin || is_latin(code);
        word.end = next;
    }
    struct str piece = str_sub(text, at, word.end - at);
    if (word.end == at)
        (void)utf8_next(text, &word.end);
    word.kept = latin || is_for_machines(text, at, piece);
    if (latin && (is_address(piece) || is_host(piece)))
        word.end = chunk_end(text, word.end);
    return word;
}

struct str
digits_in_sentence(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);
    size_t none = 0;

    for (size_t at = 0; at < text.len;) {
        struct word word = next_word(text, at, &none);
        struct str piece = str_sub(text, at, word.end - at);
        if (word.kept)
            buf_add(&out, piece);
        else
            add_thai(&out, piece);
        at = word.end;
    }
    return buf_str(&out);
}

/* Makes *first the first run of digits, Thai ones or Arabic ones, when it is none yet or ends at
 * `from`. */
static void
take_digit(struct str text, size_t from, size_t to, struct str *first)
{
    if (first->len == 0)
        *first = str_sub(text, from, to - from);
    else if (first->ptr + first->len == text.ptr + from)
        first->len += to - from;
}

/* Most texts have not both, whatever their words are. */
static bool
has_both(struct str text)
{
    bool thai = false, arabic = false;

    for (size_t i = 0; i < text.len && !(thai && arabic); i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        arabic = arabic || ascii_is_digit(byte);
        /* U+0E50 to U+0E59 */
        thai = thai || (byte == 0xB9 && i > 0 && (unsigned char)text.ptr[i - 1] == 0xE0 &&
                        i + 1 < text.len && (unsigned char)text.ptr[i + 1] >= 0x90 &&
                        (unsigned char)text.ptr[i + 1] <= 0x99);
    }
    return thai && arabic;
}

bool
digits_are_mixed(struct str text, struct digits_mixed *mixed)
{
    size_t none = 0;

    *mixed = (struct digits_mixed){STR(""), STR("")};
    if (!has_both(text))
        return false;
    for (size_t at = 0; at < text.len;) {
        struct word word = next_word(text, at, &none);
        while (at < word.end) {
            size_t from = at;
            uint32_t code = utf8_next(text, &at);
            if (!word.kept && is_thai_digit(code))
                take_digit(text, from, at, &mixed->thai);
            else if (!word.kept && ascii_is_digit(code))
                take_digit(text, from, at, &mixed->arabic);
        }
    }
    return mixed->thai.len > 0 && mixed->arabic.len > 0;
}
