/* banthuek archive verify [ENTRY…] [--quick] [--head HASH|FILE] [--trust PATH]… [--at TIME]
 * [--resume]
 * [--format=json] */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "banthuek-archive.h"
#include "cli/archive_journal.h"
#include "cli/archive_render.h"
#include "cli/cli.h"

#define HASH_LEN 64
#define HASH_GROUP 4
#define ALIKE_TOLD 20    /* findings of one code */
#define HEAD_BYTES 65536 /* of a file that it was written down in */

struct run {
    const struct cli_args *args;
    struct cli_examiner *examiner;
    struct cli_journal *journal; /* NULL: not all documents are read */
    time_t shown;
    bool has_line; /* of progress on the terminal */
};

/* ---- what the library asks */

static bool
examine(void *user, const struct banthuek_archive_job *job,
        struct banthuek_archive_examined *examined)
{
    return cli_examine(((struct run *)user)->examiner, job, examined);
}

static bool
before(void *user, const char *hash)
{
    return cli_journal_has(((struct run *)user)->journal, hash);
}

static void
done(void *user, const char *hash)
{
    cli_journal_add(((struct run *)user)->journal, hash);
}

static void
show_progress(void *user, enum banthuek_archive_stage stage, size_t count, size_t total)
{
    static const char *const words[][2] = {
        [BANTHUEK_ARCHIVE_STAGE_FILE] = {"the file", "แฟ้มคลัง"},
        [BANTHUEK_ARCHIVE_STAGE_INDEX] = {"the index", "ดัชนี"},
        [BANTHUEK_ARCHIVE_STAGE_CHAINS] = {"entries", "รายการ"},
        [BANTHUEK_ARCHIVE_STAGE_CONTENTS] = {"files", "เนื้อแฟ้ม"},
        [BANTHUEK_ARCHIVE_STAGE_DOCUMENTS] = {"documents", "เอกสาร"},
    };
    struct run *run = user;
    time_t now = time(NULL);

    if (now == run->shown || isatty(STDERR_FILENO) != 1)
        return;
    run->shown = now;
    run->has_line = true;
    (void)fprintf(stderr, "\r%s", cli_word(run->args, words[stage][0], words[stage][1]));
    if (total > 0)
        (void)fprintf(stderr, " %zu/%zu", count, total);
    else if (count > 0)
        (void)fprintf(stderr, " %zu", count);
    (void)fprintf(stderr, "\033[K");
    (void)fflush(stderr);
}

static void
clear_progress(struct run *run)
{
    if (run->has_line)
        (void)fprintf(stderr, "\r\033[K");
}

/* ---- arguments */

/* 64 hexadecimal digits from here on, all in a row or in groups of four as on paper; no more and no
 * less. */
static bool
take_hash(const char *text, char out[HASH_LEN + 1])
{
    size_t len = 0, group = 0, longest = 0;

    for (; isxdigit((unsigned char)*text) != 0 || isspace((unsigned char)*text) != 0; text++) {
        if (isspace((unsigned char)*text) != 0) {
            if (len == HASH_LEN)
                break;
            if (group != 0 && group != HASH_GROUP)
                return false;
            group = 0;
            continue;
        }
        if (len == HASH_LEN)
            return false;
        out[len++] = *text;
        longest = ++group > longest ? group : longest;
    }
    out[len] = '\0';
    return len == HASH_LEN && (longest == HASH_GROUP || longest == HASH_LEN);
}

/* The first one of a text. */
static bool
find_hash(const char *text, char out[HASH_LEN + 1])
{
    bool inside = false;

    for (; *text != '\0'; text++) {
        bool digit = isxdigit((unsigned char)*text) != 0;
        if (digit && !inside && take_hash(text, out))
            return true;
        inside = digit;
    }
    return false;
}

/* The head that was written down: as it is, or in a file. What is none of both is told by the
 * library. */
static const char *
read_head(const char *given, char out[HASH_LEN + 1])
{
    char text[HEAD_BYTES];
    FILE *file = given == NULL ? NULL : fopen(given, "rb");

    if (file == NULL)
        return given;
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    (void)fclose(file);
    return find_hash(text, out) ? out : given;
}

/* ---- the answer */

static void
add_shown(struct cli_text *out, struct banthuek_bytes text)
{
    char plain[CLI_SHOWN / 2], shown[CLI_SHOWN];
    size_t size = text.size < sizeof plain ? text.size : sizeof plain - 1;

    memcpy(plain, text.data, size);
    plain[size] = '\0';
    cli_add(out, "%s", banthuek_show(plain, shown, sizeof shown));
}

