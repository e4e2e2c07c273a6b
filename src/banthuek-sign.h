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
    BANTHUEK_RETURNED, /* it begins with ส่งคืนแก้ไข */
    BANTHUEK_UNCLEAR   /* it goes on, though words of refusing or giving back stand in it */
};

/* What an opinion of this text means. Blanks, numbers and words before it that officials begin with
 * count for nothing: พิจารณาแล้ว เห็นควรไม่อนุมัติ refuses, as does ไม่สมควรอนุมัติ. */
enum banthuek_answer banthuek_answer_of(struct banthuek_bytes opinion);

enum banthuek_role_state {
    BANTHUEK_ROLE_WAITING,  /* its turn has not come, or never will: the route has ended */
    BANTHUEK_ROLE_NEXT,     /* it is to sign now */
    BANTHUEK_ROLE_SIGNED,   /* and what it wrote goes on; banthuek_answer_of() may be in doubt */
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

/* ---- keys */

/* What is asked for when a key is opened. */
enum banthuek_secret_kind { BANTHUEK_PASSPHRASE, BANTHUEK_PIN };

/* What a card tells of how many wrong PINs it still takes. */
enum banthuek_tries { BANTHUEK_TRIES_FINE, BANTHUEK_TRIES_FEW, BANTHUEK_TRIES_LAST };

struct banthuek_secret {
    enum banthuek_secret_kind kind;
    const char *of; /* the file, or the card's label */
    enum banthuek_tries tries;
};

/* Where a private key is: exactly one of `file`, `module` and `command`. What is NULL or 0 is not
 * given. Nothing of it is ever taken from a PDF. */
struct banthuek_key_options {
    size_t struct_size;
    const char *file; /* PEM or PKCS#12 */

    const char *module; /* of PKCS#11: the path of a shared library */
    const char *token;  /* its label or serial number; needed where there are several */
    const char *id;     /* CKA_ID in hexadecimal digits; needed where there are several keys */

    const char *command;      /* a program and its arguments, cut at blanks; see the man page */
    unsigned command_seconds; /* that it may take; 0: 180 */

    const char *certificate;  /* a file; needed for a command, and where file or card have none */
    const char *const *chain; /* files of certificates */
    size_t chain_count;

    bool pss;              /* RSA signs by PSS, not by PKCS#1 v1.5 */
    bool incomplete_chain; /* a missing issuer of the certificate is a warning, no error */

