/* banthuek sign FILE.pdf… --as ROLE … */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "banthuek-sign.h"
#include "cli/cli.h"

static const char *const levels[] = {"", "B-B", "B-T", "B-LT", "B-LTA"}; /* banthuek_pades */

/* What is to become of a PDF. */
struct task {
    const char *pdf;
    struct cli_text out; /* the file to be made */
    bool is_done;        /* it is there already, and signed … */
    struct cli_text by;  /* … with the certificate of somebody */
    bool has_failed;
};

/* ---- what was asked for */

static struct banthuek_sign_options
options_of(const struct cli_args *args)
{
    const struct cli_sign_args *sign = &args->sign;

    return (struct banthuek_sign_options){
        .struct_size = sizeof(struct banthuek_sign_options),
        .flags = sign->flags,
        .role = sign->role,
        .opinion = sign->opinion,
        .name = sign->name,
        .position = sign->position,
        .acting = sign->acting,
        .number = sign->number,
        .date = sign->date,
        .hand = sign->hand,
        .level = (enum banthuek_pades)sign->level,
        .tsa = sign->tsa,
        .chain = sign->chain,
        .chain_count = sign->chain_count,
    };
}

/* All that is to be done, for who asks for a passphrase or PIN. */
struct batch {
    const struct cli_args *args;
    struct task *tasks;
    int status; /* the worst so far */
    bool given_up;
};

static bool ask_for(void *user, const struct banthuek_secret *secret, char *out, size_t size);

static struct banthuek_key *
open_key(struct banthuek *b, struct batch *batch)
{
    const struct cli_args *args = batch->args;
    const struct cli_sign_args *sign = &args->sign;
    const struct banthuek_key_options options = {
        .struct_size = sizeof options,
        .file = sign->key,
        .module = sign->pkcs11,
        .token = sign->token,
        .id = sign->key_id,
        .command = sign->key_command,
        .certificate = sign->cert,
        .chain = sign->chain,
        .chain_count = sign->chain_count,
        .pss = sign->pss,
        .incomplete_chain = sign->incomplete_chain,
        .ask = ask_for,
        .user = batch,
    };

    return banthuek_key_open(b, &options);
}

/* NULL when the arguments make sense together, else what is wrong, in both languages. */
static const char *const *
wrong_with(const struct cli_args *args)
{
    static const char *const none[] = {"sign: name one or more PDFs",
                                       "sign: กรุณาระบุแฟ้ม PDF ตั้งแต่หนึ่งแฟ้ม"};
    static const char *const role[] = {
        "sign: say who signs with --as ROLE; banthuek routing shows the roles",
        "sign: กรุณาระบุบทบาทผู้ลงนามด้วย --as ดูบทบาทได้จาก banthuek routing"};
    static const char *const out[] = {
        "sign: name the file to be made with -o, or of several the folder with --out-dir",
        "sign: กรุณาระบุชื่อแฟ้มใหม่ด้วย -o หรือถ้ามีหลายแฟ้มระบุโฟลเดอร์ด้วย --out-dir"};
    static const char *const key[] = {
        "sign: say where the key is, with one of --key, --pkcs11 and --key-command",
        "sign: กรุณาระบุกุญแจด้วย --key, --pkcs11 หรือ --key-command เพียงอย่างเดียว"};
    static const char *const preview[] = {"sign: a preview is made of one PDF, without -o",
                                          "sign: ทำตัวอย่างได้ครั้งละหนึ่งแฟ้ม และไม่ใช้ -o"};
    const struct cli_sign_args *sign = &args->sign;
    bool named = args->output != NULL, folder = sign->out_dir != NULL;
    int keys = (sign->key != NULL) + (sign->pkcs11 != NULL) + (sign->key_command != NULL);

    if (args->operand == NULL)
        return none;
    if (sign->role == NULL && !sign->renew)
        return role;
    if (sign->preview != NULL)
        return args->operand_count > 1 || named || folder ? preview : NULL;
    if (named == folder || (named && (args->operand_count > 1 || strcmp(args->output, "-") == 0)))
        return out;
    return keys > 1 ? key : NULL;
}

/* ---- the list */

static void
name_output(const struct cli_args *args, struct task *task)
{
    const char *slash = strrchr(task->pdf, '/');
    const char *name = slash == NULL ? task->pdf : slash + 1;

    if (args->output != NULL)
        cli_add(&task->out, "%s", args->output);
    else
        cli_add(&task->out, "%s/%s", args->sign.out_dir, name);
}

/* Whether the file that is to be made is there already, as what was begun before left it: the PDF
 * signed by the role, by the key where it is known. */
