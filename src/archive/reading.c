#include "archive/reading.h"

#include <string.h>

#include "archive/entry.h"
#include "archive/foreign.h"
#include "archive/paragraphs.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "pdfin/revisions.h"
#include "thai/fold.h"

#define HEADER 1024 /* bytes in which "%PDF-" stands */

bool
reading_is_ours(struct str bytes)
{
    static const char mark[] = "<pdf:Producer>banthuek ";

    return memmem(bytes.ptr, bytes.len, mark, sizeof mark - 1) != NULL;
}

static bool
read_ours(struct arena *arena, struct str bytes, bool is_known, struct text_paragraphs *out)
{
    struct revisions *revisions = revisions_open_alone(arena, bytes, is_known);

    return revisions_doubt_count(revisions) == 0 && revisions_paragraphs(revisions, arena, out);
}

static void
read_pages(struct arena *arena, struct diags *diags, struct pos at, struct str bytes, bool ours,
           bool is_told, struct text_paragraphs *out)
{
    *out = (struct text_paragraphs){NULL, 0};
    if ((ours || reading_is_ours(bytes)) && read_ours(arena, bytes, ours, out))
        return;
    if (str_find(str_sub(bytes, 0, HEADER), STR("%PDF-")) == SIZE_MAX) {
        diag_add(diags, DIAG_ARCHIVE_TEXT_OTHER, at, NULL, NULL, NULL);
        return;
    }
    switch (foreign_read(arena, bytes, out)) {
    case FOREIGN_EMPTY:
        if (!is_told)
            diag_add(diags, DIAG_ARCHIVE_TEXT_NONE, at, NULL, NULL, NULL);
        break;
    case FOREIGN_MISSING:
        diag_add(diags, DIAG_ARCHIVE_TEXT_MISSING, at, NULL, NULL, NULL);
        break;
    case FOREIGN_FAILED:
        if (!is_told)
            diag_add(diags, DIAG_ARCHIVE_TEXT_FAILED, at, NULL, NULL, NULL);
        break;
    default:
        break;
    }
}

/* ---- what is said of the document */

struct said {
    struct arena *arena;
    struct text_paragraphs *out;
    size_t cap;
    struct str *folded; /* of what is there */
    size_t folded_count, folded_cap;
};

static void
add_said(struct said *said, struct str text)
{
    struct str line = utf8_trim(text), folded = fold_text(said->arena, line);

    if (line.len == 0)
        return;
    for (size_t i = 0; i < said->folded_count; i++) {
        if (str_find(said->folded[i], folded) != SIZE_MAX)
            return;
    }
    *ARENA_ADD(said->arena, said->folded, said->folded_count, said->folded_cap, 16) = folded;
    *ARENA_ADD(said->arena, said->out->list, said->out->count, said->cap, 16) =
        (struct text_paragraph){.page = PARAGRAPH_NO_PAGE, .text = line};
}

static void
add_columns(struct arena *arena, const struct columns *columns, struct text_paragraphs *out)
{
    struct text_paragraphs pages = *out;
    struct said said = {.arena = arena, .out = out};

    *out = (struct text_paragraphs){NULL, 0};
    for (size_t i = 0; i < pages.count; i++) {
        *ARENA_ADD(arena, out->list, out->count, said.cap, 64) = pages.list[i];
        *ARENA_ADD(arena, said.folded, said.folded_count, said.folded_cap, 64) =
            fold_text(arena, pages.list[i].text);
    }
    add_said(&said, columns->subject);
    add_said(&said, columns->number);
    add_said(&said, columns->agency);
    for (size_t i = 0; i < columns->person_count; i++) {
        add_said(&said, columns->persons[i].name);
        add_said(&said, columns->persons[i].position);
    }
}

void
reading_read(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
             const struct columns *columns, bool is_told, struct text_paragraphs *out)
{
    read_pages(arena, diags, at, bytes, columns->ours, is_told, out);
    add_columns(arena, columns, out);
}
