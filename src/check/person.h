/* Names of persons. */
#ifndef CHECK_PERSON_H
#define CHECK_PERSON_H

#include "base/str.h"

struct diags;
struct value;

/* Adds a finding PERSON_… when the text is no complete name: title, given name, family name. */
void person_check(struct diags *findings, const struct value *name);

/* The name without its titles. */
struct str person_bare(struct str name);

#endif