static bool
is_done(const struct cli_args *args, struct task *task, const struct banthuek_key *key)
{
    const struct banthuek_sign_options options = options_of(args);
    struct cli_args one = *args;

    if (args->sign.out_dir == NULL || args->sign.renew)
        return false;
    one.operand = task->out.data;
    cli_limit(&one);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const struct banthuek_signed *before =
        banthuek_sign_before(b, task->pdf, key, &options, task->out.data);
    cli_limit_done();
    if (before != NULL && task->by.len == 0)
        cli_add_foreign(&task->by, before->name);
    banthuek_close(b);
    return before != NULL;
}

static void
print_file(const char *path)
{
    char shown[CLI_SHOWN];

    (void)fputs(banthuek_show(path, shown, sizeof shown), stdout);
}

static void
print_task(const struct cli_args *args, const struct task *task)
{
    print_file(task->pdf);
    (void)fputs(" → ", stdout);
    print_file(task->out.data);
    if (task->is_done)
        (void)printf("%s%s%s", cli_word(args, " (signed already by ", " (ลงนามแล้ว โดย "),
                     task->by.len == 0 ? "?" : task->by.data,
                     cli_word(args, ", left alone)", " จึงข้ามไป)"));
    (void)puts("");
}

static int
print_list(const struct cli_args *args, const struct task *tasks)
{
    (void)printf("%s\n", cli_word(args, "to be signed:", "แฟ้มที่จะลงนาม:"));
    for (size_t i = 0; i < args->operand_count; i++) {
        (void)printf("%4zu. ", i + 1);
        print_task(args, &tasks[i]);
    }
    return cli_flush(args, CLI_GOOD);
}

/* ---- signing */

static void
add_signed(struct cli_text *out, const struct cli_args *args, const struct task *task,
           const struct banthuek_signed *signed_now)
{
    char shown[CLI_SHOWN];
    const char *line_end = memchr(signed_now->name.data, '\n', signed_now->name.size);
    size_t len =
        line_end == NULL ? signed_now->name.size : (size_t)(line_end - signed_now->name.data);

    cli_add(out, "%s: ", banthuek_show(task->out.data, shown, sizeof shown));
    if (args->sign.renew) {
        cli_add(out, "%s\n",
                cli_word(args, "the time stamp is renewed", "ต่ออายุการประทับเวลาของเอกสารแล้ว"));
        return;
    }
    cli_add(out, "%s ", cli_word(args, "signed by", "ลงนามแล้ว โดย"));
    cli_add_foreign(out, (struct banthuek_bytes){signed_now->name.data, len});
    cli_add(out, " %s ", cli_word(args, "on", "เมื่อ"));
    cli_add_foreign(out, signed_now->date);
    cli_add(out, "%s %s\n", cli_word(args, ", level", " ระดับ"), levels[signed_now->level]);
}

static int
sign_one(const struct cli_args *args, const struct task *task, struct banthuek_key *key)
{
    struct cli_args one = *args;
    struct cli_text said = {NULL, 0, 0};
    const struct banthuek_sign_options options = options_of(args);

    one.operand = task->pdf;
    cli_limit(&one);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const struct banthuek_signed *done =
        args->sign.renew ? banthuek_sign_renew(b, task->pdf, &options, task->out.data)
                         : banthuek_sign(b, task->pdf, key, &options, task->out.data);
    cli_limit_done();
    if (done != NULL)
        add_signed(&said, args, task, done);
    int status = cli_end(b, args, done != NULL);
    (void)fputs(said.data == NULL ? "" : said.data, stdout);
    free(said.data);
    return cli_flush(args, status);
}

static int
worse(int one, int other)
{
    return one > other ? one : other;
}

/* Whether the file can be made; the PDF itself is looked at where somebody is going to be asked:
 * who signs looks at it anyway. */
static int
check_one(const struct cli_args *args, struct task *task, bool whole)
{
    const struct banthuek_sign_options options = options_of(args);
    struct cli_args one = *args;

    one.operand = task->pdf;
    cli_limit(&one);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    task->has_failed = !banthuek_sign_check(b, whole ? task->pdf : NULL, &options, task->out.data);
    cli_limit_done();
    return cli_end(b, args, !task->has_failed);
}

/* Looks at those that are still to be signed; false where there is none left. */
static bool
check_all(struct batch *batch, bool whole)
{
    const struct cli_args *args = batch->args;
    bool any = false;

    for (size_t i = 0; i < args->operand_count; i++) {
        struct task *task = &batch->tasks[i];
        if (task->is_done || task->has_failed)
            continue;
        batch->status = worse(batch->status, check_one(args, task, whole));
        any = any || !task->has_failed;
    }
    return any;
}

/* Nobody is asked before all that can be told without an answer was told. */
static bool
ask_for(void *user, const struct banthuek_secret *secret, char *out, size_t size)
{
    struct batch *batch = user;
    struct cli_args asked = *batch->args;

    batch->given_up = !check_all(batch, true);
    return !batch->given_up && cli_ask_secret(&asked, secret, out, size);
}

