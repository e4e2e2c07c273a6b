/* The objects of one signing: fields with their values and new appearances. */
#ifndef SIGN_FILLING_H
#define SIGN_FILLING_H

#include <stdbool.h>

#include "base/str.h"

struct fill;
struct memo;
struct pdf_objects;
struct pdf_room;
struct pdf_value;
struct turn;
struct texts;
struct work;

struct filling {
    struct work *w;
    const struct memo *memo;
    const struct turn *turn; /* NULL: only the head is filled in */
    const struct texts *texts;
    struct fill *fill;
    struct str hand; /* the bytes of a picture */
    bool has_hand;
    struct pdf_objects *objects;
};

/* Adds new versions of the fields that the role fills in, each with an appearance of its own, also
 * those that stay empty: what a signature locks must be as old as the signature, or other programs
 * call it changed. `signature` is the handle of the signature dictionary, 0: nothing is signed.
 * False with FILL_…, TEXT_…, IMAGE_… or PDFIN_…. */
bool filling_add(const struct filling *filling, unsigned signature);

/* Adds new versions of the fields of the head that texts are there for; filling_add() does so, too.
 * False as above. */
bool filling_head(const struct filling *filling);

/* Adds a new version of an old dictionary with one entry set or replaced. False with PDFIN_…. */
bool filling_set(const struct filling *filling, unsigned number, const char *key,
                 struct pdf_value *value);

#endif
