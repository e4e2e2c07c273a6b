/* Many reports made in one process, on one thread.
 * usage: memos COUNT EMBLEM FOLDER REPORT...   (makes COUNT, going round; "-" is no emblem, no
 * folder) Prints the bytes of all PDFs, and the memory in use after one round and at the end, in
 * KiB. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "banthuek.h"

static void
fail(struct banthuek *banthuek, const char *report)
{
    for (size_t i = 0; i < banthuek_message_count(banthuek); i++)
        fprintf(stderr, "%s\n", banthuek_message(banthuek, i, BANTHUEK_ENGLISH)->text);
    fprintf(stderr, "memos: no memo of one page came out of %s\n", report);
    exit(1);
}

static long
memory_in_use(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long pages = 0;

    if (!file || fscanf(file, "%*d %ld", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static size_t
make(struct banthuek_context *context, const struct banthuek_options *options, const char *report,
     const char *out)
{
    struct banthuek *banthuek = banthuek_open(context, options);
    struct banthuek_bytes pdf;

    if (!banthuek_load(banthuek, report) || !banthuek_render(banthuek, &pdf) ||
        banthuek_page_count(banthuek) != 1 || (out && !banthuek_save(banthuek, out, pdf)))
        fail(banthuek, report);
    banthuek_close(banthuek);
    return pdf.size;
}

int
main(int argc, char **argv)
{
    if (argc < 5)
        return 2;
    unsigned long count = strtoul(argv[1], NULL, 10), round = (unsigned long)argc - 4;
    bool has_emblem = strcmp(argv[2], "-") != 0, saved = strcmp(argv[3], "-") != 0;
    struct banthuek_options options = {.struct_size = sizeof options,
                                       .flags = has_emblem ? 0 : BANTHUEK_PREPRINTED,
                                       .emblem = has_emblem ? argv[2] : NULL};
    struct banthuek_context *context = banthuek_context_open(NULL);
    unsigned long long bytes = 0;
    long first = 0;
    char out[4096];

    for (unsigned long i = 0; i < count; i++) {
        snprintf(out, sizeof out, "%s/%04lu.pdf", argv[3], i);
        bytes += make(context, &options, argv[4 + i % round], saved ? out : NULL);
        if (i + 1 == round)
            first = memory_in_use();
    }
    banthuek_context_close(context);
    printf("%llu %ld %ld\n", bytes, first, memory_in_use());
    return 0;
}
