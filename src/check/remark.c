/* What the tokens of a line mean: to which score a number belongs, and what is none of the report.
 */
#include "check/sentence.h"
#include "value/value.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "check/inner.h"

/* Distances in bytes; a Thai character has three. */
#define NAMES_APART 120 /* names farther from each other are of different phrases */
#define NAMED_NEAR 60   /* a number without unit, or a percentage, is named so near behind a name */
#define NAMED_FAR 240   /* one with "คะแนน" */
#define POINTS_NEAR 75  /* "คะแนน" before a number is its unit */
#define WORD_NEAR 120   /* how far a word of doubt reaches */
#define TOPIC_NEAR 240  /* how far another topic reaches, and the assessment for years */
#define PART_BEFORE 90  /* of the sentence, shown before a number without a name */
#define PART_MAX 150    /* and with one */
#define NAMES_MAX 8

struct line {
    struct arena *arena;
    struct mentions *mentions;
    const struct scores *scores;
    const struct passage *passage;
    const struct token *tokens;
    size_t count;
    struct score *names[NAMES_MAX]; /* since the last number */
    size_t name_count;
    bool bare; /* the only one of them is so */
    size_t names_from, names_to;
    struct score *around; /* "EIT ตัวชี้วัดที่ 6": what the last of them is said to be of, or NULL */
    struct score *last_name; /* in the line */
    size_t last_name_to;
    size_t points_to, apart_to, plan_to, topic_to,
        assess_to; /* ends of the last such words, or 0 */
    int year;      /* that the line speaks of: -1 before the report's, 0 it, 1 after */
    size_t listed; /* numbers that are still to be taken for names[] in order */
};

/* ---- remarks */

/* Moves the beginning of a part to that of a character with its marks, or of a phrase. */
static size_t
begin_of_part(struct str text, size_t from, size_t to)
{
    for (size_t at = to; at > from; at--)
        if (text.ptr[at - 1] == '\n')
            return at;
    if (from == 0 || text.ptr[from - 1] == ' ' || text.ptr[from - 1] == '\n')
        return from;
    for (size_t at = from; at < from + (to - from) * 2 / 3; at++)
        if (text.ptr[at] == ' ')
            return at + 1;
    while (from > 0) {
        size_t at = from;
        if (((unsigned char)text.ptr[from] & 0xC0) != 0x80) {
            uint32_t code = utf8_next(text, &at);
            if (!utf8_is_thai_mark(code) && code != 0x0E33)
                break;
        }
        from--;
    }
    return from;
}

/* `cut`: the part begins somewhere before what it is about. */
static struct remark *
add_remark(struct line *line, enum remark_kind kind, size_t from, size_t to, bool cut)
{
    struct remark *remark = arena_alloc(line->arena, sizeof *remark);
    struct mentions *mentions = line->mentions;

    remark->kind = kind;
    remark->pos = line->passage->pos;
    from = cut ? begin_of_part(line->passage->text, from, to) : from;
    remark->part = str_trim(str_sub(line->passage->text, from, to - from));
    remark->cut = cut && from > 0;
    if (mentions->first == NULL)
        mentions->first = remark;
    else
        mentions->last->next = remark;
    mentions->last = remark;
    mentions->count++;
    return remark;
}

static size_t
back(size_t from, size_t bytes)
{
    return from > bytes ? from - bytes : 0;
}

/* ---- names */

static void
drop_names(struct line *line)
{
    line->name_count = 0;
    line->listed = 0;
    line->around = NULL;
}

/* True when the name of what is around it stands right before this one. */
static bool
is_inside_last(const struct line *line, const struct token *token)
{
    const struct score *last = line->names[line->name_count - 1];
    struct str between = str_sub(line->passage->text, line->names_to, token->from - line->names_to);

    return last != line->scores->total && score_is_below(token->score, last) &&
           token->from >= line->names_to && str_trim(between).len == 0;
}

