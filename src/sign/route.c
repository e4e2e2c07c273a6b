#include "sign/route.h"

static enum banthuek_role_state
state_when_signed(const struct route_role *role)
{
    switch (banthuek_answer_of((struct banthuek_bytes){role->opinion.ptr, role->opinion.len})) {
    case BANTHUEK_REFUSED:
        return BANTHUEK_ROLE_REFUSED;
    case BANTHUEK_RETURNED:
        return BANTHUEK_ROLE_RETURNED;
    case BANTHUEK_FORWARD:
    case BANTHUEK_UNCLEAR:
        break;
    }
    return BANTHUEK_ROLE_SIGNED;
}

/* How many roles there are up to the last one that is signed. */
static size_t
reached(const struct route *route)
{
    size_t count = route->count;

    while (count > 0 && !route->roles[count - 1].has_signed)
        count--;
    return count;
}

void
route_states(struct route *route)
{
    size_t past = reached(route);

    for (size_t i = 0; i < route->count; i++) {
        struct route_role *role = &route->roles[i];
        role->state = role->has_signed ? state_when_signed(role)
                      : i < past       ? BANTHUEK_ROLE_SKIPPED
                                       : BANTHUEK_ROLE_WAITING;
    }
    route->ended = past > 0 && route->roles[past - 1].state != BANTHUEK_ROLE_SIGNED;
    if (!route->ended && past < route->count)
        route->roles[past].state = BANTHUEK_ROLE_NEXT;
}

struct route_role *
route_find(const struct route *route, struct str role)
{
    for (size_t i = 0; i < route->count; i++) {
        if (str_eq(route->roles[i].role, role))
            return &route->roles[i];
    }
    return NULL;
}

const struct route_role *
route_next(const struct route *route)
{
    for (size_t i = 0; i < route->count; i++) {
        if (route->roles[i].state == BANTHUEK_ROLE_NEXT)
            return &route->roles[i];
    }
    return NULL;
}
