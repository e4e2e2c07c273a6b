/* libbanthuek-sign, a third library on top of libbanthuek-pdf: the routing of a memo, signatures
 * with certificates (PAdES, ETSI EN 319 142-1), and what is true of those that a PDF has.
 *
 * It stands apart because it brings all of OpenSSL, and libp11 for keys on cards and tokens. What
 * is said in banthuek-pdf.h of hostile PDFs holds here, too. Threads, ownership and errors are as
 * in banthuek.h. */
#ifndef BANTHUEK_SIGN_H
#define BANTHUEK_SIGN_H

#include "banthuek-pdf.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- routing: who is to sign, and who has */

/* What an opinion means for those who come after. */
enum banthuek_answer {
    BANTHUEK_FORWARD, /* it goes on */
    BANTHUEK_REFUSED, /* it begins with ไม่อนุมัติ or ไม่เห็นชอบ */
    BANTHUEK_RETURNED /* it begins with ส่งคืนแก้ไข */
};

/* What an opinion of this text means; blanks before it count for nothing. */
enum banthuek_answer banthuek_answer_of(struct banthuek_bytes opinion);

enum banthuek_role_state {
    BANTHUEK_ROLE_WAITING,  /* its turn has not come, or never will: the route has ended */
    BANTHUEK_ROLE_NEXT,     /* it is to sign now */
    BANTHUEK_ROLE_SIGNED,   /* and what it wrote goes on */
    BANTHUEK_ROLE_REFUSED,  /* signed, see banthuek_answer_of() */
    BANTHUEK_ROLE_RETURNED, /* signed, see there */
    BANTHUEK_ROLE_SKIPPED   /* one behind it has signed, it has not */
};

/* A role of the route. Texts are as the PDF has them, UTF-8, and may hold anything; those that
 * there are not are empty. */
struct banthuek_role {
    struct banthuek_bytes role, title; /* "opinion-1"; what stands above the room for it */
    /* who was to sign, when the PDF was made */
    struct banthuek_bytes name, position, acting, acting_for;
    struct banthuek_bytes certificate; /* SHA-256 of the one that counts, in hexadecimal digits */
    enum banthuek_role_state state;
    /* what its fields hold; empty where it has not signed */
    struct banthuek_bytes opinion;
    struct banthuek_bytes signer; /* of a stand-in with position and words, a line each */
    struct banthuek_bytes date;   /* as it is shown, in Thai digits */
    struct banthuek_bytes time;   /* that the signature claims, as ISO 8601 */
};

/* A state of a PDF that has been added to: its first bytes. */
struct banthuek_revision {
    size_t size;
    struct banthuek_bytes sha256; /* of these bytes, 64 hexadecimal digits */
};

/* The route of a PDF of ours, from the file alone: nothing is verified. */
struct banthuek_routing {
    const char *file;
    bool ended;                         /* the last to sign refused it or gave it back */
    struct banthuek_bytes number, date; /* that were filled in where the head leaves them open */
    struct banthuek_bytes replaces; /* SHA-256 of the PDF that this one corrects; may be empty */
    size_t role_count, revision_count;
    const struct banthuek_role *const *roles;         /* in the order in which they are to sign */
    const struct banthuek_revision *const *revisions; /* the first as it was made, the last as it is
                                                       */
};

/* Reads the route of a PDF. NULL with messages when it cannot be read, is none of ours, or was made
 * without fields. */
const struct banthuek_routing *banthuek_routing(struct banthuek *banthuek, const char *pdf);

/* What one PDF is to another. */
enum banthuek_relation {
    BANTHUEK_UNRELATED,
    BANTHUEK_IDENTICAL,
    BANTHUEK_CONTINUES, /* it begins with all bytes of the other */
    BANTHUEK_CONTINUED, /* the other begins with its bytes */
    BANTHUEK_BRANCHES,  /* both were made of one, and each has what the other has not */
    BANTHUEK_REPLACES,  /* it names the other, or a state of it, as the one that it corrects */
    BANTHUEK_REPLACED
};

enum banthuek_relation banthuek_relation_of(const struct banthuek_routing *one,
                                            const struct banthuek_routing *other);

/* Routes as JSON, with what the files are to each other, and with the messages:
 * src/cli/routing.schema.json. */
void banthuek_routing_json(struct banthuek *banthuek,
                           const struct banthuek_routing *const *routings, size_t count,
                           enum banthuek_lang lang, struct banthuek_bytes *json);

/* ---- signing */

/* ---- verifying */

#ifdef __cplusplus
}
#endif

#endif
