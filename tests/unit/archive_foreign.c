/* The text of PDFs of other programs: what pdftotext prints, and programs that stand in for it. */
#include "archive_kit.h"

#include <sys/stat.h>

#include "archive/foreign.h"

/* "page: text" of each paragraph. */
static struct str
shown(struct store_fixture *f, const struct text_paragraphs *paragraphs)
{
    struct buf out = buf_in(f->arena);

    for (size_t i = 0; i < paragraphs->count; i++)
        buf_printf(&out, "%zu: %.*s\n", paragraphs->list[i].page,
                   STR_FMT(paragraphs->list[i].text));
    return buf_str(&out);
}

static void
lines_join_and_empty_ones_part(void **state)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"\f\f", ""},
        {"a\n", "1: a\n"},
        {"ผลการ\nประเมิน\n", "1: ผลการประเมิน\n"},
        {"the\nreport\nปี\n", "1: the report ปี\n"},
        {"ปี ๒๕๖๖\nและ\n", "1: ปี ๒๕๖๖ และ\n"},
        {"one\n\n \n  two  \n\fthree\n\f", "1: one\n1: two\n2: three\n"},
        {"a\n\fb", "1: a\n2: b\n"},
        {"a\xff\xfe"
         "b\n",
         "1: ab\n"},
    };
    struct store_fixture *f = *state;
    struct text_paragraphs paragraphs;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        foreign_paragraphs(f->arena, str_of(cases[i][0]), &paragraphs);
        assert_str(shown(f, &paragraphs), cases[i][1]);
    }
}

/* A program of that name, the only one that is found besides the system's. */
static void
stand_in(struct store_fixture *f, const char *script)
{
    const char *path = arena_printf(f->arena, "%s/pdftotext", f->dir);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    (void)fprintf(file, "#!/bin/sh\n%s\n", script);
    (void)fclose(file);
    assert_int_equal(chmod(path, 0700), 0);
}

static void
asks_a_program_and_survives_it(void **state)
{
    struct store_fixture *f = *state;
    const char *path = getenv("PATH");
    struct text_paragraphs paragraphs;
    struct buf large = buf_in(f->arena);

    for (int i = 0; i < 300000; i++)
        buf_text(&large, "%PDF-1.4 ");
    (void)setenv("PATH", f->dir, 1);
    assert_int_equal(foreign_read(f->arena, STR("%PDF"), &paragraphs), FOREIGN_MISSING);
    (void)setenv("PATH", arena_printf(f->arena, "%s:%s", f->dir, path), 1);
    stand_in(f, "[ \"$*\" = '-enc UTF-8 - -' ] && wc -c");
    assert_int_equal(foreign_read(f->arena, buf_str(&large), &paragraphs), FOREIGN_TEXT);
    assert_str(shown(f, &paragraphs), "1: 2700000\n");
    /* one that reads nothing and one that says nothing */
    stand_in(f, "echo text; exec <&-");
    assert_int_equal(foreign_read(f->arena, buf_str(&large), &paragraphs), FOREIGN_TEXT);
    stand_in(f, "cat >/dev/null");
    assert_int_equal(foreign_read(f->arena, buf_str(&large), &paragraphs), FOREIGN_EMPTY);
    stand_in(f, "echo text; exit 1");
    assert_int_equal(foreign_read(f->arena, buf_str(&large), &paragraphs), FOREIGN_FAILED);
    stand_in(f, "kill -9 $$");
    assert_int_equal(foreign_read(f->arena, buf_str(&large), &paragraphs), FOREIGN_FAILED);
    stand_in(f, "yes much"); /* without end */
    assert_int_equal(foreign_read(f->arena, buf_str(&large), &paragraphs), FOREIGN_FAILED);
    assert_int_equal(paragraphs.count, 0);
    stand_in(f, "read -r first; ulimit -v; ulimit -t; ulimit -c");
    assert_int_equal(foreign_read(f->arena, STR("%PDF"), &paragraphs), FOREIGN_TEXT);
    assert_str(shown(f, &paragraphs), "1: 2097152 60 0\n");
    (void)setenv("PATH", path, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_join_and_empty_ones_part, archive_setup,
                                        archive_teardown),
        cmocka_unit_test_setup_teardown(asks_a_program_and_survives_it, archive_setup,
                                        archive_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
