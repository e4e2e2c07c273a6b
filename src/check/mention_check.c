/* Findings about what sentences say. */
#include "base/arena.h"
#include "base/utf8.h"
#include "check/inner.h"
#include "check/sentence.h"
#include "schema/names.h"
#include "value/value.h"

#define NEAREST_MAX 100 /* searches for names that are nearly right, in one report */

struct checker {
    struct arena *arena;
    struct diags *findings;
    const struct mentions *mentions;
    const struct scores *scores;
    int nearest_left;
};

/* What the data makes sure, an error; else a warning. */
static enum diag_level
level_of(const struct checker *checker)
{
    return checker->scores->consistent ? DIAG_ERROR : DIAG_WARNING;
}

/* "…คะแนนรวม 86.71 คะแนน" */
static const char *
shown(struct checker *checker, const struct remark *remark)
{
    const char *part = diag_str(checker->findings, remark->part);

    return remark->cut ? diag_printf(checker->findings, "…%s", part) : part;
}

static const char *
number_text(struct checker *checker, struct decimal number)
{
    return str_cstr(checker->arena, decimal_text(checker->arena, number, false));
}

/* ---- figures */

static const char *
figure_text(struct checker *checker, const struct score *score)
{
    return str_cstr(checker->arena, ratio_text(checker->arena, score_published(score),
                                               score->places, score->finest));
}

static const char *
score_name(struct checker *checker, const struct score *score)
{
    if (!score->is_part)
        return diag_str(checker->findings, score->name);
    return diag_str(checker->findings,
                    str_of(arena_printf(checker->arena, "%.*s %.*s", STR_FMT(score->parent->name),
                                        STR_FMT(score->name))));
}

static void
check_figure(struct checker *checker, const struct remark *remark)
{
    const struct score *score = remark->score;
    bool rounded = remark->kind == REMARK_ROUND;

    if (remark_agrees(score, remark->number))
        return;
    /* a hundred points are the most there are, and not always what somebody got */
    if (rounded && decimal_cmp(remark->number, score->most) == 0)
        return;
    diag_add_as(checker->findings, rounded ? DIAG_WARNING : level_of(checker), DIAG_MENTION_FIGURE,
                remark->pos, shown(checker, remark), score_name(checker, score),
                figure_text(checker, score));
}

static bool
is_figure(const struct score *score, struct decimal number)
{
    return ratio_is_known(score_published(score)) && remark_agrees(score, number);
}

static void
check_loose(struct checker *checker, const struct remark *remark)
{
    const struct score *slipped = NULL;
    const struct scores *scores = checker->scores;

    for (size_t i = 0; i < scores->count; i++) {
        const struct score *score = scores->all[i];
        if (is_figure(score, remark->number))
            return;
        if (slipped == NULL && score->given != NULL &&
            slip_between(score->given->number, remark->number) != SLIP_NONE)
            slipped = score;
    }
    const char *number = number_text(checker, remark->number);
    if (slipped != NULL) {
        const char *was = diag_printf(checker->findings, "%s %s", score_name(checker, slipped),
                                      figure_text(checker, slipped));
        diag_add_as(checker->findings, remark->percent ? DIAG_WARNING : level_of(checker),
                    DIAG_MENTION_SLIP, remark->pos, shown(checker, remark), number, was);
    } else if (!remark->percent) {
        diag_add(checker->findings, DIAG_MENTION_UNKNOWN, remark->pos, shown(checker, remark),
                 number, NULL);
    }
}

/* ---- levels */

static void
check_level(struct checker *checker, const struct remark *remark)
{
    const struct value *level = checker->mentions->level;
    struct str rest = level == NULL ? STR("") : level->text;

    if (level == NULL || level->kind != VALUE_TEXT)
        return;
    for (int i = 0; rest.len > 0 && i < LEVELS_NAMED_MAX; i++)
        if (name_eq(level_cut(&rest), remark->name))
            return;
    diag_add_as(checker->findings, level_of(checker), DIAG_MENTION_LEVEL, remark->pos,
                shown(checker, remark), diag_str(checker->findings, remark->name),
                diag_str(checker->findings, level->text));
}

/* ---- names of numbered scores */

/* The name behind the number: "ตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน". */
static struct str
bare_name(const struct score *score)
{
    size_t at = str_find(score->name, score->code);

    return at == SIZE_MAX ? STR("")
                          : str_trim(str_sub(score->name, at + score->code.len, score->name.len));
}

static struct str
first_characters(struct str text, size_t count)
{
    size_t at = 0;

    while (count-- > 0 && at < text.len)
        (void)utf8_next(text, &at);
    return str_sub(text, 0, at);
}

/* True when what is typed is nearly the name, with or without more words behind it. */
static bool
is_near(struct str typed, struct str name, size_t share)
{
    size_t size = utf8_count(name), limit = size / share > 2 ? size / share : 2;

    if (size < 4)
        return false;
    return str_distance(typed, name) <= limit ||
           str_distance(first_characters(typed, size), name) <= limit;
}

static void
check_called(struct checker *checker, const struct remark *remark)
{
    const struct score *owner = remark->other;
    const struct scores *scores = checker->scores;
    struct diags *findings = checker->findings;

    if (owner == NULL && checker->nearest_left-- <= 0)
        return;
    if (owner == NULL && remark->score != NULL &&
        is_near(remark->name, bare_name(remark->score), 4)) {
        diag_add(findings, DIAG_MENTION_NAME, remark->pos, shown(checker, remark),
                 diag_str(findings, bare_name(remark->score)), NULL);
        return;
    }
    for (size_t i = 0; i < scores->count && owner == NULL; i++)
        if (scores->all[i]->entry != NULL && is_near(remark->name, bare_name(scores->all[i]), 8))
            owner = scores->all[i];
    if (owner != NULL)
        diag_add(findings, DIAG_MENTION_NUMBER, remark->pos, shown(checker, remark),
                 diag_str(findings, remark->other == NULL ? bare_name(owner) : remark->name),
                 diag_str(findings, owner->code));
}

static void
check_year(struct checker *checker, const struct remark *remark)
{
    diag_add(checker->findings, DIAG_YEAR_OTHER, remark->pos, shown(checker, remark),
             diag_printf(checker->findings, "%d", remark->year),
             diag_printf(checker->findings, "%d", checker->mentions->year));
}

void
mention_check(struct arena *arena, struct diags *findings, const struct mentions *mentions,
              const struct scores *scores)
{
    struct checker checker = {arena, findings, mentions, scores, NEAREST_MAX};

    for (const struct remark *remark = mentions->first; remark != NULL; remark = remark->next) {
        switch (remark->kind) {
        case REMARK_FIGURE:
        case REMARK_ROUND:
            check_figure(&checker, remark);
            break;
        case REMARK_LOOSE:
            check_loose(&checker, remark);
            break;
        case REMARK_LEVEL:
            check_level(&checker, remark);
            break;
        case REMARK_CALLED:
            check_called(&checker, remark);
            break;
        case REMARK_YEAR:
            check_year(&checker, remark);
            break;
        }
    }
}
