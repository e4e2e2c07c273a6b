/* The object behind struct banthuek_key. */
#ifndef SIGN_KEYS_H
#define SIGN_KEYS_H

#include "base/str.h"

struct arena;
struct key;

struct banthuek_key {
    struct arena *arena;
    struct key *key;
    struct str subject, issuer;
    char fingerprint[65]; /* SHA-256 of the certificate, 64 hexadecimal digits */
};

#endif
