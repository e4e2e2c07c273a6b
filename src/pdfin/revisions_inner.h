/* What the files that read revisions share. */
#ifndef PDFIN_REVISIONS_INNER_H
#define PDFIN_REVISIONS_INNER_H

#include "base/arena.h"
#include "pdfin/cos.h"
#include "pdfin/cos_parse.h"
#include "pdfin/inner.h"
#include "pdfin/map.h"

enum entry_type { ENTRY_FREE, ENTRY_PLAIN, ENTRY_PACKED };

/* What a section of cross-references says of a number. */
struct entry {
    uint32_t number, revision;
    uint32_t type;
    uint32_t extra; /* generation, or the index in the object stream */
    size_t place;   /* offset, or the number of the object stream */
};

/* A section of cross-references with its trailer. */
struct section {
    size_t offset, end; /* behind its trailer, or its object */
    struct cos trailer;
    size_t prev;           /* 0: none */
    size_t startxref, eof; /* of what follows it; eof is behind "%%EOF" */
    bool has_end;
    struct entry *entries;
    size_t count, cap;
};

/* An object at a place of the file. */
struct object {
    struct cos node;
    size_t number, generation, start, end;
    bool is_bad;
    enum doubt_code why;
    size_t bad_at;
};

/* An object stream. */
struct packed {
    bool is_loading, is_bad;
    size_t count;
    uint32_t *numbers;
    struct object *objects;
};

struct revision_inner {
    struct revision shown;
    struct section *sections[2];
    size_t section_count;
    size_t eof;
    uint32_t *own; /* numbers with a place */
    size_t own_count;
    size_t *pages;
    size_t page_count;
    bool pages_read, fields_read, places_read;
    struct map *page_of;
    struct field_node *fields;
    size_t field_count, field_cap;
    struct reached *reached;
};

struct revisions {
    struct arena *arena;
    const char *file;
    struct str bytes;
    struct doubt doubts[REVISIONS_DOUBTS_MAX];
    size_t doubt_count;
    bool is_quiet; /* doubts are not noted: what nothing reaches is looked at */
    struct revision_inner *list;
    size_t count;
    struct entry *entries; /* of all, by number, then by revision */
    size_t entry_count;
    struct map *groups;  /* number → its first entry */
    struct map *objects; /* offset → struct object */
    struct map *packs;   /* offset → struct packed */
    struct cos_parser parser;
    size_t nodes, steps, unpacked;
    struct signed_part *signatures;
    size_t signature_count, signature_cap;
};

/* ---- section.c */

/* Reads the section at an offset; false with a doubt. What it has stays in *section. */
bool section_read(struct revisions *r, size_t offset, struct section *section);

/* ---- revisions_find.c: sections into revisions; false with a doubt */
bool revisions_find(struct revisions *r);

/* ---- object_at.c */

/* The object that begins at an offset, read once; never NULL. */
const struct object *object_at(struct revisions *r, size_t offset);
const struct entry *entry_find(const struct revisions *r, size_t revision, size_t number);
const struct object *object_find(struct revisions *r, size_t revision, const struct entry *entry);

/* The index of the revision that a byte belongs to. */
size_t revision_of(const struct revisions *r, size_t offset);

/* ---- unpack.c: as cos_unpack(), with the length and filters given in the dictionary itself */
bool unpack_data(struct revisions *r, size_t revision, const struct cos *dict, struct str raw,
                 size_t limit, struct arena *arena, struct str *out);

/* ---- owned.c: bytes that belong to nothing */
void revisions_find_loose(struct revisions *r, size_t revision, bool strictly);

/* ---- second.c: libqpdf must not find fault from a revision on */
void revisions_read_again(struct revisions *r, size_t first);

/* ---- signed.c */
void revisions_find_signatures(struct revisions *r);

#endif
