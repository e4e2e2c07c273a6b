/* The route of a PDF as values of banthuek-sign.h, and what files are to each other. */
#include "banthuek-sign.h"
#include "base/arena.h"
#include "base/hash.h"
#include "engine/report.h"
#include "sign/memo.h"
#include "sign/prefixes.h"

static const void **
roles_of(struct arena *arena, const struct route *route)
{
    struct value_list list = {.arena = arena};

    for (size_t i = 0; i < route->count; i++) {
        const struct route_role *from = &route->roles[i];
        struct banthuek_role *role = value_list_add(&list, sizeof *role);
        *role = (struct banthuek_role){
            .role = bytes_of(from->role),
            .title = bytes_of(from->title),
            .name = bytes_of(from->name),
            .position = bytes_of(from->position),
            .acting = bytes_of(from->acting),
            .acting_for = bytes_of(from->acting_for),
            .certificate = bytes_of(from->certificate),
            .state = from->state,
            .opinion = bytes_of(from->opinion),
            .signer = bytes_of(from->signer),
            .date = bytes_of(from->date),
            .time = bytes_of(from->time),
        };
    }
    return list.item;
}

static const void **
revisions_of(struct arena *arena, const struct prefixes *prefixes)
{
    struct value_list list = {.arena = arena};

    for (size_t i = 0; i < prefixes->count; i++) {
        char hex[2 * HASH_SIZE + 1];
        struct banthuek_revision *revision = value_list_add(&list, sizeof *revision);
        hash_hex(&prefixes->prefix[i].hash, hex);
        *revision = (struct banthuek_revision){prefixes->prefix[i].size,
                                               bytes_of(str_dup(arena, str_of(hex)))};
    }
    return list.item;
}

static const struct banthuek_routing *
value_of(struct arena *arena, const struct memo *memo)
{
    struct banthuek_routing *routing = arena_alloc(arena, sizeof *routing);
    struct prefixes prefixes = prefixes_of(arena, memo->opened.bytes);

    *routing = (struct banthuek_routing){
        .file = memo->opened.path,
        .ended = memo->route.ended,
        .number = bytes_of(memo->number),
        .date = bytes_of(memo->date),
        .replaces = bytes_of(memo->opened.manifest.replaces),
        .role_count = memo->route.count,
        .revision_count = prefixes.count,
        .roles = (const struct banthuek_role *const *)roles_of(arena, &memo->route),
        .revisions = (const struct banthuek_revision *const *)revisions_of(arena, &prefixes),
    };
    return routing;
}

const struct banthuek_routing *
banthuek_routing(struct banthuek *b, const char *path)
{
    const struct banthuek_routing *routing = NULL;
    struct memo memo;

    if (memo_read(&b->work, path, &memo))
        routing = value_of(b->work.arena, &memo);
    memo_close(&memo);
    return routing;
}

/* ---- what files are to each other */

static bool
same_bytes(struct banthuek_bytes a, struct banthuek_bytes b)
{
    return str_same((struct str){a.data, a.size}, (struct str){b.data, b.size});
}

/* True when the file had this content once, or has it. */
static bool
was(const struct banthuek_routing *routing, struct banthuek_bytes sha256)
{
    for (size_t i = 0; i < routing->revision_count; i++) {
        if (same_bytes(routing->revisions[i]->sha256, sha256))
            return true;
    }
    return false;
}

enum banthuek_relation
banthuek_relation_of(const struct banthuek_routing *one, const struct banthuek_routing *other)
{
    struct banthuek_bytes all = one->revisions[one->revision_count - 1]->sha256;
    struct banthuek_bytes all_other = other->revisions[other->revision_count - 1]->sha256;

    if (same_bytes(all, all_other))
        return BANTHUEK_IDENTICAL;
    if (was(one, all_other))
        return BANTHUEK_CONTINUES;
    if (was(other, all))
        return BANTHUEK_CONTINUED;
    if (same_bytes(one->revisions[0]->sha256, other->revisions[0]->sha256))
        return BANTHUEK_BRANCHES;
    if (one->replaces.size > 0 && was(other, one->replaces))
        return BANTHUEK_REPLACES;
    if (other->replaces.size > 0 && was(one, other->replaces))
        return BANTHUEK_REPLACED;
    return BANTHUEK_UNRELATED;
}
