/* What the files of an import have in common. */
#ifndef ARCHIVE_IMPORT_INNER_H
#define ARCHIVE_IMPORT_INNER_H

#include "archive/archive.h"
#include "archive/bag_chains.h"
#include "archive/export_inner.h"

struct importing {
    struct lent lent;
    struct store *store;
    struct banthuek_archive_import_options options;
    struct bag *bag;
    struct bag_chains chains;
    struct arena *scratch; /* for one entry */
    struct hash_set kits;  /* of which all is there */
    size_t done, total;    /* entries */
    bool dropped;          /* something was removed */
    bool told_missing;     /* pdftotext */
    struct banthuek_archive_imported *out;
};

/* Puts an entry behind those of chain `id` here, with its contents, rows and text. */
bool import_entry(struct importing *import, int64_t id, const struct bag_chain *chain, int64_t n);

/* Puts what an entry says that is here already, and of which an earlier bag withheld it. */
bool import_withheld(struct importing *import, int64_t id, const struct bag_chain *chain);

#endif
