/* Fonts: search, scale, refusals, and the font of boxes. Damaged fonts are made here from the
 * font that the system has. */
#include "text_fonts.h"

#include <stdio.h>
#include <unistd.h>

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <hb-ot.h>
#include <hb.h>

#include "base/files.h"
#include "base/path.h"
#include "text/font_inner.h"

/* A folder with four font files that a test may spoil. */
struct folder {
    struct arena *arena;
    struct diags *diags;
    char path[64];
    const char *file[4];
};

static void
save(struct folder *folder, int face, struct str bytes)
{
    assert_true(files_write(folder->arena, folder->diags, folder->file[face], bytes));
}

static void
folder_open(struct folder *folder, const struct text_room *room)
{
    /* file names say nothing: faces are known by what is inside */
    static const char *const names[] = {"c.ttf", "a.TTF", "d.ttf", "b.ttf"};

    folder->arena = arena_new(0);
    folder->diags = diags_new();
    strcpy(folder->path, "/tmp/banthuek-fonts-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    for (int i = 0; i < 4; i++) {
        folder->file[i] = path_join(folder->arena, folder->path, names[i]);
        save(folder, i, room->fonts->face[i]->bytes);
    }
}

static void
folder_close(struct folder *folder)
{
    for (int i = 0; i < 4; i++)
        unlink(folder->file[i]);
    rmdir(folder->path);
    diags_free(folder->diags);
    arena_free(folder->arena);
}

static struct fonts *
open_folder(struct folder *folder)
{
    struct font_search search = {
        .files = files_system(), .font_dir = folder->path, .use_system = true};

    return fonts_open(folder->arena, folder->diags, &search);
}

/* The folder with one face replaced by `bytes` is refused with `code` for that file. */
static void
assert_refused(const struct text_room *room, int face, struct str bytes, const char *code)
{
    struct folder folder;

    folder_open(&folder, room);
    save(&folder, face, bytes);
    struct fonts *fonts = open_folder(&folder);
    const struct font *font =
        fonts == NULL ? NULL : fonts_face(fonts, folder.diags, (enum font_face)face);
    if (font != NULL)
        print_error("opened, not %s\n", code);
    assert_null(font);
    fonts_close(fonts);
    bool found = false;
    for (size_t i = 0; i < diags_count(folder.diags); i++)
        found = found || strcmp(diag_code_name(diags_at(folder.diags, i)->code), code) == 0;
    if (!found && diags_count(folder.diags) > 0)
        print_error("got %s\n", diag_code_name(diags_at(folder.diags, 0)->code));
    assert_true(found);
    folder_close(&folder);
}

static char *
copy_of(struct arena *arena, struct str bytes)
{
    return arena_strndup(arena, bytes.ptr, bytes.len);
}

/* Where a table begins in a font file; its length in *len. */
static size_t
table_at(struct str bytes, const char *tag, size_t *len)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr + 12;

    unsigned count = (unsigned)(p[-8] << 8 | p[-7]);

    for (unsigned i = 0; i < count; i++, p += 16) {
        if (memcmp(p, tag, 4) != 0)
            continue;
        *len = (size_t)p[12] << 24 | (size_t)p[13] << 16 | (size_t)p[14] << 8 | p[15];
        return (size_t)p[8] << 24 | (size_t)p[9] << 16 | (size_t)p[10] << 8 | p[11];
    }
    fail_msg("no table %s", tag);
    return 0;
}

/* ---- what is found */

static void
the_system_has_four_faces(void **state)
{
    const struct text_room *room = *state;

    for (int i = 0; i < FONT_FACES; i++) {
        const struct font *font = room->fonts->face[i];
        assert_int_equal(font->face, i);
        assert_true(font->bytes.len > 0 && font->postscript_name.len > 0 && font->upem > 0);
        assert_true(font->cap_height > 0 && font->ascent > 0 && font->descent < 0);
        assert_true(font->bbox[0] < font->bbox[2] && font->bbox[1] < font->bbox[3]);
    }
    assert_true(room->fonts->face[FONT_ITALIC]->italic_angle < 0);
    assert_true(font_has(room->fonts->face[FONT_BOLD], 0x0E33));
    assert_false(font_has(room->fonts->face[FONT_REGULAR], 0x4E00));
}

