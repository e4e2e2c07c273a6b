#include "inspect/scan.h"

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "value/json_write.h"
#include "value/read.h"
#include "value/value.h"

/* What a reader asks first: a later format would have another number. */
#define FORMAT "1"

void
scan_record_complete(struct arena *arena, struct scan_record *record)
{
    bool *is_there = arena_array(arena, record->report_pages + 1, sizeof *is_there);

    for (size_t i = 0; i < record->count; i++)
        is_there[record->pages[i].page] = true;
    record->missing = arena_array(arena, record->report_pages + 1, sizeof *record->missing);
    record->missing_count = 0;
    for (size_t page = 1; page <= record->report_pages; page++) {
        if (!is_there[page])
            record->missing[record->missing_count++] = page;
    }
}

/* ---- writing */

static void
add_text(struct buf *out, const char *before, const char *key, struct str value)
{
    buf_printf(out, "%s\"%s\": ", before, key);
    json_add_string(out, value);
}

static void
add_page(struct buf *out, const struct scan_record_page *page)
{
    buf_printf(out, "{\"page\": %zu", page->page);
    add_text(out, ", ", "file", page->file);
    buf_printf(out, ", \"number\": %zu, \"turned\": %u", page->number, page->turned);
    for (size_t i = 0; i < page->recoded_count; i++) {
        buf_text(out, i == 0 ? ", \"recoded\": [" : ", ");
        json_add_string(out, page->recoded[i]);
    }
    buf_text(out, page->recoded_count > 0 ? "]}" : "}");
}

void
scan_record_write(const struct scan_record *record, struct buf *out)
{
    buf_text(out, "{\n\"scan\": " FORMAT);
    add_text(out, ",\n\"report\": {", "sha256", record->sha256);
    add_text(out, ", ", "code", record->code);
    buf_printf(out, ", \"pages\": %zu},\n\"pages\": [", record->report_pages);
    for (size_t i = 0; i < record->count; i++) {
        buf_text(out, i == 0 ? "\n" : ",\n");
        add_page(out, &record->pages[i]);
    }
    buf_text(out, "\n],\n\"missing\": [");
    for (size_t i = 0; i < record->missing_count; i++)
        buf_printf(out, i == 0 ? "%zu" : ", %zu", record->missing[i]);
    buf_text(out, "]\n}\n");
}

/* ---- reading */

struct reader {
    struct arena *arena;
    struct diags *diags;
    bool good;
};

/* What is wrong is told once, at the first place. */
static void
damaged(struct reader *reader, struct pos pos, const char *key)
{
    if (reader->good)
        diag_add(reader->diags, DIAG_SCAN_RECORD_DAMAGED, pos, key, NULL, NULL);
    reader->good = false;
}

static const struct value *
member(struct reader *reader, const struct value *map, const char *key, enum value_kind kind)
{
    const struct value *value = value_get(map, str_of(key));

    if (value != NULL && value->kind == kind)
        return value;
    damaged(reader, value == NULL ? map->pos : value->pos, key);
    return NULL;
}

static struct str
text_of(struct reader *reader, const struct value *map, const char *key)
{
    const struct value *value = member(reader, map, key, VALUE_TEXT);

    return value == NULL ? STR("") : value->text;
}

/* Between `least` and `most`. */
static size_t
number_in(struct reader *reader, const struct value *value, const char *key, size_t least,
          size_t most)
{
    size_t number = 0;

    if (value == NULL)
        return least;
    if (value->kind == VALUE_TEXT && str_number(value->text, most, &number) && number >= least)
        return number;
    damaged(reader, value->pos, key);
    return least;
}

static size_t
number_of(struct reader *reader, const struct value *map, const char *key, size_t least,
          size_t most)
{
    return number_in(reader, member(reader, map, key, VALUE_TEXT), key, least, most);
}

static void
read_recoded(struct reader *reader, const struct value *map, struct scan_record_page *page)
{
    const struct value *list = value_get(map, STR("recoded"));

    if (list == NULL)
        return;
    list = member(reader, map, "recoded", VALUE_LIST);
    page->recoded =
        list == NULL ? NULL : arena_array(reader->arena, list->count + 1, sizeof *page->recoded);
    for (const struct value *at = list == NULL ? NULL : list->first; at != NULL; at = at->next) {
        if (at->kind != VALUE_TEXT)
            damaged(reader, at->pos, "recoded");
        page->recoded[page->recoded_count++] = at->text;
    }
}

static void
read_page(struct reader *reader, const struct value *map, struct scan_record *out)
{
    struct scan_record_page *page = &out->pages[out->count];

    if (map->kind != VALUE_MAP) {
        damaged(reader, map->pos, "pages");
        return;
    }
    page->page = number_of(reader, map, "page", 1, out->report_pages);
    page->file = text_of(reader, map, "file");
    page->number = number_of(reader, map, "number", 1, SIZE_MAX / 2);
    page->turned = (unsigned)number_of(reader, map, "turned", 0, 270);
    if (page->turned % 90 != 0)
        damaged(reader, map->pos, "turned");
    read_recoded(reader, map, page);
    out->count++;
}

static void
read_report(struct reader *reader, const struct value *root, struct scan_record *out)
{
    const struct value *report = member(reader, root, "report", VALUE_MAP);

    if (report == NULL)
        return;
    out->sha256 = text_of(reader, report, "sha256");
    out->code = text_of(reader, report, "code");
    out->report_pages = number_of(reader, report, "pages", 1, SCAN_RECORD_PAGES_MAX);
    if (!hash_is_hex(out->sha256))
        damaged(reader, report->pos, "sha256");
}

static void
read_pages(struct reader *reader, const struct value *root, struct scan_record *out)
{
    const struct value *list = member(reader, root, "pages", VALUE_LIST);

    if (list == NULL)
        return;
    if (list->count == 0 || list->count > SCAN_RECORD_PAGES_MAX) {
        damaged(reader, list->pos, "pages");
        return;
    }
    out->pages = arena_array(reader->arena, list->count, sizeof *out->pages);
    for (const struct value *at = list->first; at != NULL && reader->good; at = at->next)
        read_page(reader, at, out);
}

/* The list says what the pages say, or is not believed. */
static void
check_missing(struct reader *reader, const struct value *root, struct scan_record *out)
{
    const struct value *list = member(reader, root, "missing", VALUE_LIST);
    size_t at = 0;

    if (!reader->good)
        return;
    scan_record_complete(reader->arena, out);
    bool good = list->count == out->missing_count;
    for (const struct value *item = list->first; item != NULL && good; item = item->next)
        good = number_in(reader, item, "missing", 1, SCAN_RECORD_PAGES_MAX) == out->missing[at++];
    if (!good)
        damaged(reader, list->pos, "missing");
}

bool
scan_record_read(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
                 struct scan_record *out)
{
    struct reader reader = {arena, diags, true};
    const struct value *root = value_read_json(arena, diags, file, bytes);

    *out = (struct scan_record){.report_pages = 0};
    if (root == NULL)
        return false;
    if (root->kind != VALUE_MAP || !str_is(text_of(&reader, root, "scan"), FORMAT))
        damaged(&reader, root->pos, "scan");
    if (reader.good)
        read_report(&reader, root, out);
    if (reader.good)
        read_pages(&reader, root, out);
    check_missing(&reader, root, out);
    return reader.good;
}
