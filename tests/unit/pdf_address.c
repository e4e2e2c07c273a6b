/* Which addresses are found in running text, and what they link to. */
#include "test.h"

#include "pdf/nav.h"

/* All addresses of a text, each in angle brackets. */
static const char *
found(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t from = 0, to = 0; link_next_address(text, &from, &to);) {
        assert_true(from < to && to <= text.len);
        buf_byte(&out, '<');
        buf_add(&out, str_sub(text, from, to - from));
        buf_byte(&out, '>');
    }
    return str_cstr(arena, buf_str(&out));
}

static void
addresses_are_found(void **state)
{
    static const struct {
        const char *text, *found;
    } cases[] = {
        {"", ""},
        {"ดูที่https://www.example.go.thและ http://10.0.0.1:8080/a?b=1#c",
         "<https://www.example.go.th><http://10.0.0.1:8080/a?b=1#c>"},
        {"(www.example.org/a_(b)), www.example.org/a).",
         "<www.example.org/a_(b)><www.example.org/a>"},
        {"HTTPS://Example.GO.TH/Index.", "<HTTPS://Example.GO.TH/Index>"},
        {"https://a.go.th: ข https://a.go.th, https://a.go.th…",
         "<https://a.go.th><https://a.go.th><https://a.go.th>"},
        {"https://a.go.th/ข่าว/๑-b และ https://a.go.th/indexและ",
         "<https://a.go.th/ข่าว/๑-b><https://a.go.th/index>"},
        {"อีเมลoffice.a+b@mail.example.go.thหรือ _a@b.th.",
         "<office.a+b@mail.example.go.th><a@b.th>"},
        {"https://a.th/@b c@d.th@e.th", "<https://a.th/@b><c@d.th>"},
        {"a@b a@b.1 @b.th a@.th www. www.th www.a.1 http:// https://- xhttps://a.th awww.b.th", ""},
        {"ftp://a.th example.go.th 9.1 ๑.๒", ""},
        {"a@@@b.th", ""},
        {"http://\xe0\xb8", ""},
        {"https://a.th/\xe0\xb8", "<https://a.th/>"},
    };
    struct arena *arena = arena_new(0);

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(found(arena, str_of(cases[i].text)), cases[i].found);
    arena_free(arena);
}

static void
hosts_have_an_end(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf text = buf_in(arena);

    (void)state;
    buf_text(&text, "http://");
    while (text.len < 7 + 250)
        buf_byte(&text, 'a');
    buf_text(&text, ".th");
    assert_int_equal(strlen(found(arena, buf_str(&text))), 7 + 253 + 2);
    buf_byte(&text, 'a');
    assert_string_equal(found(arena, buf_str(&text)), "");
    arena_free(arena);
}

/* What is too long to link to is passed over, with all of it. */
static void
long_addresses_are_none(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf text = buf_in(arena);

    (void)state;
    buf_text(&text, "https://a.th/");
    while (text.len < 8000)
        buf_text(&text, "w");
    assert_int_equal(strlen(found(arena, buf_str(&text))), 8000 + 2);
    buf_text(&text, "w ก b@c.th");
    assert_string_equal(found(arena, buf_str(&text)), "<b@c.th>");
    for (size_t i = 0; i < 8000; i++)
        buf_text(&text, "x");
    assert_string_equal(found(arena, buf_str(&text)), "");
    buf_text(&text, " https://a.th/");
    for (size_t i = 0; i < 1000; i++)
        buf_text(&text, "ก");
    assert_string_equal(found(arena, buf_str(&text)), "");
    arena_free(arena);
}

static void
addresses_lead_somewhere(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    assert_str(link_uri(arena, STR("https://a.th/b(c)")), "https://a.th/b(c)");
    assert_str(link_uri(arena, STR("HTTP://a.th")), "HTTP://a.th");
    assert_str(link_uri(arena, STR("www.a.th")), "http://www.a.th");
    assert_str(link_uri(arena, STR("a@b.th")), "mailto:a@b.th");
    assert_str(link_uri(arena, STR("https://a.th/ก")), "https://a.th/%E0%B8%81");
    arena_free(arena);
}

/* What looks like the beginning of an address over and over takes no more time than it is long. */
static void
long_texts_take_little_time(void **state)
{
    static const char *const parts[] = {"http://", "www.", "a@", "@a", "https://-", "a.", "%", "w"};
    struct arena *arena = arena_new(0);

    (void)state;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        struct buf text = buf_in(arena);

        while (text.len < (size_t)4 << 20)
            buf_text(&text, parts[i]);
        for (size_t from = 0, to = 0; link_next_address(buf_str(&text), &from, &to);)
            assert_true(from < to && to <= text.len);
        /* the same as a host that is none, which shows only at its end */
        buf_byte(&text, '1');
        for (size_t from = 0, to = 0; link_next_address(buf_str(&text), &from, &to);)
            assert_true(from < to && to <= text.len);
    }
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_found),         cmocka_unit_test(hosts_have_an_end),
        cmocka_unit_test(long_addresses_are_none),     cmocka_unit_test(addresses_lead_somewhere),
        cmocka_unit_test(long_texts_take_little_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
