/* How people name an entry: 12, or 12@NAME for one of an archive that was imported. NAME is what it
 * is called here, a part of that which no other has, or the beginning of its id. */
#ifndef ARCHIVE_NAMED_H
#define ARCHIVE_NAMED_H

#include <stdbool.h>
#include <stdint.h>

#include "archive/chain.h"
#include "archive/entry.h"
#include "base/str.h"

struct arena;
struct store;
struct value;

struct named {
    int64_t chain, n;               /* n is 0 for the newest one: "", or "@NAME" */
    struct str archive, archive_id; /* `archive` is empty for the own */
};

/* Reads a name; digits may be Thai. False with ARCHIVE_ENTRY_NAME, or ARCHIVE_ENTRY_WHOSE where no
 * archive is called so, or several are. */
bool named_read(struct store *store, struct arena *arena, struct str text, struct named *out);

/* The name of an entry, as it is shown. */
struct str named_text(struct arena *arena, const struct named *named);

/* An entry that was named, with what is sealed of it. */
struct named_entry {
    struct named named;
    struct chain_entry entry; /* n is 0 where the chain is empty */
    struct chain_sealed sealed;
    int64_t content;         /* key, 0: none */
    int64_t removed_by;      /* 0: it was not, or a bag withheld it where `sealed` is empty */
    bool is_document;        /* also where nothing of it is there any more */
    bool says_something;     /* what is sealed is there */
    const struct value *map; /* the columns; NULL where they are gone */
    struct columns columns;  /* of a document that is there */
};

/* Finds it. False with ARCHIVE_NO_ENTRY or what named_read() tells. */
bool named_entry(struct store *store, struct arena *arena, const char *name,
                 struct named_entry *out);

/* The same of a document. False also with ARCHIVE_NOT_DOCUMENT, ARCHIVE_REMOVED, ARCHIVE_WITHHELD.
 */
bool named_document(struct store *store, struct arena *arena, const char *name,
                    struct named_entry *out);

/* The same of one that may be changed: of the own chain. False also with ARCHIVE_OTHER_CHAIN. */
bool named_own(struct store *store, struct arena *arena, const char *name, struct named_entry *out);

/* Adds a message about it; always false. */
bool named_refuse(struct store *store, const struct named_entry *entry, enum diag_code code,
                  const char *arg2);

#endif
