/* Adding a document: its bytes as they were given, what a PDF of ours carries, and the columns that
 * it is found by. All that is known of a document stands in its columns (canonical JSON, sealed by
 * the chain); the rows for listing and searching are made from these alone, so that an import makes
 * the same rows. */
#ifndef ARCHIVE_ENTRY_H
#define ARCHIVE_ENTRY_H

#include <stdbool.h>
#include <stdint.h>

#include "archive/store.h"
#include "base/hash.h"
#include "base/str.h"
#include "sign/prefixes.h"

struct arena;
struct store;
struct value;

struct column_person {
    struct str role, name, position;
    bool has_signed;
};

struct column_score {
    struct str item, value;
};

/* A file that belongs to a document, by hash: it may be missing in the archive (a font that was not
 * at hand). */
struct column_part {
    struct str role; /* as manifests call it: "report", "data", "template", "rubric", "font",
                        "emblem"; "findings" */
    struct str name;
    struct hash sha256;
};

/* What is said of a document; what is not said is empty or 0. */
struct columns {
    struct str file; /* the name that it was added under, without folders */
    struct str agency, office, number, subject, level, score, kind; /* kind: the template's name */
    struct str to;                                                  /* who gets it */
    struct str date;   /* "2566-09-29", "2566-09" or "2566" */
    int year;          /* Buddhist era: of the assessment, else of the date */
    struct str secret; /* ลับ, ลับมาก, ลับที่สุด */
    bool ours;
    struct str code;    /* of its for-pen form (base/code.h); empty: not known when it was added */
    bool is_scan;       /* of the paper that was signed: the PDF that `banthuek scan` makes */
    int64_t supersedes; /* the entry of the same chain that this one takes the place of; 0: none */
    int64_t newer;      /* an entry that was there before and goes on from this one; 0: none */
    struct column_person *persons;
    size_t person_count;
    struct column_score *scores;
    size_t score_count;
    struct column_part *parts; /* of this document alone: report, data, findings */
    size_t part_count;
    bool has_kit;
    struct hash kit; /* what it shares with others that were made with the same (kit.h) */
};

/* Columns as the tree that is sealed, and back. False for a tree that nobody wrote so; it is told
 * as ARCHIVE_DAMAGED where it comes out of the archive. */
struct value *columns_write(struct arena *arena, const struct columns *columns);
bool columns_parse(struct arena *arena, const struct value *tree, struct columns *out);
bool columns_read(struct store *store, struct arena *arena, const struct value *tree,
                  struct columns *out);

/* A list of parts as such a tree, and back; a NULL list is empty. False where a hash is none. */
struct value *columns_parts(struct arena *arena, const struct column_part *parts, size_t count);
bool columns_read_parts(struct arena *arena, const struct value *list, struct column_part **out,
                        size_t *count);

/* Files that are kept beside the document: those that the archive has are not kept again. */
struct entry_file {
    enum content_kind kind;
    struct str bytes;
    struct str kept;         /* store_pack() of them, where that was done; else empty */
    const struct hash *hash; /* where it is known; else NULL */
};

struct entry_files {
    struct entry_file *file;
    size_t count;
};

struct entry_document {
    struct str bytes;
    const struct hash *hash;          /* where it is known; else NULL */
    const struct columns *columns;    /* `kit` is found out, and `supersedes` and `newer` when 0 */
    const struct column_part *shared; /* what becomes its kit */
    size_t shared_count;
    struct entry_files files;
    struct prefixes states; /* of a PDF */
    struct str replaces;    /* SHA-256 of the PDF that it corrects, hexadecimal; may be empty */
};

struct entry_added {
    int64_t n;   /* of the entry, in the own chain */
    bool is_new; /* false: an entry with these bytes was there */
    int64_t supersedes, newer;
};

/* Adds a document in the transaction that writes, once by its bytes. */
bool entry_add(struct store *store, struct arena *arena, const struct entry_document *document,
               struct entry_added *out);

/* The first entry of the own chain with this content; 0: there is none. */
bool entry_of_content(struct store *store, int64_t content, int64_t *n);

/* Makes the rows of an entry of kind "add" from its columns: after chain_append() or chain_put(),
 * in the same transaction. */
bool entry_rows(struct store *store, int64_t chain, int64_t n, int64_t content,
                const struct columns *columns);

/* Puts the states of a document's PDF, which its bytes tell (prefixes_of()). */
bool entry_states(struct store *store, int64_t chain, int64_t n, const struct prefixes *states);

#endif
