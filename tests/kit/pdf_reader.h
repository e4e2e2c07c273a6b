/* A reader of the PDFs that pdf/ writes, for its tests: objects by the cross-reference
 * stream, streams inflated, text shown line by line. It knows just what these files contain and
 * fails the test on anything else. */
#ifndef PDF_READER_H
#define PDF_READER_H

#include <libdeflate.h>
#include <stdio.h>

#include "test.h"

#include "base/utf8.h"

struct reader {
    struct arena *arena;
    struct str file;
    struct str *objects; /* by number: from behind "N 0 obj" on; empty for a free number */
    size_t count;
    struct str trailer; /* dictionary of the cross-reference stream */
    size_t holder;      /* the object stream that was read last, and its bytes */
    struct str held;
};

static inline size_t
reader_number(struct str text, size_t at)
{
    size_t number = 0;

    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\n' || text.ptr[at] == '\r'))
        at++;
    assert_true(at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9');
    for (; at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9'; at++)
        number = 10 * number + (size_t)(text.ptr[at] - '0');
    return number;
}

static inline size_t
reader_find(struct str text, const char *needle)
{
    return str_find(text, str_of(needle));
}

/* The number after a key in a dictionary, of a reference its object number. */
static inline size_t
reader_value(struct str dict, const char *key)
{
    size_t at = reader_find(dict, key);

    assert_true(at != SIZE_MAX);
    at += strlen(key);
    while (dict.ptr[at] == ' ' || dict.ptr[at] == '[')
        at++;
    return reader_number(dict, at);
}

/* What stands in an object before its stream or its end. */
static inline struct str
reader_head(struct str object)
{
    size_t end = reader_find(object, "\nendobj"), stream = reader_find(object, "\nstream\r\n");

    return str_sub(object, 0, stream < end ? stream : end);
}

/* The bytes of an object's stream, inflated when it says so. */
static inline struct str
reader_bytes(struct arena *arena, struct str object)
{
    struct str head = reader_head(object);
    size_t len = reader_value(head, "/Length ");
    struct str bytes = str_sub(object, head.len + 9, len);

    assert_true(str_starts(str_sub(object, head.len, 9), STR("\nstream\r\n")));
    assert_true(str_starts(str_sub(object, head.len + 9 + len, 20), STR("\nendstream\nendobj\n")));
    if (reader_find(head, "/FlateDecode") == SIZE_MAX)
        return bytes;
    struct libdeflate_decompressor *inflate = libdeflate_alloc_decompressor();
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    size_t got = 0;
    char *out = NULL;
    for (size_t room = 16 * len + 4096; result == LIBDEFLATE_INSUFFICIENT_SPACE; room *= 8) {
        out = arena_alloc(arena, room);
        result = libdeflate_zlib_decompress(inflate, bytes.ptr, bytes.len, out, room, &got);
    }
    assert_int_equal(result, LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(inflate);
    return (struct str){out, got};
}

/* The object at an offset of the file, whose number must be `number` when that is not 0. */
static inline struct str
reader_at(const struct reader *reader, size_t offset, size_t number)
{
    struct str object = str_sub(reader->file, offset, reader->file.len);
    size_t start = reader_find(object, " 0 obj\n");

    assert_true(start < 12);
    if (number != 0)
        assert_int_equal(reader_number(object, 0), number);
    return str_sub(object, start + 7, object.len);
}

/* The bytes of an object stream, with the predictor undone that one of many alike objects has. */
static inline struct str
reader_unpacked(struct arena *arena, struct str object)
{
    struct str bytes = reader_bytes(arena, object), head = reader_head(object);

    if (reader_find(head, "/DecodeParms") == SIZE_MAX)
        return bytes;
    assert_int_equal(reader_value(head, "/Predictor "), 12);
    size_t columns = reader_value(head, "/Columns "), rows = bytes.len / (columns + 1);
    char *out = arena_alloc(arena, rows * columns + 1);
    assert_int_equal(bytes.len, rows * (columns + 1));
    for (size_t i = 0; i < rows; i++) {
        const char *row = bytes.ptr + i * (columns + 1);

        assert_int_equal(row[0], 2); /* pyHanko reads no others right */
        for (size_t c = 0; c < columns; c++)
            out[i * columns + c] = (char)(row[1 + c] + (i > 0 ? out[(i - 1) * columns + c] : 0));
    }
    return (struct str){out, rows * columns};
}

/* Object `index` of an object stream. */
static inline struct str
reader_held(struct reader *reader, size_t holder, size_t index, size_t number)
{
    struct str object = reader->objects[holder], row;
    size_t total = reader_value(reader_head(object), "/N ");
    size_t first = reader_value(reader_head(object), "/First "), from = 0, to = SIZE_MAX;

    assert_true(index < total);
    if (reader->holder != holder)
        reader->held = reader_unpacked(reader->arena, object);
    reader->holder = holder;
    struct str rows = str_sub(reader->held, 0, first);
    for (size_t i = 0; i < total && i <= index + 1; i++) {
        assert_true(str_line(&rows, &row));
        row = str_trim(row);
        size_t at = reader_number(row, str_find(row, STR(" ")));
        if (i == index) {
            assert_int_equal(reader_number(row, 0), number);
            from = at;
        } else if (i == index + 1) {
            to = at;
        }
    }
    struct str body = str_sub(reader->held, first, reader->held.len);
    return str_trim(str_sub(body, from, to < body.len ? to - from : body.len - from));
}

/* Undoes the filter of a row of the cross-reference stream and reads its three columns. */
static inline void
reader_row(const uint8_t *bytes, size_t width, uint8_t *row, size_t column[3])
{
    assert_int_equal(bytes[0], 2);
    for (size_t i = 0; i < width + 3; i++)
        row[i] = (uint8_t)(row[i] + bytes[1 + i]);
    column[0] = row[0];
    column[1] = 0;
    for (size_t i = 0; i < width; i++)
        column[1] = column[1] << 8 | row[1 + i];
    column[2] = (size_t)row[1 + width] << 8 | row[2 + width];
}

static inline struct reader
reader_open(struct arena *arena, struct str file)
{
    struct reader reader = {.arena = arena, .file = file};
    size_t tail = file.len > 64 ? file.len - 64 : 0, column[3];
    size_t start = reader_find(str_sub(file, tail, 64), "startxref");
    uint8_t row[16] = {0};

    assert_true(str_starts(file, STR("%PDF-1.7\n")));
    assert_true(str_ends(file, STR("\n%%EOF\n")));
    assert_true(start != SIZE_MAX);
    struct str table = reader_at(&reader, reader_number(file, tail + start + 9), 0);
    reader.trailer = reader_head(table);
    reader.count = reader_value(reader.trailer, "/Size ");
    reader.objects = arena_array(arena, reader.count, sizeof(*reader.objects));
    size_t width = reader_number(reader.trailer, reader_find(reader.trailer, "/W [1 ") + 6);
    struct str rows = reader_bytes(arena, table);
    assert_int_equal(rows.len, reader.count * (width + 4));
    /* those by themselves first, as they hold the others */
    for (int pass = 1; pass <= 2; pass++) {
        memset(row, 0, sizeof(row));
        for (size_t i = 0; i < reader.count; i++) {
            reader_row((const uint8_t *)rows.ptr + i * (width + 4), width, row, column);
            if (column[0] == 1 && pass == 1)
                reader.objects[i] = reader_at(&reader, column[1], i);
            else if (column[0] == 2 && pass == 2)
                reader.objects[i] = reader_held(&reader, column[1], column[2], i);
        }
    }
    return reader;
}

static inline struct str
reader_object(const struct reader *reader, size_t number)
{
    assert_true(number > 0 && number < reader->count);
    assert_true(reader->objects[number].len > 0);
    return reader->objects[number];
}

/* The dictionary of an object, up to its stream or its end. */
static inline struct str
reader_dict(const struct reader *reader, size_t number)
{
    return reader_head(reader_object(reader, number));
}

static inline bool
reader_check_filled(const struct reader *reader, size_t number, const char *text)
{
    return reader_find(reader_dict(reader, number), text) != SIZE_MAX;
}

/* Number of the object that has `text` in its dictionary, after object `from`; 0 when none. */
static inline size_t
reader_search(const struct reader *reader, const char *text, size_t from)
{
    for (size_t i = from + 1; i < reader->count; i++)
        if (reader_check_filled(reader, i, text))
            return i;
    return 0;
}

/* The number after a key, of a reference its object number. */
static inline size_t
reader_key(const struct reader *reader, size_t number, const char *key)
{
    return reader_value(reader_dict(reader, number), key);
}

/* The bytes of a stream, inflated when it says so. */
static inline struct str
reader_stream(const struct reader *reader, size_t number)
{
    return reader_bytes(reader->arena, reader_object(reader, number));
}

/* One thing a page shows: a string of glyphs, or a move by a number of TJ. */
struct shown {
    unsigned line;     /* text objects of the file, from 1 */
    unsigned font;     /* of /F1 … */
    double size, x, y; /* of the text line */
    bool placed;       /* first after a Td or Tm */
    bool is_move;
    double move;
    unsigned cid;
};

struct shows {
    struct shown *shown;
    size_t count, cap;
};

static inline void
shows_add(struct arena *arena, struct shows *shows, struct shown shown)
{
    if (shows->count == shows->cap) {
        size_t cap = shows->cap == 0 ? 256 : 2 * shows->cap;
        struct shown *grown = arena_array(arena, cap, sizeof(*grown));

        if (shows->count > 0)
            memcpy(grown, shows->shown, shows->count * sizeof(*grown));
        shows->shown = grown;
        shows->cap = cap;
    }
    shows->shown[shows->count++] = shown;
}

/* Adds what stands between the brackets of TJ or before Tj. */
static inline void
shows_string(struct arena *arena, struct shows *shows, struct shown *state, const char *text)
{
    while (*text != '\0' && *text != ']') {
        if (*text == '<') {
            for (text++; *text != '>'; text += 4) {
                char hex[5] = {text[0], text[1], text[2], text[3], 0};

                state->cid = (unsigned)strtoul(hex, NULL, 16);
                state->is_move = false;
                shows_add(arena, shows, *state);
                state->placed = false;
            }
            text++;
        } else {
            char *end = NULL;

            state->move = strtod(text, &end);
            assert_true(end != text);
            state->is_move = true;
            shows_add(arena, shows, *state);
            state->placed = false;
            text = end;
        }
    }
}

/* Reads a content stream: every operator is on a line of its own. */
static inline void
reader_shows(const struct reader *reader, struct str content, unsigned *line, struct shows *shows)
{
    struct shown state = {0};
    struct str row;

    while (str_line(&content, &row)) {
        const char *text = str_cstr(reader->arena, row);
        double a[6];

        if (str_is(row, "BT")) {
            state = (struct shown){.line = ++*line, .placed = true};
        } else if (str_ends(row, STR(" Tf"))) {
            assert_int_equal(sscanf(text, "/F%u %lf Tf", &state.font, &state.size), 2);
        } else if (str_ends(row, STR(" Td"))) {
            assert_int_equal(sscanf(text, "%lf %lf Td", &a[0], &a[1]), 2);
            state.x += a[0];
            state.y += a[1];
            state.placed = true;
        } else if (str_ends(row, STR(" Tj"))) {
            shows_string(reader->arena, shows, &state,
                         str_cstr(reader->arena, str_sub(row, 0, row.len - 3)));
        } else if (str_ends(row, STR("]TJ"))) {
            shows_string(reader->arena, shows, &state, text + 1);
        }
    }
}

/* What all pages show, in order. */
static inline struct shows
reader_all(const struct reader *reader)
{
    struct shows shows = {NULL, 0, 0};
    unsigned line = 0;

    for (size_t page = 0; (page = reader_search(reader, "/Type /Page\n", page)) != 0;)
        reader_shows(reader, reader_stream(reader, reader_key(reader, page, "/Contents ")), &line,
                     &shows);
    return shows;
}

/* Object number of /F1, /F2 … */
static inline size_t
reader_font(const struct reader *reader, unsigned number)
{
    size_t resources = reader_search(reader, "/Font <<", 0);
    char key[16];

    assert_true(resources != 0);
    snprintf(key, sizeof(key), "/F%u ", number);
    return reader_key(reader, resources, key);
}

/* The text of each CID of a font, by its ToUnicode; `count` of them, [0] empty. */
static inline struct str *
reader_texts(const struct reader *reader, unsigned font, size_t *count)
{
    struct str map =
        reader_stream(reader, reader_key(reader, reader_font(reader, font), "/ToUnicode "));
    struct str *texts = arena_array(reader->arena, 65536, sizeof(*texts)), row;
    size_t next = 1;

    while (str_line(&map, &row)) {
        const char *text = str_cstr(reader->arena, row);
        struct buf out = buf_in(reader->arena);
        char hex[1024] = "";
        unsigned cid = 0;

        if (sscanf(text, "<%4X> <%1000[0-9A-F]>", &cid, hex) < 2 || row.ptr[5] != '>' ||
            strlen(hex) % 4 != 0 || str_is(row, "<0000> <FFFF>"))
            continue;
        assert_int_equal(cid, next);
        for (size_t i = 0; hex[i] != '\0'; i += 4) {
            char unit[5] = {hex[i], hex[i + 1], hex[i + 2], hex[i + 3], 0};

            buf_utf8(&out, (uint32_t)strtoul(unit, NULL, 16));
        }
        texts[next++] = buf_str(&out);
    }
    *count = next;
    return texts;
}

/* The text of every line that is shown, in order, and their number. */
static inline struct str *
reader_lines(const struct reader *reader, size_t *count)
{
    struct shows shows = reader_all(reader);
    struct str *lines = arena_array(reader->arena, shows.count + 1, sizeof(*lines));
    struct str *texts[16] = {NULL};
    size_t sizes[16] = {0};
    struct buf out = buf_in(reader->arena);

    *count = 0;
    for (size_t i = 0; i < shows.count; i++) {
        const struct shown *shown = &shows.shown[i];

        assert_true(shown->font > 0 && shown->font < 16);
        if (texts[shown->font] == NULL)
            texts[shown->font] = reader_texts(reader, shown->font, &sizes[shown->font]);
        if (!shown->is_move) {
            assert_true(shown->cid > 0 && shown->cid < sizes[shown->font]);
            buf_add(&out, texts[shown->font][shown->cid]);
        }
        if (i + 1 == shows.count || shows.shown[i + 1].line != shown->line) {
            lines[(*count)++] = buf_str(&out);
            out = buf_in(reader->arena);
        }
    }
    return lines;
}

#endif
