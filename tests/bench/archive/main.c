/* Measures the archive in one process, beside the same rows written and asked by hand (hand.h).
 * usage: archive render FOLDER YAML...          a PDF for each, beside it in FOLDER
 *        archive add ARCHIVE HAND LIST          of PDFs, a line each; ARCHIVE and HAND are made
 *        archive search ARCHIVE RUNS WORDS...
 *        archive list ARCHIVE RUNS
 * Prints lines of a word and figures: milliseconds of wall and processor. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "banthuek-archive.h"
#include "hand.h"

#define GROUP 50 /* as many as `archive add` keeps in one step at this speed */
#define CHUNK 500

struct spent {
    double wall, cpu;
};

static struct spent
now(void)
{
    struct timespec wall;
    struct rusage usage;

    (void)clock_gettime(CLOCK_MONOTONIC, &wall);
    (void)getrusage(RUSAGE_SELF, &usage);
    return (struct spent){(double)wall.tv_sec * 1e3 + (double)wall.tv_nsec / 1e6,
                          (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
                              (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3};
}

static void
add_since(struct spent *sum, struct spent before)
{
    struct spent after = now();

    sum->wall += after.wall - before.wall;
    sum->cpu += after.cpu - before.cpu;
}

static void
say(const char *what, struct spent spent, size_t count)
{
    printf("%s %.4f %.4f\n", what, spent.wall / (double)count, spent.cpu / (double)count);
}

static _Noreturn void
fail(struct banthuek *b, const char *what)
{
    for (size_t i = 0; i < banthuek_message_count(b); i++)
        fprintf(stderr, "%s\n", banthuek_message(b, i, BANTHUEK_ENGLISH)->text);
    fprintf(stderr, "archive: failed at %s\n", what);
    exit(1);
}

static const struct banthuek_options plain = {.struct_size = sizeof plain,
                                              .flags = BANTHUEK_PREPRINTED};

static void
render(struct banthuek_context *context, const char *report, const char *folder)
{
    struct banthuek *b = banthuek_open(context, &plain);
    const char *name = strrchr(report, '/') + 1;
    struct banthuek_bytes pdf;
    char out[4096];

    (void)snprintf(out, sizeof out, "%s/%.*s.pdf", folder, (int)strcspn(name, "."), name);
    if (!banthuek_load(b, report) || !banthuek_render(b, &pdf) || !banthuek_save(b, out, pdf))
        fail(b, report);
    banthuek_close(b);
}

static struct banthuek_archive *
open_archive(struct banthuek *b, const char *path, enum banthuek_archive_mode mode)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = path, .mode = mode};
    struct banthuek_archive *archive = banthuek_archive_open(b, &options);

    if (archive == NULL)
        fail(b, path);
    return archive;
}

/* ---- adding */

struct bench {
    struct banthuek_context *context;
    struct banthuek_archive *archive;
    struct spent render, read, keep, hand;
    size_t rendered;
};

static void
add_group(struct bench *bench, char **files, size_t count)
{
    struct banthuek *b[GROUP];
    const struct banthuek_archive_reading *readings[GROUP];
    const struct banthuek_archive_added *added[GROUP];

    struct spent begin = now();
    for (size_t i = 0; i < count; i++) {
        b[i] = banthuek_open(bench->context, &plain);
        readings[i] = banthuek_archive_read(b[i], bench->archive, files[i], NULL);
        if (readings[i] == NULL)
            fail(b[i], files[i]);
    }
    add_since(&bench->read, begin);
    begin = now();
    banthuek_archive_add_all(bench->archive, readings, count, added);
    add_since(&bench->keep, begin);
    begin = now();
    for (size_t i = 0; i < count; i++) {
        if (added[i] == NULL)
            fail(b[i], files[i]);
        banthuek_close(b[i]);
    }
    add_since(&bench->read, begin);
}

/* What each of some files takes to be made: the report lies beside it. */
static void
render_again(struct bench *bench, const char *file)
{
    char report[4096];
    struct banthuek_bytes pdf;

    (void)snprintf(report, sizeof report, "%.*s.yaml", (int)strlen(file) - 4, file);
    struct spent begin = now();
    struct banthuek *b = banthuek_open(bench->context, &plain);
    if (!banthuek_load(b, report) || !banthuek_render(b, &pdf))
        fail(b, report);
    banthuek_close(b);
    add_since(&bench->render, begin);
    bench->rendered++;
}

static void
add(const char *path, const char *by_hand, char **files, size_t count)
{
    struct bench bench = {.context = banthuek_context_open(NULL)};
    struct banthuek *b = banthuek_open(bench.context, &plain);
    struct hand *hand = NULL;

    bench.archive = open_archive(b, path, BANTHUEK_ARCHIVE_CREATE);
    for (size_t at = 0; at < count; at += CHUNK) {
        size_t end = at + CHUNK < count ? at + CHUNK : count;
        for (size_t i = at; i < end; i += 10)
            render_again(&bench, files[i]);
        for (size_t i = at; i < end; i += GROUP)
            add_group(&bench, files + i, i + GROUP < end ? GROUP : end - i);
        hand = hand == NULL ? hand_open(path, by_hand) : hand;
        hand_load(hand, (long)end);
        struct spent begin = now();
        hand_store(hand, GROUP);
        add_since(&bench.hand, begin);
    }
    say("render", bench.render, bench.rendered);
    say("read", bench.read, count);
    say("keep", bench.keep, count);
    say("hand", bench.hand, count);
    banthuek_archive_close(bench.archive);
    hand_close(hand);
    banthuek_close(b);
    banthuek_context_close(bench.context);
}

