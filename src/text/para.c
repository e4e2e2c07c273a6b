/* Paragraphs: break places and shaping, once; and the widths that columns ask for. */
#include "text/para.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/fill.h"

/* Characters that only say where a line may end or not. */
static bool
is_hint(uint32_t c)
{
    return c == 0x00A0 || c == 0x00AD || c == 0x200B || c == 0x2060;
}

/* Characters set as a blank: one that holds, and a tab that somebody typed where there are no
 * stops. */
static bool
is_other_blank(const struct para *para, uint32_t c)
{
    return c == 0x00A0 || (c == '\t' && para->tab_count == 0);
}

static bool
has_hints(const struct para *para)
{
    for (size_t at = 0; at < para->text.len;) {
        uint32_t c = utf8_next(para->text, &at);
        if (is_hint(c) || is_other_blank(para, c))
            return true;
    }
    return false;
}

/* Moves the ranges of a text to where moved[] says that their bytes are now. */
static void
move_ranges(struct arena *arena, struct para *para, const size_t *moved)
{
    struct span *spans = arena_array(arena, para->span_count, sizeof *spans);
    struct text_place *places = arena_array(arena, para->places.count, sizeof *places);
    struct text_link *links = arena_array(arena, para->link_count, sizeof *links);

    for (size_t i = 0; i < para->span_count; i++) {
        spans[i] = para->spans[i];
        spans[i].from = moved[spans[i].from];
        spans[i].to = moved[spans[i].to];
    }
    for (size_t i = 0; i < para->places.count; i++) {
        size_t from = para->places.place[i].from;
        places[i] = para->places.place[i];
        places[i].from = moved[from < para->text.len ? from : para->text.len];
    }
    for (size_t i = 0; i < para->link_count; i++) {
        links[i] = para->links[i];
        links[i].from = moved[links[i].from];
        links[i].to = moved[links[i].to];
    }
    para->spans = spans;
    para->places.place = places;
    para->links = links;
}

/* Takes the hints out of text, grades and spans: what is painted and extracted has plain spaces. */
static void
drop_hints(struct arena *arena, struct para *para)
{
    size_t *moved = arena_array(arena, para->text.len + 1, sizeof *moved);
    unsigned char *grade = arena_alloc(arena, para->text.len + 1);
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < para->text.len;) {
        size_t start = at;
        uint32_t c = utf8_next(para->text, &at);
        for (size_t i = start; i < at; i++)
            moved[i] = out.len;
        if (is_other_blank(para, c)) {
            buf_byte(&out, ' ');
        } else if (!is_hint(c)) {
            grade[out.len] = para->grade[start];
            buf_add(&out, str_sub(para->text, start, at - start));
        }
    }
    moved[para->text.len] = out.len;
    move_ranges(arena, para, moved);
    para->text = buf_str(&out);
    para->grade = grade;
}

static void
find_breaks(struct arena *arena, struct breaker *breaker, struct para *para)
{
    struct break_keep *keeps = arena_array(arena, para->span_count, sizeof *keeps);
    size_t count = 0;

    for (size_t i = 0; i < para->span_count; i++) {
        if (para->spans[i].keep_together)
            keeps[count++] = (struct break_keep){para->spans[i].from, para->spans[i].to};
    }
    para->grade = arena_alloc(arena, para->text.len + 1);
    breaks_find(breaker, para->text, keeps, count, para->grade);
}

/* Once for the paragraph: its lines are planned from each line break written in it. */
static mpt
least_size(const struct para *para)
{
    mpt size = para->cluster_count > 0 ? para->clusters[0].run->size : 0;

    for (size_t i = 1; i < para->cluster_count; i++)
        size = para->clusters[i].run->size < size ? para->clusters[i].run->size : size;
    return size;
}

struct para *
para_new(struct arena *arena, struct diags *diags, struct breaker *breaker,
         const struct fonts *fonts, const struct para_spec *spec)
{
    struct para *para = arena_alloc(arena, sizeof *para);

    para->text = spec->text;
    para->spans = spec->spans;
    para->span_count = spec->span_count;
    para->tabs = spec->tabs;
    para->tab_count = spec->tab_count;
    para->fonts = fonts;
    para->places = spec->places;
    para->links = spec->links;
    para->link_count = spec->link_count;
    if (!shape_check_length(diags, &spec->places, spec->text))
        return NULL;
    find_breaks(arena, breaker, para);
    if (has_hints(para))
        drop_hints(arena, para);
    if (!shape_text(arena, diags, fonts, &para->places, para->text, para->spans, para->span_count,
                    &para->clusters, &para->cluster_count))
        return NULL;
    para->least_size = least_size(para);
    return para;
}

static mpt
clamp(int64_t width)
{
    return (mpt)(width < UNIT_MAX ? width : UNIT_MAX);
}

mpt
para_widest(const struct para *para, enum break_grade grade)
{
    int64_t x = 0, visible = 0, most = 0;
    const struct para_tab *tab;

    for (size_t i = 0; i < para->cluster_count; i++) {
        const struct cluster *cluster = &para->clusters[i];
        bool ends = i > 0 && (para->clusters[i - 1].flags & CLUSTER_NEWLINE) != 0;
        if (ends || break_grade(para->grade[cluster->text]) >= grade)
            x = visible = 0;
        x += fill_advance(para, cluster, x, UNIT_MAX, &tab);
        if (!fill_unseen(cluster))
            visible = x;
        most = visible > most ? visible : most;
    }
    return clamp(most);
}

mpt
para_natural(const struct para *para)
{
    return para_widest(para, BREAK_MUST);
}
