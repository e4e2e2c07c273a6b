/* What tests of layout share: fonts, the official style, and a reader that makes a document tree
 * out of markup as templates have it (without tags), so that a test shows what it sets. */
#ifndef LAYOUT_KIT_H
#define LAYOUT_KIT_H

#include "test.h"

#include <expat.h>
#include <stdio.h>

#include "base/files.h"
#include "doc/node.h"
#include "doc/style.h"
#include "image/image.h"
#include "layout/layout.h"
#include "text/breaks.h"
#include "text/font.h"
#include "value/read.h"

struct kit {
    struct arena *arena;
    struct diags *diags;
    struct fonts *fonts;
    struct style *style;
    struct layout_job job;
    struct image image;
    struct node *top; /* while reading */
};

/* A grey picture of 300 by 150 pixels at 300 dpi, for every name but "missing.png". */
static inline const struct image *
kit_find_image(void *context, struct str name)
{
    struct kit *kit = context;

    if (str_is(name, "missing.png")) {
        diag_add(kit->diags, DIAG_IO_OPEN, POS_NONE, "missing.png", "not there", NULL);
        return NULL;
    }
    return &kit->image;
}

static inline struct value *
kit_yaml(struct kit *kit, const char *name, struct str bytes)
{
    struct value *value = value_read_yaml(kit->arena, kit->diags, name, bytes);

    assert_non_null(value);
    return value;
}

/* The official style with `more` (YAML) on top. */
static inline void
kit_style(struct kit *kit, const char *more)
{
    struct str bytes;

    assert_true(files_read(files_system(), kit->arena, kit->diags, POS_NONE,
                           "templates/official.yaml", 1 << 20, &bytes));
    const struct value *const files[] = {
        kit_yaml(kit, "official.yaml", bytes),
        kit_yaml(kit, "more.yaml", str_of(more)),
    };
    kit->style = style_load(kit->arena, kit->diags, files, 2);
    assert_non_null(kit->style);
    kit->job.style = kit->style;
}

static inline struct kit *
kit_open(void)
{
    const struct font_search search = {.use_system = true};
    struct kit *kit = calloc(1, sizeof *kit);

    assert_non_null(kit);
    kit->arena = arena_new(0);
    kit->diags = diags_new();
    kit->fonts = fonts_open(kit->arena, kit->diags, &search);
    assert_non_null(kit->fonts);
    kit->job.fonts = kit->fonts;
    kit->job.breaker = breaker_open();
    kit->job.find_image = kit_find_image;
    kit->job.image_context = kit;
    kit->image = (struct image){
        .width = 300,
        .height = 150,
        .dpi = 300,
        .space = IMAGE_GRAY,
        .pixels = arena_alloc(kit->arena, (size_t)300 * 150),
    };
    kit_style(kit, "{}");
    return kit;
}

static inline void
kit_close(struct kit *kit)
{
    breaker_close(kit->job.breaker);
    fonts_close(kit->fonts);
    diags_free(kit->diags);
    arena_free(kit->arena);
    free(kit);
}

static inline int
kit_setup(void **state)
{
    *state = kit_open();
    return 0;
}

static inline int
kit_teardown(void **state)
{
    kit_close(*state);
    return 0;
}

/* ---- markup to a tree */

static inline void
kit_start(void *context, const char *name, const char **attributes)
{
    struct kit *kit = context;
    enum element element;
    enum attribute attribute;

    if (!element_find(str_of(name), &element))
        fail_msg("no element <%s>", name);
    struct node *node = node_element(kit->arena, element, POS_NONE);
    for (; *attributes != NULL; attributes += 2) {
        if (!attribute_find(element, str_of(attributes[0]), &attribute))
            fail_msg("no attribute %s of <%s>", attributes[0], name);
        node_set(kit->arena, node, attribute, str_dup(kit->arena, str_of(attributes[1])), POS_NONE);
    }
    if (kit->top != NULL)
        node_append(kit->top, node);
    kit->top = node;
}

static inline void
kit_end(void *context, const char *name)
{
    struct kit *kit = context;

    (void)name;
    if (kit->top->parent != NULL)
        kit->top = kit->top->parent;
}