static void
push_name(struct line *line, const struct token *token)
{
    struct score *score = token->score;
    size_t last = line->name_count;

    line->last_name = score;
    line->last_name_to = token->to;
    if (line->listed > 0 || (last > 0 && token->from > line->names_to + NAMES_APART))
        drop_names(line);
    last = line->name_count;
    if (last == 0) {
        line->names_from = token->from;
        line->bare = (token->flags & TOKEN_BARE) != 0;
    }
    bool inside = last > 0 && is_inside_last(line, token);
    line->names_to = token->to;
    for (size_t i = 0; i < last; i++)
        if (line->names[i] == score)
            return;
    if (last > 0 && score->is_part && line->names[last - 1] == score->parent) {
        line->names[last - 1] = score;
    } else if (inside) {
        line->around = line->names[last - 1];
        line->names[last - 1] = score;
    } else if (last < NAMES_MAX) {
        line->names[line->name_count++] = score;
    }
}

/* The only score that is named, or that which "รวม" is said of: "IIT … คะแนนรวม 99.49". */
static struct score *
only_name(const struct line *line)
{
    const struct score *total = line->scores->total;

    if (line->name_count == 1)
        return line->names[0];
    if (line->name_count == 2 && line->names[1] == total)
        return line->names[0];
    return line->name_count == 2 && line->names[0] == total ? line->names[1] : NULL;
}

/* ---- numbers */

static bool
within(size_t word_to, size_t from, size_t bytes)
{
    return word_to > 0 && word_to <= from && from - word_to <= bytes;
}

bool
remark_agrees(const struct score *score, struct decimal number)
{
    struct ratio own = score_published(score);
    struct ratio parts = ratio_is_known(score->figure) ? RATIO_UNKNOWN : score_mean(score->parts);
    struct decimal rounded;

    if (!ratio_is_known(own))
        return true;
    if (ratio_cmp(own, ratio_of(number)) == 0 ||
        (score->weighted && decimal_cmp(score->given->number, number) == 0))
        return true;
    if ((!ratio_is_known(score->figure) || number.places < score->places) &&
        ratio_round(own, number.places, RATIO_NEAREST, &rounded) &&
        decimal_cmp(rounded, number) == 0)
        return true;
    return ratio_is_known(parts) && ratio_round(parts, number.places, RATIO_NEAREST, &rounded) &&
           decimal_cmp(rounded, number) == 0;
}

/* True when words around a number say that it is no figure of the report. */
static bool
is_apart(const struct line *line, const struct token *number)
{
    return line->year < 0 || (number->flags & (TOKEN_RANGE | TOKEN_BEYOND)) != 0 ||
           within(line->apart_to, number->from, WORD_NEAR) ||
           within(line->topic_to, number->from, TOPIC_NEAR);
}

static uint8_t
published_places(const struct line *line)
{
    return line->scores->total == NULL ? 0 : line->scores->total->places;
}

static void
attach(struct line *line, struct score *score, const struct token *number)
{
    struct mention *mention = arena_alloc(line->arena, sizeof *mention);

    *mention = (struct mention){
        number->number, str_sub(line->passage->text, number->from, number->digits - number->from),
        line->passage->pos, score->mentions};
    score->mentions = mention;
}

static void
name_figure(struct line *line, struct score *score, const struct token *number)
{
    bool whole = number->number.places == 0;
    size_t from = line->names_from;

    if (whole && (line->scores->total->places > 0 && (number->flags & TOKEN_UNIT) == 0))
        return;
    bool cut = from + PART_MAX < number->to;
    if (cut)
        from = back(number->to, PART_MAX);
    struct remark *remark = add_remark(
        line, whole && score->places > 0 ? REMARK_ROUND : REMARK_FIGURE, from, number->to, cut);
    remark->score = score;
    remark->number = number->number;
    remark->percent = (number->flags & TOKEN_PERCENT) != 0;
    if (!whole || score->places == 0)
        attach(line, score, number);
}

