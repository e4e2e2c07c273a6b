/* Reading ASN.1: BER as signatures outside bring it, and whether it is DER.
 *
 * Lengths that are not minimal or not given (indefinite) are followed, since programs write the
 * outer parts of a signature so; what a signature value is computed over has to be DER. Tags of
 * more than one byte are refused: none is used in what is read here. */
#ifndef PKI_DER_H
#define PKI_DER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define DER_DEPTH_MAX 48

enum {
    DER_BOOLEAN = 0x01,
    DER_INTEGER = 0x02,
    DER_BITS = 0x03,
    DER_OCTETS = 0x04,
    DER_NULL = 0x05,
    DER_OID = 0x06,
    DER_SEQUENCE = 0x30,
    DER_SET = 0x31
};
#define DER_CONTEXT(number) (0xA0 | (number)) /* constructed: EXPLICIT, or a SET or SEQUENCE */
#define DER_CONTEXT_PRIMITIVE(number) (0x80 | (number))

struct der {
    unsigned tag;       /* with class and the bit of constructed ones */
    struct str whole;   /* tag, length and content; with the end of an indefinite one */
    struct str content; /* without that end */
};

/* Cuts the first value off *rest. False at the end and for what is no BER. */
bool der_next(struct str *rest, struct der *out);

/* The same, if it has this tag; else false with *rest as it was. */
bool der_take(struct str *rest, unsigned tag, struct der *out);

/* True when *rest begins with this tag. */
bool der_is_next(struct str rest, unsigned tag);

/* True for one value, with nothing behind it, whose lengths are definite and minimal all the way
 * down, and its truths and integers as DER wants them. The order in sets is not looked at. */
bool der_is_strict(struct str whole);

/* The bytes of an octet string of one piece or of several. False for anything else. */
struct arena;
bool der_octets(struct arena *arena, const struct der *item, struct str *out);

/* True for the content of an OBJECT IDENTIFIER that is this one; `oid` is DER without tag and
 * length. */
#define DER_OID_IS(content, oid) str_eq(content, STR(oid))

#endif