    /* Writes a passphrase or PIN into `out`; `size` counts the NUL. False when there is none. It is
     * called at most once for a key, and the memory is overwritten after use. */
    bool (*ask)(void *user, const struct banthuek_secret *secret, char *out, size_t size);
    void *user;
};

struct banthuek_key;

/* Opens a key, which any number of PDFs may be signed with, one after the other; what is wrong with
 * it is told by `banthuek`. NULL with messages. Closed before the context. */
struct banthuek_key *banthuek_key_open(struct banthuek *banthuek,
                                       const struct banthuek_key_options *options);
void banthuek_key_close(struct banthuek_key *key);

/* Whom its certificate is for, and who issued it. */
struct banthuek_bytes banthuek_key_subject(const struct banthuek_key *key);
struct banthuek_bytes banthuek_key_issuer(const struct banthuek_key *key);

/* ---- signing */

/* Levels of ETSI EN 319 142-1. */
enum banthuek_pades {
    BANTHUEK_PADES_ANY, /* B-T where a time-stamp server is named, else B-B */
    BANTHUEK_B_B,
    BANTHUEK_B_T,  /* with a time stamp of the signature */
    BANTHUEK_B_LT, /* and with what is needed to verify it later: certificates, revocation */
    BANTHUEK_B_LTA /* and with a time stamp of all that */
};

enum banthuek_sign_flag {
    BANTHUEK_OUT_OF_ORDER = 1, /* a role whose turn it is not */
    BANTHUEK_GO_ON = 2,        /* after a refusal or a return */
    BANTHUEK_AS_SHOWN = 4,     /* though the pages cannot be compared with the data inside */
    BANTHUEK_NAME_DIFFERS = 8, /* though the certificate bears another name than the memo */
    BANTHUEK_OTHER_FONT = 16,  /* texts may be set in a font that the PDF does not name */
    BANTHUEK_LESSER_LEVEL = 32 /* where a server fails, the level that can be had */
};

/* What is NULL is not given. */
struct banthuek_sign_options {
    size_t struct_size;
    unsigned flags;      /* BANTHUEK_OUT_OF_ORDER … */
    const char *role;    /* whose fields are filled and signed */
    const char *opinion; /* may have several lines */
    /* of a stand-in; `acting` is รักษาราชการแทน or ปฏิบัติราชการแทน */
    const char *name, *position, *acting;
    const char *number, *date; /* for the head, where it leaves them open */
    const char *hand;          /* a picture of the signature, PNG or JPEG */
    enum banthuek_pades level;
    const char *tsa;  /* URL of a time-stamp server; else, for levels that need one, that of the
                         user's configuration */
    unsigned seconds; /* that a server may take; 0: 20 */
    const char *const *chain; /* files of certificates, for that of the time-stamp server */
    size_t chain_count;
};

struct banthuek_signed {
    enum banthuek_pades level;        /* that was reached */
    struct banthuek_bytes name, date; /* as they stand on the page */
    struct banthuek_bytes pdf;
};

/* Signs a PDF of ours, unsigned or signed by others of its route: nothing of it changes but what
 * the role fills in. `out` is the file to be made, which must not be there yet, or NULL. NULL with
 * messages; then there is no file. */
const struct banthuek_signed *banthuek_sign(struct banthuek *banthuek, const char *pdf,
                                            struct banthuek_key *key,
                                            const struct banthuek_sign_options *options,
                                            const char *out);

/* Whether all that can be told before a key is there is in order: the PDF, the role and its turn,
 * what it is to write, and that `out` can be made. False with messages. For callers that ask people
 * for a PIN. Without a PDF (NULL) only `out` is looked at, which costs nothing. */
bool banthuek_sign_check(struct banthuek *banthuek, const char *pdf,
                         const struct banthuek_sign_options *options, const char *out);

/* What signed `out`, where it is there and is what banthuek_sign() makes: it begins with all bytes
 * of the PDF, the role of the options signed behind them, and its signature is whole, with the
 * certificate of `key` where that is not NULL. `name` is whom the certificate is for. NULL without
 * a message for anything else. */
const struct banthuek_signed *banthuek_sign_before(struct banthuek *banthuek, const char *pdf,
                                                   const struct banthuek_key *key,
                                                   const struct banthuek_sign_options *options,
                                                   const char *out);

/* Adds to a PDF of ours that has a document time stamp (B-LTA) what is needed to verify that one
 * later, and a new one, before its certificate or its hash grow old. Of `options` the server, the
 * certificates and `seconds` count. */
const struct banthuek_signed *banthuek_sign_renew(struct banthuek *banthuek, const char *pdf,
                                                  const struct banthuek_sign_options *options,
                                                  const char *out);

/* Makes the same PDF without a signature, to be looked at; the pages are not compared with the data
 * inside. `pdf` in what it returns is all that counts. */
const struct banthuek_signed *banthuek_sign_preview(struct banthuek *banthuek, const char *pdf,
                                                    const struct banthuek_sign_options *options,
                                                    const char *out);

/* Fills in number and date of the head without a signature, as the register does that gives them:
 * behind a signature. Of `options` number, date and
 * BANTHUEK_OTHER_FONT count; a date is left out where the head has one, or leaves the day of
 * another month open. `name` in what it returns is the number, `date` the day, as they stand there.
 * With `out` NULL nothing is written, and it can be seen whether it could be. */
const struct banthuek_signed *banthuek_fill_head(struct banthuek *banthuek, const char *pdf,
                                                 const struct banthuek_sign_options *options,
                                                 const char *out);

/* ---- verifying
 *
 * Every signature is asked two things: whether what it signed is still what the PDF shows, and
 * whose it is. Who is believed is named by the caller: no store of the system is used. Nothing is
 * fetched unless it is asked for. */

enum banthuek_verdict {
    BANTHUEK_VERDICT_GOOD,
    BANTHUEK_VERDICT_BAD,        /* one is changed, not accepted, or cannot be read for sure; or
                                  * there is none */
    BANTHUEK_VERDICT_CANNOT_TELL /* one is by nobody known, or lacks what its level promises */
};

enum banthuek_unchanged {
    BANTHUEK_UNCHANGED,
    BANTHUEK_UNCHANGED_ADDITIONS, /* what it allows was added later; the remarks name it */
    BANTHUEK_CHANGED,
    BANTHUEK_UNCHANGED_UNSURE /* the file cannot be read for sure, or it rests on what proves
                               * nothing any more */
};

enum banthuek_whose {
    BANTHUEK_WHOSE_KNOWN,
    BANTHUEK_WHOSE_UNKNOWN,     /* nobody who was named vouches for it */
    BANTHUEK_WHOSE_NOT_ACCEPTED /* the certificate was not valid, not for this, revoked or weak */
};

/* How long it can be verified: the baseline levels of PAdES (ETSI EN 319 142-1). */
enum banthuek_level_of_pades {
    BANTHUEK_PADES_NONE, /* another format, such as adbe.pkcs7.detached */
    BANTHUEK_PADES_B,    /* B-B: signed */
    BANTHUEK_PADES_T,    /* B-T: with a trusted time */
    BANTHUEK_PADES_LT,   /* B-LT: with all that is needed to verify it */
    BANTHUEK_PADES_LTA   /* B-LTA: and a time stamp over that */
};

/* A remark on a signature, or on the file: an error is why it is not good, a warning why it cannot
 * be told, or what is to be looked at. In English and Thai. */
struct banthuek_remark {
    enum banthuek_level level;
    const char *code; /* "VERIFY_DIGEST", "FIELD_FILLED" */
    struct banthuek_bytes text[2];
    bool is_detail; /* part of what another remark tells: a field that a later signer filled in */
};

/* Texts out of the PDF are UTF-8 and may hold anything; those that there are not are empty. Times
 * are ISO 8601, of certificates and time stamps in UTC. */
struct banthuek_verified_signature {
    struct banthuek_bytes field; /* full name */
    struct banthuek_bytes role;  /* of our own memos */
    bool is_time_stamp;          /* of the document, not of a person */
    enum banthuek_unchanged unchanged;
    enum banthuek_whose whose;
    struct banthuek_bytes signer, issuer; /* of the certificate; empty where there is none */
    struct banthuek_bytes sha256;         /* of the certificate, 64 hexadecimal digits */
    struct banthuek_bytes valid_from, valid_to;
    struct banthuek_bytes opinion;   /* of our own memos: what stands in its field */
    struct banthuek_bytes signs_for; /* whom the memo names, where it is another than `signer` */
    struct banthuek_bytes name, reason, location, format; /* as the signature says */
    struct banthuek_bytes claimed; /* the time that the signature says; empty: none */
    struct banthuek_bytes proven;  /* at the latest, by a trusted time stamp; empty: by none */
    /* the same in words, as clocks in Thailand show them, in English and Thai */
    struct banthuek_bytes claimed_text[2], proven_text[2];
    enum banthuek_level_of_pades level;
    struct banthuek_bytes missing[2];  /* for the next level, in English and Thai; may be empty */
    struct banthuek_bytes digest, key; /* "SHA-256", "RSA-3072" */
    size_t page;                       /* from 1; 0: it is on none */
    size_t covers;                     /* bytes of the file from its start, but itself */
    bool covers_all;
    size_t remark_count;
    const struct banthuek_remark *const *remarks;
};

/* Somebody of the route of one of our memos who has not signed. */
struct banthuek_waiting {
    struct banthuek_bytes role, title, name;
};

struct banthuek_verified {
    const char *file; /* "<stdin>" for "-" */
    enum banthuek_verdict verdict;
    struct banthuek_bytes why[2]; /* a sentence on it, in English and Thai */
    struct banthuek_bytes at;     /* the time at which it was judged */
    bool is_ours;
    enum banthuek_again again; /* of its first revision; BANTHUEK_AGAIN_NO_DATA also where it
                                * was not asked for */
    bool compared;             /* `again` was asked for */
    size_t signature_count, remark_count, waiting_count;
    const struct banthuek_verified_signature *const *signatures;
    const struct banthuek_remark *const *remarks; /* on the file */
    const struct banthuek_waiting *const *waiting;
};

enum banthuek_verify_flag {
    BANTHUEK_VERIFY_NO_COMPARE = 1, /* do not make one of our memos again */
    BANTHUEK_VERIFY_FETCH = 2,      /* revocation lists and answers over the net (http) */
    BANTHUEK_VERIFY_FETCH_LOCAL = 4 /* also from this machine and private networks */
};

struct banthuek_verify_options {
    size_t struct_size;
    unsigned flags;           /* of enum banthuek_verify_flag */
    const char *const *trust; /* files of certificates, or folders of such */
    size_t trust_count;
    const char *at; /* ISO 8601: judge as at this time; NULL: now */
};

/* Verifies the signatures of a PDF, foreign ones too. NULL with messages when it is no PDF or
 * cannot be read at all, when a file of `trust` cannot, or `at` is no time. `options` may be NULL.
 */
const struct banthuek_verified *banthuek_verify(struct banthuek *banthuek, const char *pdf,
                                                const struct banthuek_verify_options *options);

/* The same as JSON, with the messages: src/cli/verify.schema.json. `file` is the name that it is to
 * tell; `verified` is NULL for one that cannot be read. */
void banthuek_verify_json(struct banthuek *banthuek, const char *file,
                          const struct banthuek_verified *verified, enum banthuek_lang lang,
                          struct banthuek_bytes *json);

#ifdef __cplusplus
}
#endif

#endif
