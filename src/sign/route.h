/* The route of a memo: who is to sign it, in which order, and how far it came. All of it is read in
 * the PDF alone; nothing is verified. */
#ifndef SIGN_ROUTE_H
#define SIGN_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "banthuek-sign.h"
#include "base/str.h"

/* A role: what was planned when the PDF was made, and what its fields hold now. */
struct route_role {
    struct str role, title;
    struct str name, position, acting, acting_for; /* who is to sign */
    struct str certificate;           /* SHA-256 of the one that counts; may be empty */
    bool has_signed;                  /* its signature is there */
    struct str opinion, signer, date; /* as the fields show them; empty where it is not signed */
    struct str time;                  /* of the signature as ISO 8601, as it claims */
    enum banthuek_role_state state;
};

struct route {
    struct route_role *roles;
    size_t count;
    bool ended; /* the last one to sign refused it or gave it back: nobody is next */
};

/* Sets the state of every role, and whether the route has ended. */
void route_states(struct route *route);

/* The role of this name, or NULL. */
struct route_role *route_find(const struct route *route, struct str role);

/* The role that is to sign next, or NULL. */
const struct route_role *route_next(const struct route *route);

#endif
