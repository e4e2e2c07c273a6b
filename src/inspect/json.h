/* Members of JSON objects that are told about PDFs. */
#ifndef INSPECT_JSON_H
#define INSPECT_JSON_H

#include <stdbool.h>

#include "banthuek-pdf.h"

struct buf;

/* Adds a member behind `before`: a text, or null when there is none. */
void json_add_text(struct buf *out, const char *before, const char *key,
                   struct banthuek_bytes text);
void json_add_truth(struct buf *out, const char *before, const char *key, bool value);

/* What came out when a PDF was made again, as the schemas name it. */
const char *json_again_name(enum banthuek_again again);

#endif
