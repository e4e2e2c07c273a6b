/* The document tree and the tables of its elements and attributes. Walks follow parent links, so
 * that no tree is too deep for the stack. */
#include "doc/node.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/unit.h"
#include "base/utf8.h"

#define COUNT_MAX 1000

static const struct element_info elements[] = {
#define E(name, group, content, help) {#name, group, content, help},
#include "doc/element.def"
#undef E
};

static const struct attribute_info attributes[] = {
#define A(element, name, written, type, choices, help) \
    {ELEMENT_##element, written, ATTRIBUTE_##type, choices, help},
#include "doc/element.def"
#undef A
};

const struct element_info *
element_info(enum element element)
{
    return &elements[element];
}

const struct attribute_info *
attribute_info(enum attribute attribute)
{
    return &attributes[attribute];
}

bool
element_find(struct str name, enum element *out)
{
    for (size_t i = 0; i < ELEMENT_COUNT; i++) {
        if (str_is(name, elements[i].name)) {
            *out = (enum element)i;
            return true;
        }
    }
    return false;
}

bool
attribute_find(enum element element, struct str name, enum attribute *out)
{
    for (size_t i = 0; i < ATTRIBUTE_COUNT_OF_ALL; i++) {
        if (attributes[i].element == element && str_is(name, attributes[i].name)) {
            *out = (enum attribute)i;
            return true;
        }
    }
    return false;
}

/* Keeps `candidate` when it is nearer to `name` than what came before. */
static void
consider(struct str name, const char *candidate, const char **best, size_t *best_distance)
{
    size_t distance = str_distance(name, str_of(candidate));

    /* half of the letters wrong is another word */
    if (distance < *best_distance && distance * 2 < utf8_count(name)) {
        *best = candidate;
        *best_distance = distance;
    }
}

const char *
element_nearest(struct str name)
{
    const char *best = NULL;
    size_t distance = 3;

    for (size_t i = 0; i < ELEMENT_COUNT; i++)
        consider(name, elements[i].name, &best, &distance);
    return best;
}

const char *
attribute_nearest(enum element element, struct str name)
{
    const char *best = NULL;
    size_t distance = 4;

    for (size_t i = 0; i < ATTRIBUTE_COUNT_OF_ALL; i++) {
        if (attributes[i].element == element)
            consider(name, attributes[i].name, &best, &distance);
    }
    return best;
}

static bool
is_choice(const char *choices, struct str value)
{
    struct str rest = str_of(choices);

    while (rest.len > 0) {
        size_t end = str_find(rest, STR(" "));
        if (str_eq(str_sub(rest, 0, end), value))
            return true;
        rest = end == SIZE_MAX ? STR("") : str_sub(rest, end + 1, rest.len);
    }
    return false;
}

static bool
read_count(struct str value, int *out)
{
    size_t number;
    bool good = value.len <= 4 && str_number(value, COUNT_MAX, &number) && number >= 1;

    if (good)
        *out = (int)number;
    return good;
}

bool
attribute_accepts(enum attribute attribute, struct str value)
{
    struct decimal decimal;
    int count = 0;
    mpt length = 0;

    if (value.len == 0)
        return true;
    switch (attributes[attribute].type) {
    case ATTRIBUTE_TEXT:
        return true;
    case ATTRIBUTE_LENGTH:
        return unit_parse(value, &length) && length >= 0;
    case ATTRIBUTE_COUNT:
        return read_count(value, &count);
    case ATTRIBUTE_DECIMAL:
        return decimal_parse(value, &decimal);
    case ATTRIBUTE_CHOICE:
        return is_choice(attributes[attribute].choices, value);
    }
    return false;
}

const char *
attribute_form(enum attribute attribute)
{
    switch (attributes[attribute].type) {
    case ATTRIBUTE_LENGTH:
        return "2.5cm, 16pt …";
    case ATTRIBUTE_COUNT:
        return "1 … 1000";
    case ATTRIBUTE_DECIMAL:
        return "0, 86.10 …";
    case ATTRIBUTE_CHOICE:
        return attributes[attribute].choices;
    case ATTRIBUTE_TEXT:
        break;
    }
    return "\"…\"";
}

struct node *
node_element(struct arena *arena, enum element element, struct pos pos)
{
    struct node *node = arena_alloc(arena, sizeof *node);

    node->kind = NODE_ELEMENT;
    node->element = element;
    node->pos = pos;
    return node;
}

struct node *
node_text(struct arena *arena, struct str text, unsigned flags, struct pos pos)
{
    struct node *node = arena_alloc(arena, sizeof *node);

    node->kind = NODE_TEXT;
    node->text = text;
    node->flags = flags;
    node->pos = pos;
    return node;
}

void
node_append(struct node *parent, struct node *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
}

void
node_set(struct arena *arena, struct node *node, enum attribute name, struct str value,
         struct pos pos)
{
    struct node_attribute **link = &node->attributes;

    while (*link != NULL && (*link)->name != name)
        link = &(*link)->next;
    if (*link == NULL) {
        *link = arena_alloc(arena, sizeof **link);
        (*link)->name = name;
    }
    (*link)->value = value;
    (*link)->pos = pos;
}

bool
node_is_a(const struct node *node, enum element element)
{
    return node->kind == NODE_ELEMENT && node->element == element;
}

bool
node_is_inline(const struct node *node)
{
    return node->kind == NODE_TEXT || (elements[node->element].group & (unsigned)GROUP_INLINE) != 0;
}

const struct node *
node_after(const struct node *node, const struct node *root)
{
    if (node->first != NULL)
        return node->first;
    while (node != root && node->next == NULL)
        node = node->parent;
    return node == root ? NULL : node->next;
}

bool
node_holds(const struct node *root, enum element element)
{
    const struct node *node = root;

    while (node != NULL && !node_is_a(node, element))
        node = node_after(node, root);
    return node != NULL;
}

const struct node_attribute *
node_find(const struct node *node, enum attribute name)
{
    const struct node_attribute *attribute = node->attributes;

    while (attribute != NULL && attribute->name != name)
        attribute = attribute->next;
    return attribute;
}

struct str
node_get(const struct node *node, enum attribute name)
{
    const struct node_attribute *attribute = node_find(node, name);

    return attribute == NULL ? STR("") : attribute->value;
}

bool
node_is(const struct node *node, enum attribute name)
{
    return str_is(node_get(node, name), "yes");
}

int
node_count(const struct node *node, enum attribute name, int otherwise)
{
    int count = 0;

    return read_count(node_get(node, name), &count) ? count : otherwise;
}

void
node_number(struct node *root)
{
    struct node *node = root;
    unsigned id = 1;

    for (;;) {
        node->id = id++;
        if (node->first != NULL) {
            node = node->first;
            continue;
        }
        while (node != root && node->next == NULL)
            node = node->parent;
        if (node == root)
            return;
        node = node->next;
    }
}

static bool
check_given(struct diags *diags, const struct node *node, enum attribute name)
{
    if (str_trim(node_get(node, name)).len > 0)
        return true;
    diag_add(diags, DIAG_DOC_ATTRIBUTE_MISSING, node->pos, elements[node->element].name,
             attributes[name].name, NULL);
    return false;
}

/* True for what a PDF holds as one text beside its pages. */
static bool
is_beside_pages(enum attribute name)
{
    return name == ATTRIBUTE_memo_title || name == ATTRIBUTE_memo_author ||
           name == ATTRIBUTE_head_emblem || name == ATTRIBUTE_img_alt ||
           name == ATTRIBUTE_chart_alt || name == ATTRIBUTE_qr_alt;
}

/* Nothing of a text is lost unsaid. */
static bool
check_length(struct diags *diags, const struct node_attribute *a)
{
    size_t units = 0;

    if (!is_beside_pages(a->name) || a->value.len <= NODE_TEXT_UNITS_MAX)
        return true;
    for (size_t at = 0; at < a->value.len;)
        units += utf8_next(a->value, &at) > 0xffff ? 2 : 1;
    if (units <= NODE_TEXT_UNITS_MAX)
        return true;
    const struct attribute_info *info = &attributes[a->name];
    diag_add(diags, DIAG_DOC_ATTRIBUTE_LONG, a->pos,
             diag_printf(diags, "<%s %s>", elements[info->element].name, info->name),
             diag_printf(diags, "%zu", units), diag_printf(diags, "%d", NODE_TEXT_UNITS_MAX));
    return false;
}

static bool
check_values(struct diags *diags, const struct node *node)
{
    bool good = true;

    for (const struct node_attribute *a = node->attributes; a != NULL; a = a->next) {
        const struct attribute_info *info = &attributes[a->name];
        good = check_length(diags, a) && good;
        if (attribute_accepts(a->name, a->value))
            continue;
        diag_add(diags, DIAG_DOC_ATTRIBUTE_VALUE, a->pos, diag_str(diags, a->value),
                 diag_printf(diags, "<%s %s>", elements[node->element].name, info->name),
                 attribute_form(a->name));
        good = false;
    }
    /* who cannot see a picture is to be told what it shows (ISO 14289-1 §7.3) */
    if (node->element == ELEMENT_img)
        good = check_given(diags, node, ATTRIBUTE_img_src) &&
               check_given(diags, node, ATTRIBUTE_img_alt) && good;
    return good;
}

static bool
check_place(struct diags *diags, const struct node *node, const struct node *root)
{
    const struct node *parent = node == root ? NULL : node->parent;
    unsigned group = node->kind == NODE_TEXT ? GROUP_INLINE : elements[node->element].group;
    unsigned wanted = parent == NULL ? GROUP_ROOT : elements[parent->element].content;

    if ((group & wanted) != 0)
        return true;
    diag_add(diags, DIAG_DOC_MISPLACED, node->pos,
             node->kind == NODE_TEXT ? diag_printf(diags, "\"%s\"", diag_str(diags, node->text))
                                     : diag_printf(diags, "<%s>", elements[node->element].name),
             parent == NULL ? "" : diag_printf(diags, "<%s>", elements[parent->element].name),
             NULL);
    return false;
}

bool
node_check(struct diags *diags, const struct node *root)
{
    bool good = true;

    for (const struct node *node = root; node != NULL; node = node_after(node, root)) {
        good = check_place(diags, node, root) && good;
        if (node->kind == NODE_ELEMENT)
            good = check_values(diags, node) && good;
    }
    return good;
}

static void
dump_one(struct buf *out, const struct node *node)
{
    if (node->kind == NODE_TEXT) {
        if ((node->flags & NODE_KEEP_TOGETHER) != 0)
            buf_byte(out, '~');
        buf_quoted(out, node->text);
    } else {
        buf_text(out, elements[node->element].name);
        for (const struct node_attribute *a = node->attributes; a != NULL; a = a->next) {
            buf_printf(out, " %s=", attributes[a->name].name);
            buf_quoted(out, a->value);
        }
    }
    buf_byte(out, '\n');
}

void
node_dump(const struct node *root, struct buf *out)
{
    const struct node *node = root;
    size_t depth = 0;

    for (;;) {
        for (size_t i = 0; i < depth; i++)
            buf_text(out, "  ");
        dump_one(out, node);
        if (node->first != NULL) {
            node = node->first;
            depth++;
            continue;
        }
        while (node != root && node->next == NULL) {
            node = node->parent;
            depth--;
        }
        if (node == root)
            return;
        node = node->next;
    }
}
