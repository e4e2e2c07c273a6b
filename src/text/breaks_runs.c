/* Runs of one sign: dots and lines to be filled in by hand, and what else is repeated ("!!!!",
 * "====="). Words next to them are not cut for their sake: what does not fit is broken in the run.
 */
#include "base/ascii.h"
#include "base/utf8.h"
#include "text/breaks.h"
#include "text/breaks_inner.h"
#include "thai/words.h"

/* From so many signs on, a run ends like a word: behind "…" and "..." a line may end. */
#define RUN_LEAST 3

/* From so many on it is broken inside, with at least two signs on each side. */
#define RUN_BROKEN 6
#define RUN_SIDE 2

struct run {
    size_t from, to;
    uint32_t sign;
    unsigned count; /* signs, without the spaces and bars between them */
};

static uint32_t
sign_at(struct str text, size_t at, size_t *end)
{
    *end = at;
    return at < text.len ? utf8_next(text, end) : 0;
}

/* What forms are filled in on. */
static bool
is_fill(uint32_t c)
{
    return c == '.' || c == '_' || c == '-' || (c >= 0x2024 && c <= 0x2026) || c == 0x00B7;
}

/* What may be repeated: ASCII but letters, digits and spaces. */
static bool
is_sign(uint32_t c)
{
    return is_fill(c) || (c > ' ' && c < 0x7F && !ascii_is_letter(c) && !rules_is_digit(c));
}

static bool
goes_on(const struct run *run, uint32_t c)
{
    return is_fill(run->sign) ? is_fill(c) : c == run->sign;
}

/* Finds the run that begins at `from`: of signs to be filled in also with single spaces or bars
 * between them (". . . ." and "..../..../....."). */
static struct run
find_run(struct str text, size_t from)
{
    struct run run = {.from = from, .to = from};
    size_t end, next;

    run.sign = sign_at(text, from, &end);
    for (uint32_t c = run.sign; goes_on(&run, c); c = sign_at(text, run.to, &end)) {
        run.to = end;
        run.count += c == 0x2026 ? RUN_LEAST : 1; /* … */
        c = sign_at(text, run.to, &end);
        if (is_fill(run.sign) && (c == ' ' || (c == '/' && run.count >= RUN_LEAST)) &&
            is_fill(sign_at(text, end, &next)))
            run.to = end;
    }
    return run;
}

/* Inside it is broken before anything else that would have to be, near its ends only at last. */
static void
grade_inside(struct str text, const struct run *run, unsigned char *grade)
{
    size_t at = run->from, end = run->to, first = run->from, last = run->to;

    /* a single … may be all there is */
    for (int i = 0; i < RUN_SIDE && last > run->from; i++) {
        (void)utf8_next(text, &first);
        (void)utf8_prev(text, &last);
    }
    (void)utf8_next(text, &at);
    for (; at < run->to; (void)utf8_next(text, &at)) {
        bool free = run->count >= RUN_BROKEN && at >= first && at <= last;
        grade[at] = free && sign_at(text, at, &end) != ' ' ? BREAK_SPACE : BREAK_NONE;
    }
}

/* The word before it keeps its first dots, and is not broken for the rest: ลงชื่อ......, วันที่...... */
static void
hold_before(struct str text, const struct run *run, unsigned char *grade)
{
    static const struct str ordinal = {"ที่", sizeof "ที่" - 1};
    size_t at = run->from;

    if (at > 0 && text.ptr[at - 1] == ' ') {
        if (grade[at] != BREAK_MUST)
            grade[at] = BREAK_SPACE;
        while (at > 0 && text.ptr[at - 1] == ' ')
            at--;
    } else if (grade[at] != BREAK_MUST) {
        grade[at] = BREAK_NONE;
    }
    if (str_ends(str_sub(text, 0, at), ordinal) && grade[at - ordinal.len] > BREAK_SPACE)
        grade[at - ordinal.len] = BREAK_SYLLABLE;
    while (at > 0 && grade[at - 1] < BREAK_GOOD && text.ptr[at - 1] != ' ') {
        at--;
        if (grade[at] == BREAK_COMPOUND)
            grade[at] = BREAK_SYLLABLE;
    }
}

/* Behind it another word begins. */
static void
free_after(struct str text, const struct run *run, unsigned char *grade)
{
    size_t end;
    uint32_t c = sign_at(text, run->to, &end);

    if (run->to < text.len && grade[run->to] != BREAK_MUST && !rules_never_start(c) &&
        (rules_is_letter(c) || ascii_is_letter(c) || rules_is_digit(c) || rules_never_end(c)))
        grade[run->to] = BREAK_GOOD;
}

static void
grade_run(struct str text, const struct run *run, unsigned char *grade)
{
    bool fill = is_fill(run->sign);

    if (fill || run->count >= RUN_BROKEN)
        grade_inside(text, run, grade);
    if (fill && run->count >= RUN_BROKEN)
        hold_before(text, run, grade);
    if (fill)
        free_after(text, run, grade);
}

void
runs_grade(struct str text, unsigned char *grade)
{
    for (size_t at = 0; at < text.len;) {
        unsigned char byte = (unsigned char)text.ptr[at];
        size_t end = byte == 0xE0 ? words_letters_end(text, at) : at;
        end = end > at ? end : at + 1;
        /* of other letters the lead bytes are passed over like the rest */
        if (byte < 0x80 ? is_sign(byte) : byte == 0xE2 || byte == 0xC2) {
            struct run run = find_run(text, at);
            if (run.count >= RUN_LEAST)
                grade_run(text, &run, grade);
            end = run.to > at ? run.to : end;
        }
        at = end;
    }
}
