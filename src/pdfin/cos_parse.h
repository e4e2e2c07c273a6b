/* Reads objects out of bytes, strictly: what may be read in two ways is not read. */
#ifndef PDFIN_COS_PARSE_H
#define PDFIN_COS_PARSE_H

#include "pdfin/cos.h"

struct cos_parser {
    struct arena *arena;
    struct str bytes;
    size_t at;
    bool in_file;        /* `bytes` are the file's, from its start */
    size_t *nodes;       /* how many were made, up to REVISIONS_NODES_MAX */
    enum doubt_code why; /* when something returned false */
    /* of arrays and dictionaries that are not finished; kept from object to object */
    struct cos *stack;
    size_t stack_count, stack_cap;
};

/* Blanks, line ends and comments. */
void parse_space(struct cos_parser *p);

/* True, and past it, when a word comes next and ends there. */
bool parse_word(struct cos_parser *p, const char *word);

/* A whole number without a sign. */
bool parse_unsigned(struct cos_parser *p, size_t max, size_t *out);

/* One object that is no stream, whatever is behind it. */
bool parse_cos(struct cos_parser *p, struct cos *out);

bool parse_is_space(char c);
bool parse_is_delimiter(char c);

#endif
