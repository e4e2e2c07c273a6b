/* What is shown while a job is printed, and how it is cancelled. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/paper.h"

#define LINE_BYTES 512

static volatile sig_atomic_t caught; /* the signal that came */

static void
catch_one(int signal_number)
{
    caught = signal_number;
    (void)signal(signal_number, SIG_DFL);
}

void
cli_progress_begin(struct cli_progress *progress, const struct cli_args *args)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct sigaction action = {.sa_handler = catch_one}, before;

    *progress = (struct cli_progress){.args = args, .on_terminal = isatty(STDERR_FILENO) == 1};
    (void)sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            (void)sigaction(signals[i], &action, NULL);
    }
}

static void
clear_line(struct cli_progress *progress)
{
    if (progress->shown > 0)
        (void)fprintf(stderr, "\r%*s\r", (int)progress->shown, "");
    progress->shown = 0;
}

static void
show_line(struct cli_progress *progress, const char *line)
{
    size_t columns = banthuek_columns((struct banthuek_bytes){line, strlen(line)});
    size_t before = progress->shown;

    (void)fprintf(stderr, "\r%s%*s", line, before > columns ? (int)(before - columns) : 0, "");
    (void)fflush(stderr);
    progress->shown = columns > before ? columns : before;
}

/* Says once what is wrong at the printer, also in a pipe: somebody has to go there. */
static void
tell_trouble(struct cli_progress *progress, const char *printer, const char *text)
{
    char shown[2][CLI_SHOWN];
    struct cli_text line = {NULL, 0, 0};

    cli_add(&line, "\n%s\n", text);
    if (progress->told.data == NULL)
        cli_add(&progress->told, "\n");
    if (strstr(progress->told.data, line.data) == NULL) {
        cli_add(&progress->told, "%s\n", text);
        clear_line(progress);
        (void)fprintf(stderr, "%s: %s\n", banthuek_show(printer, shown[0], sizeof shown[0]),
                      banthuek_show(text, shown[1], sizeof shown[1]));
    }
    free(line.data);
}

static void
tell_reasons(struct cli_progress *progress, const struct banthuek_print_state *state)
{
    for (size_t i = 0; i < state->reason_count; i++) {
        if (state->reasons[i].level != BANTHUEK_NOTE)
            tell_trouble(progress, state->printer, state->reasons[i].text[progress->args->lang]);
    }
}

static const char *
words_of(const struct cli_args *args, enum banthuek_print_stage stage)
{
    static const char *const words[][2] = {
        [BANTHUEK_PRINT_ASKING] = {"asking what it can do", "กำลังสอบถามเครื่องพิมพ์"},
        [BANTHUEK_PRINT_BUSY] = {"busy with another job, waiting", "กำลังพิมพ์งานอื่นอยู่ รอให้ว่าง"},
        [BANTHUEK_PRINT_SENDING] = {"sending", "กำลังส่งงาน"},
        [BANTHUEK_PRINT_QUEUED] = {"waiting in the queue", "รอคิว"},
        [BANTHUEK_PRINT_HELD] = {"held until somebody lets it go", "งานถูกพักไว้ รอผู้ปล่อย"},
        [BANTHUEK_PRINT_PRINTING] = {"printing", "กำลังพิมพ์"},
        [BANTHUEK_PRINT_STOPPED] = {"stopped in the middle", "หยุดกลางคัน"},
    };

    return words[stage][args->lang];
}

static void
show_state(struct cli_progress *progress, const struct banthuek_print_state *state)
{
    const struct cli_args *args = progress->args;
    char line[LINE_BYTES], name[64];
    int len =
        snprintf(line, sizeof line, "%s: %s", banthuek_show(state->printer, name, sizeof name),
                 words_of(args, state->stage));

    if (state->stage == BANTHUEK_PRINT_PRINTING && state->done > 0)
        (void)snprintf(line + len, sizeof line - (size_t)len, "%s %zu %s %zu",
                       cli_word(args, ", page", " หน้า"), state->done, cli_word(args, "of", "จาก"),
                       state->total);
    if (state->stage == BANTHUEK_PRINT_QUEUED && state->ahead > 0)
        (void)snprintf(line + len, sizeof line - (size_t)len, "%s %zu",
                       cli_word(args, ", jobs before it:", " งานที่อยู่ก่อนหน้า"), state->ahead);
    show_line(progress, line);
}

bool
cli_progress_tell(void *user, const struct banthuek_print_state *state)
{
    struct cli_progress *progress = user;

    tell_reasons(progress, state);
    if (progress->on_terminal)
        show_state(progress, state);
    if (caught != 0)
        progress->signal_number = caught;
    return caught == 0;
}

void
cli_progress_end(struct cli_progress *progress)
{
    clear_line(progress);
    free(progress->told.data);
    progress->told = (struct cli_text){NULL, 0, 0};
}
