#include "pdf/form.h"

#include "base/arena.h"

/* Flags of annotations (table 165) and of fields (tables 221 and 228). */
#define PRINTED 4
#define READ_ONLY 1
#define MULTILINE 4096

/* There are signatures, and whoever changes the file has to append to it (table 219). */
#define SIGNATURES_EXIST 1
#define APPEND_ONLY 2

#define FONT "F1"

/* Parts of one who signs, in the order of enum blank_part. */
#define PARTS 4

struct widget {
    unsigned handle;
    size_t page;
};

/* The node of one who signs. */
struct node_of {
    unsigned handle; /* 0: has no fields */
    unsigned part[PARTS];
};

struct forms {
    struct pdf_objects *objects;
    struct tags *tags;
    const struct pages *pages;
    const unsigned *handles;
    struct node_of *nodes; /* by index of the signer */
    unsigned head[2];      /* number and date of the memo, or 0 */
    unsigned empty;        /* the appearance of all, or 0 */
    struct widget *widgets;
    size_t count, cap;
};

struct forms *
forms_new(struct pdf_objects *objects, struct tags *tags, const struct pages *pages,
          const unsigned *handles)
{
    struct forms *forms = arena_alloc(objects->arena, sizeof(*forms));

    forms->objects = objects;
    forms->tags = tags;
    forms->pages = pages;
    forms->handles = handles;
    forms->nodes = arena_array(objects->arena, pages->signer_count, sizeof(*forms->nodes));
    return forms;
}

/* ---- words for people */

static struct str
who(const struct signer *signer)
{
    if (signer->name.len > 0)
        return signer->name;
    return signer->position.len > 0 ? signer->position : signer->role;
}

static struct pdf_value *
words_of(struct arena *arena, const struct blank *blank)
{
    static const char *const words[] = {
        [BLANK_OPINION] = "ความเห็นของ",
        [BLANK_NAME] = "ชื่อและตำแหน่งผู้ลงนาม ",
        [BLANK_DATE] = "วันที่ลงนาม ",
        [BLANK_SIGNATURE] = "ลายมือชื่อ ",
        [BLANK_MEMO_NUMBER] = "เลขทะเบียนหนังสือส่ง",
        [BLANK_MEMO_DATE] = "วันที่ของหนังสือ",
    };
    const struct signer *signer = blank->signer;
    struct buf out = buf_in(arena);

    if (blank->part == BLANK_OPINION && signer->title.len > 0)
        return pdf_text(arena, signer->title);
    buf_text(&out, words[blank->part]);
    if (signer != NULL)
        buf_add(&out, who(signer));
    return pdf_text(arena, buf_str(&out));
}

/* ---- widgets */

static unsigned
empty_appearance(struct forms *forms)
{
    struct arena *arena = forms->objects->arena;
    struct pdf_value *dict = pdf_dict(arena), *box = pdf_array(arena);

    if (forms->empty != 0)
        return forms->empty;
    for (int i = 0; i < 4; i++)
        pdf_add(box, pdf_int(arena, i / 2));
    pdf_set(dict, "Type", pdf_name(arena, "XObject"));
    pdf_set(dict, "Subtype", pdf_name(arena, "Form"));
    pdf_set(dict, "BBox", box);
    pdf_set(dict, "Resources", pdf_dict(arena));
    forms->empty = pdf_put_stored(forms->objects, dict, STR(""));
    return forms->empty;
}

static struct pdf_value *
rectangle(struct arena *arena, const struct item *item, mpt height)
{
    int64_t bottom = (int64_t)height - item->y - item->height;
    const int64_t side[4] = {item->x, bottom, (int64_t)item->x + item->width,
                             bottom + item->height};
    struct pdf_value *array = pdf_array(arena);

    for (int i = 0; i < 4; i++)
        pdf_add(array, pdf_real(arena, side[i]));
    return array;
}

/* "/F1 10.647 Tf 24 TL 0 g" */
static struct str
looks_of(struct arena *arena, const struct blank *blank)
{
    struct buf out = buf_in(arena);

    buf_text(&out, "/" FONT " ");
    pdf_number(&out, blank->size);
    buf_text(&out, " Tf ");
    pdf_number(&out, blank->pitch);
    buf_text(&out, " TL 0 g");
    return buf_str(&out);
}

/* The name of a field in full, or of its part. */
static struct pdf_value *
name_of(struct arena *arena, const struct blank *blank, bool full)
{
    struct buf out = buf_in(arena);
    struct blank part = *blank;

    if (!full)
        part.signer = NULL;
    blank_name(&part, &out);
    return pdf_text(arena, buf_str(&out));
}

static struct pdf_value *
widget_of(struct forms *forms, const struct item *item, size_t page)
{
    struct arena *arena = forms->objects->arena;
    struct pdf_value *dict = pdf_dict(arena), *looks = pdf_dict(arena);
    const struct blank *blank = item->as.blank;
    mpt height = forms->pages->page[page].height;

    pdf_set(dict, "Type", pdf_name(arena, "Annot"));
    pdf_set(dict, "Subtype", pdf_name(arena, "Widget"));
    pdf_set(dict, "F", pdf_int(arena, PRINTED));
    pdf_set(dict, "T", name_of(arena, blank, false));
    pdf_set(dict, "TU", words_of(arena, blank));
    pdf_set(dict, "P", pdf_ref(arena, forms->handles[page]));
    pdf_set(dict, "Rect", rectangle(arena, item, height));
    pdf_set(looks, "N", pdf_ref(arena, empty_appearance(forms)));
    pdf_set(dict, "AP", looks);
    return dict;
}