static struct banthuek_key *
get_key(struct batch *batch)
{
    const struct cli_args *args = batch->args;
    struct banthuek *b = banthuek_open(args->context, &args->options);
    struct banthuek_key *key = open_key(b, batch);

    if (batch->given_up) /* why was told */
        banthuek_close(b);
    else
        batch->status = worse(batch->status, cli_end(b, args, key != NULL));
    return key;
}

/* True when no two PDFs would be written as the same file. */
static bool
all_differ(const struct cli_args *args, const struct task *tasks)
{
    char shown[CLI_SHOWN], english[2 * CLI_SHOWN], thai[2 * CLI_SHOWN];

    for (size_t i = 0; i < args->operand_count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(tasks[i].out.data, tasks[k].out.data) != 0)
                continue;
            (void)banthuek_show(tasks[i].out.data, shown, sizeof shown);
            (void)snprintf(english, sizeof english,
                           "sign: two PDFs would be written as %s; sign them one by one", shown);
            (void)snprintf(thai, sizeof thai,
                           "sign: มี PDF สองแฟ้มที่จะเขียนเป็น %s เหมือนกัน กรุณาลงนามทีละแฟ้ม", shown);
            (void)cli_wrong_usage(args, english, thai);
            return false;
        }
    }
    return true;
}

/* Looks for what was done before; false where nothing is left to be done. */
static bool
look_at_all(struct batch *batch)
{
    const struct cli_args *args = batch->args;
    bool any_done = false;

    for (size_t i = 0; i < args->operand_count; i++) {
        batch->tasks[i].is_done = is_done(args, &batch->tasks[i], NULL);
        any_done = any_done || batch->tasks[i].is_done;
    }
    if (args->operand_count > 1 || any_done)
        batch->status = print_list(args, batch->tasks);
    return check_all(batch, false);
}

/* What was signed before with another key is no part of this run: its name is taken. */
static void
look_with_key(struct batch *batch, const struct banthuek_key *key)
{
    for (size_t i = 0; i < batch->args->operand_count; i++) {
        struct task *task = &batch->tasks[i];
        if (task->is_done && !is_done(batch->args, task, key))
            batch->status = worse(batch->status, check_one(batch->args, task, false));
    }
}

static int
sign_all(const struct cli_args *args, struct task *tasks)
{
    struct batch batch = {.args = args, .tasks = tasks, .status = CLI_GOOD};
    struct banthuek_key *key = NULL;

    for (size_t i = 0; i < args->operand_count; i++) {
        tasks[i].pdf = args->operands[i];
        name_output(args, &tasks[i]);
    }
    if (!all_differ(args, tasks))
        return CLI_USAGE;
    if (!look_at_all(&batch))
        return batch.status;
    if (!args->sign.renew) {
        key = get_key(&batch);
        if (key == NULL)
            return batch.status;
        look_with_key(&batch, key);
    }
    for (size_t i = 0; i < args->operand_count; i++) {
        if (!tasks[i].is_done && !tasks[i].has_failed)
            batch.status = worse(batch.status, sign_one(args, &tasks[i], key));
    }
    banthuek_key_close(key);
    return batch.status;
}

static int
preview(const struct cli_args *args)
{
    const struct banthuek_sign_options options = options_of(args);
    struct banthuek *b = banthuek_open(args->context, &args->options);

    cli_limit(args);
    const struct banthuek_signed *made =
        banthuek_sign_preview(b, args->operand, &options, args->sign.preview);
    cli_limit_done();
    if (made != NULL) {
        print_file(args->sign.preview);
        (void)printf(": %s\n", cli_word(args, "a preview, not signed", "ตัวอย่าง ยังไม่ได้ลงนาม"));
    }
    return cli_end(b, args, made != NULL);
}

static int
sign(const struct cli_args *args)
{
    if (args->sign.preview != NULL)
        return preview(args);
    struct task *tasks = calloc(args->operand_count, sizeof *tasks);
    if (tasks == NULL)
        cli_out_of_memory(args->operand_count * sizeof *tasks);
    struct cli_text told = {NULL, 0, 0};
    struct cli_args once = *args;
    once.told = &told;
    int status = sign_all(&once, tasks);
    for (size_t i = 0; i < args->operand_count; i++) {
        free(tasks[i].out.data);
        free(tasks[i].by.data);
    }
    free(tasks);
    free(told.data);
    return status;
}

/* No other process of this user may look into this one, and no core is left: it holds a key.
 * LeakSanitizer has to look into it. */
static void
hide_memory(void)
{
    const struct rlimit none = {0, 0};

#ifndef __SANITIZE_ADDRESS__
    (void)prctl(PR_SET_DUMPABLE, 0);
#endif
    (void)setrlimit(RLIMIT_CORE, &none);
}

int
cli_sign(const struct cli_args *args)
{
    const char *const *wrong = wrong_with(args);

    if (wrong != NULL)
        return cli_wrong_usage(args, wrong[0], wrong[1]);
    hide_memory();
    return sign(args);
}
