/* Sets one line: alignment, Thai distribution, tabs with leaders, and the parts it is painted in.
 *
 * Word's "Thai distributed" spreads slack over every cluster; W3C's Thai Layout Requirements ask
 * for spaces first. Here spaces take it first, up to a limit, then the gaps after Thai clusters;
 * with PARA_WORD all clusters take the same, spaces and Latin letters too. */
#include "base/arena.h"
#include "text/fill.h"

/* Absurd sizes must not come out as small numbers. */
static mpt
clamp(int64_t length)
{
    return (mpt)(length > UNIT_MAX ? UNIT_MAX : length < -UNIT_MAX ? -UNIT_MAX : length);
}

/* How slack is shared out in a line. */
struct share {
    size_t start; /* first cluster that may be moved: behind the last tab and leading spaces */
    size_t spaces, gaps;
    mpt size;  /* smallest drawing size among what grows */
    bool even; /* as Word does */
    mpt space_gap, cluster_gap;
};

static bool
is_space(const struct cluster *cluster)
{
    return (cluster->flags & CLUSTER_SPACE) != 0;
}

static bool
is_thai(const struct cluster *cluster)
{
    return (cluster->flags & (CLUSTER_THAI | CLUSTER_SPACE)) == CLUSTER_THAI;
}

static bool
is_painted(const struct cluster *cluster)
{
    return (cluster->flags & (CLUSTER_TAB | CLUSTER_NEWLINE | CLUSTER_INVISIBLE)) == 0;
}

bool
fill_has_gap(const struct cluster *clusters, size_t i, size_t count)
{
    /* before what has no width a gap would be at the end of what is seen */
    return i + 1 < count && clusters[i + 1].advance > 0 && is_thai(&clusters[i]) &&
           (is_thai(&clusters[i + 1]) || is_space(&clusters[i + 1]));
}

/* True when the gap after cluster i grows as those of letters do. */
static bool
takes_gap(const struct cluster *clusters, size_t i, size_t count, const struct share *share)
{
    if (!share->even)
        return fill_has_gap(clusters, i, count);
    return i + 1 < count && clusters[i + 1].advance > 0 && is_painted(&clusters[i]) &&
           !is_space(&clusters[i]);
}

static void
count_places(const struct fill_line *from, size_t count, struct share *share)
{
    const struct cluster *clusters = from->clusters;

    for (size_t i = 0; i < count; i++) {
        if ((clusters[i].flags & CLUSTER_TAB) != 0)
            share->start = i + 1;
    }
    while (share->start < count && is_space(&clusters[share->start]))
        share->start++;
    for (size_t i = share->start; i < count; i++) {
        bool space = is_space(&clusters[i]), gap = takes_gap(clusters, i, count, share);
        share->spaces += space;
        share->gaps += gap;
        if ((space || gap) && (share->size == 0 || clusters[i].run->size < share->size))
            share->size = clusters[i].run->size;
    }
}

/* As much of `slack` for each of `places` as the limit allows. */
static mpt
grow(int64_t *slack, size_t places, mpt size, int limit)
{
    int64_t each, most = (int64_t)size * limit / 1000;

    if (places == 0 || *slack <= 0 || most <= 0)
        return 0;
    each = *slack / (int64_t)places;
    each = each < most ? each : most;
    *slack -= each * (int64_t)places;
    return (mpt)each;
}

/* As much of `excess` from each of `places` as is needed and the limit allows. */
static mpt
shrink(int64_t *excess, size_t places, mpt size, int limit)
{
    int64_t each, most = unit_scale(size, limit, 1000);

    if (places == 0 || *excess <= 0 || most <= 0)
        return 0;
    each = (*excess + (int64_t)places - 1) / (int64_t)places;
    each = each < most ? each : most;
    *excess -= each * (int64_t)places;
    return (mpt)-each;
}

/* Shares out what there is too much or too little; returns what is still missing. */
static mpt
distribute(const struct para_fill *fill, int64_t slack, struct share *share)
{
    if (slack <= 0) {
        if (fill->method != PARA_FIT)
            return 0;
        slack = -slack;
        share->space_gap = shrink(&slack, share->spaces, share->size, fill->space_shrink);
        share->cluster_gap = shrink(&slack, share->gaps, share->size, fill->cluster_shrink);
        return 0;
    }
    if (share->even) {
        mpt each = grow(&slack, share->spaces + share->gaps, share->size, fill->cluster_max);
        share->space_gap = share->cluster_gap = each;
        return slack < (int64_t)(share->spaces + share->gaps) ? 0 : clamp(slack);
    }
    share->space_gap = grow(&slack, share->spaces, share->size, fill->space_max);
    /* less than 1/1000 pt for each place is rounding */
    if (slack < (int64_t)share->spaces)
        return 0;
    share->cluster_gap = grow(&slack, share->gaps, share->size, fill->cluster_max);
    return slack < (int64_t)(share->spaces + share->gaps) ? 0 : clamp(slack);
}

/* What grows with the line. */
struct setter {
    struct arena *arena;
    struct line *line;
    size_t part_cap, leader_cap;
};

static struct line_part *
add_part(struct setter *setter)
{
    struct line *line = setter->line;

    line->parts = arena_grow(setter->arena, line->parts, line->part_count, &setter->part_cap,
                             sizeof *line->parts, 2);
    return &line->parts[line->part_count++];
}

static void
add_leader(struct setter *setter, int64_t from, int64_t to)
{
    struct line *line = setter->line;

    line->leaders = arena_grow(setter->arena, line->leaders, line->leader_count,
                               &setter->leader_cap, sizeof *line->leaders, 2);
    line->leaders[line->leader_count++] = (struct line_leader){clamp(from), clamp(to)};
}