/* A number and what it is of; nothing where it is 0. */
static void
add_count(struct cli_text *out, const struct cli_args *args, size_t count, const char *english,
          const char *thai)
{
    if (count > 0)
        cli_add(out, "  %s %zu\n", cli_word(args, english, thai), count);
}

static void
add_chain(struct cli_text *out, const struct cli_args *args,
          const struct banthuek_archive_verified_chain *chain)
{
    cli_add(out, "%s", chain->own ? "" : cli_word(args, "of ", "ของ "));
    if (!chain->own) {
        add_shown(out, chain->name);
        cli_add(out, ": ");
    }
    cli_add(out, "%s %zu", cli_word(args, "entries", "รายการ"), chain->entries);
    if (chain->removed > 0)
        cli_add(out, "%s %zu", cli_word(args, ", removed", " ลบแล้ว"), chain->removed);
    if (chain->withheld > 0)
        cli_add(out, "%s %zu", cli_word(args, ", left out when imported", " ไม่ได้นำเข้า"),
                chain->withheld);
    if (chain->entries > 0)
        cli_add(out, "\n  %s %s", cli_word(args, "head of the chain:", "แฮชของรายการล่าสุด:"),
                chain->head);
    cli_add(out, "\n");
}

/* Which entry has the hash that was written down. */
static void
add_known(struct cli_text *out, const struct cli_args *args,
          const struct banthuek_archive_verified *v)
{
    if (v->head_entry == 0)
        return;
    cli_add(out, "%s %zu",
            cli_word(args, "the hash that was written down is that of entry",
                     "แฮชที่จดไว้คือแฮชของรายการที่"),
            v->head_entry);
    if (v->head_archive.size > 0) {
        cli_add(out, "%s", cli_word(args, " of ", " ของ "));
        add_shown(out, v->head_archive);
    }
    cli_add(out, "\n");
}

static void
add_documents(struct cli_text *out, const struct cli_args *args,
              const struct banthuek_archive_verified *v)
{
    cli_add(out, "%s %zu\n", cli_word(args, "documents", "เอกสาร"), v->documents);
    add_count(out, args, v->contents,
              "files with the bytes that were kept:", "แฟ้มที่เทียบเนื้อกับที่เก็บไว้:");
    if (args->operand_count > 0)
        cli_add(out, "  %s\n",
                cli_word(args, "of the entries that were named alone; the index was not verified",
                         "เฉพาะรายการที่ระบุ และไม่ได้ตรวจดัชนี"));
    if (v->quick)
        cli_add(out, "  %s\n",
                cli_word(args, "signatures and pages were not verified (--quick)",
                         "ไม่ได้ตรวจลายเซ็นและหน้าเอกสาร (--quick)"));
    add_count(out, args, v->same_bytes, "made again, to the same bytes:", "ทำใหม่ได้ตรงทุกไบต์:");
    add_count(out, args, v->same_pages, "made again with other versions, to the same pages:",
              "ทำใหม่ด้วยโปรแกรมต่างรุ่น ได้หน้าเอกสารเหมือนเดิม:");
    add_count(out, args, v->other,
              "made again, and other pages came out:", "ทำใหม่แล้วได้หน้าเอกสารต่างออกไป:");
    add_count(out, args, v->unsure, "could not be made again, or read:", "ทำใหม่หรืออ่านไม่ได้:");
    add_count(out, args, v->without_data,
              "made without their data, nothing to make again:", "ไม่มีข้อมูลข้างใน จึงทำใหม่ไม่ได้:");
    add_count(out, args, v->scans, "scans of signed paper, which nobody can make again:",
              "ฉบับสแกนของกระดาษที่ลงนาม ซึ่งทำใหม่ไม่ได้:");
    add_count(out, args, v->signed_good, "signed, and good:", "ลงนามแล้ว ลายเซ็นใช้ได้:");
    add_count(out, args, v->signed_bad, "signed, and BAD:", "ลงนามแล้ว ลายเซ็นใช้ไม่ได้:");
    add_count(out, args, v->signed_unsure, "signed, and it cannot be told:", "ลงนามแล้ว ยังบอกไม่ได้:");
    add_count(out, args, v->before,
              "found good in the run that was interrupted, and not read again:",
              "ตรวจผ่านแล้วในครั้งที่ค้างไว้ จึงไม่ได้อ่านซ้ำ:");
}