static void
loose_figure(struct line *line, const struct token *number, bool points)
{
    bool percent = (number->flags & TOKEN_PERCENT) != 0;

    if (!points && !percent)
        return;
    /* percentages are of anything, unless scores are spoken of */
    if (!points && (!within(line->assess_to, number->from, TOPIC_NEAR) ||
                    within(line->plan_to, number->from, TOPIC_NEAR)))
        return;
    if (published_places(line) == 0 || number->number.places != published_places(line))
        return;
    size_t from = back(number->from, PART_BEFORE);
    struct remark *remark = add_remark(line, REMARK_LOOSE, from, number->to, true);
    remark->number = number->number;
    remark->percent = !points;
}

/* Whether the name is near enough for a number of this kind. */
static bool
is_named(const struct line *line, const struct score *score, const struct token *number,
         bool points)
{
    size_t gap = number->from - line->names_to;
    bool percent = (number->flags & TOKEN_PERCENT) != 0;

    if (points)
        return gap <= NAMED_FAR;
    if (line->bare)
        return false;
    return gap <= NAMED_NEAR && (percent || number->number.places == score->places);
}

/* As many numbers as names: "IIT EIT และ OIT ได้ 99.49 84.40 และ 77.50 คะแนน ตามลำดับ". */
static size_t
numbers_in_order(const struct line *line, size_t at)
{
    size_t count = 0;

    for (; at < line->count && count <= NAMES_MAX; at++) {
        const struct token *token = &line->tokens[at];
        if (token->kind == TOKEN_NUMBER && (token->flags & TOKEN_RANGE) == 0 &&
            token->number.places == published_places(line))
            count++;
        else if (token->kind != TOKEN_WORD ||
                 (token->word->class != WORD_POINTS && token->word->class != WORD_PERCENT))
            break;
    }
    return count;
}

static void
take_figure(struct line *line, size_t at)
{
    const struct token *number = &line->tokens[at];
    bool points =
        (number->flags & TOKEN_UNIT) != 0 || within(line->points_to, number->from, POINTS_NEAR);
    struct score *score = only_name(line);

    if (line->listed == 0 && line->name_count > 1 && score == NULL &&
        numbers_in_order(line, at) == line->name_count)
        line->listed = line->name_count;
    if (is_apart(line, number)) {
        drop_names(line);
    } else if (line->listed > 0) {
        name_figure(line, line->names[line->name_count - line->listed], number);
        if (--line->listed == 0)
            drop_names(line);
        return;
    } else if (score != NULL && is_named(line, score, number, points)) {
        /* "IIT คะแนนรวม 86.17" may be of either */
        for (size_t i = 0; i < line->name_count; i++)
            if (remark_agrees(line->names[i], number->number))
                score = line->names[i];
        if (line->around != NULL && !remark_agrees(score, number->number) &&
            remark_agrees(line->around, number->number))
            score = line->around;
        name_figure(line, score, number);
    } else {
        loose_figure(line, number, points);
    }
    drop_names(line);
}

/* A whole number without unit is a count of something; where figures are whole numbers too, it may
 * be one of several that share their unit. */
static bool
is_figure(const struct line *line, size_t at)
{
    const struct token *number = &line->tokens[at];

    if (number->number.places > 0 || (number->flags & (TOKEN_UNIT | TOKEN_PERCENT)) != 0)
        return true;
    return published_places(line) == 0 &&
           (within(line->points_to, number->from, POINTS_NEAR) || line->listed > 0 ||
            (line->name_count > 1 && numbers_in_order(line, at) == line->name_count));
}

static void
take_number(struct line *line, size_t at)
{
    const struct token *number = &line->tokens[at];

    if (!is_figure(line, at))
        return; /* a count of something: names before it still wait for their figure */
    bool planned = within(line->plan_to, number->from, WORD_NEAR);
    take_figure(line, at);
    line->points_to = line->apart_to = 0;
    line->plan_to = planned ? number->to : 0; /* "ให้ได้ 90.00 คะแนน อยู่ในระดับ ผ่านดี" */
}

/* ---- levels, names of numbered scores, years */