static void
set_text(struct arena *arena, const struct blank *blank, struct pdf_value *dict)
{
    bool lines = blank->part == BLANK_OPINION || blank->part == BLANK_NAME;

    pdf_set(dict, "FT", pdf_name(arena, "Tx"));
    pdf_set(dict, "Ff", pdf_int(arena, READ_ONLY | (lines ? MULTILINE : 0)));
    pdf_set(dict, "DA", pdf_string(arena, looks_of(arena, blank)));
    pdf_set(dict, "Q", pdf_int(arena, blank->centred ? 1 : 0));
}

/* Who signs locks what is the signer's own, by full names (table 233). */
static void
set_signature(struct forms *forms, const struct signer *signer, struct pdf_value *dict)
{
    struct arena *arena = forms->objects->arena;
    struct pdf_value *lock = pdf_dict(arena), *fields = pdf_array(arena);

    for (int part = 0; part < PARTS; part++) {
        const struct blank blank = {.part = (enum blank_part)part, .signer = signer};
        pdf_add(fields, name_of(arena, &blank, true));
    }
    pdf_set(lock, "Type", pdf_name(arena, "SigFieldLock"));
    pdf_set(lock, "Action", pdf_name(arena, "Include"));
    pdf_set(lock, "Fields", fields);
    pdf_set(dict, "FT", pdf_name(arena, "Sig"));
    pdf_set(dict, "Lock", pdf_ref(arena, pdf_put(forms->objects, lock)));
}

/* Where the handle of a field is kept; NULL for one that is there already. */
static unsigned *
slot_of(struct forms *forms, const struct blank *blank)
{
    unsigned *slot = blank->signer == NULL ? &forms->head[blank->part - BLANK_MEMO_NUMBER] : NULL;

    if (blank->signer != NULL) {
        struct node_of *node = &forms->nodes[blank->signer - forms->pages->signers];
        if (node->handle == 0)
            node->handle = pdf_reserve(forms->objects);
        slot = &node->part[blank->part];
    }
    return *slot == 0 ? slot : NULL;
}

void
forms_add(struct forms *forms, const struct item *item, size_t page)
{
    struct pdf_objects *objects = forms->objects;
    const struct blank *blank = item->as.blank;
    unsigned *slot = item->role == ROLE_REPEATED ? NULL : slot_of(forms, blank);

    if (slot == NULL)
        return;
    struct pdf_value *dict = widget_of(forms, item, page);
    unsigned handle = pdf_put(objects, dict);
    if (blank->part == BLANK_SIGNATURE)
        set_signature(forms, blank->signer, dict);
    else
        set_text(objects->arena, blank, dict);
    if (blank->signer != NULL) {
        const struct node_of *node = &forms->nodes[blank->signer - forms->pages->signers];
        pdf_set(dict, "Parent", pdf_ref(objects->arena, node->handle));
    }
    if (forms->tags != NULL) {
        struct tag *tag = tags_field(forms->tags, item);
        pdf_set(dict, "StructParent",
                pdf_int(objects->arena, tags_annotation(forms->tags, tag, page, handle)));
    }
    *slot = handle;
    *ARENA_ADD(objects->arena, forms->widgets, forms->count, forms->cap, 16) =
        (struct widget){handle, page};
}

void
forms_on_page(const struct forms *forms, size_t page, struct pdf_value *annotations)
{
    size_t first = forms->count;

    /* pages come one after the other: what is of this one was added last */
    while (first > 0 && forms->widgets[first - 1].page == page)
        first--;
    for (size_t i = first; i < forms->count; i++)
        pdf_add(annotations, pdf_ref(forms->objects->arena, forms->widgets[i].handle));
}

/* ---- the form */

static void
put_node(struct forms *forms, const struct node_of *node, struct str role)
{
    struct arena *arena = forms->objects->arena;
    struct pdf_value *dict = pdf_dict(arena), *kids = pdf_array(arena);

    for (int part = 0; part < PARTS; part++) {
        if (node->part[part] != 0)
            pdf_add(kids, pdf_ref(arena, node->part[part]));
    }
    pdf_set(dict, "T", pdf_text(arena, role));
    pdf_set(dict, "Kids", kids);
    pdf_fill(forms->objects, node->handle, dict);
}

static struct pdf_value *
fields_of(struct forms *forms)
{
    struct arena *arena = forms->objects->arena;
    struct pdf_value *fields = pdf_array(arena);

    for (size_t i = 0; i < forms->pages->signer_count; i++) {
        if (forms->nodes[i].handle == 0)
            continue;
        put_node(forms, &forms->nodes[i], forms->pages->signers[i].role);
        pdf_add(fields, pdf_ref(arena, forms->nodes[i].handle));
    }
    for (int i = 0; i < 2; i++) {
        if (forms->head[i] != 0)
            pdf_add(fields, pdf_ref(arena, forms->head[i]));
    }
    return fields;
}

unsigned
forms_put(struct forms *forms, unsigned font)
{
    struct arena *arena = forms->objects->arena;
    struct pdf_value *form = pdf_dict(arena), *resources = pdf_dict(arena),
                     *fonts = pdf_dict(arena);

    if (forms->count == 0)
        return 0;
    pdf_set(form, "Fields", fields_of(forms));
    pdf_set(form, "SigFlags", pdf_int(arena, SIGNATURES_EXIST | APPEND_ONLY));
    pdf_set(form, "DA", pdf_string(arena, STR("/" FONT " 16 Tf 0 g")));
    if (font != 0)
        pdf_set(fonts, FONT, pdf_ref(arena, font));
    pdf_set(resources, "Font", fonts);
    pdf_set(form, "DR", resources);
    return pdf_put(forms->objects, form);
}
