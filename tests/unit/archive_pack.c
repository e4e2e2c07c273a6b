/* Bytes made smaller, and again. */
#include "test.h"

#include "archive/pack.h"
#include "base/arena.h"
#include "base/hash.h"

static struct str
bytes_of(struct arena *arena, size_t index, size_t count)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "%zu of %zu, ", i, index);
    return buf_str(&out);
}

/* What is packed once is what would be packed each time, however many others came between. */
static void
packed_once(void **state)
{
    struct arena *arena = arena_new(0);
    struct packer *packer = packer_open(arena);

    (void)state;
    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 0; i < 200; i++) {
            struct str bytes = bytes_of(arena, i, i % 7 == 0 ? 0 : 300), again;
            const struct hash hash = hash_of(bytes);
            struct str first = pack_once(packer, arena, &hash, bytes);
            struct str second = pack_once(packer, arena, &hash, bytes);
            assert_true(str_eq(first, pack(packer, arena, bytes)));
            assert_true(str_eq(first, second));
            assert_true(unpack(packer, arena, second, &again));
            assert_true(str_eq(again, bytes));
        }
    }
    packer_close(packer);
    arena_free(arena);
}

/* The hash alone tells what was packed; bytes that are too many are not kept. */
static void
packed_by_hash(void **state)
{
    struct arena *arena = arena_new(0);
    struct packer *packer = packer_open(arena);
    struct str small = bytes_of(arena, 1, 20), other = bytes_of(arena, 2, 20);
    const struct hash hash = hash_of(small);
    struct buf noise = buf_in(arena);
    uint32_t random = 1;

    (void)state;
    for (size_t i = 0; i < (size_t)5 << 20; i++) {
        random = random * 1664525 + 1013904223;
        buf_byte(&noise, (char)(random >> 24));
    }
    struct str first = pack_once(packer, arena, &hash, small);
    assert_true(str_eq(first, pack_once(packer, arena, &hash, other)));
    const struct hash large = hash_of(buf_str(&noise));
    (void)pack_once(packer, arena, &large, buf_str(&noise));
    assert_true(str_eq(pack_once(packer, arena, &large, other), pack(packer, arena, other)));
    packer_close(packer);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packed_once),
        cmocka_unit_test(packed_by_hash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
