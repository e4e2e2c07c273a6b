/* The figures of a report beside what the figures below them make, as a table for a terminal. */
#include "base/arena.h"
#include "check/score.h"
#include "engine/engine.h"
#include "thai/width.h"
#include "value/value.h"

#define TEXT_PLACES 4 /* decimals of what was reckoned */
#define GAP 2         /* columns between cells */

enum cell_index { CELL_NAME, CELL_GIVEN, CELL_COMPUTED, CELL_DIFFERENCE, CELL_MARK, CELL_COUNT };

struct row {
    struct str cell[CELL_COUNT];
};

struct table {
    struct banthuek *b;
    enum diag_lang lang;
    struct row *rows;
    size_t count;
    size_t before[CELL_COUNT]; /* widest before the point, and from it on */
    size_t after[CELL_COUNT];
};

static const char *const words[][2] = {
    {"figure", "คะแนน"},
    {"given", "ที่ให้ไว้"},
    {"computed", "ที่คำนวณได้"},
    {"difference", "ต่างกัน"},
    {"ok", "ตรง"},
    {"✗", "✗"},
    {"✗ see above", "✗ ดูข้างบน"},
    {"accepted", "ยอมรับแล้ว"},
    {", mean of its parts", " เฉลี่ยจากส่วนย่อย"},
};

/* The first words are the headings, in the order of `cell_index`. */
enum word { WORD_OK = CELL_MARK, WORD_WRONG, WORD_BELOW, WORD_ACCEPTED, WORD_PARTS };

static struct str
word(const struct table *table, int index)
{
    return str_of(words[index][table->lang]);
}

/* ---- rows */

static bool
is_accepted(const struct table *table, struct pos pos)
{
    const struct diags *diags = table->b->diags;

    for (size_t i = 0; i < diags_count(diags); i++) {
        const struct diag *diag = diags_at(diags, i);
        bool is_figure = diag->code == DIAG_FIGURE_MEAN || diag->code == DIAG_FIGURE_PARTS ||
                         diag->code == DIAG_FIGURE_TOTAL;
        if (is_figure && diag->accepted_by != NULL && diag->pos.line == pos.line &&
            diag->pos.column == pos.column && str_eq(str_of(diag->pos.file), str_of(pos.file)))
            return true;
    }
    return false;
}

static struct str
number(const struct table *table, struct ratio value, uint8_t places)
{
    if (!ratio_is_known(value))
        return STR("–");
    return ratio_text(table->b->arena, value, places, TEXT_PLACES);
}

static struct str
difference(const struct table *table, struct ratio given, struct ratio computed, uint8_t places)
{
    struct ratio by = ratio_sub(given, computed);

    if (!ratio_is_known(by) || by.num <= 0)
        return number(table, by, places);
    struct buf out = buf_in(table->b->arena);
    struct str text = number(table, by, places);
    bool rounded = str_starts(text, STR("≈ "));
    buf_text(&out, rounded ? "≈ +" : "+");
    buf_add(&out, rounded ? str_sub(text, sizeof "≈ " - 1, text.len) : text);
    return buf_str(&out);
}

static void
add_row(struct table *table, struct str name, struct ratio given, struct ratio computed,
        uint8_t places, int mark)
{
    /* a form that is still empty has nothing to compare */
    if (!ratio_is_known(given) && !ratio_is_known(computed))
        return;
    struct row *row = &table->rows[table->count++];
    row->cell[CELL_NAME] = name;
    row->cell[CELL_GIVEN] = number(table, given, places);
    row->cell[CELL_COMPUTED] = number(table, computed, places);
    row->cell[CELL_DIFFERENCE] = difference(table, given, computed, places);
    if (ratio_is_known(given) && ratio_is_known(computed))
        row->cell[CELL_MARK] = word(table, mark);
}

static int
mark_of(const struct table *table, const struct score *score)
{
    if (score->agrees)
        return WORD_OK;
    if (score->told_below)
        return WORD_BELOW;
    return is_accepted(table, score->pos) ? WORD_ACCEPTED : WORD_WRONG;
}

/* The parts of a figure are two ways to it: what they make stands beside the figures below, or
 * beside the figure itself where nothing is below. */
