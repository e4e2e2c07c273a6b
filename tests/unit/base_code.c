/* The code of a report on paper. */
#include "test.h"

#include <string.h>

#include "base/code.h"

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static struct code
code(const char *text)
{
    struct code out = {""};

    assert_true(code_of_text(str_of(text), &out));
    return out;
}

/* The first 80 bits, five at a time. */
static void
letters_are_bits_of_the_hash(void **state)
{
    struct hash zero = {{0}}, ones,
                hash = {{0x08, 0x86, 0x42, 0x98, 0xe8, 0x4a, 0x96, 0xc6, 0xb9, 0xf0}};

    (void)state;
    memset(&ones, 0xff, sizeof ones);
    assert_string_equal(code_of_hash(&zero).text, "0000000000000000");
    assert_string_equal(code_of_hash(&ones).text, "ZZZZZZZZZZZZZZZZ");
    /* 00001 00010 00011 00100 00101 00110 00111 01000 01001 01010 01011 01100 01101 01110 01111
     * 10000 */
    assert_string_equal(code_of_hash(&hash).text, "123456789ABCDEFG");
}

/* Reckoned by hand: from 32 on, add the letter, take 32 off, 32 for 0; double, take 33 off. Zeros
 * give 31 29 25 17 1 2 4 8 16 32 and again; the last of 16 is 2, and 33 - 2 = 31 is Z. Of Z (31)
 * they are 29 23 11 20 5 8 14 26 17 32; the last is 8, and 25 is S. A one and zeros: 2 4 8 16 32 31
 * 29 25 17 1, the last 31, and 2. */
static void
check_characters_are_those_of_iso_7064(void **state)
{
    const struct code zeros = code("0000000000000000"), last = code("ZZZZZZZZZZZZZZZZ"),
                      one = code("1000000000000000");

    (void)state;
    assert_int_equal(code_check(&zeros), 'Z');
    assert_int_equal(code_check(&last), 'S');
    assert_int_equal(code_check(&one), '2');
}

static enum code_fault
read(const char *typed)
{
    struct code out;

    return code_read(str_of(typed), &out, NULL);
}

static void
every_wrong_letter_is_found(void **state)
{
    char printed[CODE_PRINTED + 1], wrong[CODE_PRINTED + 1];
    const struct code own = code("7K3M9QZ0XW41RT5B");

    (void)state;
    code_print(&own, printed);
    for (size_t i = 0; i < CODE_PRINTED; i++) {
        for (size_t k = 0; k < 32 && printed[i] != '-'; k++) {
            memcpy(wrong, printed, sizeof wrong);
            wrong[i] = letters[k];
            assert_int_equal(read(wrong), letters[k] == printed[i] ? CODE_GOOD : CODE_CHECK);
        }
    }
}

/* Swaps of the neighbours at `at` that are not found, of all letters that may stand there. */
static size_t
lost_swaps(struct code own, size_t at)
{
    size_t lost = 0;

    for (size_t a = 0; a < 32; a++) {
        for (size_t b = a + 1; b < 32; b++) {
            own.text[at] = letters[a];
            own.text[at + 1] = letters[b];
            char good = code_check(&own);
            own.text[at] = letters[b];
            own.text[at + 1] = letters[a];
            lost += code_check(&own) == good;
        }
    }
    return lost;
}

/* As the standard says of hybrid systems: nearly all; it is one pair of 496 at each place. */
static void
swaps_of_neighbours_are_found(void **state)
{
    static const char *const codes[] = {"0000000000000000", "7K3M9QZ0XW41RT5B", "ZYXWVTSRQPNMKJHG"};

    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        for (size_t at = 0; at + 1 < CODE_LETTERS; at++)
            assert_int_equal(lost_swaps(code(codes[i]), at), 1);
    }
}

static void
printed_codes_are_in_groups(void **state)
{
    char printed[CODE_PRINTED + 1];
    const struct code own = code("0123456789ABCDEF");

    (void)state;
    code_print(&own, printed);
    assert_int_equal(strlen(printed), CODE_PRINTED);
    assert_memory_equal(printed, "0123-4567-89AB-CDEF-", 20);
    assert_int_equal(printed[20], code_check(&own));
}