static void
sixteen_points_are_those_of_th_sarabun(void **state)
{
    const struct text_room *room = *state;
    const struct font *regular = room->fonts->face[FONT_REGULAR];
    mpt size = fonts_draw_size(room->fonts, 16000);
    int64_t width = font_thai_width(regular) * size / regular->upem;

    /* the letters ก to ฮ are 18.659 em wide */
    assert_in_range(width, 298544 - 30, 298544 + 30);
    if (str_is(regular->family, "Laksaman"))
        assert_int_equal(size, 10647);
}

static void
lengths_are_rounded_from_font_units(void **state)
{
    const struct text_room *room = *state;
    struct font font = *room->fonts->face[FONT_REGULAR];

    font.upem = 1000;
    assert_int_equal(font_length(&font, 10000, font.upem), 10000);
    assert_int_equal(font_length(&font, 10000, -font.upem), -10000);
    assert_int_equal(font_length(&font, 10001, font.upem / 2), 5001);
}

/* A design within one percent of TH Sarabun's width is drawn at the nominal size itself: the same
 * faces, said to have so many units in an em that their letters become as wide. */
static void
a_font_as_wide_as_th_sarabun_is_not_scaled(void **state)
{
    const struct text_room *room = *state;
    const struct font *regular = room->fonts->face[FONT_REGULAR];
    int64_t upem = font_thai_width(regular) * 1000 / 18659;
    struct folder folder;
    struct fonts *fonts;

    folder_open(&folder, room);
    for (int i = 0; i < 4; i++) {
        struct str whole = room->fonts->face[i]->bytes;
        char *copy = copy_of(room->arena, whole);
        size_t len, head = table_at(whole, "head", &len);
        copy[head + 18] = (char)((upem + 9) >> 8);
        copy[head + 19] = (char)((upem + 9) & 0xFF);
        save(&folder, i, (struct str){copy, whole.len});
    }
    fonts = open_folder(&folder);
    assert_non_null(fonts);
    assert_int_equal(fonts->scale_numerator, 1);
    assert_int_equal(fonts->scale_denominator, 1);
    assert_int_equal(fonts_draw_size(fonts, 16000), 16000);
    fonts_close(fonts);
    folder_close(&folder);
}

static void
a_folder_is_searched_by_name_tables(void **state)
{
    struct folder folder;
    struct fonts *fonts;

    folder_open(&folder, *state);
    fonts = open_folder(&folder);
    assert_non_null(fonts);
    for (int i = 0; i < 4; i++)
        assert_string_equal(fonts_face(fonts, folder.diags, (enum font_face)i)->path,
                            folder.file[i]);
    fonts_close(fonts);
    folder_close(&folder);
}

static void
the_local_folder_comes_before_the_system(void **state)
{
    struct folder folder;
    struct font_search search = {.use_system = true};
    struct fonts *fonts;

    folder_open(&folder, *state);
    search.files = files_system();
    search.local_dir = folder.path;
    fonts = fonts_open(folder.arena, folder.diags, &search);
    assert_non_null(fonts);
    assert_string_equal(fonts_face(fonts, folder.diags, FONT_BOLD)->path, folder.file[FONT_BOLD]);
    fonts_close(fonts);
    for (int i = 0; i < 4; i++)
        unlink(folder.file[i]);
    fonts = fonts_open(folder.arena, folder.diags, &search);
    assert_non_null(fonts);
    assert_string_not_equal(fonts_face(fonts, folder.diags, FONT_BOLD)->path,
                            folder.file[FONT_BOLD]);
    fonts_close(fonts);
    folder_close(&folder);
}

/* ---- what is refused */

static void
no_font_at_all(void **state)
{
    struct folder folder;
    struct font_search nowhere = {.font_dir = NULL};

    folder_open(&folder, *state);
    for (int i = 0; i < 4; i++)
        unlink(folder.file[i]);
    assert_null(open_folder(&folder));
    assert_diag(folder.diags, 0, FONT_NOT_FOUND);
    assert_null(fonts_open(folder.arena, folder.diags, &nowhere));
    assert_diag(folder.diags, 1, FONT_NOT_FOUND);
    folder_close(&folder);
}

