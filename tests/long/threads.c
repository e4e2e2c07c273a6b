/* Four threads render the same report and start forms many times; every file is the same. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "banthuek.h"

#define THREADS 4
#define ROUNDS 25

struct job {
    struct banthuek_context *context; /* shared by all */
    const char *report;
    const char *folder; /* for forms */
    int number;
    char *bytes;
    size_t size;
    bool good;
};

static bool
render(struct job *job)
{
    struct banthuek_options options = {.struct_size = sizeof options, .flags = BANTHUEK_PREPRINTED};
    struct banthuek *b = banthuek_open(job->context, &options);
    struct banthuek_bytes pdf;
    bool good = banthuek_load(b, job->report) && banthuek_render(b, &pdf);

    if (good && job->bytes == NULL) {
        job->bytes = malloc(pdf.size);
        job->size = pdf.size;
        if (job->bytes != NULL)
            memcpy(job->bytes, pdf.data, pdf.size);
    } else if (good) {
        good = job->size == pdf.size && memcmp(job->bytes, pdf.data, pdf.size) == 0;
    }
    banthuek_close(b);
    return good;
}

/* Forms are compared by the script that runs this. */
static bool
start_form(const struct job *job, int round)
{
    struct banthuek *b = banthuek_open(job->context, NULL);
    char dir[512];

    (void)snprintf(dir, sizeof dir, "%s/%d-%d", job->folder, job->number, round);
    bool good = banthuek_new_form(b, dir, "ita-report", 2566, NULL);
    banthuek_close(b);
    return good;
}

static void *
work(void *data)
{
    struct job *job = data;

    job->good = true;
    for (int i = 0; i < ROUNDS; i++)
        job->good = start_form(job, i) && render(job) && job->good;
    return NULL;
}

int
main(int argc, char **argv)
{
    struct job jobs[THREADS];
    pthread_t threads[THREADS];
    struct banthuek_context_options options = {.struct_size = sizeof options, .data_dir = "."};
    struct banthuek_context *context = banthuek_context_open(&options);
    bool good = argc == 3;

    for (int i = 0; good && i < THREADS; i++) {
        jobs[i] =
            (struct job){.context = context, .report = argv[1], .folder = argv[2], .number = i};
        good = pthread_create(&threads[i], NULL, work, &jobs[i]) == 0;
    }
    for (int i = 0; good && i < THREADS; i++)
        (void)pthread_join(threads[i], NULL);
    for (int i = 0; good && i < THREADS; i++)
        good = jobs[i].good && jobs[i].size == jobs[0].size &&
               memcmp(jobs[i].bytes, jobs[0].bytes, jobs[0].size) == 0;
    banthuek_context_close(context);
    (void)printf("%s\n", good ? "all the same" : "they differ");
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
