/* banthuek archive add FILE|FOLDER… [--archive FILE] [--agency …] */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "banthuek-archive.h"
#include "cli/archive_child.h"
#include "cli/cli.h"

/* Documents that are kept in one step: more save little, and who waits to write to the archive, or
 * to hear what is kept, waits longer. */
#define GROUP_MAX 64
#define GROUP_BYTES ((size_t)16 << 20)
#define GROUP_MS 250

/* What became of a piece of the work. */
enum result { RESULT_KEPT = 1, RESULT_THERE, RESULT_REFUSED };

/* A document that was read, or refused. */
struct taken {
    size_t piece;
    struct banthuek *b;
    const struct banthuek_archive_reading *reading; /* NULL: refused, as its messages tell */
};

struct adding {
    const struct cli_args *args;
    const struct banthuek_archive_file **files; /* that are taken up */
    size_t count;
    struct cli_child *child;
    struct banthuek_archive *archive;
    struct taken group[GROUP_MAX];
    size_t group_count, group_bytes;
    long long group_since;
};

/* ---- in the child */

static long long
clock_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What became of a document, in a line. */
static void
tell(const struct cli_args *args, const char *file, const struct banthuek_archive_added *added)
{
    char shown[CLI_SHOWN];

    (void)printf("%s: ", banthuek_show(file, shown, sizeof shown));
    (void)printf("%s %zu",
                 added->is_new ? cli_word(args, "kept as entry", "เก็บแล้ว เป็นรายการที่")
                               : cli_word(args, "there already, as entry", "มีอยู่แล้ว เป็นรายการที่"),
                 added->entry);
    if (added->supersedes > 0)
        (void)printf("%s %zu", cli_word(args, ", in place of", " แทนรายการที่"), added->supersedes);
    if (added->newer > 0)
        (void)printf("%s %zu", cli_word(args, "; a newer one is", " โดยมีฉบับที่ใหม่กว่าคือรายการที่"),
                     added->newer);
    (void)printf("\n");
    (void)fflush(stdout); /* it is kept now: that is said, whatever comes next */
}

/* Keeps what was read, then says so in the order of the files. */
static void
keep_group(struct adding *adding)
{
    const struct banthuek_archive_reading *readings[GROUP_MAX];
    const struct banthuek_archive_added *added[GROUP_MAX];
    size_t count = 0, guilty = CLI_CHILD_MANY;

    for (size_t i = 0; i < adding->group_count; i++) {
        const struct taken *one = &adding->group[i];
        if (one->reading == NULL)
            continue;
        readings[count++] = one->reading;
        guilty = count == 1 ? one->piece : CLI_CHILD_MANY;
    }
    cli_child_begin(adding->child, guilty);
    cli_limit_quietly("");
    banthuek_archive_add_all(adding->archive, readings, count, added);
    cli_limit_done();
    cli_child_clear_line(adding->child);
    for (size_t i = 0, at = 0; i < adding->group_count; i++) {
        const struct taken *one = &adding->group[i];
        const struct banthuek_archive_added *what = one->reading == NULL ? NULL : added[at++];
        const enum result result = what == NULL   ? RESULT_REFUSED
                                   : what->is_new ? RESULT_KEPT
                                                  : RESULT_THERE;
        if (what != NULL)
            tell(adding->args, adding->files[one->piece]->path, what);
        cli_child_done(adding->child, one->piece, (unsigned char)result,
                       cli_end(one->b, adding->args, what != NULL));
    }
    adding->group_count = 0;
    adding->group_bytes = 0;
}

static enum banthuek_archive_unread
unread_of(enum cli_death death)
{
    return death == CLI_DEATH_NONE     ? BANTHUEK_ARCHIVE_IS_READ
           : death == CLI_DEATH_TIME   ? BANTHUEK_ARCHIVE_UNREAD_TIME
           : death == CLI_DEATH_MEMORY ? BANTHUEK_ARCHIVE_UNREAD_MEMORY
                                       : BANTHUEK_ARCHIVE_UNREAD_CRASH;
}

/* One document, with memory of its own. */
static void
read_piece(struct adding *adding, size_t piece)
{
    const struct cli_args *args = adding->args;
    const struct banthuek_archive_given given = {
        .struct_size = sizeof given,
        .flags = args->search.with_secret ? BANTHUEK_ARCHIVE_SECRET : 0,
        .year = args->year,
        .agency = args->search.agency,
        .number = args->sign.number,
        .date = args->sign.date,
        .subject = args->subject,
        .unread = unread_of(cli_child_death(adding->child, piece)),
    };
    const char *path = adding->files[piece]->path;
    struct taken *one = &adding->group[adding->group_count++];

    cli_child_begin(adding->child, piece);
    cli_limit_quietly(path);
    one->piece = piece;
    one->b = banthuek_open(args->context, &args->options);
    one->reading = banthuek_archive_read(one->b, adding->archive, path, &given);
    adding->group_bytes += one->reading == NULL ? 0 : one->reading->size;
}