static void
a_face_may_be_missing_that_is_not_taken(void **state)
{
    struct folder folder;

    folder_open(&folder, *state);
    unlink(folder.file[FONT_BOLD_ITALIC]);
    const struct font_search search = {
        .files = files_system(), .font_dir = folder.path, .partial = true};
    struct fonts *fonts = fonts_open(folder.arena, folder.diags, &search);
    assert_non_null(fonts);
    assert_non_null(fonts_face(fonts, folder.diags, FONT_BOLD));
    assert_int_equal(diags_count(folder.diags), 0);
    assert_null(fonts_face(fonts, folder.diags, FONT_BOLD_ITALIC));
    assert_diag(folder.diags, 0, FONT_FACE_MISSING);
    fonts_close(fonts);
    unlink(folder.file[FONT_REGULAR]);
    assert_null(fonts_open(folder.arena, folder.diags, &search));
    folder_close(&folder);
}

static void
a_missing_face_is_named(void **state)
{
    struct folder folder;

    folder_open(&folder, *state);
    unlink(folder.file[FONT_BOLD_ITALIC]);
    assert_null(open_folder(&folder));
    assert_diag(folder.diags, 0, FONT_FACE_MISSING);
    assert_string_equal(diags_at(folder.diags, 0)->arg[1], "Bold Italic");
    folder_close(&folder);
}

/* Writes the file with its family renamed: the last letter of each "Laksaman" becomes `letter`. */
static void
rename_family(struct folder *folder, int from, const char *name, char letter)
{
    struct str bytes;
    char *copy;

    assert_true(files_read(files_system(), folder->arena, folder->diags, POS_NONE,
                           folder->file[from], 1 << 24, &bytes));
    copy = copy_of(folder->arena, bytes);
    text_rename_font(copy, bytes.len, letter);
    assert_true(files_write(folder->arena, folder->diags,
                            path_join(folder->arena, folder->path, name),
                            (struct str){copy, bytes.len}));
}

static void
two_families_are_not_chosen_between(void **state)
{
    static const char *const names[2][4] = {{"1.ttf", "2.ttf", "3.ttf", "4.ttf"},
                                            {"5.ttf", "6.ttf", "7.ttf", "8.ttf"}};
    struct folder folder;
    struct fonts *fonts;

    folder_open(&folder, *state);
    for (int i = 0; i < 8; i++)
        rename_family(&folder, i % 4, names[i / 4][i % 4], i < 4 ? 'x' : 'y');
    /* a family that is wanted by name is taken before any other */
    fonts = open_folder(&folder);
    assert_non_null(fonts);
    fonts_close(fonts);
    for (int i = 0; i < 4; i++)
        unlink(folder.file[i]);
    assert_null(open_folder(&folder));
    assert_diag(folder.diags, 0, FONT_SEVERAL);
    for (int i = 4; i < 8; i++)
        unlink(path_join(folder.arena, folder.path, names[1][i - 4]));
    fonts = open_folder(&folder);
    assert_non_null(fonts);
    assert_str(fonts->face[FONT_REGULAR]->family, "Laksamax");
    fonts_close(fonts);
    for (int i = 0; i < 4; i++)
        unlink(path_join(folder.arena, folder.path, names[0][i]));
    folder_close(&folder);
}

static void
damaged_files(void **state)
{
    const struct text_room *room = *state;
    struct str whole = room->fonts->face[FONT_BOLD]->bytes;
    static const char *const tables[] = {"glyf", "loca", "head", "GSUB", "hmtx"};

    assert_refused(room, FONT_BOLD, STR(""), "FONT_DAMAGED");
    assert_refused(room, FONT_BOLD, STR("hello"), "FONT_DAMAGED");
    assert_refused(room, FONT_BOLD, str_sub(whole, 0, 200), "FONT_DAMAGED");
    assert_refused(room, FONT_BOLD, str_sub(whole, 0, whole.len / 2), "FONT_DAMAGED");
    /* only the names, which stand last, are cut off: the face is missing, and this is why */
    assert_refused(room, FONT_BOLD, str_sub(whole, 0, whole.len * 4 / 5), "FONT_FACE_MISSING");
    assert_refused(room, FONT_BOLD, str_sub(whole, 0, whole.len * 4 / 5), "FONT_DAMAGED");
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char *copy = copy_of(room->arena, whole);
        size_t len, at = table_at(whole, tables[i], &len);
        memset(copy + at, i == 4 ? 0 : 0xA5, len);
        assert_refused(room, FONT_BOLD, (struct str){copy, whole.len}, "FONT_DAMAGED");
    }
}