static void
add_parts(struct table *table, const struct score *score)
{
    struct ratio other = ratio_is_known(score->computed) ? score->computed : score->figure;
    struct buf name = buf_in(table->b->arena);
    int mark = score->parts_agree                      ? WORD_OK
               : is_accepted(table, score->parts->pos) ? WORD_ACCEPTED
                                                       : WORD_WRONG;

    buf_add(&name, score->name);
    buf_add(&name, word(table, WORD_PARTS));
    add_row(table, buf_str(&name), score->parts_make, other, score->places, mark);
}

/* As in an addition: what is summed first, the sum below it. */
static void
add_score(struct table *table, const struct score *score)
{
    for (const struct score *below = score->first; below != NULL; below = below->next)
        add_score(table, below);
    if (score->first != NULL)
        add_row(table, score->name, score->figure, score->computed, score->places,
                mark_of(table, score));
    if (score->parts != NULL)
        add_parts(table, score);
}

/* ---- columns */

static size_t
point_of(struct str cell)
{
    size_t point = str_find(cell, STR("."));

    return point == SIZE_MAX ? cell.len : point;
}

static void
measure(struct table *table, const struct row *row)
{
    for (int i = 0; i < CELL_COUNT; i++) {
        size_t point = point_of(row->cell[i]);
        size_t before = width_columns(str_sub(row->cell[i], 0, point));
        size_t after = width_columns(str_sub(row->cell[i], point, SIZE_MAX));
        if (before > table->before[i])
            table->before[i] = before;
        if (after > table->after[i])
            table->after[i] = after;
    }
}

/* Makes room for headings wider than what stands below them. */
static void
widen(struct table *table, const struct row *heading)
{
    for (int i = 0; i < CELL_COUNT; i++) {
        size_t width = width_columns(heading->cell[i]);
        if (width > table->before[i] + table->after[i])
            table->before[i] = width - table->after[i];
    }
}

static void
add_blanks(struct buf *out, size_t count)
{
    while (count-- > 0)
        buf_byte(out, ' ');
}

/* Numbers stand with their points below each other, headings at the right of their column. */
static void
add_cell(const struct table *table, struct buf *out, struct str cell, int index, bool heading)
{
    size_t width = table->before[index] + table->after[index];
    size_t own = width_columns(cell), left = width > own ? width - own : 0, right = 0;

    if (!heading) {
        left = table->before[index] - width_columns(str_sub(cell, 0, point_of(cell)));
        right = width - left - own;
    }
    add_blanks(out, left);
    buf_add(out, cell);
    add_blanks(out, right);
}

static void
write_row(const struct table *table, struct buf *out, const struct row *row, bool heading)
{
    buf_add(out, row->cell[CELL_NAME]);
    add_blanks(out, table->before[CELL_NAME] + table->after[CELL_NAME] -
                        width_columns(row->cell[CELL_NAME]));
    for (int i = CELL_GIVEN; i <= CELL_DIFFERENCE; i++) {
        add_blanks(out, GAP);
        add_cell(table, out, row->cell[i], i, heading);
    }
    if (row->cell[CELL_MARK].len > 0)
        add_blanks(out, GAP);
    buf_add(out, row->cell[CELL_MARK]);
    while (out->len > 0 && out->ptr[out->len - 1] == ' ')
        out->len--;
    buf_byte(out, '\n');
}

void
banthuek_figures(struct banthuek *b, enum banthuek_lang lang, struct banthuek_bytes *text)
{
    struct table table = {.b = b, .lang = lang == BANTHUEK_THAI ? DIAG_THAI : DIAG_ENGLISH};
    struct buf out = buf_in(b->arena);
    struct row heading = {{{NULL, 0}}};

    *text = engine_bytes(STR(""));
    if (b->scores == NULL || b->scores->total == NULL)
        return;
    table.rows = arena_array(b->arena, 2 * b->scores->count, sizeof table.rows[0]);
    add_score(&table, b->scores->total);
    for (int i = CELL_NAME; i <= CELL_DIFFERENCE; i++)
        heading.cell[i] = word(&table, i);
    for (size_t i = 0; i < table.count; i++)
        measure(&table, &table.rows[i]);
    widen(&table, &heading);
    write_row(&table, &out, &heading, true);
    for (size_t i = 0; i < table.count; i++)
        write_row(&table, &out, &table.rows[i], false);
    if (table.count > 0)
        *text = engine_bytes(buf_str(&out));
}