static inline void
kit_text(void *context, const char *text, int len)
{
    struct kit *kit = context;
    struct str all = {text, (size_t)len};
    struct node *last = kit->top->last;

    /* a line end with its indentation, between blocks, is nothing; "|" stands for a written one */
    if (str_trim(all).len == 0 && (len == 0 || text[0] != ' ' || kit->top->first == NULL))
        return;
    if (last != NULL && last->kind == NODE_TEXT) {
        struct buf both = buf_in(kit->arena);
        buf_add(&both, last->text);
        buf_add(&both, all);
        last->text = buf_str(&both);
        return;
    }
    node_append(kit->top, node_text(kit->arena, str_dup(kit->arena, all), 0, POS_NONE));
}

static inline struct node *
kit_document(struct kit *kit, const char *markup)
{
    XML_Parser parser = XML_ParserCreate("UTF-8");

    kit->top = NULL;
    XML_SetUserData(parser, kit);
    XML_SetElementHandler(parser, kit_start, kit_end);
    XML_SetCharacterDataHandler(parser, kit_text);
    if (XML_Parse(parser, markup, (int)strlen(markup), 1) != XML_STATUS_OK)
        fail_msg("markup: %s in line %lu", XML_ErrorString(XML_GetErrorCode(parser)),
                 XML_GetCurrentLineNumber(parser));
    XML_ParserFree(parser);
    node_number(kit->top);
    kit->job.document = kit->top;
    return kit->top;
}

/* ---- running */

static inline struct pages *
kit_pages(struct kit *kit, const char *markup)
{
    kit_document(kit, markup);
    struct pages *pages = layout_run(kit->arena, kit->diags, &kit->job);
    if (pages == NULL && diags_count(kit->diags) > 0)
        print_message("%s\n", str_cstr(kit->arena, diag_line(kit->arena, diags_at(kit->diags, 0),
                                                             DIAG_ENGLISH)));
    return pages;
}

/* The document is refused with this one message. */
static inline void
kit_refused(struct kit *kit, const char *markup, const char *code)
{
    kit_document(kit, markup);
    assert_null(layout_run(kit->arena, kit->diags, &kit->job));
    assert_int_equal(diags_count(kit->diags), 1);
    assert_string_equal(diag_code_name(diags_at(kit->diags, 0)->code), code);
    diags_free(kit->diags);
    kit->diags = diags_new();
}

static inline const char *
kit_dump(struct kit *kit, const char *markup)
{
    struct pages *pages = kit_pages(kit, markup);
    struct buf out = buf_in(kit->arena);

    assert_non_null(pages);
    pages_dump(pages, &out);
    return str_cstr(kit->arena, buf_str(&out));
}

/* Only what stands on the pages as text, a line each: "1|text", with "P:", "M:", "C:", "R:" before
 * page numbers, marks, continuation words and repeated heads. */
static inline const char *
kit_lines(struct kit *kit, const struct pages *pages)
{
    static const char *const prefix[] = {
        [ROLE_PAGE_NUMBER] = "P:", [ROLE_MARK] = "M:",  [ROLE_CONTINUATION] = "C:",
        [ROLE_REPEATED] = "R:",    [ROLE_STAMP] = "S:",
    };
    struct buf out = buf_in(kit->arena);
    unsigned last = 0;

    for (size_t i = 0; i < pages->count; i++) {
        for (size_t k = 0; k < pages->page[i].count; k++) {
            const struct item *item = &pages->page[i].items[k];
            if (item->kind != ITEM_TEXT || item->as.text.count == 0)
                continue;
            const struct cluster *from = &item->as.text.clusters[0];
            const struct cluster *to = &item->as.text.clusters[item->as.text.count - 1];
            if (item->as.text.line != last) {
                const char *mark = (size_t)item->role < sizeof prefix / sizeof prefix[0]
                                       ? prefix[item->role]
                                       : NULL;
                buf_printf(&out, "%s%zu|%s", last == 0 ? "" : "\n", i + 1,
                           mark == NULL ? "" : mark);
            }
            last = item->as.text.line;
            buf_add(&out, str_sub(item->as.text.whole->text, from->text,
                                  to->text + to->text_len - from->text));
        }
    }
    return str_cstr(kit->arena, buf_str(&out));
}

#endif
