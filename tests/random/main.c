/* Makes reports at random and judges what becomes of them, each in a process of its own.
 *
 * usage, in the project's folder: reports WORK_DIR FIRST COUNT [TEXTS.conllu]
 *
 * A report's seed is its number. What fails is told with its seed, and its folder stays in
 * WORK_DIR: WORK_DIR/SEED/report.yaml or report.json, and the PDF when there is one. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "banthuek.h"
#include "random/random.h"

#define SECONDS 60 /* that a report may take */

struct tally {
    unsigned faults, made, refused;
};

struct trial {
    struct arena *arena;
    const char *dir, *file;
    struct report report;
    struct banthuek_context *context;
    struct banthuek_options options;
};

/* The name of a file of the trial. */
static const char *
path_of(const struct trial *trial, const char *name)
{
    return arena_printf(trial->arena, "%s/%s", trial->dir, name);
}

static void
put_file(struct trial *trial, const char *name, const char *bytes, size_t size)
{
    const char *path = path_of(trial, name);
    FILE *file = fopen(path, "wb");

    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
        perror(path);
        abort();
    }
}

static void
put_part(struct trial *trial, const char *name, const struct buf *part)
{
    if (part->arena != NULL)
        put_file(trial, name, part->ptr, part->len);
}

static void
put_report(struct trial *trial)
{
    const struct report *report = &trial->report;
    const char *name = report->is_json ? "report.json" : "report.yaml";

    mkdir(trial->dir, 0777);
    mkdir(path_of(trial, "rubric"), 0777);
    trial->file = path_of(trial, name);
    put_file(trial, name, report->file.ptr, report->file.len);
    put_part(trial, "rubric/2566.yaml", &report->rubric);
    put_part(trial, "rows.csv", &report->table);
    put_part(trial, "memo.xml", &report->template);
    put_part(trial, "schema.yaml", &report->schema);
    put_part(trial, "style.yaml", &report->style);
    if (report->template.arena != NULL)
        trial->options.template_dir = trial->dir;
}

/* The codes of all errors, in order, and whether there are any. */
static const char *
errors_of(struct trial *trial, struct banthuek *banthuek)
{
    struct buf out = buf_in(trial->arena);

    for (size_t i = 0; i < banthuek_message_count(banthuek); i++) {
        const struct banthuek_message *message = banthuek_message(banthuek, i, BANTHUEK_ENGLISH);

        if (message->level == BANTHUEK_ERROR)
            buf_printf(&out, "%s ", message->code);
    }
    return str_cstr(trial->arena, buf_str(&out));
}

static const char *
first_error(struct trial *trial, struct banthuek *banthuek)
{
    for (size_t i = 0; i < banthuek_message_count(banthuek); i++) {
        const struct banthuek_message *message = banthuek_message(banthuek, i, BANTHUEK_ENGLISH);

        if (message->level == BANTHUEK_ERROR)
            return arena_printf(trial->arena, "%s", message->text);
    }
    return "";
}

/* NULL when all is as it should be. */
static const char *
judge(struct trial *trial, struct banthuek *checked, struct banthuek *rendered, struct tally *tally)
{
    bool good = banthuek_load(checked, trial->file) && banthuek_check(checked);
    struct banthuek_bytes pdf = {NULL, 0};
    bool made = banthuek_load(rendered, trial->file) && banthuek_render(rendered, &pdf);
    const char *told = errors_of(trial, checked), *refused = errors_of(trial, rendered), *fault;

    if (good != made || strcmp(told, refused) != 0 || (told[0] == '\0') != made)
        return arena_printf(trial->arena, "check: %s(%s), render: %s(%s)", good ? "good " : "bad ",
                            told, made ? "made " : "refused ", refused);
    if (!made) {
        __atomic_add_fetch(&tally->refused, 1, __ATOMIC_RELAXED);
        if (getenv("REPORTS_TELL") != NULL)
            printf("%s: %s\n", trial->file, first_error(trial, rendered));
        return NULL;
    }
    __atomic_add_fetch(&tally->made, 1, __ATOMIC_RELAXED);
    put_file(trial, "report.pdf", pdf.data, pdf.size);
    struct paper paper = paper_read(trial->arena, pdf.data, pdf.size);
    if (paper.fault != NULL)
        return paper.fault;
    fault = judge_texts(&trial->report, &paper);
    return fault != NULL ? fault : judge_lines(&paper);
}

static void
clean(const struct trial *trial)
{
    static const char *const names[] = {"report.pdf", "report.yaml",     "report.json",
                                        "rows.csv",   "memo.xml",        "schema.yaml",
                                        "style.yaml", "rubric/2566.yaml"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlink(path_of(trial, names[i]));
    rmdir(path_of(trial, "rubric"));
    rmdir(trial->dir);
}

static bool
try(const char *work, unsigned seed, const struct lexicon *lexicon, struct tally *tally)
{
    static const char *const templates[] = {"memo", "ita-report", NULL};
    struct trial trial = {.arena = arena_new(0)};
    struct maker maker = {trial.arena, {seed}, lexicon, seed % 4 == 0, false};

    trial.dir = arena_printf(trial.arena, "%s/%u", work, seed);
    trial.report = report_make(&maker, templates[seed % 3]);
    trial.options = (struct banthuek_options){.struct_size = sizeof trial.options,
                                              .flags = BANTHUEK_PREPRINTED};
    /* wherever this program was built: it is run in the project's folder */
    trial.context = banthuek_context_open(&(struct banthuek_context_options){
        .struct_size = sizeof(struct banthuek_context_options), .data_dir = "."});
    put_report(&trial);
    struct banthuek *checked = banthuek_open(trial.context, &trial.options);
    struct banthuek *rendered = banthuek_open(trial.context, &trial.options);
    const char *fault = judge(&trial, checked, rendered, tally);
    banthuek_close(checked);
    banthuek_close(rendered);
    banthuek_context_close(trial.context);
    if (fault != NULL)
        printf("seed %u: %s: %s\n", seed, trial.file, fault);
    else
        clean(&trial);
    fflush(stdout);
    arena_free(trial.arena);
    return fault == NULL;
}

/* Waits for one; what was ended from outside, or by itself, is a fault too. */
static void
wait_one(struct tally *tally)
{
    int status = 0;
    pid_t pid = wait(&status);

    if (WIFSIGNALED(status))
        printf("process %d ended by signal %d: its folder is still there\n", (int)pid,
               WTERMSIG(status));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        tally->faults++;
}

int
main(int argc, char **argv)
{
    struct tally *tally =
        mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct arena *arena = arena_new(0);
    struct lexicon lexicon = {NULL, 0};
    long most = sysconf(_SC_NPROCESSORS_ONLN), running = 0;

    if (argc < 4 || tally == MAP_FAILED)
        return 2;
    if (argc > 4)
        lexicon = lexicon_read(arena, argv[4]);
    unsigned first = (unsigned)atoi(argv[2]), count = (unsigned)atoi(argv[3]);
    for (unsigned seed = first; seed < first + count; seed++) {
        if (running == most) {
            wait_one(tally);
            running--;
        }
        fflush(stdout);
        if (fork() == 0) {
            alarm(SECONDS);
            _exit(try(argv[1], seed, &lexicon, tally) ? 0 : 1);
        }
        running++;
    }
    for (; running > 0; running--)
        wait_one(tally);
    printf("%u reports: %u made, %u refused by both, %u faults\n", count, tally->made,
           tally->refused, tally->faults);
    arena_free(arena);
    return tally->faults > 0 || tally->made * 2 < count;
}