/* A composite that contains itself would keep a reader busy for ever. */
static void
a_glyph_inside_itself(void **state)
{
    const struct text_room *room = *state;
    struct str whole = room->fonts->face[FONT_REGULAR]->bytes;
    char *copy = copy_of(room->arena, whole);
    unsigned char *p = (unsigned char *)copy;
    size_t len, glyf = table_at(whole, "glyf", &len), loca = table_at(whole, "loca", &len);
    size_t head = table_at(whole, "head", &len);
    bool is_long = p[head + 51] != 0, found = false;

    for (unsigned i = 0; i < 400 && !found; i++) {
        const unsigned char *l = p + loca + (is_long ? 4 * i : 2 * i);
        size_t at = is_long ? (size_t)l[0] << 24 | (size_t)l[1] << 16 | (size_t)l[2] << 8 | l[3]
                            : 2 * ((size_t)l[0] << 8 | l[1]);
        if (p[glyf + at] == 0xFF && p[glyf + at + 1] == 0xFF) {
            p[glyf + at + 12] = (unsigned char)(i >> 8);
            p[glyf + at + 13] = (unsigned char)(i & 0xFF);
            found = true;
        }
    }
    assert_true(found);
    assert_refused(room, FONT_REGULAR, (struct str){copy, whole.len}, "FONT_DAMAGED");
}

static void
a_file_that_is_too_large(void **state)
{
    struct folder folder;

    folder_open(&folder, *state);
    assert_int_equal(truncate(folder.file[FONT_ITALIC], (off_t)FONT_FILE_MAX + 1), 0);
    struct fonts *fonts = open_folder(&folder);
    assert_non_null(fonts);
    assert_null(fonts_face(fonts, folder.diags, FONT_ITALIC));
    assert_diag(folder.diags, 0, IO_TOO_LARGE);
    fonts_close(fonts);
    folder_close(&folder);
}

static void
collections_and_postscript_outlines(void **state)
{
    const struct text_room *room = *state;
    struct str whole = room->fonts->face[FONT_REGULAR]->bytes;
    char *copy = copy_of(room->arena, whole);

    memcpy(copy, "ttcf", 4);
    assert_refused(room, FONT_REGULAR, (struct str){copy, whole.len}, "FONT_COLLECTION");
    memcpy(copy, "OTTO", 4);
    assert_refused(room, FONT_REGULAR, (struct str){copy, whole.len}, "FONT_CFF");
}

/* The CFF build of the same family, where the system has it: refused in a folder, passed over in
 * favour of the TrueType one when both are there. */
static void
a_real_postscript_font(void **state)
{
    const struct text_room *room = *state;
    FcConfig *config = FcInitLoadConfigAndFonts();
    FcPattern *pattern = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, "Laksaman", FC_FONTFORMAT,
                                        FcTypeString, "CFF", (char *)NULL);
    FcObjectSet *objects = FcObjectSetBuild(FC_FILE, (char *)NULL);
    FcFontSet *set = FcFontList(config, pattern, objects);
    struct str bytes = STR("");
    FcChar8 *path;

    if (set->nfont > 0 && FcPatternGetString(set->fonts[0], FC_FILE, 0, &path) == FcResultMatch)
        assert_true(files_read(files_system(), room->arena, room->diags, POS_NONE,
                               (const char *)path, FONT_FILE_MAX, &bytes));
    FcFontSetDestroy(set);
    FcObjectSetDestroy(objects);
    FcPatternDestroy(pattern);
    FcConfigDestroy(config);
    if (bytes.len == 0)
        skip();
    struct font font = {.bytes = bytes};
    struct font_fault fault;
    assert_false(font_examine(room->arena, &font, &fault));
    assert_int_equal(fault.code, DIAG_FONT_CFF);
}

static void
a_licence_that_forbids_embedding(void **state)
{
    const struct text_room *room = *state;
    struct str whole = room->fonts->face[FONT_REGULAR]->bytes;
    static const unsigned char types[][2] = {{0, 2}, {1, 0}, {2, 0}};
    size_t len, os2 = table_at(whole, "OS/2", &len);

    for (size_t i = 0; i < 3; i++) {
        char *copy = copy_of(room->arena, whole);
        memcpy(copy + os2 + 8, types[i], 2);
        assert_refused(room, FONT_REGULAR, (struct str){copy, whole.len}, "FONT_RESTRICTED");
    }
}