/* True when cluster i cannot be painted together with those from `first` on. */
static bool
starts_part(const struct cluster *clusters, size_t first, size_t i, const struct share *share)
{
    const struct cluster *a = &clusters[first], *b = &clusters[i];

    if (a->run->font != b->run->font || a->run->size != b->run->size ||
        a->run->span != b->run->span || i == share->start)
        return true;
    /* cluster gaps go to Thai only: a part is all Thai or all not */
    if (share->cluster_gap == 0 || share->even || is_space(b))
        return false;
    while (first < i && is_space(&clusters[first]))
        first++;
    return first < i && is_thai(&clusters[first]) != is_thai(b);
}

static void
finish_part(const struct fill_line *from, size_t first, size_t to, int64_t x, int64_t end,
            const struct share *share, struct line_part *part)
{
    const struct cluster *clusters = from->clusters;
    bool moved = first >= share->start;
    bool thai = false;

    for (size_t i = first; i < to && !thai; i++)
        thai = is_thai(&clusters[i]);
    part->clusters = &clusters[first];
    part->count = to - first;
    part->from = from->from + first;
    part->to = from->from + to;
    part->x = clamp(x);
    part->width = clamp(end - x);
    part->cluster_gap = moved && (thai || share->even) ? share->cluster_gap : 0;
    part->space_gap = moved ? share->space_gap : 0;
}

static int64_t
gap_after(const struct fill_line *from, size_t i, size_t count, const struct share *share)
{
    if (i < share->start || i >= count)
        return 0;
    if (is_space(&from->clusters[i]))
        return share->space_gap;
    return takes_gap(from->clusters, i, count, share) ? share->cluster_gap : 0;
}

/* Makes the parts and leaders, without alignment; `count` clusters are visible. */
static void
make_parts(struct setter *setter, const struct para *para, const struct fill_line *from,
           size_t count, const struct share *share)
{
    const struct cluster *clusters = from->clusters;
    const struct para_tab *tab;
    size_t first = 0;
    int64_t x = from->left, part_x = x, end = x;
    bool open = false;

    for (size_t i = 0; i <= from->count; i++) {
        bool painted = i < from->count && is_painted(&clusters[i]);
        if (open && (!painted || starts_part(clusters, first, i, share))) {
            finish_part(from, first, i, part_x, end, share, add_part(setter));
            open = false;
        }
        if (i == from->count)
            break;
        if (painted && !open) {
            first = i;
            part_x = end = x;
            open = true;
        }
        int64_t step = fill_advance(para, &clusters[i], x, from->right, &tab);
        if (tab != NULL && tab->dots && step > 0)
            add_leader(setter, x, x + step);
        x += step;
        if (i < count)
            end = x; /* the gap after a part's last cluster is not part of it */
        x += gap_after(from, i, count, share);
        if (i < count && is_space(&clusters[i]))
            end = x;
    }
}

/* Largest drawing size; boxes and what other fonts lend count only where there is nothing else. */
static mpt
find_size(const struct para *para, const struct fill_line *from)
{
    mpt text = 0, box = 0;

    for (size_t i = 0; i < from->count; i++) {
        const struct cluster *cluster = &from->clusters[i];
        bool own = cluster->run->font->face != FONT_BOXES && !cluster->run->font->other;
        mpt *size = own ? &text : &box;
        *size = cluster->run->size > *size ? cluster->run->size : *size;
    }
    if (from->count == 0 && para->span_count > 0)
        text = fonts_draw_size(para->fonts, para->spans[0].size);
    return text > 0 ? text : box;
}

static void
shift(struct line *line, mpt by)
{
    for (size_t i = 0; i < line->part_count; i++)
        line->parts[i].x += by;
    for (size_t i = 0; i < line->leader_count; i++) {
        line->leaders[i].from += by;
        line->leaders[i].to += by;
    }
}

int64_t
line_shrink(const struct para_fill *fill, const struct fill_line *line)
{
    struct share share = {.start = 0};

    if (fill->align != PARA_JUSTIFY || fill->method != PARA_FIT)
        return 0;
    count_places(line, fill_visible(line->clusters, line->count), &share);
    return (int64_t)share.spaces * unit_scale(share.size, fill->space_shrink, 1000) +
           (int64_t)share.gaps * unit_scale(share.size, fill->cluster_shrink, 1000);
}

void
line_set(struct arena *arena, const struct para *para, const struct para_fill *fill,
         const struct fill_line *from, struct line *out)
{
    struct setter setter = {.arena = arena, .line = out};
    struct share share = {.even = fill->method == PARA_WORD};
    size_t count = fill_visible(from->clusters, from->count);
    const struct para_tab *tab;
    int64_t x = from->left, slack;

    for (size_t i = 0; i < count; i++)
        x += fill_advance(para, &from->clusters[i], x, from->right, &tab);
    slack = from->right - x;
    out->last = from->last;
    out->size = find_size(para, from);
    if (fill->align == PARA_JUSTIFY && (!from->last || slack < 0)) {
        count_places(from, count, &share);
        out->ragged = distribute(fill, slack, &share);
    }
    make_parts(&setter, para, from, count, &share);
    out->width = clamp(x - from->left + (int64_t)share.spaces * share.space_gap +
                       (int64_t)share.gaps * share.cluster_gap);
    if (slack > 0 && fill->align == PARA_RIGHT)
        shift(out, clamp(slack));
    else if (slack > 0 && fill->align == PARA_CENTER)
        shift(out, clamp(slack / 2));
}
