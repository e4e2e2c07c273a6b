#include "sign/prefixes.h"

#include "base/arena.h"
#include "base/ascii.h"

static struct str
skip_space(struct str s)
{
    while (s.len > 0 && ascii_is_space(s.ptr[0]))
        s = str_sub(s, 1, s.len);
    return s;
}

/* The bytes of a state's end that `s` begins with; 0: it is none. */
static size_t
end_of(struct str s)
{
    struct str at = skip_space(str_sub(s, sizeof "startxref" - 1, s.len));
    size_t digits = 0;

    while (digits < at.len && ascii_is_digit(at.ptr[digits]))
        digits++;
    at = skip_space(str_sub(at, digits, at.len));
    if (digits == 0 || !str_starts(at, STR("%%EOF")))
        return 0;
    at = str_sub(at, sizeof "%%EOF" - 1, at.len);
    if (str_starts(at, STR("\r\n")))
        at = str_sub(at, 2, at.len);
    else if (str_starts(at, STR("\r")) || str_starts(at, STR("\n")))
        at = str_sub(at, 1, at.len);
    return s.len - at.len;
}

/* The place behind the next end of a state, or the end of the file. */
static size_t
next_end(struct str file, size_t from)
{
    size_t at;

    while ((at = str_find(str_sub(file, from, file.len), STR("startxref"))) != SIZE_MAX) {
        size_t size = end_of(str_sub(file, from + at, file.len));
        if (size > 0)
            return from + at + size;
        from += at + 1;
    }
    return file.len;
}

struct prefixes
prefixes_of(struct arena *arena, struct str file)
{
    struct prefixes out = {NULL, 0};
    struct hash_state *state = hash_begin(arena);
    size_t cap = 0, done = 0;

    while (done < file.len || out.count == 0) {
        size_t end = out.count < PREFIXES_MAX - 1 ? next_end(file, done) : file.len;
        hash_add(state, str_sub(file, done, end - done));
        *ARENA_ADD(arena, out.prefix, out.count, cap, 4) = (struct prefix){end, hash_so_far(state)};
        done = end;
    }
    return out;
}
