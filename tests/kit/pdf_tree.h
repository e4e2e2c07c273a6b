/* The structure tree of a file as text, for the tests of tagging: an element is its type, what it
 * says of itself in braces, and in parentheses its children and its text. */
#ifndef PDF_TREE_H
#define PDF_TREE_H

#include "pdf_reader.h"

struct tree {
    const struct reader *reader;
    struct buf out;
    struct str **texts;   /* by font of /F1 …, by CID */
    struct str *contents; /* by page: its stream */
    size_t *pages;        /* by page: object number */
    size_t page_count;
    bool shows_text;
};

/* The value of a key up to the next one of its dictionary; empty without the key. */
static inline struct str
tree_value(struct str dict, const char *key)
{
    size_t at = reader_find(dict, key), depth = 0, end;

    if (at == SIZE_MAX)
        return (struct str){NULL, 0};
    at += strlen(key);
    if (dict.ptr[at] == '<' && dict.ptr[at + 1] != '<')
        return str_sub(dict, at, reader_find(str_sub(dict, at, dict.len), ">") + 1);
    for (end = at; end < dict.len; end++) {
        char c = dict.ptr[end];

        if (depth == 0 && end > at && (c == '/' || c == '\n' || c == '>'))
            break;
        if (c == '[' || (c == '<' && dict.ptr[end + 1] == '<'))
            depth++;
        else if (c == ']' || (c == '>' && dict.ptr[end - 1] == '>'))
            depth--;
        if (depth == 0 && (c == ']' || c == '>'))
            return str_sub(dict, at, end + 1 - at);
    }
    return str_sub(dict, at, end - at);
}

/* Adds the text of content `number` of a page. */
static inline void
tree_content(struct tree *tree, size_t page, size_t number)
{
    struct str content = tree->contents[page], row;
    char begin[32];
    unsigned font = 0, depth = 0;
    bool inside = false;

    snprintf(begin, sizeof(begin), "<</MCID %zu>>BDC", number);
    while (str_line(&content, &row)) {
        const char *text = str_cstr(tree->reader->arena, row);

        if (str_ends(row, STR(" Tf")))
            assert_int_equal(sscanf(text, "/F%u ", &font), 1);
        if (str_ends(row, str_of(begin))) {
            assert_false(inside);
            inside = true;
        }
        if (!inside)
            continue;
        if (str_ends(row, STR("BDC")) || str_ends(row, STR("BMC")))
            depth++;
        else if (str_is(row, "EMC") && --depth == 0)
            return;
        if (!str_ends(row, STR("Tj")) && !str_ends(row, STR("TJ")))
            continue;
        for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at, '<'))
            for (at++; *at != '>'; at += 4) {
                char hex[5] = {at[0], at[1], at[2], at[3], 0};

                buf_add(&tree->out, tree->texts[font][strtoul(hex, NULL, 16)]);
            }
    }
    fail_msg("content %zu of page %zu is not there, or does not end", number, page + 1);
}

static inline size_t
tree_page(const struct tree *tree, size_t object)
{
    for (size_t i = 0; i < tree->page_count; i++)
        if (tree->pages[i] == object)
            return i;
    fail_msg("object %zu is no page", object);
    return 0;
}

static inline void tree_element(struct tree *tree, size_t number, size_t parent);

/* Adds where an annotation of a link leads ("#": to a place in the file); its page and its element
 * must know it. */
static inline void
tree_link(struct tree *tree, size_t number, size_t page, size_t parent)
{
    struct str dict = reader_dict(tree->reader, number), annotations, parents;
    size_t root = reader_search(tree->reader, "/Type /StructTreeRoot", 0), leaf = 0;
    char text[64];

    annotations = tree_value(reader_dict(tree->reader, page), "/Annots ");
    snprintf(text, sizeof(text), "%zu 0 R", number);
    assert_true(reader_find(annotations, text) != SIZE_MAX);
    leaf = reader_key(tree->reader, reader_key(tree->reader, root, "/ParentTree "), "/Kids ");
    parents = reader_dict(tree->reader, leaf);
    snprintf(text, sizeof(text), "\n%zu %zu 0 R\n", reader_value(dict, "/StructParent "), parent);
    assert_true(reader_find(parents, text) != SIZE_MAX);
    buf_byte(&tree->out, '@');
    if (reader_find(dict, "/Dest [") != SIZE_MAX) {
        buf_byte(&tree->out, '#');
        return;
    }
    dict = str_sub(dict, reader_find(dict, "/URI (") + 6, dict.len);
    buf_add(&tree->out, str_sub(dict, 0, reader_find(dict, ")")));
}