/* The lines of a file; what is made lasts as long as the program. */
static char **
lines_of(const char *path, size_t *count)
{
    FILE *file = fopen(path, "r");
    char **lines = NULL, *line = NULL;
    size_t cap = 0;
    ssize_t len;

    *count = 0;
    while (file != NULL && (len = getline(&line, &cap, file)) > 0) {
        line[len - (line[len - 1] == '\n')] = '\0';
        lines = realloc(lines, (*count + 1) * sizeof *lines);
        lines[(*count)++] = line;
        line = NULL;
        cap = 0;
    }
    if (file != NULL)
        (void)fclose(file);
    return lines;
}

/* ---- asking: the least of some runs, which take turns */

static void
keep_least(struct spent *least, struct spent begin)
{
    struct spent one = {0, 0};

    add_since(&one, begin);
    least->wall = least->wall == 0 || one.wall < least->wall ? one.wall : least->wall;
    least->cpu = least->cpu == 0 || one.cpu < least->cpu ? one.cpu : least->cpu;
}

static size_t
search_once(struct banthuek_context *context, struct banthuek_archive *archive, const char *words,
            enum banthuek_archive_order order, struct spent *least)
{
    struct spent begin = now();
    const struct banthuek_archive_query query = {
        .struct_size = sizeof query, .words = words, .order = order};
    struct banthuek *b = banthuek_open(context, &plain);
    const struct banthuek_archive_found *found = banthuek_archive_search(b, archive, &query);

    if (found == NULL)
        fail(b, words);
    size_t count = found->count + (found->has_more ? 1 : 0);
    banthuek_close(b);
    keep_least(least, begin);
    return count;
}

static void
search(const char *path, int runs, const char *words)
{
    struct banthuek_context *context = banthuek_context_open(NULL);
    struct banthuek *b = banthuek_open(context, &plain);
    struct banthuek_archive *archive = open_archive(b, path, BANTHUEK_ARCHIVE_READ);
    struct hand *hand = hand_open(path, NULL);
    struct spent year = {0, 0}, fit = {0, 0}, own = {0, 0};
    bool is_one = strpbrk(words, " -\"") == NULL;
    size_t found = 0;
    int count = 0;

    for (int i = 0; i < runs; i++) {
        found = search_once(context, archive, words, BANTHUEK_ARCHIVE_BY_YEAR, &year);
        (void)search_once(context, archive, words, BANTHUEK_ARCHIVE_BY_FIT, &fit);
        struct spent begin = now();
        count = is_one ? hand_search(hand, words, 21) : 0;
        keep_least(&own, begin);
    }
    printf("found %zu %d\n", found, count);
    say("year", year, 1);
    say("fit", fit, 1);
    say("hand", own, 1);
    hand_close(hand);
    banthuek_archive_close(archive);
    banthuek_close(b);
    banthuek_context_close(context);
}

struct listed {
    size_t count, bytes;
};

static bool
take_item(void *user, const struct banthuek_archive_item *item)
{
    struct listed *listed = user;

    listed->count++;
    listed->bytes += item->subject.size + item->agency.size;
    return true;
}

static void
list(const char *path, int runs)
{
    struct banthuek_context *context = banthuek_context_open(NULL);
    struct banthuek *b = banthuek_open(context, &plain);
    struct banthuek_archive *archive = open_archive(b, path, BANTHUEK_ARCHIVE_READ);
    struct hand *hand = hand_open(path, NULL);
    struct spent ours = {0, 0}, own = {0, 0};
    struct listed listed = {0, 0};
    int count = 0;

    for (int i = 0; i < runs; i++) {
        struct spent begin = now();
        struct banthuek *one = banthuek_open(context, &plain);
        listed = (struct listed){0, 0};
        if (!banthuek_archive_list(one, archive, NULL, take_item, &listed))
            fail(one, path);
        banthuek_close(one);
        keep_least(&ours, begin);
        begin = now();
        count = hand_list(hand);
        keep_least(&own, begin);
    }
    printf("found %zu %d\n", listed.count, count);
    say("list", ours, 1);
    say("hand", own, 1);
    hand_close(hand);
    banthuek_archive_close(archive);
    banthuek_close(b);
    banthuek_context_close(context);
}

int
main(int argc, char **argv)
{
    const char *what = argc > 2 ? argv[1] : "";

    if (strcmp(what, "render") == 0) {
        struct banthuek_context *context = banthuek_context_open(NULL);
        for (int i = 3; i < argc; i++)
            render(context, argv[i], argv[2]);
        banthuek_context_close(context);
    } else if (strcmp(what, "add") == 0 && argc > 4) {
        size_t count;
        char **files = lines_of(argv[4], &count);
        add(argv[2], argv[3], files, count);
    } else if (strcmp(what, "search") == 0 && argc > 4) {
        search(argv[2], atoi(argv[3]), argv[4]);
    } else if (strcmp(what, "list") == 0 && argc > 3) {
        list(argv[2], atoi(argv[3]));
    } else {
        return 2;
    }
    return 0;
}