static bool
is_group_full(const struct adding *adding)
{
    return adding->group_count == GROUP_MAX || adding->group_bytes > GROUP_BYTES ||
           cli_child_is_alone(adding->child) || clock_ms() - adding->group_since > GROUP_MS;
}

static void
add_all(struct adding *adding)
{
    for (size_t i = 0; i < adding->count; i++) {
        if (!cli_child_is_open(adding->child, i))
            continue;
        if (adding->group_count == 0)
            adding->group_since = clock_ms();
        read_piece(adding, i);
        if (is_group_full(adding))
            keep_group(adding);
    }
    if (adding->group_count > 0)
        keep_group(adding);
}

static int
work(void *user, struct cli_child *child)
{
    struct adding *adding = user;
    const struct cli_args *args = adding->args;
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = args->archive, .mode = BANTHUEK_ARCHIVE_CREATE};
    struct banthuek *b = banthuek_open(args->context, &args->options);

    adding->child = child;
    adding->archive = banthuek_archive_open(b, &options);
    if (adding->archive == NULL)
        return cli_end(b, args, false);
    add_all(adding);
    banthuek_archive_close(adding->archive);
    return cli_end(b, args, true);
}

/* ---- in the parent */

static void
give_up(void *user, size_t piece)
{
    const struct adding *adding = user;
    char shown[CLI_SHOWN];

    (void)fprintf(stderr, "%s: %s\n",
                  banthuek_show(adding->files[piece]->path, shown, sizeof shown),
                  cli_word(adding->args,
                           "not added: the process that reads it ends, also when it does not look "
                           "inside; see that there is enough memory",
                           "ไม่ได้เก็บ เพราะกระบวนการที่อ่านแฟ้มนี้จบลงกลางคันแม้ไม่อ่านเนื้อหา "
                           "กรุณาตรวจว่าเครื่องมีหน่วยความจำเพียงพอ"));
}

/* Tells what is passed over, and keeps the others. */
static int
sort_out(struct adding *adding, const struct banthuek_archive_files *found)
{
    int status = CLI_GOOD;

    for (size_t i = 0; i < found->count; i++) {
        const struct banthuek_archive_file *file = &found->list[i];
        if (file->passed == BANTHUEK_ARCHIVE_NOT_PASSED) {
            adding->files[adding->count++] = file;
            continue;
        }
        struct banthuek *b = banthuek_open(adding->args->context, &adding->args->options);
        banthuek_archive_tell_passed(b, file);
        (void)cli_end(b, adding->args, true);
        if (file->passed == BANTHUEK_ARCHIVE_PASSED_CLOSED)
            status = CLI_SYSTEM;
    }
    return status;
}

static void
tell_sum(const struct adding *adding, size_t passed)
{
    const struct cli_child *child = adding->child;
    size_t kept = cli_child_count(child, RESULT_KEPT), there = cli_child_count(child, RESULT_THERE);

    size_t not_kept = adding->count - kept - there;

    if (adding->args->lang == BANTHUEK_THAI)
        (void)printf("เอกสาร %zu ฉบับ: เก็บแล้ว %zu มีอยู่แล้ว %zu ไม่ได้เก็บ %zu · ข้ามแฟ้มอื่น %zu แฟ้ม\n",
                     adding->count, kept, there, not_kept, passed);
    else
        (void)printf(
            "documents: %zu, kept %zu, there already %zu, not added %zu; other files passed "
            "over: %zu\n",
            adding->count, kept, there, not_kept, passed);
}

static int
add_found(struct adding *adding, const struct banthuek_archive_files *found)
{
    const struct cli_child_job job = {.count = found->taken,
                                      .work = work,
                                      .give_up = give_up,
                                      .user = adding,
                                      .with_progress = true};
    int status = sort_out(adding, found);

    if (adding->count == 0)
        return status;
    adding->child = cli_child_open(job.count);
    int own = cli_child_run(adding->args, &job, adding->child);
    if (found->folders > 0)
        tell_sum(adding, found->count - found->taken);
    cli_child_close(adding->child);
    return own > status ? own : status;
}

int
cli_archive_add(const struct cli_args *args)
{
    struct adding adding = {.args = args};

    if (args->operand == NULL)
        return cli_wrong_usage(args, "archive add: name one or more files or folders",
                               "archive add: กรุณาระบุแฟ้มหรือโฟลเดอร์ตั้งแต่หนึ่งรายการ");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const struct banthuek_archive_files *found =
        banthuek_archive_files(b, (const char *const *)args->operands, args->operand_count);
    adding.files = calloc(found->taken + 1, sizeof(const struct banthuek_archive_file *));
    if (adding.files == NULL)
        cli_out_of_memory(found->taken);
    int status = add_found(&adding, found);
    free(adding.files);
    int own = cli_end(b, args, found->taken > 0);
    return own > status ? own : status;
}