static void
take_level(struct line *line, const struct token *token)
{
    const struct score *last = line->last_name;
    bool other = last != NULL && last != line->scores->total &&
                 within(line->last_name_to, token->from, NAMED_FAR);

    if (line->year != 0 || other || within(line->plan_to, token->from, WORD_NEAR) ||
        within(line->topic_to, token->from, TOPIC_NEAR))
        return;
    add_remark(line, REMARK_LEVEL, back(token->from, PART_BEFORE), token->to, true)->name =
        token->name;
}

/* A numbered score with a name behind the number that is not known to be its own. */
static void
call_score(struct line *line, const struct token *token)
{
    size_t to = (size_t)(token->name.ptr - line->passage->text.ptr) + token->name.len;
    struct remark *remark = add_remark(line, REMARK_CALLED, token->from, to, false);

    remark->score = token->score;
    remark->other = token->called;
    remark->name = token->name;
}

static void
take_score(struct line *line, const struct token *token)
{
    if ((token->flags & TOKEN_RANGE) != 0) {
        drop_names(line);
        line->assess_to = token->to;
        return;
    }
    if (token->word != NULL && token->name.len > 0 && token->called != token->score)
        call_score(line, token);
    if (token->score == NULL)
        return;
    if (!within(line->apart_to, token->from, POINTS_NEAR / 2))
        line->apart_to = 0;
    if (token->score != line->scores->total)
        line->topic_to = 0;
    push_name(line, token);
    line->assess_to = token->to;
}

static bool
compares_years(const struct line *line)
{
    for (size_t i = 0; i < line->count; i++)
        if (line->tokens[i].kind == TOKEN_WORD && (line->tokens[i].word->class == WORD_COMPARE ||
                                                   line->tokens[i].word->class == WORD_PAST))
            return true;
    return false;
}

static void
take_year(struct line *line, const struct token *token, bool compared)
{
    int report = line->mentions->year;
    bool planned = within(line->plan_to, token->from, TOPIC_NEAR);
    bool assessed =
        within(line->assess_to, token->from, TOPIC_NEAR) && line->topic_to < line->assess_to;

    line->year = token->year < report ? -1 : token->year > report ? 1 : 0;
    if (report == 0 || line->year == 0)
        return;
    if (!line->passage->years || compared || (token->flags & TOKEN_RANGE) != 0)
        return;
    if (line->passage->is_title ? (planned && line->year > 0) : (planned || !assessed))
        return;
    size_t from = back(token->from, PART_BEFORE);
    add_remark(line, REMARK_YEAR, from, token->to, true)->year = token->year;
}

static void
take_word(struct line *line, const struct token *token)
{
    switch (token->word->class) {
    case WORD_POINTS:
        line->points_to = line->assess_to = token->to;
        break;
    case WORD_APART:
        line->apart_to = token->to;
        break;
    case WORD_PLAN:
        line->plan_to = token->to;
        break;
    case WORD_TOPIC:
        line->topic_to = token->to;
        break;
    case WORD_ASSESS:
        line->assess_to = token->to;
        line->topic_to = 0;
        break;
    case WORD_PAST:
        line->year = -1;
        break;
    case WORD_NOW:
        line->year = 0;
        break;
    case WORD_NEXT:
        line->year = 1;
        break;
    case WORD_COMPARE:
        line->apart_to = token->to;
        break;
    default:
        break;
    }
}

void
remark_line(struct arena *arena, struct mentions *mentions, const struct scores *scores,
            const struct passage *passage, const struct token *tokens, size_t count)
{
    struct line line = {.arena = arena,
                        .mentions = mentions,
                        .scores = scores,
                        .passage = passage,
                        .tokens = tokens,
                        .count = count};
    bool compared = compares_years(&line);

    for (size_t i = 0; i < count; i++) {
        switch (tokens[i].kind) {
        case TOKEN_WORD:
            take_word(&line, &tokens[i]);
            break;
        case TOKEN_SCORE:
            take_score(&line, &tokens[i]);
            break;
        case TOKEN_NUMBER:
            if (scores->total != NULL)
                take_number(&line, i);
            break;
        case TOKEN_LEVEL:
            take_level(&line, &tokens[i]);
            break;
        case TOKEN_YEAR:
            take_year(&line, &tokens[i], compared);
            break;
        }
    }
}
