/* Fonts that reports share: faces are opened when they are taken, once for all, and each report
 * knows what it took and was told. */
#include "text_fonts.h"

#include <pthread.h>

#include "base/files.h"
#include "base/folder.h"
#include "text/font_inner.h"
#include "text/shape.h"

#define THREADS 4

struct lending {
    struct arena *arena;
    struct diags *diags;
    struct folder *folder;
    struct fonts *fonts;
};

/* A folder with the four faces and a font that lends π. The italic one is spoilt. */
static void
lending_open(struct lending *l, const struct text_room *room)
{
    static const char *const names[] = {"a.ttf", "b.ttf", "c.ttf", "d.ttf"};
    uint32_t map[2][2] = {{'0', '0'}, {0x03C0, 'x'}};

    l->arena = arena_new(0);
    l->diags = diags_new();
    l->folder = folder_begin(l->arena, l->diags, "/tmp/banthuek-unit");
    for (int i = 0; i < FONT_BOXES; i++) {
        struct str bytes = str_dup(l->arena, room->fonts->face[i]->bytes);
        if (i == FONT_ITALIC) /* its outlines */
            memset((char *)bytes.ptr + bytes.len / 2, 0xFF, bytes.len / 4);
        assert_true(folder_write(l->folder, str_of(names[i]), bytes));
    }
    struct str lender = text_font_with_map(l->arena, room->fonts->face[FONT_REGULAR], map, 2);
    text_rename_font((char *)lender.ptr, lender.len, 'x');
    assert_true(folder_write(l->folder, STR("x.ttf"), lender));
    struct font_search search = {.files = files_system(), .font_dir = folder_path(l->folder)};
    l->fonts = fonts_open(l->arena, l->diags, &search);
    assert_non_null(l->fonts);
}

static void
lending_close(struct lending *l)
{
    fonts_close(l->fonts);
    folder_end(l->folder);
    diags_free(l->diags);
    arena_free(l->arena);
}

static bool
shape(const struct fonts *fonts, struct arena *arena, struct diags *diags, const char *text,
      enum font_face face)
{
    static const struct text_places nowhere;
    struct span span = {.to = strlen(text), .face = face, .size = 16000};
    struct cluster *clusters;
    size_t count;

    return shape_text(arena, diags, fonts, &nowhere, str_of(text), &span, 1, &clusters, &count);
}

static void
what_is_not_taken_is_not_opened(void **state)
{
    struct lending l;

    lending_open(&l, *state);
    assert_true(shape(l.fonts, l.arena, l.diags, "ก", FONT_REGULAR));
    assert_int_equal(diags_count(l.diags), 0);
    assert_ptr_equal(fonts_taken(l.fonts, 0), l.fonts->face[FONT_REGULAR]);
    assert_null(fonts_taken(l.fonts, 1));
    /* told to each who takes it, once */
    for (int i = 0; i < 2; i++) {
        assert_false(shape(l.fonts, l.arena, l.diags, "ก", FONT_ITALIC));
        assert_int_equal(diags_count(l.diags), 1);
        assert_diag(l.diags, 0, FONT_DAMAGED);
    }
    assert_null(fonts_taken(l.fonts, 1));
    assert_true(shape(l.fonts, l.arena, l.diags, "ก", FONT_BOLD_ITALIC));
    assert_true(shape(l.fonts, l.arena, l.diags, "ก", FONT_BOLD));
    assert_ptr_equal(fonts_taken(l.fonts, 1), l.fonts->face[FONT_BOLD]);
    assert_ptr_equal(fonts_taken(l.fonts, 2), l.fonts->face[FONT_BOLD_ITALIC]);
    assert_null(fonts_taken(l.fonts, 3));
    lending_close(&l);
}

static void
each_report_has_its_own(void **state)
{
    struct lending l;
    struct diags *diags = diags_new();

    lending_open(&l, *state);
    struct fonts *second = fonts_share(l.arena, l.fonts);
    assert_true(shape(l.fonts, l.arena, l.diags, "π", FONT_BOLD));
    assert_int_equal(diags_count(l.diags), 1);
    assert_null(fonts_taken(second, 1));
    assert_true(shape(second, l.arena, diags, "π", FONT_REGULAR));
    assert_int_equal(diags_count(diags), 1);
    assert_ptr_equal(fonts_taken(second, 1), fonts_taken(l.fonts, 2));
    assert_string_equal(fonts_taken(second, 1)->family.ptr, "Laksamax");
    /* who shares them needs nobody else */
    fonts_close(l.fonts);
    l.fonts = second;
    assert_true(shape(l.fonts, l.arena, l.diags, "ก", FONT_BOLD));
    assert_int_equal(fonts_taken(l.fonts, 1)->face, FONT_BOLD);
    lending_close(&l);
    diags_free(diags);
}

static void *
report(void *shared)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct fonts *fonts = fonts_share(arena, shared);
    bool good = true;

    for (int i = 0; i < 20; i++) {
        good = good && shape(fonts, arena, diags, "กำπ x", FONT_BOLD_ITALIC);
        good = good && shape(fonts, arena, diags, "ผู้π ☐", FONT_BOLD);
        good = good && !shape(fonts, arena, diags, "ก", FONT_ITALIC);
    }
    /* π, and the face that is damaged */
    good = good && diags_count(diags) == 2 && fonts_taken(fonts, 3) != NULL;
    good = good && fonts_taken(fonts, 4) == NULL;
    fonts_close(fonts);
    diags_free(diags);
    arena_free(arena);
    return good ? shared : NULL;
}

static void
threads_share_them(void **state)
{
    struct lending l;
    pthread_t thread[THREADS];

    lending_open(&l, *state);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, report, l.fonts), 0);
    for (int i = 0; i < THREADS; i++) {
        void *good;
        assert_int_equal(pthread_join(thread[i], &good), 0);
        assert_non_null(good);
    }
    lending_close(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_taken_is_not_opened),
        cmocka_unit_test(each_report_has_its_own),
        cmocka_unit_test(threads_share_them),
    };

    return cmocka_run_group_tests(tests, text_room_open, text_room_close);
}
