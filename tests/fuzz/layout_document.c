/* Layout of documents that are made from bytes: any tree that the checks of templates let through,
 * on pages of any size, and their PDFs. Looks for crashes, overflows, endless loops, and for text
 * that gets lost or leaves the paper. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "fuzz_fonts.h"
#include "pdf_file.h"

#include "base/arena.h"
#include "doc/node.h"
#include "doc/refer.h"
#include "image/image.h"
#include "layout/layout.h"
#include "layout/pen.h"
#include "pdf/pdf.h"
#include "text/font.h"
#include "value/read.h"

#define NODES_MAX 300
#define DEPTH_MAX 50
#define BUDGET ((size_t)256 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct maker {
    struct arena *arena;
    const uint8_t *at, *end;
    unsigned nodes, depth;
};

static uint8_t
next(struct maker *m)
{
    return m->at == m->end ? 0 : *m->at++;
}

static const char *const texts[] = {
    "ก",
    "การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ",
    "Integrity and Transparency Assessment",
    " ",
    "ที่ นม ๘๓๗๐๑/๑๒๓",
    "https://www.example.go.th/index.php?a=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    "☐ ☑ ✓",
    "๑\n๒\n\n๓\t๔",
    "กี่ปี้ญู่ฎุ้น้ำ",
    "ต่าง ๆ ฯลฯ (พ.ศ. ๒๕๖๖) “อ้าง”",
};

static struct str
make_text(struct maker *m)
{
    struct buf out = buf_in(m->arena);
    unsigned times = next(m) % 40u + 1;
    const char *text = texts[next(m) % (sizeof texts / sizeof texts[0])];

    while (times-- > 0)
        buf_text(&out, text);
    return buf_str(&out);
}

/* Ids, words and where links lead, of few kinds so that they meet. */
static struct str
make_reference(struct maker *m, const char *name)
{
    static const char *const ids[] = {"a", "b", " ", "๑"};
    static const char *const words[] = {"a|Integrity", "การ | ๑ ", "https://www.example.go.th",
                                        "☑|"};
    static const char *const hrefs[] = {"#a", "#b", "https://a.th/ ก", "tel:1", "#x", "#๑"};

    if (strcmp(name, "id") == 0)
        return str_of(ids[next(m) % 4]);
    if (strcmp(name, "refer") == 0)
        return str_of(words[next(m) % 4]);
    return str_of(hrefs[next(m) % 6]);
}

static struct str
make_value(struct maker *m, const struct attribute_info *info)
{
    static const char *const lengths[] = {"1pt", "0.1pt", "3cm", "20cm", "200cm"};
    static const char *const numbers[] = {"0", "50.5", "100", "-3", "1234.56"};
    static const char *const words[] = {"",  "1.",       "(ก)", "9", "•", "2cm 1* auto",
                                        "p", "nonsense", "{n}", "td"};
    size_t length = strlen(info->choices);

    if (strcmp(info->name, "id") == 0 || strcmp(info->name, "refer") == 0 ||
        strcmp(info->name, "href") == 0)
        return make_reference(m, info->name);
    switch (info->type) {
    case ATTRIBUTE_LENGTH:
        return str_of(lengths[next(m) % 5]);
    case ATTRIBUTE_COUNT:
        return str_of(arena_printf(m->arena, "%u", next(m) % 5u + 1));
    case ATTRIBUTE_DECIMAL:
        return str_of(numbers[next(m) % 5]);
    case ATTRIBUTE_CHOICE: {
        size_t from = next(m) % (length + 1);
        while (from > 0 && info->choices[from - 1] != ' ')
            from--;
        return str_sub(str_of(info->choices), from, strcspn(info->choices + from, " "));
    }
    default:
        return next(m) % 2 == 0 ? str_of(words[next(m) % 10]) : make_text(m);
    }
}

static void
add_attributes(struct maker *m, struct node *node)
{
    for (int i = 0; i < ATTRIBUTE_COUNT_OF_ALL; i++) {
        const struct attribute_info *info = attribute_info((enum attribute)i);
        if (info->element == node->element && next(m) % 3 == 0)
            node_set(m->arena, node, (enum attribute)i, make_value(m, info), POS_NONE);
    }
}

