/* Layout as a whole: sections one after the other, each formatted to strips and flowed. */
#include "layout/layout.h"

#include "base/arena.h"
#include "layout/flow.h"
#include "layout/text.h"

/* How a page number is written when the section does not say. */
#define NUMBER_FORMAT "- {n} -"

static void
set_paper(const struct style *style, bool landscape, struct flow_section *section)
{
    section->width = landscape ? style->paper_height : style->paper_width;
    section->height = landscape ? style->paper_width : style->paper_height;
    section->left = landscape ? style->landscape_left : style->portrait_left;
    section->right = landscape ? style->landscape_right : style->portrait_right;
    section->top = landscape ? style->landscape_top : style->portrait_top;
    section->bottom = landscape ? style->landscape_bottom : style->portrait_bottom;
}

/* The settings of a section; those of pages outside of any section are the defaults. The first
 * page of the document carries no number unless its section says so. */
static struct flow_section
section_of(const struct style *style, const struct node *memo, const struct node *node,
           unsigned number)
{
    struct str way = node_get(node, ATTRIBUTE_section_page_number);
    struct str format = node_get(node, ATTRIBUTE_section_page_format);
    struct str first = node_get(node, ATTRIBUTE_section_first_number);
    struct str continuation = node_get(node, ATTRIBUTE_section_continuation);
    struct flow_section section = {
        .node = node,
        .number = number,
        .numbered = !str_is(way, "none"),
        .first_number = first.len > 0 ? str_is(first, "yes") : number > 1,
        .thai = !str_is(node_get(node, ATTRIBUTE_section_digits), "arabic"),
        .format = format.len > 0 ? format : STR(NUMBER_FORMAT),
        .first = str_is(way, "restart") ? 1 : 0,
        .continuation = style->continuation_on && !str_is(continuation, "no"),
        .secrecy = node_get(memo, ATTRIBUTE_memo_secrecy),
    };

    set_paper(style, str_is(node_get(node, ATTRIBUTE_section_orientation), "landscape"), &section);
    return section;
}

/* Formats the nodes from `first` up to `end` and fills pages with them. */
static bool
run_section(struct flow *flow, const struct node *node, const struct node *first,
            const struct node *end, unsigned number)
{
    struct layout *layout = flow->layout;
    struct flow_section *section = arena_alloc(layout->arena, sizeof *section);
    struct strips strips = {0};

    *section = section_of(layout->style, layout->job->document, node, number);
    /* the mark of urgency is the head's to place; it must not get lost where there is none */
    if (number == 1 && !node_holds(layout->job->document, ELEMENT_head))
        section->urgency = node_get(layout->job->document, ATTRIBUTE_memo_urgency);
    struct measure measure = measure_of(section->width - section->left - section->right);
    measure.paper_left = section->left;
    measure.paper_width = section->width;
    measure.paper_top = section->top;
    measure.page_room = section->height - section->top - section->bottom;
    if (measure.width < UNIT_PT || measure.page_room < UNIT_PT) {
        diag_add(layout->diags, DIAG_LAYOUT_NO_ROOM, node->pos, NULL, NULL, NULL);
        return false;
    }
    struct arena_mark mark = arena_mark(layout->strips);
    bool good = block_range(layout, node, first, end, &measure, &strips) &&
                flow_fill(flow, section, &strips);
    arena_reset(layout->strips, mark);
    return good;
}

/* Numbers the set lines of the whole document in reading order: repeated heads and page numbers
 * come into being several times. */
static void
number_lines(struct pages *pages)
{
    unsigned number = 0;

    for (size_t i = 0; i < pages->count; i++) {
        unsigned last = 0;
        for (size_t k = 0; k < pages->page[i].count; k++) {
            struct item *item = &pages->page[i].items[k];
            if (item->kind != ITEM_TEXT)
                continue;
            if (item->as.text.line != last)
                number++;
            last = item->as.text.line;
            item->as.text.line = number;
        }
    }
    pages->lines = number;
}

static bool
run_sections(struct flow *flow, const struct node *memo)
{
    const struct node *node = memo->first;
    unsigned number = 0;

    while (node != NULL) {
        const struct node *end = node;
        while (end != NULL && !node_is_a(end, ELEMENT_section))
            end = end->next;
        if (end != node) {
            if (!run_section(flow, memo, node, end, ++number))
                return false;
            node = end;
            continue;
        }
        if (!run_section(flow, node, node->first, NULL, ++number))
            return false;
        node = node->next;
    }
    /* an empty document is an empty page */
    return number > 0 || run_section(flow, memo, NULL, NULL, 1);
}

static struct pages *
run(struct arena *arena, struct diags *diags, const struct layout_job *job, struct buf *lines)
{
    struct arena *scratch = arena_new(0), *strips = arena_new(0);
    struct layout layout = {
        .arena = arena,
        .strips = strips,
        .scratch = scratch,
        .diags = diags,
        .job = job,
        .style = job->style,
        .next_line = 1,
        .lines = lines,
    };
    struct pages *pages = arena_alloc(arena, sizeof *pages);
    struct flow flow = flow_start(&layout, pages);

    link_start(&layout);
    bool good = signers_find(&layout) && run_sections(&flow, job->document);
    arena_free(scratch);
    arena_free(strips);
    if (!good)
        return NULL;
    number_lines(pages);
    link_place(&layout, pages);
    pages->with_fields = job->fields;
    pages->signers = job->fields ? layout.signers : NULL;
    pages->signer_count = job->fields ? layout.signer_count : 0;
    pages->ragged_lines = layout.ragged_lines;
    pages->justified_lines = layout.justified_lines;
    return pages;
}

struct pages *
layout_run(struct arena *arena, struct diags *diags, const struct layout_job *job)
{
    return run(arena, diags, job, NULL);
}

bool
layout_dump_lines(struct arena *arena, struct diags *diags, const struct layout_job *job,
                  struct buf *out)
{
    return run(arena, diags, job, out) != NULL;
}