static void
assert_reads(const char *typed, const char *expected)
{
    struct code out = {""};

    assert_int_equal(code_read(str_of(typed), &out, NULL), CODE_GOOD);
    assert_string_equal(out.text, expected);
}

/* Zeros and ones as letters, small letters, Thai digits, and what stands between in texts that were
 * copied out of documents. */
static void
what_people_type_is_read(void **state)
{
    (void)state;
    assert_reads("0000-0000-0000-0000-Z", "0000000000000000");
    assert_reads("oO0o0000 OOOO\t๐๐๐๐ z\r\n", "0000000000000000");
    assert_reads("\ufeffI000 \u2013 0000\u00a00000\u20110000\u22122", "1000000000000000");
    assert_reads("l000000000000000๒", "1000000000000000");
    assert_reads("zzzzzzzzzzzzzzzzs", "ZZZZZZZZZZZZZZZZ");
}

static void
what_is_wrong_is_told(void **state)
{
    struct code out = {"before"};
    struct str bad = STR("");

    (void)state;
    assert_int_equal(read(""), CODE_LENGTH);
    assert_int_equal(read("0000-0000-0000-0000"), CODE_LENGTH);
    assert_int_equal(read("0000-0000-0000-0000-Z0"), CODE_LENGTH);
    assert_int_equal(read("0000-0000-0000-0000-Y"), CODE_CHECK);
    assert_int_equal(code_read(STR("0000-กU00"), &out, &bad), CODE_LETTER);
    assert_true(str_is(bad, "ก"));
    assert_int_equal(code_read(STR("u"), &out, &bad), CODE_LETTER);
    assert_true(str_is(bad, "u"));
    assert_int_equal(code_read(STR("0000-0000-0000-0000-Y"), &out, &bad), CODE_CHECK);
    assert_string_equal(out.text, "before");
}

static void
files_hold_codes_strictly(void **state)
{
    struct code out;

    (void)state;
    assert_false(code_of_text(STR("000000000000000"), &out));
    assert_false(code_of_text(STR("00000000000000000"), &out));
    assert_false(code_of_text(STR("000000000000000o"), &out));
    assert_false(code_of_text(STR("000000000000000I"), &out));
    assert_false(code_of_text((struct str){"000000000000000", 16}, &out)); /* a NUL */
}

static void
qr_codes_hold_the_page(void **state)
{
    const struct code own = code("0000000000000000");
    char text[CODE_QR + 1];
    struct code out;
    unsigned page = 0;

    (void)state;
    code_qr(&own, 7, text);
    assert_string_equal(text, "0000000000000000Z007");
    assert_true(code_qr_read(str_of(text), &out, &page));
    assert_int_equal(page, 7);
    assert_string_equal(out.text, own.text);
    code_qr(&own, CODE_PAGES_MAX, text);
    assert_true(code_qr_read(str_of(text), &out, &page));
    assert_int_equal(page, 999);
    assert_false(code_qr_read(STR("0000000000000000Z000"), &out, &page));
    assert_false(code_qr_read(STR("0000000000000000Y007"), &out, &page));
    assert_false(code_qr_read(STR("0000000000000000Z0 7"), &out, &page));
    assert_false(code_qr_read(STR("0000000000000000Z07"), &out, &page));
    assert_false(code_qr_read(STR("000000000000000oZ007"), &out, &page));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_bits_of_the_hash),
        cmocka_unit_test(check_characters_are_those_of_iso_7064),
        cmocka_unit_test(every_wrong_letter_is_found),
        cmocka_unit_test(swaps_of_neighbours_are_found),
        cmocka_unit_test(printed_codes_are_in_groups),
        cmocka_unit_test(what_people_type_is_read),
        cmocka_unit_test(what_is_wrong_is_told),
        cmocka_unit_test(files_hold_codes_strictly),
        cmocka_unit_test(qr_codes_hold_the_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