static void
add_children(struct maker *m, struct node *parent)
{
    unsigned content = element_info(parent->element)->content;

    if (m->depth == DEPTH_MAX)
        return;
    m->depth++;
    for (;;) {
        uint8_t what = next(m);
        if (what < 8 || m->nodes == NODES_MAX)
            break;
        m->nodes++;
        if (what < 100 && (content & (unsigned)GROUP_INLINE) != 0) {
            node_append(parent, node_text(m->arena, make_text(m),
                                          what % 5 == 0 ? NODE_KEEP_TOGETHER : 0, POS_NONE));
            continue;
        }
        enum element element = (enum element)(what % ELEMENT_COUNT);
        if ((element_info(element)->group & content) == 0)
            continue;
        struct node *node = node_element(m->arena, element, POS_NONE);
        add_attributes(m, node);
        node_append(parent, node);
        add_children(m, node);
    }
    m->depth--;
}

static const struct image *
find_image(void *context, struct str name)
{
    (void)name;
    return context;
}

static struct style *
load_style(struct arena *arena, struct diags *diags)
{
    struct str bytes;

    if (!files_read(files_system(), arena, diags, POS_NONE, "templates/official.yaml", 1 << 20,
                    &bytes))
        abort();
    const struct value *const files[] = {value_read_yaml(arena, diags, "official", bytes)};
    return style_load(arena, diags, files, 1);
}

/* What is opened once. */
static struct {
    struct fonts *fonts;
    struct breaker *breaker;
    struct style *style;
    struct image image;
} once;

static void
open_once(void)
{
    const struct font_search search = {.use_system = true};
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();

    if (once.fonts != NULL) {
        arena_free(arena);
        diags_free(diags);
        return;
    }
    once.fonts = fonts_open(arena, diags, &search);
    once.breaker = breaker_open();
    once.style = load_style(arena, diags);
    static const uint8_t pixels[300 * 150];
    once.image = (struct image){
        .width = 300, .height = 150, .dpi = 300, .space = IMAGE_GRAY, .pixels = pixels};
    if (once.fonts == NULL || once.style == NULL)
        abort();
}

/* Odd papers and pitches, within what style_load() accepts. */
static void
bend_style(struct maker *m, struct style *style)
{
    uint8_t how = next(m);

    if (how & 1)
        style->paper_height = 200000 + 4000 * next(m);
    if (how & 2)
        style->portrait_left = 2000 * next(m) / 2;
    if (how & 4)
        style->signature_room = 4000 * next(m);
    if (how & 8)
        style->widows = style->orphans = next(m) % 9;
    if (how & 16)
        style->list_indent = 500 * next(m);
    if (how & 32)
        style->head_beside_at = 3000 * next(m);
    if (how & 64)
        style->opinion_lines = next(m);
}

static size_t
count_ink(struct str text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += strchr(" \n\t", text.ptr[i]) == NULL ? 1 : 0;
    return count;
}

/* Links are parts of their text, in order, and what they lead to is on a page. */
static void
check_links(const struct pages *pages, const struct item *item)
{
    size_t end = 0;

    for (size_t i = 0; i < item->as.text.whole->link_count; i++) {
        const struct text_link *link = &item->as.text.whole->links[i];
        const struct target *target = link->link->target;

        if (link->from < end || link->from > link->to || link->to > item->as.text.whole->text.len)
            abort();
        end = link->to;
        if (target == NULL ? link->link->address.len == 0
                           : target->placed && target->page >= pages->count)
            abort();
    }
}

