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

#define PAGE(blocks) "  <page width=\"595\" height=\"842\">\n" blocks "  </page>\n"
#define BLOCK(lines) \
    "      <block xMin=\"1\" yMin=\"1\" xMax=\"9\" yMax=\"9\">\n" lines "      </block>\n"
/* A line of 10 pt. */
#define LINE(left, right, top, bottom, words)                                  \
    "        <line xMin=\"" #left "\" yMin=\"" #top ".000000\" xMax=\"" #right \
    ".5\" yMax=\"" #bottom "\">\n" words "        </line>\n"
#define WORD(text) "          <word xMin=\"1\" yMin=\"1\" xMax=\"9\" yMax=\"9\">" text "</word>\n"

static void
lines_become_paragraphs(void **state)
{
    static const char *const cases[][2] = {
        {"", ""},
        {PAGE("") PAGE(BLOCK(LINE(50, 90, 10, 20, WORD("a") WORD("b")))), "2: a b\n"},
        /* full lines go on: nothing between Thai letters, else a blank */
        {PAGE(BLOCK(LINE(50, 500, 10, 20, WORD("ผลการ")) LINE(50, 500, 25, 35, WORD("ประเมิน"))
                        LINE(50, 500, 40, 50, WORD("the")) LINE(50, 90, 55, 65, WORD("report")))),
         "1: ผลการประเมิน the report\n"},
        /* a short line ends one, as an indented one begins one, or one that is far below, or beside
         */
        {PAGE(BLOCK(LINE(50, 200, 10, 20, WORD("a")) LINE(50, 500, 25, 35, WORD("b"))
                        LINE(70, 500, 40, 50, WORD("c")) LINE(50, 500, 55, 65, WORD("d"))
                            LINE(50, 500, 90, 100, WORD("e")) LINE(300, 500, 90, 100, WORD("f")))),
         "1: a\n1: b\n1: c d\n1: e\n1: f\n"},
        /* blocks of one line are measured by the page, those of several by themselves */
        {PAGE(BLOCK(LINE(50, 500, 10, 20, WORD("a"))) BLOCK(LINE(50, 100, 25, 35, WORD("b")))
                  BLOCK(LINE(50, 90, 40, 50, WORD("c")))),
         "1: a b\n1: c\n"},
        {PAGE(BLOCK(LINE(50, 100, 10, 20, WORD("x")) LINE(50, 95, 25, 35, WORD("y")))
                  BLOCK(LINE(120, 500, 10, 20, WORD("z")))),
         "1: x y\n1: z\n"},
        /* entries of lists, and pages */
        {PAGE(BLOCK(LINE(50, 500, 10, 20, WORD("๑.") WORD("ก"))
                        LINE(50, 500, 25, 35, WORD("๒.") WORD("ข"))
                            LINE(50, 500, 40, 50, WORD("(3)")) LINE(50, 500, 55, 65, WORD("2566"))))
             PAGE(BLOCK(LINE(50, 500, 10, 20, WORD("next")))),
         "1: ๑. ก\n1: ๒. ข\n1: (3) 2566\n2: next\n"},
        {PAGE(BLOCK(
             LINE(50, 500, 10, 20, WORD("&lt;a&amp;b&gt; &quot;&#x;") WORD("c\xff") WORD("")))),
         "1: <a&b> \"&#x; c\n"},
        {"<word >a</word>\n</line>\n</page>\n<line xMin=\"\n<word \n</page>\n", ""},
    };
    struct store_fixture *f = *state;
    struct text_paragraphs paragraphs;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        foreign_paragraphs(f->arena, str_of(cases[i][0]), &paragraphs);
        assert_str(shown(f, &paragraphs), cases[i][1]);
    }
}

/* Of a page with more lines than are compared at once no word is lost. */
static void
a_page_of_many_lines(void **state)
{
    struct store_fixture *f = *state;
    struct text_paragraphs paragraphs;
    struct buf page = buf_in(f->arena);

    buf_text(&page, "<page >\n");
    for (int i = 0; i < 5002; i++)
        buf_printf(&page, "<line xMin=\"1\">\n<word >%d</word>\n</line>\n", i);
    buf_text(&page, "</page>\n");
    foreign_paragraphs(f->arena, buf_str(&page), &paragraphs);
    assert_int_equal(paragraphs.count, 5002);
    assert_str(paragraphs.list[4999].text, "4999");
    assert_str(paragraphs.list[5001].text, "5001");
    assert_int_equal(paragraphs.list[5001].page, 1);
}

#define SAY(what) \
    "echo \"<page >\n<line xMin=\\\"1\\\" >\n<word >$(" what ")</word>\n</line>\n</page>\""

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
    stand_in(f, "[ \"$*\" = '-bbox-layout -enc UTF-8 - -' ] && " SAY("wc -c"));
    assert_int_equal(foreign_read(f->arena, buf_str(&large), &paragraphs), FOREIGN_TEXT);
    assert_str(shown(f, &paragraphs), "1: 2700000\n");
    /* one that reads nothing and one that says nothing */
    stand_in(f, SAY("echo text") "; exec <&-");
    assert_int_equal(foreign_read(f->arena, buf_str(&large), &paragraphs), FOREIGN_TEXT);
    stand_in(f, "cat >/dev/null");
    assert_int_equal(foreign_read(f->arena, buf_str(&large), &paragraphs), FOREIGN_EMPTY);
    stand_in(f, SAY("echo text") "; exit 1");
    assert_int_equal(foreign_read(f->arena, buf_str(&large), &paragraphs), FOREIGN_FAILED);
    stand_in(f, "kill -9 $$");
    assert_int_equal(foreign_read(f->arena, buf_str(&large), &paragraphs), FOREIGN_FAILED);
    stand_in(f, "yes much"); /* without end */
    assert_int_equal(foreign_read(f->arena, buf_str(&large), &paragraphs), FOREIGN_FAILED);
    assert_int_equal(paragraphs.count, 0);
    stand_in(f, "read -r first; " SAY("echo $(ulimit -v) $(ulimit -t) $(ulimit -c)"));
    assert_int_equal(foreign_read(f->arena, STR("%PDF"), &paragraphs), FOREIGN_TEXT);
    assert_str(shown(f, &paragraphs), "1: 2097152 60 0\n");
    (void)setenv("PATH", path, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_become_paragraphs, archive_setup, archive_teardown),
        cmocka_unit_test_setup_teardown(a_page_of_many_lines, archive_setup, archive_teardown),
        cmocka_unit_test_setup_teardown(asks_a_program_and_survives_it, archive_setup,
                                        archive_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
