/* Findings about figures: where two ways to the same figure disagree, and which figure it may be.
 */
#include "check/inner.h"
#include "check/score.h"
#include "value/value.h"

#define TERMS_MAX 12    /* of a mean that are written out */
#define SUSPECTS_MAX 12 /* named in a message */
#define TEXT_PLACES 4   /* decimals of a mean that are written out */

struct figures {
    struct arena *arena;
    struct diags *findings;
    struct scores *scores;
    const struct level_due *due;
};

static struct str
value_text(const struct figures *figures, const struct score *score)
{
    return ratio_text(figures->arena, score_value(score), score->places, TEXT_PLACES);
}

/* True when not all figures of a list weigh alike. */
static bool
is_weighted(const struct score *first)
{
    for (const struct score *score = first; score != NULL; score = score->next)
        if (ratio_cmp(score->weight, first->weight) != 0)
            return true;
    return false;
}

/* "(100.00 + 98.16 + 99.82) ÷ 3 = 99.3267", or "30 + 25 + 40 = 95" */
static void
add_mean(const struct figures *figures, const struct score *first, struct buf *out)
{
    bool weighted = is_weighted(first), summed = score_is_summand(first);
    struct ratio divisor = ratio_int_of(0);
    uint8_t places = 0;
    int count = 0;

    buf_text(out, summed ? "" : "(");
    for (const struct score *score = first; score != NULL; score = score->next, count++) {
        divisor = ratio_add(divisor, weighted ? score->weight : ratio_int_of(1));
        places = score->places > places ? score->places : places;
        if (count >= TERMS_MAX)
            continue;
        buf_text(out, count == 0 ? "" : " + ");
        if (weighted) {
            buf_add(out, ratio_text(figures->arena, score->weight, 0, TEXT_PLACES));
            buf_text(out, " × ");
        }
        buf_add(out, value_text(figures, score));
    }
    buf_text(out, count > TERMS_MAX ? " + …" : "");
    if (!summed) {
        buf_text(out, ") ÷ ");
        buf_add(out, ratio_text(figures->arena, divisor, 0, TEXT_PLACES));
    }
    struct str mean = ratio_text(figures->arena, score_mean(first), places, TEXT_PLACES);
    buf_text(out, str_starts(mean, STR("≈")) ? " " : " = ");
    buf_add(out, mean);
}

/* ---- suspects, in words */

static const char *
slip_words(enum slip slip, bool thai)
{
    switch (slip) {
    case SLIP_DIGIT:
        return thai ? " (ต่างกันหลักเดียว)" : " (one digit differs)";
    case SLIP_SWAP:
        return thai ? " (สลับเลขสองหลัก)" : " (two digits are swapped)";
    case SLIP_MISSING:
        return thai ? " (เลขขาดหรือเกินหนึ่งหลัก)" : " (a digit is missing or doubled)";
    default:
        return "";
    }
}

static void
add_suspect(const struct figures *figures, const struct suspect *suspect, bool thai,
            struct buf *out)
{
    struct arena *arena = figures->arena;

    buf_add(out, suspect->score->name);
    buf_byte(out, ' ');
    buf_add(out, decimal_text(arena, suspect->score->given->number, false));
    buf_text(out, " → ");
    buf_add(out, decimal_text(arena, suspect->value, false));
    buf_text(out, slip_words(suspect->slip, thai));
}

static const char *
lead(const struct suspects *suspects, bool thai)
{
    if (suspects->count == 0)
        return thai ? "แก้ตัวเลขตัวเดียวไม่พอ กรุณาเทียบทุกตัวกับประกาศ"
                    : "no single figure puts it right; compare all of them with the publication";
    if (suspects->fitting == 1)
        return thai ? "เทียบกับประกาศแล้วแก้ " : "compare with the publication and correct ";
    if (suspects->fitting > 1)
        return thai ? "เทียบกับประกาศแล้วแก้ตัวใดตัวหนึ่ง: "
                    : "compare with the publication and correct one of these: ";
    return thai ? "แก้ตัวใดตัวเดียวแล้วตัวเลขอื่นจะขัดกัน กรุณาเทียบทุกตัวกับประกาศ ถ้าผิดตัวเดียวต้องเป็น: "
                : "each single correction upsets another figure; compare all of them with the "
                  "publication. Taken alone each would have to be: ";
}

static const char *
suspects_words(const struct figures *figures, const struct suspects *suspects, bool thai)
{
    size_t count = suspects->fitting > 0 ? suspects->fitting : suspects->count;
    struct buf out = buf_in(figures->arena);

    buf_text(&out, lead(suspects, thai));
    for (size_t i = 0; i < count && i < SUSPECTS_MAX; i++) {
        buf_text(&out, i == 0 ? "" : ", ");
        add_suspect(figures, &suspects->list[i], thai, &out);
    }
    buf_text(&out, count > SUSPECTS_MAX ? ", …" : "");
    return str_cstr(figures->arena, buf_str(&out));
}

static const char *
suspects_text(const struct figures *figures, struct score *score, bool of_parts)
{
    struct suspects suspects =
        score_suspects(figures->arena, figures->scores, score, of_parts, figures->due);

    return diag_both(figures->findings, suspects_words(figures, &suspects, false),
                     suspects_words(figures, &suspects, true));
}

/* ---- findings */

/* "IIT 99.49" */
static const char *
named_figure(const struct figures *figures, const struct score *score)
{
    struct buf out = buf_in(figures->arena);

    buf_add(&out, score->name);
    buf_byte(&out, ' ');
    buf_add(&out, decimal_text(figures->arena, score->given->number, false));
    return str_cstr(figures->arena, buf_str(&out));
}

