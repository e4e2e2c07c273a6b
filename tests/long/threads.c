/* Four threads render the same report many times; every PDF is the same. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "banthuek.h"

#define THREADS 4
#define ROUNDS 25

struct job {
    const char *report;
    char *bytes;
    size_t size;
    bool good;
};

static bool
render(struct job *job)
{
    struct banthuek_options options = {.preprinted = true};
    struct banthuek *b = banthuek_open(&options);
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

static void *
work(void *data)
{
    struct job *job = data;

    job->good = true;
    for (int i = 0; i < ROUNDS; i++)
        job->good = render(job) && job->good;
    return NULL;
}

int
main(int argc, char **argv)
{
    struct job jobs[THREADS];
    pthread_t threads[THREADS];
    bool good = argc == 2;

    for (int i = 0; good && i < THREADS; i++) {
        jobs[i] = (struct job){.report = argv[1]};
        good = pthread_create(&threads[i], NULL, work, &jobs[i]) == 0;
    }
    for (int i = 0; good && i < THREADS; i++)
        (void)pthread_join(threads[i], NULL);
    for (int i = 0; good && i < THREADS; i++)
        good = jobs[i].good && jobs[i].size == jobs[0].size &&
               memcmp(jobs[i].bytes, jobs[0].bytes, jobs[0].size) == 0;
    (void)printf("%s\n", good ? "all the same" : "they differ");
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
