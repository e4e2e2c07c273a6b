/* Four threads render reports in one context while a file of the template changes again and again,
 * and start forms. Every PDF is one of the two that single runs make, and both come out. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "banthuek.h"

#define THREADS 4
#define ROUNDS 200
#define FORM_EVERY 20 /* rounds */
#define STYLES 2

static const char *const styles[STYLES] = {"{}\n", "paragraph:\n  p: {like: body, indent: 2cm}\n"};

struct shared {
    struct banthuek_context *context;
    const char *report, *template, *folder; /* the last for forms */
    struct banthuek_bytes expected[STYLES];
    atomic_int done;
};

struct job {
    struct shared *shared;
    int number;
    size_t seen[STYLES];
    bool good;
};

/* Puts a style in place at once, as editors do. */
static bool
put_style(const char *template, int style)
{
    char temporary[512], path[512];

    (void)snprintf(temporary, sizeof temporary, "%s/style.new", template);
    (void)snprintf(path, sizeof path, "%s/style.yaml", template);
    FILE *file = fopen(temporary, "w");
    bool good = file != NULL && fputs(styles[style], file) >= 0;
    if (file != NULL)
        good = fclose(file) == 0 && good;
    return good && rename(temporary, path) == 0;
}

static struct banthuek *
render(struct banthuek_context *context, const struct shared *shared, struct banthuek_bytes *pdf)
{
    struct banthuek_options options = {.struct_size = sizeof options,
                                       .flags = BANTHUEK_PREPRINTED,
                                       .template_dir = shared->template};
    struct banthuek *b = banthuek_open(context, &options);

    *pdf = (struct banthuek_bytes){NULL, 0};
    (void)(banthuek_load(b, shared->report) && banthuek_render(b, pdf));
    return b;
}

static bool
try(struct job *job)
{
    struct banthuek_bytes pdf;
    struct banthuek *b = render(job->shared->context, job->shared, &pdf);
    bool good = false;

    for (int i = 0; i < STYLES; i++) {
        const struct banthuek_bytes *expected = &job->shared->expected[i];
        if (pdf.size == expected->size && memcmp(pdf.data, expected->data, pdf.size) == 0) {
            job->seen[i]++;
            good = true;
        }
    }
    banthuek_close(b);
    return good;
}

/* Forms are compared by the script that runs this. */
static bool
start_form(const struct job *job, int round)
{
    struct banthuek *b = banthuek_open(job->shared->context, NULL);
    char dir[512];

    (void)snprintf(dir, sizeof dir, "%s/%d-%d", job->shared->folder, job->number, round);
    bool good = banthuek_new_form(b, dir, "ita-report", 2566, NULL);
    banthuek_close(b);
    return good;
}

static void *
work(void *data)
{
    struct job *job = data;

    job->good = true;
    for (int i = 0; i < ROUNDS && job->good; i++)
        job->good = try(job) && (i % FORM_EVERY != 0 || start_form(job, i));
    atomic_fetch_add(&job->shared->done, 1);
    return NULL;
}

/* What a single run makes with each style. */
static bool
expect(struct shared *shared, const struct banthuek_context_options *options)
{
    for (int i = 0; i < STYLES; i++) {
        struct banthuek_context *context = banthuek_context_open(options);
        struct banthuek_bytes pdf;
        bool good = put_style(shared->template, i);
        struct banthuek *b = render(context, shared, &pdf);
        char *copy = malloc(pdf.size + 1);
        if (copy == NULL || pdf.data == NULL || !good)
            return false;
        memcpy(copy, pdf.data, pdf.size);
        shared->expected[i] = (struct banthuek_bytes){copy, pdf.size};
        banthuek_close(b);
        banthuek_context_close(context);
    }
    return true;
}

static bool
run(struct shared *shared)
{
    struct job jobs[THREADS];
    pthread_t threads[THREADS];
    struct timespec pause = {.tv_nsec = 5000000};
    size_t seen[STYLES] = {0};
    bool good = true;

    for (int i = 0; good && i < THREADS; i++) {
        jobs[i] = (struct job){.shared = shared, .number = i};
        good = pthread_create(&threads[i], NULL, work, &jobs[i]) == 0;
    }
    for (int i = 0; good && atomic_load(&shared->done) < THREADS; i++) {
        good = put_style(shared->template, i % STYLES);
        (void)nanosleep(&pause, NULL);
    }
    for (int i = 0; i < THREADS; i++) {
        (void)pthread_join(threads[i], NULL);
        good = jobs[i].good && good;
        for (int j = 0; j < STYLES; j++)
            seen[j] += jobs[i].seen[j];
    }
    (void)printf("%zu of one style, %zu of the other\n", seen[0], seen[1]);
    return good && seen[0] > 0 && seen[1] > 0;
}

int
main(int argc, char **argv)
{
    struct banthuek_context_options options = {.struct_size = sizeof options, .data_dir = "."};
    struct shared shared = {.context = NULL};

    if (argc != 4)
        return EXIT_FAILURE;
    shared.report = argv[1];
    shared.template = argv[2];
    shared.folder = argv[3];
    bool good = expect(&shared, &options);
    shared.context = banthuek_context_open(&options);
    good = good && run(&shared);
    banthuek_context_close(shared.context);
    for (int i = 0; i < STYLES; i++)
        free((char *)(size_t)shared.expected[i].data);
    (void)printf("%s\n", good ? "all as in single runs" : "they differ");
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