/* The regular face with another character map: digits drawn as Thai ones, or without ฮ. */
static struct str
with_other_map(const struct text_room *room, bool thai_digits, uint32_t without)
{
    uint32_t map[TEXT_MAP_MAX][2];
    size_t count = 0;

    for (uint32_t c = 0x20; c < 0x0E5C; c = c == 0x7E ? 0x0E01 : c + 1) {
        map[count][0] = c;
        map[count][1] = thai_digits && c >= '0' && c <= '9' ? c - '0' + 0x0E50 : c;
        count += c != without;
    }
    return text_font_with_map(room->arena, room->fonts->face[FONT_REGULAR], map, count);
}

static void
digits_drawn_as_thai_ones(void **state)
{
    const struct text_room *room = *state;

    assert_refused(room, FONT_REGULAR, with_other_map(room, true, 0), "FONT_IT9");
}

static void
a_font_without_thai(void **state)
{
    const struct text_room *room = *state;

    assert_refused(room, FONT_REGULAR, with_other_map(room, false, 0x0E2E), "FONT_NO_THAI");
}

/* ---- the font of boxes */

static void
boxes_are_a_sound_font(void **state)
{
    const struct text_room *room = *state;
    const struct font *boxes = room->fonts->face[FONT_BOXES];
    static const uint32_t characters[] = {0x2190, 0x2191, 0x2192, 0x2193, 0x25A0, 0x25A1, 0x25AA,
                                          0x25AB, 0x25CB, 0x25CF, 0x25E6, 0x2610, 0x2611, 0x2612,
                                          0x2713, 0x2714, 0x2717, 0x2718, 0x2756, 0x27A2};
    const size_t count = sizeof characters / sizeof characters[0];
    FT_Library library;
    FT_Face face;

    assert_int_equal(FT_Init_FreeType(&library), 0);
    assert_int_equal(FT_New_Memory_Face(library, (const FT_Byte *)boxes->bytes.ptr,
                                        (FT_Long)boxes->bytes.len, 0, &face),
                     0);
    assert_int_equal(face->num_glyphs, count + 1);
    for (size_t i = 0; i < count; i++) {
        assert_true(font_is_box(characters[i]));
        assert_true(font_has(boxes, characters[i]));
        assert_int_equal(FT_Get_Char_Index(face, characters[i]), i + 1);
        assert_int_equal(FT_Load_Char(face, characters[i], FT_LOAD_NO_SCALE), 0);
        assert_true(face->glyph->outline.n_points > 0);
        assert_int_equal(FT_Outline_Get_Orientation(&face->glyph->outline),
                         FT_ORIENTATION_TRUETYPE);
        FT_Pos left = face->glyph->metrics.horiBearingX;
        FT_Pos right = face->glyph->metrics.horiAdvance - left - face->glyph->metrics.width;
        assert_in_range(left, 20, 100);
        assert_in_range(right, 20, 100);
    }
    assert_false(font_has(boxes, ' '));
    assert_false(font_has(boxes, 0x2613) || font_is_box(0x2613) || font_is_box(' '));
    FT_Done_Face(face);
    FT_Done_FreeType(library);
}

static void
boxes_are_the_same_each_time(void **state)
{
    const struct text_room *room = *state;
    struct font *again = font_boxes(room->arena);

    assert_true(str_eq(again->bytes, room->fonts->face[FONT_BOXES]->bytes));
    font_close(again);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_system_has_four_faces),
        cmocka_unit_test(sixteen_points_are_those_of_th_sarabun),
        cmocka_unit_test(lengths_are_rounded_from_font_units),
        cmocka_unit_test(a_font_as_wide_as_th_sarabun_is_not_scaled),
        cmocka_unit_test(a_folder_is_searched_by_name_tables),
        cmocka_unit_test(the_local_folder_comes_before_the_system),
        cmocka_unit_test(no_font_at_all),
        cmocka_unit_test(a_face_may_be_missing_that_is_not_taken),
        cmocka_unit_test(a_missing_face_is_named),
        cmocka_unit_test(two_families_are_not_chosen_between),
        cmocka_unit_test(damaged_files),
        cmocka_unit_test(a_glyph_inside_itself),
        cmocka_unit_test(a_file_that_is_too_large),
        cmocka_unit_test(collections_and_postscript_outlines),
        cmocka_unit_test(a_real_postscript_font),
        cmocka_unit_test(a_licence_that_forbids_embedding),
        cmocka_unit_test(digits_drawn_as_thai_ones),
        cmocka_unit_test(a_font_without_thai),
        cmocka_unit_test(boxes_are_a_sound_font),
        cmocka_unit_test(boxes_are_the_same_each_time),
    };

    return cmocka_run_group_tests(tests, text_room_open, text_room_close);
}