static void
add_removal(struct cli_text *out, const struct cli_args *args,
            const struct banthuek_archive_removal *removal)
{
    cli_add(out, "%s %zu", cli_word(args, "entry", "รายการที่"), removal->entry);
    if (removal->archive.size > 0) {
        cli_add(out, "%s", cli_word(args, " of ", " ของ "));
        add_shown(out, removal->archive);
    }
    cli_add(out, "%s", cli_word(args, ": removed on ", ": ลบเมื่อ "));
    add_shown(out, removal->when[args->lang == BANTHUEK_THAI]);
    if (removal->who.size > 0) {
        cli_add(out, "%s", cli_word(args, " by ", " โดย "));
        add_shown(out, removal->who);
    }
    if (removal->reason.size > 0) {
        cli_add(out, "%s", cli_word(args, ", because: ", " เพราะ: "));
        add_shown(out, removal->reason);
    }
    cli_add(out, "\n");
}

static void
add_finding(struct cli_text *out, const struct cli_args *args,
            const struct banthuek_archive_finding *finding)
{
    bool is_bad = finding->level == BANTHUEK_ERROR;

    cli_add(out, "%s ", is_bad ? "✗" : "!");
    if (finding->entry > 0)
        cli_add(out, "%s %zu", cli_word(args, "entry", "รายการที่"), finding->entry);
    if (finding->entry > 0 && finding->archive.size > 0) {
        cli_add(out, "%s", cli_word(args, " of ", " ของ "));
        add_shown(out, finding->archive);
    }
    cli_add(out, "%s", finding->entry > 0 ? ": " : "");
    add_shown(out, finding->text[args->lang == BANTHUEK_THAI]);
    cli_add(out, " [%s]\n", finding->code);
}

/* How many there are of a code up to the one at `end`. */
static size_t
count_alike(const struct banthuek_archive_verified *v, size_t end, const char *code)
{
    size_t count = 0;

    for (size_t i = 0; i < end; i++)
        count += strcmp(v->findings[i].code, code) == 0;
    return count;
}

/* Of findings that are alike the first ones; how many more there are stands behind the last. */
static void
add_findings(struct cli_text *out, const struct cli_args *args,
             const struct banthuek_archive_verified *v)
{
    size_t told = v->bad + v->cannot_tell;

    for (size_t i = 0; i < v->finding_count; i++) {
        const struct banthuek_archive_finding *finding = &v->findings[i];
        size_t before = count_alike(v, i, finding->code);
        size_t all = before < ALIKE_TOLD ? 0 : count_alike(v, v->finding_count, finding->code);
        if (before < ALIKE_TOLD)
            add_finding(out, args, finding);
        else if (before + 1 == all)
            cli_add(out, "%s %zu [%s] (--format=json)\n",
                    cli_word(args, "and more of these:", "และทำนองเดียวกันอีก"), all - ALIKE_TOLD,
                    finding->code);
    }
    if (told > v->finding_count)
        cli_add(out, "%s %zu\n", cli_word(args, "and more that are not told:", "และอีกที่ไม่ได้แสดง"),
                told - v->finding_count);
}

static void
add_verdict(struct cli_text *out, const struct cli_args *args,
            const struct banthuek_archive_verified *v)
{
    if (v->verdict == BANTHUEK_VERDICT_GOOD)
        cli_add(out, "%s\n",
                cli_word(args, "GOOD: nothing is wrong with what was verified",
                         "ถูกต้อง: ไม่พบสิ่งผิดปกติในส่วนที่ตรวจ"));
    else if (v->verdict == BANTHUEK_VERDICT_BAD)
        cli_add(out, "%s %zu%s\n", cli_word(args, "BAD: faults", "พบสิ่งผิดปกติ:"), v->bad,
                cli_word(args, "", " ข้อ"));
    else
        cli_add(out, "%s %zu%s\n",
                cli_word(args, "CANNOT TELL: nothing is bad, but things that cannot be told",
                         "ยังบอกไม่ได้: ไม่พบสิ่งผิดปกติ แต่มีเรื่องที่ยังบอกไม่ได้"),
                v->cannot_tell, cli_word(args, "", " ข้อ"));
}

static void
add_text(struct cli_text *out, const struct cli_args *args,
         const struct banthuek_archive_verified *v)
{
    add_verdict(out, args, v);
    for (size_t i = 0; i < v->chain_count; i++)
        add_chain(out, args, &v->chains[i]);
    add_known(out, args, v);
    add_documents(out, args, v);
    for (size_t i = 0; i < v->removal_count; i++)
        add_removal(out, args, &v->removals[i]);
    add_findings(out, args, v);
}

/* ---- the command */

static int
status_of(const struct banthuek_archive_verified *v)
{
    return v->verdict == BANTHUEK_VERDICT_GOOD  ? CLI_GOOD
           : v->verdict == BANTHUEK_VERDICT_BAD ? CLI_ERRORS
                                                : CLI_CANNOT_TELL;
}

