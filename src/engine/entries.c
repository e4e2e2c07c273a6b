/* What of a rubric is to be compared with the publication, as values of banthuek.h. */
#include "base/arena.h"
#include "base/utf8.h"
#include "engine/report.h"
#include "schema/doubt.h"
#include "schema/rubric.h"

static const char *
place_text(struct arena *arena, struct pos pos)
{
    struct buf out = buf_in(arena);

    utf8_show(&out, str_of(pos.file == NULL ? "" : pos.file), false);
    if (pos.line > 0)
        buf_printf(&out, ":%u:%u", pos.line, pos.column);
    return str_cstr(arena, buf_str(&out));
}

static const char *
text_or_null(struct arena *arena, struct str text)
{
    return text.len == 0 ? NULL : str_cstr(arena, text);
}

static void
add_entry(struct value_list *list, const struct doubt *doubt, size_t most)
{
    struct banthuek_entry *entry = value_list_add(list, sizeof *entry);
    struct arena *arena = list->arena;

    *entry = (struct banthuek_entry){
        .place = place_text(arena, doubt->pos),
        .file = doubt->pos.file == NULL ? "" : doubt->pos.file,
        .line = doubt->pos.line,
        .column = doubt->pos.column,
        .list = str_cstr(arena, doubt->list),
        .code = str_cstr(arena, doubt->code),
        .name = str_cstr(arena, doubt->name),
        .certainty = text_or_null(arena, doubt->certainty),
        .source = text_or_null(arena, doubt->source),
        .doubt = (unsigned)(doubt->rank < most ? doubt->rank : most),
        .compared = doubt->is_compared,
    };
}

const struct banthuek_entry *const *
banthuek_rubric_entries(struct banthuek *b, size_t *count)
{
    struct value_list list = {.arena = b->work.arena};
    size_t most = 0;

    *count = 0;
    if (b->rubric == NULL || rubric_is_confirmed(b->rubric))
        return NULL;
    struct doubts doubts = doubts_of(b->work.arena, b->schema, b->rubric);
    for (size_t i = 0; i < doubts.count; i++) {
        size_t rank = doubts.items[i].rank;
        most = rank != SIZE_MAX && rank >= most ? rank + 1 : most;
    }
    for (size_t i = 0; i < doubts.count; i++)
        add_entry(&list, &doubts.items[i], most);
    *count = list.count;
    return (const struct banthuek_entry *const *)list.item;
}
