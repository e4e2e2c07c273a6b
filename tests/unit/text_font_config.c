/* What is read of fontconfig's files: the same fonts are listed as with all of them, and what
 * cannot be followed is left to fontconfig. */
#include "text_fonts.h"

#include <stdio.h>

#include <fontconfig/fontconfig.h>

#include "base/files.h"
#include "base/folder.h"
#include "text/font_inner.h"

struct place {
    struct arena *arena;
    struct diags *diags;
    struct folder *folder;
    const char *path;
};

static void
place_open(struct place *place, const struct text_room *room)
{
    static const char *const names[] = {"one/a.ttf", "two/b.ttf", "two/no/c.ttf", "four/d.ttf"};

    place->arena = arena_new(0);
    place->diags = diags_new();
    place->folder = folder_begin(place->arena, place->diags, "/tmp/banthuek-unit");
    assert_non_null(place->folder);
    place->path = folder_path(place->folder);
    for (int i = 0; i < 4; i++)
        assert_true(folder_write(place->folder, str_of(names[i]), room->fonts->face[i]->bytes));
}

static void
place_close(struct place *place)
{
    folder_end(place->folder);
    diags_free(place->diags);
    arena_free(place->arena);
}

/* Writes a file of the configuration; every % in it is the folder's path. */
static void
put(const struct place *place, const char *name, const char *text)
{
    struct buf out = buf_in(place->arena);

    for (; *text != '\0'; text++) {
        if (*text == '%')
            buf_text(&out, place->path);
        else
            buf_byte(&out, *text);
    }
    assert_true(folder_write(place->folder, str_of(name), buf_str(&out)));
}

/* The paths that a configuration lists, in order; how many are set in *count. */
static const char *
listed(const struct place *place, FcConfig *config, int *count)
{
    FcPattern *all = FcPatternCreate();
    FcObjectSet *objects = FcObjectSetBuild(FC_FILE, (char *)NULL);
    FcFontSet *set = FcFontList(config, all, objects);
    const char *paths[1000], *out = "";

    *count = set->nfont;
    assert_true(*count <= 1000);
    for (int i = 0; i < *count; i++) {
        FcChar8 *path;
        assert_int_equal(FcPatternGetString(set->fonts[i], FC_FILE, 0, &path), FcResultMatch);
        int at = i;
        for (; at > 0 && strcmp(paths[at - 1], (const char *)path) > 0; at--)
            paths[at] = paths[at - 1];
        paths[at] = str_cstr(place->arena, str_of((const char *)path));
    }
    for (int i = 0; i < *count; i++)
        out = arena_printf(place->arena, "%s%s\n", out, paths[i]);
    FcFontSetDestroy(set);
    FcObjectSetDestroy(objects);
    FcPatternDestroy(all);
    return out;
}

/* Both ways list the same, `count` fonts; below 0: however many. */
static void
assert_same_list(const struct place *place, int count)
{
    int quick_count, whole_count;
    FcConfig *quick = font_config_quick(), *whole = FcInitLoadConfigAndFonts();

    assert_non_null(quick);
    assert_string_equal(listed(place, quick, &quick_count), listed(place, whole, &whole_count));
    if (count >= 0)
        assert_int_equal(quick_count, count);
    FcConfigDestroy(quick);
    FcConfigDestroy(whole);
}

static void
system_is_the_same(void **state)
{
    struct place place;

    place_open(&place, *state);
    assert_same_list(&place, -1);
    place_close(&place);
}

static void
files_are_followed(void **state)
{
    struct place place;

    place_open(&place, *state);
    put(&place, "fonts.conf",
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\">\n"
        "<fontconfig><dir>%/one</dir><!-- <dir>%/four</dir> --><cachedir>%/cache</cachedir>\n"
        "<match target=\"pattern\"><edit name=\"family\"><string>x</string></edit></match>\n"
        "<include ignore_missing=\"yes\">%/conf.d</include>"
        "<include ignore_missing='yes' prefix=\"xdg\">own</include>"
        "<include ignore_missing=\"yes\">%/nowhere</include></fontconfig>");
    put(&place, "conf.d/10-two.conf",
        "<fontconfig><dir >%/two</dir><alias><family>y</family></alias>"
        "<include>%/conf.d/10-two.conf</include></fontconfig>");
    put(&place, "conf.d/20-no.conf",
        "<fontconfig><selectfont><rejectfont><glob>%/two/no/*</glob></rejectfont></selectfont>"
        "</fontconfig>");
    put(&place, "conf.d/README", "<fontconfig><dir>%/four</dir></fontconfig>");
    setenv("FONTCONFIG_FILE", arena_printf(place.arena, "%s/fonts.conf", place.path), 1);
    /* a file that includes itself is fontconfig's business */
    assert_null(font_config_quick());
    assert_int_equal(remove(arena_printf(place.arena, "%s/conf.d/10-two.conf", place.path)), 0);
    put(&place, "conf.d/10-two.conf", "<fontconfig><dir >%/two</dir></fontconfig>");
    assert_same_list(&place, 2);
    put(&place, "xdg/own/1.conf", "<fontconfig><dir>%/four</dir></fontconfig>");
    setenv("XDG_CONFIG_HOME", arena_printf(place.arena, "%s/xdg", place.path), 1);
    assert_same_list(&place, 3);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("FONTCONFIG_FILE");
    place_close(&place);
}

/* `text` between <fontconfig> and its end is left to fontconfig. */
static void
assert_left(const struct place *place, const char *name, const char *text)
{
    put(place, name,
        arena_printf(place->arena, "<fontconfig><cachedir>%%/cache</cachedir>%s</fontconfig>",
                     text));
    setenv("FONTCONFIG_FILE", arena_printf(place->arena, "%s/%s", place->path, name), 1);
    if (font_config_quick() != NULL)
        fail_msg("followed: %s", text);
    unsetenv("FONTCONFIG_FILE");
}

static void
what_is_odd_is_left(void **state)
{
    struct place place;

    place_open(&place, *state);
    assert_left(&place, "1", "<dir prefix=\"relative\">one</dir>");
    assert_left(&place, "2", "<![CDATA[<dir>%/four</dir>]]>");
    assert_left(&place, "3", "<include>%/missing</include>");
    assert_left(&place, "4", "<include prefix=\"cwd\">%/one</include>");
    assert_left(&place, "5", "<dir>%/\xE0\xB8\x81</dir>");
    assert_left(&place, "6", "<include ignore_missing=\"yes\">%/a&amp;b</include>");
    assert_left(&place, "7", "<dir>%/one");
    setenv("FONTCONFIG_FILE", "/dev/null", 1);
    assert_null(font_config_quick());
    unsetenv("FONTCONFIG_FILE");
    place_close(&place);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(system_is_the_same),
        cmocka_unit_test(files_are_followed),
        cmocka_unit_test(what_is_odd_is_left),
    };

    return cmocka_run_group_tests(tests, text_room_open, text_room_close);
}