static void
tell_journal(const struct cli_args *args, const struct cli_journal *journal)
{
    bool is_other;
    size_t left = cli_journal_left(journal, &is_other);

    if (args->archive_verify.resume && left == 0)
        (void)fprintf(stderr, "banthuek: %s\n",
                      cli_word(args, "no run was interrupted, so this one begins at the beginning",
                               "ไม่มีการตรวจที่ค้างไว้ จึงเริ่มตรวจตั้งแต่ต้น"));
    else if (args->archive_verify.resume && is_other)
        (void)fprintf(stderr, "banthuek: %s\n",
                      cli_word(args,
                               "the run that was interrupted had other options or was of another "
                               "version, so this one begins at the beginning",
                               "การตรวจที่ค้างไว้ใช้ตัวเลือกหรือโปรแกรมคนละรุ่น จึงเริ่มตรวจตั้งแต่ต้น"));
    else if (left > 0 && !args->archive_verify.resume)
        (void)fprintf(stderr, "banthuek: %s\n",
                      cli_word(args,
                               "an earlier run was interrupted; this one begins at the beginning, "
                               "with --resume it would have gone on",
                               "การตรวจครั้งก่อนค้างอยู่ ครั้งนี้เริ่มตรวจตั้งแต่ต้น ถ้าต้องการตรวจต่อให้ใช้ --resume"));
}

static const struct banthuek_archive_verified *
verify(struct banthuek *b, struct run *run, struct banthuek_archive *archive)
{
    const struct cli_args *args = run->args;
    char head[HASH_LEN + 1];
    const struct banthuek_archive_verify_options options = {
        .struct_size = sizeof options,
        .flags = args->archive_verify.quick ? BANTHUEK_ARCHIVE_QUICK : 0,
        .entries = (const char *const *)args->operands,
        .entry_count = args->operand_count,
        .head = read_head(args->archive_verify.head, head),
        .examine = examine,
        .before = run->journal == NULL ? NULL : before,
        .done = run->journal == NULL ? NULL : done,
        .progress = show_progress,
        .user = run,
    };

    return banthuek_archive_verify(b, archive, &options);
}

/* Whether it can be told who is trusted, before anything is read: a PDF without signatures is asked
 * for that. */
static bool
check_trust(struct banthuek *b, const struct cli_args *args)
{
    static const char pdf[] = "%PDF-1.7\n";
    const struct cli_verify_args *given = &args->verify;
    const struct banthuek_verify_options options = {.struct_size = sizeof options,
                                                    .flags = BANTHUEK_VERIFY_NO_COMPARE,
                                                    .trust = given->trust,
                                                    .trust_count = given->trust_count,
                                                    .at = given->at};

    if (given->trust_count == 0 && given->at == NULL)
        return true;
    banthuek_add_file(b, "none.pdf", (struct banthuek_bytes){pdf, sizeof pdf - 1});
    return banthuek_verify(b, "none.pdf", &options) != NULL;
}

static const struct banthuek_archive_verified *
run_all(struct banthuek *b, const struct cli_args *args, struct banthuek_archive *archive)
{
    struct run run = {.args = args, .examiner = cli_examiner_open(args), .shown = time(NULL)};

    if (!args->archive_verify.quick && args->operand_count == 0) {
        run.journal = cli_journal_open(args, banthuek_archive_path(archive));
        tell_journal(args, run.journal);
    }
    const struct banthuek_archive_verified *verified = verify(b, &run, archive);
    clear_progress(&run);
    cli_examiner_close(run.examiner);
    if (run.journal != NULL)
        cli_journal_close(run.journal, verified != NULL);
    return verified;
}

int
cli_archive_verify(const struct cli_args *args)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = args->archive, .mode = BANTHUEK_ARCHIVE_READ};
    struct cli_text out = {NULL, 0, 0};
    struct banthuek_bytes json;
    struct banthuek *b = banthuek_open(args->context, &args->options);
    struct banthuek_archive *archive = banthuek_archive_open(b, &options);
    const struct banthuek_archive_verified *verified =
        archive == NULL || !check_trust(b, args) ? NULL : run_all(b, args, archive);
    banthuek_archive_close(archive);
    if (verified == NULL)
        return cli_end(b, args, false);
    int status = status_of(verified);
    if (args->json)
        banthuek_archive_verify_json(b, verified, args->lang, &json);
    else
        add_text(&out, args, verified);
    bool good = args->json ? cli_put(b, args, json) : cli_put_text(b, args, &out);
    int own = cli_end(b, args, good);
    return good ? status : own;
}
