#include "text/font_inner.h"

#include <stdlib.h>
#include <string.h>

#include <fontconfig/fontconfig.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/files.h"
#include "base/path.h"

#define FILE_MAX ((size_t)1 << 20)
#define FILES_MAX 500
#define DEPTH_MAX 5

/* Reading of the files of a configuration. */
struct quick {
    struct arena *arena;
    struct diags *unheard;
    FcConfig *config;
    struct buf out; /* the elements that count */
    size_t files;
};

/* The elements that say what is listed; those of <match> at scanning change what caches hold. */
static const char *const kept[] = {"dir", "cachedir", "selectfont", "reset-dirs", "remap-dir"};

static bool read_path(struct quick *quick, const char *path, int depth);

/* The value of an attribute in a tag, quotes off; empty when it is not there. */
static struct str
attribute(struct arena *arena, struct str tag, const char *name)
{
    size_t from = str_find(tag, str_of(arena_printf(arena, " %s=", name)));

    if (from == SIZE_MAX || from + strlen(name) + 3 >= tag.len)
        return STR("");
    from += strlen(name) + 2;
    struct str value = str_sub(tag, from + 1, tag.len);
    size_t end = str_find(value, str_sub(tag, from, 1));
    return str_sub(value, 0, end == SIZE_MAX ? 0 : end);
}

/* True when a tag, from "<" on, has this name. */
static bool
is_tag(struct str tag, const char *name)
{
    size_t len = strlen(name);

    return tag.len > len + 1 && memcmp(tag.ptr + 1, name, len) == 0 &&
           strchr(" \t\r\n/>", tag.ptr[len + 1]) != NULL;
}

/* Follows an <include>. What is missing and was not to be is for fontconfig to tell. */
static bool
include(struct quick *quick, struct str tag, struct str text, int depth)
{
    struct str prefix = attribute(quick->arena, tag, "prefix");
    const char *name = str_cstr(quick->arena, text), *home = getenv("XDG_CONFIG_HOME");

    if (str_is(prefix, "xdg"))
        name = path_join(quick->arena, home != NULL && *home != '\0' ? home : "~/.config", name);
    else if (prefix.len > 0 && !str_is(prefix, "default"))
        return false;
    FcChar8 *found = FcConfigGetFilename(quick->config, (const FcChar8 *)name);
    if (found == NULL)
        return str_is(attribute(quick->arena, tag, "ignore_missing"), "yes");
    bool good = read_path(quick, str_cstr(quick->arena, str_of((const char *)found)), depth + 1);
    FcStrFree(found);
    return good;
}

/* Takes what counts out of the element that `rest` begins with, and sets *len to its length, or to
 * that of its first tag when it does not count. False when it cannot be followed. */
static bool
take(struct quick *quick, struct str rest, size_t *len, int depth)
{
    const char *name = is_tag(rest, "include") ? "include" : NULL;
    size_t tag_len = str_find(rest, STR(">"));
    struct str tag = str_sub(rest, 0, *len = tag_len == SIZE_MAX ? rest.len : tag_len + 1);

    if (is_tag(rest, "match") && str_is(attribute(quick->arena, tag, "target"), "scan"))
        name = "match";
    for (size_t i = 0; name == NULL && i < sizeof kept / sizeof kept[0]; i++)
        name = is_tag(rest, kept[i]) ? kept[i] : NULL;
    if (name == NULL)
        return true;
    if (!str_ends(tag, STR("/>"))) {
        size_t end = str_find(rest, str_of(arena_printf(quick->arena, "</%s>", name)));
        if (end == SIZE_MAX)
            return false;
        struct str text = str_sub(rest, tag.len, end - tag.len);
        if (strcmp(name, "include") == 0)
            return str_find(text, STR("&")) == SIZE_MAX && include(quick, tag, text, depth);
        *len = end + strlen(name) + 3;
    }
    buf_add(&quick->out, str_sub(rest, 0, *len));
    struct str prefix = attribute(quick->arena, tag, "prefix");
    return prefix.len == 0 || str_is(prefix, "xdg") || str_is(prefix, "default");
}

static bool
read_file(struct quick *quick, const char *path, int depth)
{
    struct str rest;
    size_t len;

    if (quick->files++ == FILES_MAX ||
        !files_read(files_system(), quick->arena, quick->unheard, POS_NONE, path, FILE_MAX, &rest))
        return false;
    for (; rest.len > 0; rest = str_sub(rest, len, rest.len)) {
        const char *at = memchr(rest.ptr, '<', rest.len);
        len = at == NULL ? rest.len : (size_t)(at - rest.ptr);
        if (len > 0)
            continue;
        len = 1;
        if (str_starts(rest, STR("<!--")))
            len = str_find(rest, STR("-->"));
        else if (str_starts(rest, STR("<![")) || !take(quick, rest, &len, depth))
            return false;
    }
    return true;
}

/* True for a file of a folder that fontconfig reads. */
static bool
is_part(struct str name)
{
    return name.len > 5 && ascii_is_digit(name.ptr[0]) && str_ends(name, STR(".conf"));
}

static bool
read_path(struct quick *quick, const char *path, int depth) /* NOLINT(misc-no-recursion) */
{
    bool good = depth <= DEPTH_MAX;
    struct files_list names;

    if (!good || !files_is_dir(files_system(), path))
        return good && read_file(quick, path, depth);
    good = files_list(files_system(), quick->arena, path, &names);
    for (size_t i = 0; good && i < names.count; i++) {
        if (is_part(str_of(names.name[i])))
            good = read_file(quick, path_join(quick->arena, path, names.name[i]), depth);
    }
    return good;
}

static bool
is_ascii(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    }
    return true;
}

/* Whether the configuration could be read; only then anything is given to fontconfig, which prints
 * what it does not understand. */
static bool
load(struct quick *quick)
{
    FcChar8 *path = FcConfigGetFilename(quick->config, NULL);
    bool good = path != NULL;

    buf_text(&quick->out, "<fontconfig>");
    good = good && read_path(quick, (const char *)path, 0);
    FcStrFree(path);
    buf_text(&quick->out, "</fontconfig>");
    /* letters of other encodings would be taken for UTF-8 */
    struct str text = str_dup(quick->arena, buf_str(&quick->out));
    return good && is_ascii(text) && str_find(text, STR("<cachedir")) != SIZE_MAX &&
           FcConfigParseAndLoadFromMemory(quick->config, (const FcChar8 *)text.ptr, FcTrue) &&
           FcConfigBuildFonts(quick->config);
}

void *
font_config_quick(void)
{
    struct arena *arena = arena_new(0);
    struct quick quick = {.arena = arena, .unheard = diags_new(), .out = buf_in(arena)};

    if (getenv("FONTCONFIG_SYSROOT") == NULL)
        quick.config = FcConfigCreate();
    if (quick.config != NULL && !load(&quick)) {
        FcConfigDestroy(quick.config);
        quick.config = NULL;
    }
    diags_free(quick.unheard);
    arena_free(arena);
    return quick.config;
}
