/* Programs of others: started, given bytes, and heard, with limits to their time and to what they
 * say. */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

struct program {
    const char *const *arguments; /* the name first, which is looked for in PATH; NULL at the end */
    struct str input;             /* what it gets; one that does not read all of it is not wrong */
    size_t output_max;            /* bytes of its standard output */
    size_t says_max;              /* of its standard error, passed on to ours; 0: nobody hears it */
    bool keeps_says;              /* that is not passed on, but told as `says` */
    unsigned seconds;             /* until it has ended */
    /* Bytes of memory that it may take, and seconds of processor as above; it leaves no core. 0:
     * it is started without the limits that this process has set itself (RLIMIT_AS, _CPU, _FSIZE),
     * as far as it may lift them. */
    size_t memory;
};

enum program_end {
    PROGRAM_NOT_STARTED, /* `error` says why */
    PROGRAM_ENDED,       /* `status` is that of waitpid() */
    PROGRAM_OVER_TIME,   /* and then ended by us, as where it said too much */
    PROGRAM_OVER_OUTPUT
};

struct program_said {
    enum program_end end;
    int error, status;
    struct str output, says;
    bool says_more; /* on standard error than was passed on */
};

/* Runs a program to its end; what it gave and said is in `arena`. Threads: SIGPIPE is blocked in this one
 * meanwhile. */
struct program_said program_run(struct arena *arena, const struct program *program);

#endif
