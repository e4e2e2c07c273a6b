/* banthuek archive search WORDS… [--year YEAR | --since YEAR --until YEAR] [--agency NAME]
 * [--number N] [--signer NAME] [--result LEVEL] [--item CODE] [--score RANGE] [--secret] [--by=fit]
 * [--limit N] [--format=json] */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "banthuek-archive.h"
#include "cli/cli.h"

#define BOLD "\033[1m"
#define PLAIN "\033[0m"

struct printer {
    struct cli_text out;
    const struct cli_args *args;
    bool marks; /* the terminal shows them */
};

/* A text of a document, of one line; what drives a terminal is shown. */
static void
add_shown(struct printer *p, const char *data, size_t size)
{
    char plain[CLI_SHOWN / 2], shown[CLI_SHOWN];

    size = size < sizeof plain ? size : sizeof plain - 1;
    memcpy(plain, data, size);
    plain[size] = '\0';
    cli_add(&p->out, "%s", banthuek_show(plain, shown, sizeof shown));
}

static void
add_filled(struct printer *p, const char *before, struct banthuek_bytes text)
{
    if (text.size == 0)
        return;
    cli_add(&p->out, "%s", before);
    add_shown(p, text.data, text.size);
}

static void
add_snippet(struct printer *p, const struct banthuek_archive_snippet *snippet)
{
    size_t at = 0;

    if (snippet->page > 0)
        cli_add(&p->out, "    %s %zu: ", cli_word(p->args, "p.", "หน้า"), snippet->page);
    else
        cli_add(&p->out, "    ");
    cli_add(&p->out, "%s", snippet->cut_before ? "…" : "");
    for (size_t i = 0; i < snippet->mark_count; i++) {
        const struct banthuek_archive_mark *mark = &snippet->marks[i];
        add_shown(p, snippet->text.data + at, mark->from - at);
        cli_add(&p->out, "%s", p->marks ? BOLD : "");
        add_shown(p, snippet->text.data + mark->from, mark->to - mark->from);
        cli_add(&p->out, "%s", p->marks ? PLAIN : "");
        at = mark->to;
    }
    add_shown(p, snippet->text.data + at, snippet->text.size - at);
    cli_add(&p->out, "%s\n", snippet->cut_behind ? "…" : "");
}

static void
add_hit(struct printer *p, const struct banthuek_archive_hit *hit)
{
    cli_add(&p->out, "%s %zu", cli_word(p->args, "entry", "รายการที่"), hit->entry);
    add_filled(p, "@", hit->archive);
    if (hit->year > 0)
        cli_add(&p->out, "%s%d", cli_word(p->args, " · ", " · ปี "), hit->year);
    add_filled(p, " · ", hit->agency);
    add_filled(p, cli_word(p->args, " · ", " · ที่ "), hit->number);
    add_filled(p, cli_word(p->args, " · ", " · ลงวันที่ "), hit->date);
    add_filled(p, " · ", hit->level);
    add_filled(p, " · ", hit->secret);
    add_filled(p, "\n  ", hit->subject.size > 0 ? hit->subject : hit->file);
    cli_add(&p->out, "\n");
    for (size_t i = 0; i < hit->snippet_count; i++)
        add_snippet(p, &hit->snippets[i]);
}

static void
add_found(struct printer *p, const struct banthuek_archive_found *found)
{
    for (size_t i = 0; i < found->count; i++)
        add_hit(p, &found->hits[i]);
    if (found->count == 0)
        cli_add(&p->out, "%s\n", cli_word(p->args, "nothing was found", "ไม่พบเอกสาร"));
    else if (found->has_more)
        cli_add(&p->out, "%s %zu %s\n", cli_word(p->args, "the first", "แสดง"), found->count,
                cli_word(p->args, "of more; see --limit", "ฉบับ ยังมีอีก ดูเพิ่มได้ด้วย --limit"));
    else
        cli_add(&p->out, "%s %zu%s\n", cli_word(p->args, "found:", "พบ"), found->count,
                cli_word(p->args, "", " ฉบับ"));
    if (found->is_cut)
        cli_add(&p->out, "%s\n",
                cli_word(p->args, "more than 5,000 have the words; the newest 5,000 were compared",
                         "มีเกิน 5,000 ฉบับที่มีคำค้น จึงเทียบเฉพาะ 5,000 ฉบับล่าสุด"));
}

static bool
is_by_fit(const struct cli_args *args)
{
    return args->by != NULL && strcmp(args->by, "fit") == 0;
}

/* The operands as one expression. */
static char *
words_of(const struct cli_args *args)
{
    size_t size = 1;

    for (size_t i = 0; i < args->operand_count; i++)
        size += strlen(args->operands[i]) + 1;
    char *words = calloc(size, 1);
    if (words == NULL)
        cli_out_of_memory(size);
    for (size_t i = 0; i < args->operand_count; i++) {
        if (i > 0)
            strcat(words, " ");
        strcat(words, args->operands[i]);
    }
    return words;
}

struct banthuek_archive_query
cli_archive_query(const struct cli_args *args)
{
    const struct cli_search_args *given = &args->search;

    return (struct banthuek_archive_query){
        .struct_size = sizeof(struct banthuek_archive_query),
        .year_from = args->year > 0 ? args->year : given->since,
        .year_to = args->year > 0 ? args->year : given->until,
        .agency = given->agency,
        .signer = given->signer,
        .number = args->sign.number,
        .level = given->result,
        .item = given->item,
        .score_from = given->score[0],
        .score_to = given->score[1],
        .with_secret = given->with_secret,
        .limit = given->limit,
    };
}

static const struct banthuek_archive_found *
search(struct banthuek *b, const struct cli_args *args, struct banthuek_archive *archive,
       const char *words)
{
    struct banthuek_archive_query query = cli_archive_query(args);

    query.words = words;
    query.order = is_by_fit(args) ? BANTHUEK_ARCHIVE_BY_FIT : BANTHUEK_ARCHIVE_BY_YEAR;
    return banthuek_archive_search(b, archive, &query);
}

static bool
print(struct banthuek *b, const struct cli_args *args, const struct banthuek_archive_found *found)
{
    struct printer p = {.args = args, .marks = isatty(STDOUT_FILENO) == 1};
    struct banthuek_bytes json;

    if (args->json) {
        banthuek_archive_search_json(b, found, &json);
        return cli_put(b, args, json);
    }
    add_found(&p, found);
    return cli_put_text(b, args, &p.out);
}

int
cli_archive_search(const struct cli_args *args)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = args->archive, .mode = BANTHUEK_ARCHIVE_READ};

    if (args->by != NULL && !is_by_fit(args) && strcmp(args->by, "year") != 0)
        return cli_wrong_value(args, "by", args->by);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    struct banthuek_archive *archive = banthuek_archive_open(b, &options);
    char *words = words_of(args);
    const struct banthuek_archive_found *found =
        archive == NULL ? NULL : search(b, args, archive, words);
    bool good = found != NULL && print(b, args, found);

    free(words);
    banthuek_archive_close(archive);
    return cli_end(b, args, good);
}
