#include "cli/archive_journal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

#define ENDING ".verified"
#define HASH_LEN 64
#define LINE_LEN (HASH_LEN + 1)
#define FILE_MAX (1L << 30)

/* A line says what was asked, then there is a line of 64 digits for each document. */
struct cli_journal {
    char *path, *head;
    char *left; /* lines of an earlier run, sorted */
    size_t count;
    bool is_other, is_used; /* the earlier run counts */
    int file;               /* -1: not begun, or it cannot be written */
    bool failed;
};

/* What was asked: a document that was good for another question may not be for this one. */
static char *
head_of(const struct cli_args *args)
{
    struct cli_text text = {NULL, 0, 0};
    const struct cli_verify_args *verify = &args->verify;

    cli_add(&text, "banthuek archive verify %s", banthuek_version());
    cli_add(&text, " %s", verify->at == NULL ? "now" : verify->at);
    for (size_t i = 0; i < verify->trust_count; i++)
        cli_add(&text, " %s", verify->trust[i]);
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\n')
            text.data[i] = ' ';
    }
    cli_add(&text, "\n");
    return text.data;
}

static char *
read_all(const char *path, size_t *size)
{
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    struct stat info;
    char *data = NULL;

    *size = 0;
    if (file < 0)
        return NULL;
    if (fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size < FILE_MAX)
        data = malloc((size_t)info.st_size + 1);
    for (ssize_t got = 1; data != NULL && got > 0 && *size < (size_t)info.st_size;) {
        got = read(file, data + *size, (size_t)info.st_size - *size);
        *size += got > 0 ? (size_t)got : 0;
    }
    (void)close(file);
    return data;
}

static int
compare_lines(const void *a, const void *b)
{
    return memcmp(a, b, HASH_LEN);
}

/* A line that was cut when the run ended is none. */
static void
read_left(struct cli_journal *journal)
{
    size_t size, head = strlen(journal->head);
    char *data = read_all(journal->path, &size);
    const char *end = data == NULL ? NULL : memchr(data, '\n', size);

    if (end == NULL) {
        free(data);
        return;
    }
    size_t first = (size_t)(end - data) + 1;
    journal->is_other = first != head || memcmp(data, journal->head, head) != 0;
    journal->count = (size - first) / LINE_LEN;
    memmove(data, data + first, journal->count * LINE_LEN);
    qsort(data, journal->count, LINE_LEN, compare_lines);
    journal->left = data;
}

struct cli_journal *
cli_journal_open(const struct cli_args *args, const char *archive)
{
    struct cli_journal *journal = calloc(1, sizeof *journal);
    size_t size = strlen(archive) + sizeof ENDING;

    if (journal == NULL || (journal->path = malloc(size)) == NULL)
        cli_out_of_memory(size);
    (void)snprintf(journal->path, size, "%s%s", archive, ENDING);
    journal->head = head_of(args);
    journal->file = -1;
    read_left(journal);
    journal->is_used = args->archive_verify.resume && !journal->is_other;
    return journal;
}

size_t
cli_journal_left(const struct cli_journal *journal, bool *is_other)
{
    *is_other = journal->is_other;
    return journal->count;
}

bool
cli_journal_has(const struct cli_journal *journal, const char *hash)
{
    return journal->is_used && journal->count > 0 &&
           bsearch(hash, journal->left, journal->count, LINE_LEN, compare_lines) != NULL;
}

static void
put(struct cli_journal *journal, const char *data, size_t size)
{
    if (!journal->failed && write(journal->file, data, size) != (ssize_t)size)
        journal->failed = true;
}

/* Begins the file; one that cannot be written is not missed before the run is interrupted. */
static void
begin(struct cli_journal *journal)
{
    journal->file = open(journal->path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_TRUNC,
                         S_IRUSR | S_IWUSR);
    journal->failed = journal->file < 0;
    if (journal->failed)
        return;
    put(journal, journal->head, strlen(journal->head));
    if (journal->is_used)
        put(journal, journal->left, journal->count * LINE_LEN);
}

void
cli_journal_add(struct cli_journal *journal, const char *hash)
{
    char line[LINE_LEN];

    if (journal->file < 0 && !journal->failed)
        begin(journal);
    if (journal->failed)
        return;
    memcpy(line, hash, HASH_LEN);
    line[HASH_LEN] = '\n';
    put(journal, line, sizeof line);
}

void
cli_journal_close(struct cli_journal *journal, bool ended)
{
    if (journal->file >= 0)
        (void)close(journal->file);
    if (ended && (journal->file >= 0 || journal->count > 0))
        (void)unlink(journal->path);
    free(journal->left);
    free(journal->head);
    free(journal->path);
    free(journal);
}
