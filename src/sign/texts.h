/* What a signer leaves on the pages: opinion, name, date, and number and date in the head. */
#ifndef SIGN_TEXTS_H
#define SIGN_TEXTS_H

#include <stdbool.h>
#include <time.h>

#include "banthuek-sign.h"
#include "base/str.h"

struct memo;
struct turn;
struct work;

struct texts {
    struct str opinion;
    struct str name; /* of a stand-in with position and texts, a line each */
    struct str who;  /* the first line of it */
    bool stands_in;
    struct str date; /* "๒๙ พฤศจิกายน ๒๕๖๙", of the time in Thailand */
    struct str m;    /* the same time as a date of PDF: "D:20261129084502+07'00'" */
    struct str number, head_day; /* for the head; empty: not to be filled in */
};

/* Reads what was asked for, as it is set and as the values of the fields are to hold it. False with
 * SIGN_ACTING, SIGN_STAND_IN, SIGN_NO_NAME, SIGN_HEAD_MISSING, SIGN_HEAD_FILLED, SIGN_NUMBER,
 * SIGN_DATE, or what fill_words() says. */
bool texts_read(struct work *w, const struct memo *memo, const struct turn *turn,
                const struct banthuek_sign_options *options, time_t now, struct texts *out);

/* Number and day of the head alone. A day that the head has no open room for, or that is of another
 * month, is left out. False with SIGN_HEAD_MISSING, SIGN_HEAD_FILLED, SIGN_NUMBER or what
 * fill_words() says. */
bool texts_read_head(struct work *w, const struct memo *memo,
                     const struct banthuek_sign_options *options, struct texts *out);

#endif
