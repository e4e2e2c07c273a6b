/* The engines that are measured against each other. */
#ifndef BENCH_ENGINES_H
#define BENCH_ENGINES_H

#include <stddef.h>

#include "base/str.h"

struct arena;
struct engines;

/* Never NULL. */
struct engines *engines_open(struct arena *arena);
void engines_close(struct engines *engines);

/* Fills place[0 … text.len] with break places as text/breaks.h grades them. */
typedef void engine_find(struct engines *engines, struct str text, unsigned char *place);

engine_find engine_ours;  /* breaks_find(): with keep rules and ICU outside of Thai */
engine_find engine_words; /* words_find(): Thai only */
engine_find engine_icu;   /* ICU's line break iterator with its dictionary, nothing else */
engine_find engine_thai;  /* libthai */

#endif