/* Every set line stands on the paper, and all text of the document stands somewhere. */
static void
check_pages(const struct pages *pages, const struct node *memo)
{
    size_t written = 0, set = 0;

    for (const struct node *node = memo; node != NULL; node = node_after(node, memo))
        written += node->kind == NODE_TEXT ? count_ink(node->text) : 0;
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->page[i];
        for (size_t k = 0; k < page->count; k++) {
            const struct item *item = &page->items[k];
            if (item->node == NULL)
                abort();
            if (item->kind == ITEM_TEXT)
                check_links(pages, item);
            if (item->kind == ITEM_TEXT && item->role == ROLE_CONTENT) {
                for (size_t c = 0; c < item->as.text.count; c++)
                    set +=
                        count_ink(str_sub(item->as.text.whole->text, item->as.text.clusters[c].text,
                                          item->as.text.clusters[c].text_len));
            }
            if (item->kind == ITEM_TEXT && item->role == ROLE_CONTENT &&
                (item->y < 0 || item->y > page->height || item->as.text.line == 0))
                abort();
        }
    }
    if (set < written)
        abort();
}

static bool
same_hash(const struct hash *a, const struct hash *b)
{
    return memcmp(a->bytes, b->bytes, HASH_SIZE) == 0;
}

/* The form for the pen has no fields, and on each page a code that stands on the paper and says the
 * page. */
static void
check_pen(struct arena *arena, struct diags *diags, const struct layout_job *job,
          const struct pages *pages, struct str dump)
{
    const struct hash own = hash_of(dump);
    struct pen *pen = job->draft ? NULL : pen_new(arena, diags, job, pages);
    struct hash hash;
    struct code read;
    struct str file;
    unsigned number = 0;

    if (pen == NULL)
        return;
    const struct code code = pen_code(pen, &hash), again = pen_code(pen, &hash);
    const struct pages *out = pen_pages(pen, diags, job, &code);
    if (!same_hash(&hash, &own) || strcmp(code.text, again.text) != 0 || out == NULL)
        abort();
    for (size_t i = 0; i < out->count; i++) {
        const struct page *page = &out->page[i];
        const struct item *qr = NULL;
        for (size_t k = 0; k < page->count; k++) {
            qr = page->items[k].role == ROLE_CODE && qr == NULL ? &page->items[k] : qr;
            if (page->items[k].kind == ITEM_FIELD)
                abort();
        }
        if (qr == NULL || qr->x < 0 || qr->x + qr->width > page->width || qr->y < 0 ||
            qr->y + qr->height > page->height || !code_qr_read(qr->as.qr->text, &read, &number) ||
            number != i + 1 || strcmp(read.text, code.text) != 0)
            abort();
    }
    const struct pdf_meta meta = {.title = STR("ก")};
    if (!pdf_file(arena, diags, out, &meta, &file) && diags_level_count(diags, DIAG_ERROR) == 0)
        abort();
}

static void
run(struct maker *m, struct diags *diags)
{
    struct style style = *once.style;
    struct node *memo = node_element(m->arena, ELEMENT_memo, POS_NONE);
    struct buf dump = buf_in(m->arena);

    bend_style(m, &style);
    add_attributes(m, memo);
    add_children(m, memo);
    node_number(memo);
    if (!node_check(diags, memo) || !refers_check(diags, memo))
        return;
    const struct layout_job job = {
        .document = memo,
        .style = &style,
        .fonts = once.fonts,
        .breaker = once.breaker,
        .emblem_picture = &once.image,
        .draft = (memo->first != NULL && memo->first->element == ELEMENT_head),
        .find_image = find_image,
        .image_context = &once.image,
    };
    struct pages *pages = layout_run(m->arena, diags, &job);
    if (pages == NULL && diags_level_count(diags, DIAG_ERROR) == 0)
        abort();
    if (pages == NULL)
        return;
    check_pages(pages, memo);
    pages_dump(pages, &dump);
    const struct pdf_meta meta = {.title = STR("ก")};
    struct str file;
    if (!pdf_file(m->arena, diags, pages, &meta, &file) &&
        diags_level_count(diags, DIAG_ERROR) == 0)
        abort();
    check_pen(m->arena, diags, &job, pages, buf_str(&dump));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct maker maker = {.at = data, .end = data + size};
    struct diags *diags;

    open_once();
    maker.arena = arena_new(BUDGET);
    diags = diags_new();
    run(&maker, diags);
    diags_free(diags);
    arena_free(maker.arena);
    return 0;
}
