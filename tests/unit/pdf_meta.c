/* What a file says of itself: XMP and information dictionary agree, whatever the title is; the
 * profile of its colours. */
#include "pdf_pages.h"
#include "pdf_reader.h"

#include <math.h>

#include "pdf/meta.h"

/* The XMP packet of a file of one empty page. */
static struct str
packet_of(struct help *help, const struct pdf_meta *meta, struct reader *reader)
{
    struct str file = STR("");

    help_page(help);
    assert_true(pdf_file(help->arena, help->diags, &help->pages, meta, &file));
    *reader = reader_open(help->arena, file);
    size_t catalog = reader_search(reader, "/Type /Catalog", 0);
    size_t packet = reader_key(reader, catalog, "/Metadata ");
    assert_false(reader_check_filled(reader, packet, "/Filter"));
    return reader_stream(reader, packet);
}

/* What stands in a packet between two tags. */
static struct str
between(struct str text, const char *before, const char *after)
{
    size_t from = reader_find(text, before);

    assert_true(from != SIZE_MAX);
    text = str_sub(text, from + strlen(before), text.len);
    return str_sub(text, 0, reader_find(text, after));
}

#define TITLE_TAG "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">"

static void
texts_are_escaped(void **state)
{
    struct help *help = help_open();
    const struct pdf_meta meta = {.title =
                                      STR(" ก\x01<b>\n&\"'(\\)\xe2\x80\x8f\xf0\x9f\x99\x82\xff "),
                                  .author = STR("</rdf:li>")};
    struct reader reader;
    struct str packet = packet_of(help, &meta, &reader);

    (void)state;
    assert_str(between(packet, TITLE_TAG, "</rdf:li>"),
               "ก &lt;b&gt; &amp;&quot;'(\\)\xe2\x80\x8f\xf0\x9f\x99\x82\xef\xbf\xbd");
    assert_str(between(packet, "<dc:creator><rdf:Seq><rdf:li>", "</rdf:li>"), "&lt;/rdf:li&gt;");
    size_t info = reader_search(&reader, "/Producer ", 0);
    assert_true(reader_check_filled(&reader, info,
                                    "/Title <FEFF0E010020003C0062003E002000260022002700280"
                                    "05C0029200FD83DDE42FFFD>"));
    help_close(help);
}

/* Both are cut at the same character, and PDF/A's limit holds. */
static void
long_title_is_cut(void **state)
{
    struct help *help = help_open();
    struct buf title = buf_in(help->arena);
    struct reader reader;

    (void)state;
    buf_text(&title, "ก");
    for (int i = 0; i < 20000; i++)
        buf_text(&title, "\xf0\x9f\x99\x82");
    const struct pdf_meta meta = {.title = buf_str(&title)};
    struct str packet = packet_of(help, &meta, &reader);
    assert_int_equal(utf8_count(between(packet, TITLE_TAG, "</rdf:li>")), 1 + 8190);
    struct str info = reader_dict(&reader, reader_search(&reader, "/Producer ", 0));
    assert_int_equal(between(info, "/Title <FEFF", ">").len, 4 + 8 * 8190);
    help_close(help);
}

static void
dates_agree(void **state)
{
    static const char *const dates[][2] = {
        {"2023-09-29T00:00:00+07:00", "(D:20230929000000+07'00')"},
        {"2023-09-29T01:02:03-03:30", "(D:20230929010203-03'30')"},
        {"1970-01-01T23:59:59Z", "(D:19700101235959Z)"}};

    (void)state;
    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
        struct help *help = help_open();
        const struct pdf_meta meta = {.created = str_of(dates[i][0])};
        struct reader reader;
        struct str packet = packet_of(help, &meta, &reader);

        assert_str(between(packet, "<xmp:CreateDate>", "<"), dates[i][0]);
        assert_str(between(packet, "<xmp:ModifyDate>", "<"), dates[i][0]);
        struct str info = reader_dict(&reader, reader_search(&reader, "/Producer ", 0));
        assert_str(between(info, "/CreationDate ", "\n"), dates[i][1]);
        assert_true(reader_find(info, "/ModDate ") != SIZE_MAX);
        help_close(help);
    }
}

static uint32_t
number_at(struct str bytes, size_t at)
{
    uint32_t number = 0;

    assert_true(at + 4 <= bytes.len);
    for (size_t i = 0; i < 4; i++)
        number = number << 8 | (unsigned char)bytes.ptr[at + i];
    return number;
}

static size_t
tag_at(struct str profile, const char *name)
{
    for (size_t i = 0; i < number_at(profile, 128); i++)
        if (memcmp(profile.ptr + 132 + 12 * i, name, 4) == 0)
            return number_at(profile, 132 + 12 * i + 4);
    fail_msg("no tag %s", name);
    return 0;
}

static void
profile_is_whole(void **state)
{
    struct arena *arena = arena_new(0);
    struct str profile = icc_srgb(arena);
    size_t end = 0;

    (void)state;
    assert_int_equal(number_at(profile, 0), profile.len);
    assert_memory_equal(profile.ptr + 12, "mntrRGB XYZ ", 12);
    assert_memory_equal(profile.ptr + 36, "acsp", 4);
    for (size_t i = 0; i < number_at(profile, 128); i++) {
        size_t at = number_at(profile, 132 + 12 * i + 4),
               len = number_at(profile, 132 + 12 * i + 8);

        assert_int_equal(at % 4, 0);
        assert_true(at >= 132 + 12 * number_at(profile, 128) && at + len <= profile.len);
        end = at + len > end ? at + len : end;
    }
    assert_int_equal(end, profile.len);
    arena_free(arena);
}

/* White is the sum of the primaries, and the curve's two pieces meet. */
static void
profile_is_srgb(void **state)
{
    struct arena *arena = arena_new(0);
    struct str profile = icc_srgb(arena);

    (void)state;
    for (size_t axis = 0; axis < 3; axis++) {
        size_t at = 8 + 4 * axis;
        uint32_t sum = number_at(profile, tag_at(profile, "rXYZ") + at) +
                       number_at(profile, tag_at(profile, "gXYZ") + at) +
                       number_at(profile, tag_at(profile, "bXYZ") + at);
        uint32_t white = number_at(profile, tag_at(profile, "wtpt") + at);

        assert_true(abs((int)sum - (int)white) <= 12);
    }
    size_t curve = tag_at(profile, "gTRC") + 12;
    double g = number_at(profile, curve) / 65536.0, a = number_at(profile, curve + 4) / 65536.0;
    double b = number_at(profile, curve + 8) / 65536.0;
    double c = number_at(profile, curve + 12) / 65536.0;
    double d = number_at(profile, curve + 16) / 65536.0;
    assert_true(fabs(pow(a * d + b, g) - c * d) < 1e-4);
    assert_true(fabs(pow(a + b, g) - 1) < 1e-4);
    assert_true(fabs(pow(a * 0.5 + b, g) - 0.21404) < 1e-4);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_escaped), cmocka_unit_test(long_title_is_cut),
        cmocka_unit_test(dates_agree),       cmocka_unit_test(profile_is_whole),
        cmocka_unit_test(profile_is_srgb),
    };

    return cmocka_run_group_tests(tests, NULL, help_end);
}