/* The slips that would explain a disagreement, where the weights may as well be wrong. */
static const char *
slips_words(const struct figures *figures, const struct suspects *suspects, bool thai)
{
    struct buf out = buf_in(figures->arena);

    for (size_t i = 0; i < suspects->fitting; i++) {
        if (suspects->list[i].slip == SLIP_NONE)
            continue;
        buf_text(&out, out.len > 0 ? ", "
                       : thai ? " ถ้าพิมพ์ผิด น่าจะเป็น "
                              : "; if a figure was mistyped, it may be ");
        add_suspect(figures, &suspects->list[i], thai, &out);
    }
    return str_cstr(figures->arena, buf_str(&out));
}

/* Whether it is the weights or a figure that is wrong nobody can say before the rubric was compared
 * with the publication. */
static void
tell_rubric(const struct figures *figures, struct score *score, const char *mean)
{
    struct suspects suspects =
        score_suspects(figures->arena, figures->scores, score, false, figures->due);

    diag_add(figures->findings, DIAG_FIGURE_RUBRIC, score->pos, named_figure(figures, score), mean,
             diag_both(figures->findings, slips_words(figures, &suspects, false),
                       slips_words(figures, &suspects, true)));
}

static void
tell_over(const struct figures *figures, const struct score *score)
{
    const char *doubt =
        !figures->scores->doubted
            ? ""
            : diag_both(
                  figures->findings,
                  "; the rubric was not yet compared with the publication, so the full mark may "
                  "be wrong, too",
                  " เกณฑ์นี้ยังไม่ได้เทียบกับเอกสารของปี คะแนนเต็มในเกณฑ์จึงอาจผิดก็ได้");

    diag_add(figures->findings, DIAG_FIGURE_FULL, score->pos, named_figure(figures, score),
             str_cstr(figures->arena, ratio_text(figures->arena, score->full, 0, TEXT_PLACES)),
             doubt);
}

static void
tell_mean(const struct figures *figures, struct score *score)
{
    struct buf mean = buf_in(figures->arena);

    add_mean(figures, score->first, &mean);
    if (figures->scores->doubted && score->first != NULL && score->first->has_weight) {
        tell_rubric(figures, score, str_cstr(figures->arena, buf_str(&mean)));
        return;
    }
    diag_add(figures->findings, score->parent == NULL ? DIAG_FIGURE_TOTAL : DIAG_FIGURE_MEAN,
             score->pos, named_figure(figures, score), str_cstr(figures->arena, buf_str(&mean)),
             suspects_text(figures, score, false));
}

static void
tell_parts(const struct figures *figures, struct score *score)
{
    struct buf ways = buf_in(figures->arena);

    add_mean(figures, score->parts, &ways);
    buf_text(&ways, " ≠ ");
    if (ratio_is_known(score_mean(score->first)))
        add_mean(figures, score->first, &ways);
    else
        buf_add(&ways, value_text(figures, score));
    diag_add(figures->findings, DIAG_FIGURE_PARTS, score->parts->pos,
             diag_str(figures->findings, score->name), str_cstr(figures->arena, buf_str(&ways)),
             suspects_text(figures, score, true));
}

/* One finding for all figures below one that were typed as shares of it. */
static void
tell_weighted(const struct figures *figures, const struct score *parent)
{
    struct arena *arena = figures->arena;
    struct buf shares = buf_in(arena), thai = buf_in(arena), meant = buf_in(arena);
    struct buf again = buf_in(arena);
    const struct score *teller = NULL;

    for (const struct score *score = parent->first; score != NULL && teller == NULL;
         score = score->next)
        teller = score->teller;
    if (teller == NULL)
        return;
    score_weighted_words(arena, parent, "of", &shares, &meant);
    score_weighted_words(arena, parent, "จาก", &thai, &again);
    diag_add(figures->findings, DIAG_FIGURE_WEIGHTED, teller->pos,
             diag_both(figures->findings, str_cstr(arena, buf_str(&shares)),
                       str_cstr(arena, buf_str(&thai))),
             str_cstr(arena, buf_str(&meant)), NULL);
}

static void
compare(struct scores *scores, struct score *score)
{
    for (struct score *below = score->first; below != NULL; below = below->next)
        compare(scores, below);
    score->computed = score_mean(score->first);
    if (!score->parts_weighted)
        score->parts_make = score_mean(score->parts);
    score->agrees = score_agrees(score);
    score->parts_agree = score_parts_agree(score);
    score->told_below = !score->agrees && score_is_explained(score);
    if (!score->agrees || !score->parts_agree || score_is_over(score))
        scores->consistent = false;
}

static void
tell(const struct figures *figures, struct score *score)
{
    for (struct score *below = score->first; below != NULL; below = below->next)
        tell(figures, below);
    if (score_is_over(score))
        tell_over(figures, score);
    tell_weighted(figures, score);
    if (!score->agrees && !score->told_below)
        tell_mean(figures, score);
    if (!score->parts_agree)
        tell_parts(figures, score);
}

void
scores_check(struct arena *arena, struct diags *findings, struct scores *scores,
             const struct level_due *due)
{
    struct figures figures = {arena, findings, scores, due};

    if (scores->total == NULL)
        return;
    for (size_t i = 0; i < scores->count; i++)
        if (score_find_weighted(arena, scores, scores->all[i], due))
            scores->consistent = false;
    compare(scores, scores->total);
    tell(&figures, scores->total);
}
