/* Whether a role may sign a memo now: its name, the order of the route, what earlier signatures
 * forbid, and whether there is room for it. */
#ifndef SIGN_TURN_H
#define SIGN_TURN_H

#include <stdbool.h>

#include "base/str.h"

struct memo;
struct route_role;
struct work;

/* The fields of a role; those that there are not are NULL. */
struct turn {
    const struct route_role *role;
    const struct pdfin_field *opinion, *name, *date, *signature;
    bool is_first; /* nobody has signed anything in this PDF */
};

/* `flags` are those of enum banthuek_sign_flag. False with SIGN_ROLE_UNKNOWN, SIGN_ALREADY,
 * SIGN_ENDED, SIGN_NOT_NEXT, SIGN_NO_ROOM, SIGN_FILLED, SIGN_CERTIFIED or SIGN_LOCKED. */
bool turn_check(struct work *w, const struct memo *memo, struct str role, unsigned flags,
                struct turn *out);

/* True when no signature that is there forbids to fill in the head's number and date. False with
 * SIGN_CERTIFIED or SIGN_LOCKED. */
bool turn_head(struct work *w, const struct memo *memo);

#endif