/* Children: references, numbers of content, and content of other pages. */
static inline void
tree_kids(struct tree *tree, struct str kids, size_t page, size_t parent)
{
    for (size_t at = 0; at < kids.len;) {
        struct str rest = str_sub(kids, at, kids.len);

        if (str_starts(rest, STR("<<"))) {
            size_t end = reader_find(rest, ">>");
            struct str other = str_sub(rest, 0, end);

            if (reader_find(other, "/Type/OBJR") != SIZE_MAX)
                tree_link(tree, reader_value(other, "/Obj "), reader_value(other, "/Pg "), parent);
            else if (tree->shows_text)
                tree_content(tree, tree_page(tree, reader_value(other, "/Pg ")),
                             reader_value(other, "/MCID "));
            at += end + 2;
        } else if (rest.ptr[0] >= '0' && rest.ptr[0] <= '9') {
            size_t number = reader_number(rest, 0), len = 0;

            while (len < rest.len && rest.ptr[len] >= '0' && rest.ptr[len] <= '9')
                len++;
            bool is_ref = str_starts(str_sub(rest, len, rest.len), STR(" 0 R"));
            if (is_ref)
                tree_element(tree, number, parent);
            else if (tree->shows_text)
                tree_content(tree, page, number);
            at += len + (is_ref ? 4 : 0);
        } else {
            at++;
        }
    }
}

static inline void
tree_element(struct tree *tree, size_t number, size_t parent)
{
    static const char *const shown[] = {"/ID ", "/A ", "/Alt ", "/Lang "};
    struct str dict = reader_dict(tree->reader, number), type = tree_value(dict, "/S /");
    size_t page = reader_find(dict, "/Pg ");
    bool first = true;

    assert_int_equal(reader_value(dict, "/P "), parent);
    buf_add(&tree->out, type);
    for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
        struct str value = tree_value(dict, shown[i]);

        if (value.len == 0 || (i == 1 && reader_find(value, "/O/Layout") != SIZE_MAX))
            continue;
        buf_byte(&tree->out, first ? '{' : ' ');
        buf_add(&tree->out, value);
        first = false;
    }
    buf_text(&tree->out, first ? "(" : "}(");
    page = page == SIZE_MAX ? 0 : tree_page(tree, reader_value(str_sub(dict, page, 30), "/Pg "));
    tree_kids(tree, tree_value(dict, "/K "), page, number);
    buf_byte(&tree->out, ')');
}

/* The tree from its Document down. */
static inline const char *
tree_text(const struct reader *reader, bool shows_text)
{
    struct tree tree = {.reader = reader, .out = buf_in(reader->arena), .shows_text = shows_text};
    size_t root = reader_search(reader, "/Type /StructTreeRoot", 0), count = 0;

    assert_true(root != 0);
    tree.texts = arena_array(reader->arena, 16, sizeof(*tree.texts));
    for (unsigned i = 1; i < 16 && reader_search(reader, "/Font <<", 0) != 0; i++) {
        char key[16];

        snprintf(key, sizeof(key), "/F%u ", i);
        if (!reader_check_filled(reader, reader_search(reader, "/Font <<", 0), key))
            break;
        tree.texts[i] = reader_texts(reader, i, &count);
    }
    tree.contents = arena_array(reader->arena, reader->count, sizeof(*tree.contents));
    tree.pages = arena_array(reader->arena, reader->count, sizeof(*tree.pages));
    for (size_t page = 0; (page = reader_search(reader, "/Type /Page\n", page)) != 0;) {
        tree.pages[tree.page_count] = page;
        tree.contents[tree.page_count++] =
            reader_stream(reader, reader_key(reader, page, "/Contents "));
    }
    tree_element(&tree, reader_key(reader, root, "/K "), root);
    return str_cstr(reader->arena, buf_str(&tree.out));
}

#endif
