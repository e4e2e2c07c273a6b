/* What a printer says of a job. */
#ifndef PAPER_JOB_H
#define PAPER_JOB_H

#include <cups/cups.h>
#include <stdbool.h>
#include <stddef.h>

#include "banthuek-paper.h"

struct arena;

struct job {
    int id;             /* 0: it was not told */
    ipp_jstate_t state; /* 0: not told */
    size_t done, total; /* sides of sheets; 0: not told */
    size_t ahead;       /* jobs before it */
    const char *said;   /* of its state, of the printer's, or empty */
    const char *printer_said;
    size_t reason_count; /* what keeps it; those of the printer behind those of the job */
    const struct banthuek_printer_reason *reasons;
};

/* The attributes that job_read() asks for. */
extern const char *const job_attributes[];
extern const int job_attribute_count;

/* Reads an answer to Create-Job, Print-Job, Send-Document or Get-Job-Attributes. */
void job_read(struct arena *arena, ipp_t *answer, struct job *out);

/* Adds what an answer to Get-Printer-Attributes says of the printer: not every one tells it of its
 * jobs. */
void job_read_printer(struct arena *arena, ipp_t *answer, struct job *out);

/* The attributes that job_read_printer() asks for. */
extern const char *const job_printer_attributes[];
extern const int job_printer_attribute_count;

/* True for a job that nothing happens to any more. */
static inline bool
job_has_ended(const struct job *job)
{
    return job->state >= IPP_JSTATE_CANCELED;
}

#endif
