/* What an archive asks of a PDF: what the report inside says of itself, who signs it, and the files
 * that it was made from. But one, no key of a report is known here: the words `archive`, `person`,
 * `routing`, `scores` and `levels` of the template's schema say what a field is (schema/schema.h).
 *
 * PDFs that were made before there was the word `archive` carry a schema without it: then that of
 * the template of the same name that is at hand tells which fields are meant, where they are of the
 * same type in both; else the types tell (the first date and year of the root). */
#ifndef INSPECT_SUMMARY_H
#define INSPECT_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/hash.h"
#include "base/str.h"

struct banthuek;

struct summary_person {
    struct str role; /* of the route; empty: named in the report only */
    struct str name, position;
    bool has_signed; /* as the file says; nothing is verified */
};

struct summary_score {
    struct str item; /* what it is of: "IIT", "ตัวชี้วัดที่ 8" */
    struct str value;
};

/* A file that the PDF was made from, or that tells of its making. */
struct summary_part {
    struct str role; /* "report", "data", "template", "rubric", "font", "emblem", "findings" */
    struct str name; /* as in the folder that a PDF is extracted to; of fonts and emblem the file's
                        own */
    struct hash sha256;
    bool is_here;     /* false: a font or emblem that is not at hand, or was not looked for */
    struct str bytes; /* where it is */
};

struct summary {
    bool is_pdf;   /* it could be read as one */
    bool ours;     /* one of ours; what is below is empty for others, but pages and subject */
    bool has_data; /* with its report inside */
    bool is_read;  /* which could be read: what is empty below was not said */
    bool is_scan;  /* of paper that was signed (inspect/scan.h) */
    size_t pages;
    struct str kind;   /* the template's name */
    struct str agency; /* whom it is about, else who wrote it */
    struct str office, number, subject, level, score, secret;
    struct str to;       /* who gets it; `เรียน` in all templates */
    struct str date;     /* "2566-09-29", or "2566-09" where the day is open */
    int year;            /* Buddhist era: of the assessment, else of the date; 0: none */
    struct str code;     /* of its for-pen form (base/code.h); may be empty */
    struct str replaces; /* SHA-256 of the PDF that it corrects, or is the scan of; may be empty */
    struct summary_person *persons;
    size_t person_count;
    struct summary_score *scores;
    size_t score_count;
    struct summary_part *parts;
    size_t part_count;
};

/* Whether the caller has a file of this hash already, so that no font or emblem need be looked for.
 */
struct summary_had {
    bool (*has)(void *user, const struct hash *hash);
    void *user;
};

/* Reads a PDF out of memory, which has to stay; `name` is what messages call it. Everything else
 * lives as long as the object. `had` may be NULL. What cannot be read is told as warnings and left
 * out (of PDFs of others only that they cannot be read at all): the bytes are kept in an archive
 * all the same. Never fails. */
void summary_read(struct banthuek *banthuek, const char *name, struct str bytes,
                  const struct summary_had *had, struct summary *out);

#endif
