/* Who signs: the signatures of the document, and what each is called. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/role.h"
#include "layout/text.h"

/* How many of each kind have been named. */
struct naming {
    struct layout *layout;
    unsigned bare, opinions;
};

static const struct node *
opinion_around(const struct node *node)
{
    while (node != NULL && node->element != ELEMENT_opinion)
        node = node->parent;
    return node;
}

/* "preparer", "preparer-2" …; "opinion-1", "opinion-2" …: those count that have names of their own,
 * too, so that a name does not move to somebody else when another gets one. */
static struct str
role_of(struct naming *naming, const struct node *node, bool opinion)
{
    struct str given = node_get(node, ATTRIBUTE_signature_role);
    unsigned number = opinion ? ++naming->opinions : ++naming->bare;

    if (given.len > 0)
        return given;
    if (!opinion && number == 1)
        return STR("preparer");
    return str_of(
        arena_printf(naming->layout->arena, opinion ? "opinion-%u" : "preparer-%u", number));
}

static struct signer
signer_from(struct naming *naming, const struct node *node)
{
    const struct node *opinion = opinion_around(node);

    return (struct signer){
        .node = node,
        .role = role_of(naming, node, opinion != NULL),
        .title = opinion == NULL ? STR("") : node_get(opinion, ATTRIBUTE_opinion_title),
        .name = node_get(node, ATTRIBUTE_signature_name),
        .position = node_get(node, ATTRIBUTE_signature_position),
        .acting = node_get(node, ATTRIBUTE_signature_acting),
        .acting_for = node_get(node, ATTRIBUTE_signature_acting_for),
        .certificate = node_get(node, ATTRIBUTE_signature_certificate),
    };
}

/* ---- names */

static bool
check_one(struct layout *layout, struct signer *signer)
{
    bool good = role_is_good(signer->role);

    if (!good)
        diag_add(layout->diags, DIAG_LAYOUT_ROLE, signer->node->pos,
                 diag_str(layout->diags, signer->role), NULL, NULL);
    if (signer->certificate.len > 0 &&
        !hash_read(layout->arena, signer->certificate, &signer->certificate)) {
        diag_add(layout->diags, DIAG_LAYOUT_CERTIFICATE, signer->node->pos,
                 diag_str(layout->diags, signer->certificate), NULL, NULL);
        good = false;
    }
    return good;
}

static int
by_role(const void *left, const void *right)
{
    const struct signer *const *a = left, *const *b = right;
    int order = str_cmp((*a)->role, (*b)->role);

    if (order != 0)
        return order;
    return (*a)->node->id < (*b)->node->id ? -1 : 1;
}

static bool
check_all(struct layout *layout)
{
    size_t count = layout->signer_count;
    const struct signer **sorted = arena_array(layout->arena, count, sizeof(*sorted));
    bool good = true;

    for (size_t i = 0; i < count; i++) {
        good = check_one(layout, &layout->signers[i]) && good;
        sorted[i] = &layout->signers[i];
    }
    qsort(sorted, count, sizeof(*sorted), by_role);
    for (size_t i = 1; i < count; i++) {
        if (!str_eq(sorted[i - 1]->role, sorted[i]->role))
            continue;
        diag_add(layout->diags, DIAG_LAYOUT_ROLE_TWICE, sorted[i]->node->pos,
                 diag_str(layout->diags, sorted[i]->role), NULL, NULL);
        good = false;
    }
    return good;
}

/* ---- */

/* So many signatures are a list of those who were there; nobody routes a memo to them all. */
static bool
too_many(struct layout *layout, const struct node *node)
{
    if (layout->signer_count < SIGNERS_MAX)
        return false;
    if (layout->job->fields)
        diag_add(layout->diags, DIAG_LAYOUT_SIGNERS, node->pos,
                 diag_printf(layout->diags, "%d", SIGNERS_MAX), NULL, NULL);
    layout->signer_count = 0;
    return true;
}

bool
signers_find(struct layout *layout)
{
    const struct node *root = layout->job->document;
    struct naming naming = {.layout = layout};
    size_t cap = 0;

    for (const struct node *node = root; node != NULL; node = node_after(node, root)) {
        if (!node_is_a(node, ELEMENT_signature))
            continue;
        if (too_many(layout, node))
            return true;
        *ARENA_ADD(layout->arena, layout->signers, layout->signer_count, cap, 8) =
            signer_from(&naming, node);
    }
    return !layout->job->fields || check_all(layout);
}

struct signer *
signer_of(const struct layout *layout, const struct node *node)
{
    size_t low = 0, high = layout->signer_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (layout->signers[middle].node->id < node->id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < layout->signer_count && layout->signers[low].node == node ? &layout->signers[low]
                                                                           : NULL;
}
