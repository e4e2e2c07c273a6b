/* The chain of entries: whatever is added to an archive is an entry with a number, and each entry
 * is tied to the one before by a hash. So who knows the head, the newest hash, knows whether
 * anything before it was changed, left out or put in.
 *
 *   digest   = SHA-256(salt ‖ canonical JSON of {"columns": {…}, "content": "hexadecimal digits"})
 *   hash     = SHA-256(previous ‖ canonical JSON of {"digest": …, "kind": …, "n": …, "time": …})
 *   previous = the hash of the entry before; of the first one SHA-256(the archive's id)
 *
 * (hashes before ‖ as their 32 bytes, in JSON as hexadecimal digits; "content" is left out where
 * there is none; canon.h says what canonical is). The salt, 32 random bytes, stands nowhere else:
 * when what an entry says is removed together with it, nobody can find it out by guessing, and the
 * chain still holds.
 *
 * An archive has its own chain, 0, and those of others that it imported. */
#ifndef ARCHIVE_CHAIN_H
#define ARCHIVE_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/str.h"

struct arena;
struct store;
struct value;

#define CHAIN_OWN 0

/* Kinds of entries, as they stand there. */
#define CHAIN_ADD "add"       /* a document */
#define CHAIN_NUMBER "number" /* a number of the register was given */
#define CHAIN_VOID "void"     /* and taken back */
#define CHAIN_NOTE "note"     /* on another entry */
#define CHAIN_REMOVE "remove" /* of what another entry says */
#define CHAIN_IMPORT "import" /* of another archive's chain */

struct chain_entry {
    int64_t chain, n; /* n from 1 */
    struct str time;  /* UTC: "2026-11-29T20:53:47Z" */
    struct str kind;
    struct hash digest, previous, hash;
};

/* What a digest is of. */
struct chain_sealed {
    struct str salt;            /* 32 bytes */
    const struct hash *content; /* NULL: none */
    struct str columns;         /* canonical JSON, a map */
};

struct hash chain_digest(struct arena *arena, const struct chain_sealed *sealed);
struct hash chain_hash(struct arena *arena, const struct chain_entry *entry);

/* The `previous` of a chain's first entry. */
struct hash chain_begin(struct str archive_id);

/* Appends an entry to the own chain, in the transaction that writes: number, time (never before
 * that of the entry before; ARCHIVE_CLOCK tells where the clock went back), salt and hashes are
 * made here, and what is sealed is kept. `content` is a key of content_put(), 0 for none. */
bool chain_append(struct store *store, struct arena *arena, const char *kind, int64_t content,
                  const struct value *columns, struct chain_entry *out);

/* Puts an entry of another archive as it is; nothing is made anew. `sealed` is NULL for one whose
 * content was removed there. */
bool chain_put(struct store *store, const struct chain_entry *entry,
               const struct chain_sealed *sealed, int64_t content);

/* Puts what is sealed of an entry that was put without it. */
bool chain_seal(struct store *store, const struct chain_entry *entry,
                const struct chain_sealed *sealed, int64_t content);

/* The newest entry of a chain. `n` is 0 where there is none, and the hash chain_begin()'s. */
bool chain_head(struct store *store, struct arena *arena, int64_t chain, struct chain_entry *out);

/* Entry `n`; out->n is 0 where there is none. */
bool chain_entry(struct store *store, struct arena *arena, int64_t chain, int64_t n,
                 struct chain_entry *out);

/* What is sealed of entry `n`: its salt is empty where it was removed. The content's hash lives in
 * `arena`, too; *content is its key, 0 for none. */
bool chain_sealed(struct store *store, struct arena *arena, int64_t chain, int64_t n,
                  struct chain_sealed *out, int64_t *content);

/* The first thing that is wrong with a chain. */
enum chain_fault {
    CHAIN_GOOD,
    CHAIN_GAP,      /* number n is missing */
    CHAIN_PREVIOUS, /* n is not tied to the entry before */
    CHAIN_HASH,     /* what n says is not what its hash is of */
    CHAIN_DIGEST,   /* what is sealed is not what the digest is of */
    CHAIN_LOST,     /* what is sealed is gone, and no entry says that it was removed */
    CHAIN_TIME      /* n is before the entry before it */
};

/* An entry of a chain that is walked through. */
struct chain_seen {
    enum chain_fault fault;
    int64_t last; /* the number of the one before, 0: none */
    struct chain_entry entry;
    struct chain_sealed sealed; /* its salt is empty where there is none */
    int64_t content;            /* its key, 0: none */
    int64_t removed_by; /* the entry that removed what it says; itself where a bag withheld that */
};

/* False ends the walk. What it is given is gone when it returns. */
typedef bool chain_visit(void *user, const struct chain_seen *seen);

/* Shows every entry of a chain from its first one, with what is wrong with it: behind a fault each
 * is compared with the one before as that stands there. False where the store failed. */
bool chain_walk(struct store *store, int64_t chain, chain_visit *visit, void *user);

struct chain_checked {
    enum chain_fault fault;
    int64_t n;        /* of the fault; else how many entries there are */
    int64_t removed;  /* entries of which the content was removed */
    struct hash head; /* of the last good entry */
};

/* Walks a chain from its first entry. Of contents only the hash that was kept is looked at, not the
 * bytes. False where the store failed; a fault in the chain is no failure. `tell`, unless NULL, is
 * called after each entry. */
bool chain_check(struct store *store, int64_t chain, struct chain_checked *out,
                 void (*tell)(void *user, int64_t n), void *user);

/* Whether an entry may stand behind another (its n is 0 and its hash chain_begin()'s before the
 * first): all but what is sealed. */
enum chain_fault chain_follows(struct arena *arena, const struct chain_entry *last,
                               const struct chain_entry *entry);

/* Whether a text is a time as entries have it. */
bool chain_is_time(struct str text);

#endif
