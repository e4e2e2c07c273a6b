/* Names of persons. For files of this room only. */
#ifndef CHECK_PERSON_H
#define CHECK_PERSON_H

struct diags;
struct value;

/* Adds a finding PERSON_… when the text is no complete name: title, given name, family name. */
void person_check(struct diags *findings, const struct value *name);

#endif
