/* References inside a document: the elements that links lead to, found by their id; and the words
 * of running text that speak of an element (attribute `refer`), which become links to it. */
#ifndef DOC_REFER_H
#define DOC_REFER_H

#include "doc/node.h"

struct refers;

/* Where an href leads; blanks around it do not count. */
enum href_kind {
    HREF_NONE,    /* it is empty: to nothing */
    HREF_INSIDE,  /* "#id" */
    HREF_OUTSIDE, /* http://, https://, mailto:, tel: (RFC 3986), at most HREF_MAX bytes */
    HREF_REFUSED  /* all else: such addresses may run programs or open files */
};

#define HREF_MAX 2000

/* Longer ids and words (bytes) count as absent, so that finding them takes time in proportion to
 * the text. */
#define REFER_MAX 300

enum href_kind href_kind(struct str href);

/* Collects the ids and words of a numbered document; of equal ones the first counts. It lives in
 * `arena` and borrows from the nodes. Never fails. */
struct refers *refers_new(struct arena *arena, const struct node *root);

/* The element with this id ("O26", without "#"), or NULL. */
const struct node *refers_find(const struct refers *refers, struct str id);

/* Finds the next words that speak of an element, from byte *to of a text on: bytes *from up to *to.
 * Digits match in both scripts, U+00A0, line ends and tabs are spaces; longest words win; they
 * stand by themselves: "O26" is not in "O260" or "PO26", and no Thai syllable is cut (whether a
 * word is, layout looks). NULL when there are none. */
const struct node *refers_next(const struct refers *refers, struct str text, size_t *from,
                               size_t *to);

/* One more than the highest id of a node (node.h), and how many elements have names at most. */
size_t refers_nodes(const struct refers *refers);
size_t refers_count(const struct refers *refers);

/* Checks all links and ids of a document: DOC_LINK_ADDRESS and DOC_MISPLACED (a link in a link) are
 * errors, and then it is false; DOC_LINK_NOWHERE, DOC_LINK_NEAR and DOC_ID_TWICE only warn: what
 * is printed stays right. */
bool refers_check(struct diags *diags, const struct node *root);

#endif
