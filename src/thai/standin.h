/* What is written instead of signs that belong to one font, of wide and small forms, and of line
 * ends that only some programs know. Never NFKC: ① ² ½ are what somebody wanted. */
#ifndef THAI_STANDIN_H
#define THAI_STANDIN_H

#include <stddef.h>
#include <stdint.h>

/* No stand-in is longer (bytes, the end mark included). */
#define STANDIN_MAX 12

/* Writes what stands in for `code` into *out, ended by 0, and returns its length; 0 for a character
 * that is its own. Line ends give "\n". */
size_t standin_put(uint32_t code, char out[STANDIN_MAX]);

/* Line ends that stop YAML and other readers, U+000B U+000C U+2028 U+2029: what stands for one
 * until a text is normalised, a character of Symbol's control codes; 0 for all others. */
uint32_t standin_for_end(uint32_t code);

/* The character that standin_for_end() made `code` of; `code` itself for all others. */
uint32_t standin_end_of(uint32_t code);

#endif
