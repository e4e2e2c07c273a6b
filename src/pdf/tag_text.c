/* Elements by their text. A cell or an item of a list may have thousands of texts, and all are
 * asked for again and again, so its children are not looked through. */
#include <stdint.h>

#include "base/arena.h"
#include "pdf/tag.h"

#define SLOTS_FIRST 256

/* The slot of the text, or the free one where it belongs. */
static size_t
slot_of(const struct tags *tags, const struct tag *parent, const char *source)
{
    /* places in memory have their differences in the middle: multiplying brings these to the top */
    size_t slot = (size_t)((uint64_t)(uintptr_t)source * 0x9e3779b97f4a7c15U >> 32);

    for (slot %= tags->text_slots; tags->texts[slot] != NULL; slot = (slot + 1) % tags->text_slots)
        if (tags->texts[slot]->source == source && tags->texts[slot]->parent == parent)
            break;
    return slot;
}

static void
put(struct tags *tags, struct tag *tag)
{
    tags->texts[slot_of(tags, tag->parent, tag->source)] = tag;
}

static void
widen(struct tags *tags)
{
    struct tag **old = tags->texts;
    size_t count = tags->text_slots;

    tags->text_slots = count == 0 ? SLOTS_FIRST : 2 * count;
    tags->texts = arena_array(tags->arena, tags->text_slots, sizeof(struct tag *));
    for (size_t i = 0; i < count; i++)
        if (old[i] != NULL)
            put(tags, old[i]);
}

void
tag_keep_text(struct tags *tags, struct tag *tag)
{
    if (2 * ++tags->text_count > tags->text_slots)
        widen(tags);
    put(tags, tag);
}

struct tag *
tag_find_text(const struct tags *tags, const struct tag *parent, const char *source)
{
    return tags->text_slots == 0 ? NULL : tags->texts[slot_of(tags, parent, source)];
}
