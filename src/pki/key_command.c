/* Keys that a program of the user's signs with, elsewhere. */
#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "base/program.h"
#include "pki/key_inner.h"

#define ARGUMENTS_MAX 64

/* Cuts at blanks; NULL where there is nothing or too much. */
static const char **
arguments_of(struct arena *arena, const char *command)
{
    const char **out = arena_array(arena, ARGUMENTS_MAX + 1, sizeof *out);
    char *text = arena_printf(arena, "%s", command), *rest = NULL;
    size_t count = 0;

    for (char *one = strtok_r(text, " \t\n", &rest); one != NULL;
         one = strtok_r(NULL, " \t\n", &rest)) {
        if (count == ARGUMENTS_MAX)
            return NULL;
        out[count++] = one;
    }
    return count == 0 ? NULL : out;
}

static bool
fail(struct diags *diags, enum diag_code code, const char *program, const char *arg)
{
    diag_add(diags, code, POS_NONE, diag_str(diags, str_of(program)), arg, NULL);
    return false;
}

/* What became of it. */
static bool
judge(const struct key *key, const struct program_said *said, struct diags *diags,
      const char *program)
{
    if (said->end == PROGRAM_NOT_STARTED)
        return fail(diags, DIAG_SIGN_COMMAND_START, program, diag_system(diags, said->error));
    if (said->says_more)
        (void)fail(diags, DIAG_SIGN_COMMAND_TALKS, program,
                   diag_printf(diags, "%d", KEY_COMMAND_SAYS_MAX / 1024));
    if (said->end == PROGRAM_OVER_OUTPUT)
        return fail(diags, DIAG_SIGN_COMMAND_LONG, program, NULL);
    if (said->end == PROGRAM_OVER_TIME)
        return fail(diags, DIAG_SIGN_COMMAND_TIME, program,
                    diag_printf(diags, "%u", key->command_seconds));
    if (WIFSIGNALED(said->status))
        return fail(diags, DIAG_SIGN_COMMAND_FAILED, program,
                    diag_signal(diags, WTERMSIG(said->status)));
    int status = WEXITSTATUS(said->status);
    if (status != 0)
        return fail(diags, DIAG_SIGN_COMMAND_FAILED, program,
                    diag_both(diags, diag_printf(diags, "exit status %d", status),
                              diag_printf(diags, "สถานะออก %d", status)));
    return said->output.len > 0 || fail(diags, DIAG_SIGN_COMMAND_EMPTY, program, NULL);
}

bool
key_command_sign(const struct key *key, struct arena *arena, struct diags *diags,
                 struct str message, struct str *signature)
{
    const char **arguments = arguments_of(arena, key->command);
    struct buf input = buf_in(arena);

    if (arguments == NULL)
        return fail(diags, DIAG_SIGN_COMMAND_START, key->command, diag_system(diags, EINVAL));
    buf_printf(&input, "%s %zu\n", key_algorithm_name(key->algorithm), message.len);
    buf_add(&input, message);
    const struct program program = {.arguments = arguments,
                                    .input = buf_str(&input),
                                    .output_max = KEY_SIGNATURE_MAX,
                                    .says_max = KEY_COMMAND_SAYS_MAX,
                                    .seconds = key->command_seconds};
    const struct program_said said = program_run(arena, &program);

    if (!judge(key, &said, diags, arguments[0]))
        return false;
    *signature = said.output;
    return true;
}
