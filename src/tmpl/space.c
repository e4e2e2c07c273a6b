/* White space of the document. A line end with its indentation in the template (SOFT_SPACE) is a
 * space inside of a line and nothing at its ends; several in a row are one. This can be settled
 * only after the data is in, since a value may be empty. */
#include <string.h>

#include "base/arena.h"
#include "tmpl/tree.h"

/* A stretch of inline nodes between blocks. */
struct run {
    struct node *first;
    const struct node *end; /* the node after it, or NULL */
};

/* node_after() in a tree that is still being made. */
static struct node *
next_inside(struct node *node, const struct node *root)
{
    return (struct node *)node_after(node, root);
}

static bool
breaks_line(const struct node *node)
{
    return node_is_a(node, ELEMENT_br) || node_is_a(node, ELEMENT_tab);
}

/* True for b, i and u: what they hold is part of the line. */
static bool
is_transparent(const struct node *node)
{
    return node->kind == NODE_ELEMENT && element_info(node->element)->content != GROUP_EMPTY;
}

/* Where the scan of a line is. */
struct scan {
    struct arena *arena;
    bool in_line;       /* there was something since the line's start */
    struct node *owner; /* text with a space that waits for something to follow, or NULL */
    size_t at;          /* offset of that space in it */
};

/* A waiting space at a line's end is dropped. */
static void
drop_waiting(struct scan *scan)
{
    struct node *node = scan->owner;
    size_t rest;

    if (node == NULL)
        return;
    rest = node->text.len - scan->at - 1;
    char *bytes = arena_strndup(scan->arena, node->text.ptr, node->text.len);
    memmove(bytes + scan->at, bytes + scan->at + 1, rest);
    node->text = (struct str){bytes, node->text.len - 1};
    scan->owner = NULL;
}

/* Writes the text anew: waiting spaces are written and remembered, to be dropped when nothing
 * follows. */
static void
scan_text(struct scan *scan, struct node *node)
{
    struct str text = node->text, soft = STR(SOFT_SPACE);
    struct buf out = buf_in(scan->arena);

    if (text.len > 0 && str_find(text, soft) == SIZE_MAX) {
        scan->in_line = true;
        scan->owner = NULL;
        return;
    }
    for (size_t at = 0; at < text.len;) {
        if (!str_starts(str_sub(text, at, soft.len), soft)) {
            buf_byte(&out, text.ptr[at++]);
            scan->in_line = true;
            scan->owner = NULL;
            continue;
        }
        at += soft.len;
        if (!scan->in_line || scan->owner != NULL)
            continue;
        scan->owner = node;
        scan->at = out.len;
        buf_byte(&out, ' ');
    }
    node->text = out.len == 0 ? STR("") : buf_str(&out);
}

static void
settle_run(struct arena *arena, struct run run, const struct node *root)
{
    struct scan scan = {arena, false, NULL, 0};

    for (struct node *n = run.first; n != NULL && n != run.end; n = next_inside(n, root)) {
        if (n->kind == NODE_TEXT) {
            scan_text(&scan, n);
        } else if (breaks_line(n)) {
            drop_waiting(&scan);
            scan.in_line = false;
        } else if (!is_transparent(n)) {
            scan.in_line = true;
            scan.owner = NULL;
        }
    }
    drop_waiting(&scan);
}

/* A run beside blocks that holds nothing but blanks is nothing. */
static void
clear_blank_run(struct run run, const struct node *root)
{
    for (struct node *n = run.first; n != NULL && n != run.end; n = next_inside(n, root)) {
        if (n->kind == NODE_ELEMENT && !is_transparent(n))
            return;
        if (n->kind == NODE_TEXT && str_trim(n->text).len > 0)
            return;
    }
    for (struct node *n = run.first; n != NULL && n != run.end; n = next_inside(n, root)) {
        if (n->kind == NODE_TEXT)
            n->text = STR("");
    }
}

static bool
has_block(const struct node *holder)
{
    for (const struct node *child = holder->first; child != NULL; child = child->next) {
        if (!node_is_inline(child))
            return true;
    }
    return false;
}

static void
settle_holder(struct arena *arena, struct node *holder)
{
    bool mixed = has_block(holder);

    for (struct node *child = holder->first; child != NULL;) {
        struct run run = {child, NULL};
        struct node *last = child;
        if (!node_is_inline(child)) {
            child = child->next;
            continue;
        }
        while (last->next != NULL && node_is_inline(last->next))
            last = last->next;
        run.end = last->next;
        settle_run(arena, run, holder);
        if (mixed)
            clear_blank_run(run, holder);
        child = last->next;
    }
}

/* Takes out texts that are empty. */
static void
drop_empty(struct node *holder)
{
    struct node *child = holder->first;

    holder->first = NULL;
    holder->last = NULL;
    while (child != NULL) {
        struct node *next = child->next;
        if (child->kind != NODE_TEXT || child->text.len > 0)
            node_append(holder, child);
        child = next;
    }
}

void
document_settle_space(struct arena *arena, struct node *root)
{
    for (struct node *node = root; node != NULL; node = next_inside(node, root)) {
        bool holds_lines = node->kind == NODE_ELEMENT && !node_is_inline(node) &&
                           (element_info(node->element)->content & (unsigned)GROUP_INLINE) != 0;
        if (holds_lines)
            settle_holder(arena, node);
    }
    for (struct node *node = root; node != NULL; node = next_inside(node, root)) {
        if (node->kind == NODE_ELEMENT)
            drop_empty(node);
    }
}
