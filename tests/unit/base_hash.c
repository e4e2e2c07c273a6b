/* Hashes as people copy them. */
#include "test.h"

#include "base/arena.h"
#include "base/hash.h"

#define PLAIN "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define COLONS "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:"
#define BLANKS "00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff "

static bool
reads(struct arena *arena, const char *text)
{
    struct str hex;

    return hash_read(arena, str_of(text), &hex) && str_is(hex, PLAIN);
}

static void
programs_show_them_so(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    assert_true(reads(arena, PLAIN));
    assert_true(reads(arena, "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF"));
    assert_true(reads(arena, COLONS "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF"));
    assert_true(reads(arena, "sha256 Fingerprint=" COLONS COLONS));
    assert_true(reads(arena, "SHA256 Fingerprint=" COLONS COLONS));
    assert_true(reads(arena, "\u200E" BLANKS "\n" BLANKS));
    arena_free(arena);
}

static void
others_are_none(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    assert_false(reads(arena, ""));
    assert_false(reads(arena, COLONS));
    assert_false(reads(arena, PLAIN "0"));
    assert_false(reads(arena, PLAIN "00"));
    assert_false(reads(arena, "md5 Fingerprint=" COLONS COLONS));
    assert_false(
        reads(arena, "0:0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff0"));
    assert_false(reads(arena, "g0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"));
    arena_free(arena);
}

static void
digits_stand_for_a_hash(void **state)
{
    struct hash hash;
    char hex[2 * HASH_SIZE + 1];

    (void)state;
    assert_true(hash_of_hex(STR(PLAIN), &hash));
    assert_int_equal(hash.bytes[10], 0xAA);
    hash_hex(&hash, hex);
    assert_string_equal(hex, PLAIN);
    assert_true(hash_of_hex(STR("00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF"),
                            &hash));
    assert_int_equal(hash.bytes[31], 0xFF);
    assert_false(hash_of_hex(STR(PLAIN "0"), &hash));
    assert_false(hash_of_hex(STR(""), &hash));
}

/* Of more pieces than a block of either hash has bytes. */
static void
pieces_have_the_hash_of_the_whole(void **state)
{
    struct arena *arena = arena_new(0);
    struct hash512_state *pieces = hash512_begin(arena);
    char text[300], whole[HASH512_HEX + 1], out[HASH512_HEX + 1];

    (void)state;
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = (char)('a' + i % 26);
        hash512_add(pieces, (struct str){text + i, 1});
        hash512_add(pieces, STR(""));
    }
    hash512_hex((struct str){text, sizeof text}, whole);
    hash512_end(pieces, out);
    assert_string_equal(out, whole);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programs_show_them_so),
        cmocka_unit_test(others_are_none),
        cmocka_unit_test(digits_stand_for_a_hash),
        cmocka_unit_test(pieces_have_the_hash_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
