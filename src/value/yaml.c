/* YAML into the value tree, through libyaml's events. What libyaml changes without a word is
 * checked here against the text of the file (yaml_check.c); what it refuses is told in
 * yaml_tell.c. */
#include "value/read.h"

#include <yaml.h>

#include "base/arena.h"
#include "thai/normal.h"
#include "value/yaml.h"

/* Nobody who types has more; it keeps the search for them short. */
#define ANCHORS_MAX 100

/* So often a reading is tried again when lines were not what they looked like. */
#define PATCH_TRIES 3

struct frame {
    struct value *value;
    bool is_flow;
    bool has_key;
    struct str key;
    struct pos key_pos;
    struct yaml_span key_span;
    int anchor; /* index of its anchor, or -1 */
};

struct anchor {
    struct str name;
    struct value *value; /* NULL until it is complete */
    bool is_used;
    struct yaml_span span;
    struct pos pos;
};

struct builder {
    struct reader *reader;
    struct yaml_source source;
    yaml_parser_t parser;
    struct yaml_patches *patches;
    size_t patch_next; /* the first patch that is not before the last scalar */
    bool patch_failed;
    struct frame frames[VALUE_DEPTH_MAX + 1];
    unsigned depth;
    struct value *root;
    int documents;
    struct anchor anchors[ANCHORS_MAX];
    int anchor_count;
};

static struct yaml_span
span_of(struct builder *b, const yaml_event_t *event)
{
    struct yaml_span span;

    span.start = yaml_source_byte(&b->source, event->start_mark);
    span.end = yaml_source_byte(&b->source, event->end_mark);
    return span;
}

static struct str
span_text(const struct builder *b, struct yaml_span span)
{
    return str_trim(str_sub(b->source.text, span.start, span.end - span.start));
}

static struct frame *
top(struct builder *b)
{
    return b->depth == 0 ? NULL : &b->frames[b->depth - 1];
}

static bool
expects_key(struct builder *b)
{
    const struct frame *frame = top(b);

    return frame != NULL && frame->value->kind == VALUE_MAP && !frame->has_key;
}

/* Hangs a value where the next one is due. */
static void
attach(struct builder *b, struct value *value)
{
    struct frame *frame = top(b);

    if (frame == NULL) {
        b->root = value;
        return;
    }
    if (frame->value->kind == VALUE_MAP) {
        value->key = frame->key;
        value->key_pos = frame->key_pos;
        frame->has_key = false;
    }
    value_append(frame->value, value);
}

/* The index of a new anchor, or -1 when there is none or no room for it. */
static int
add_anchor(struct builder *b, const yaml_char_t *name, struct yaml_span span, struct pos pos)
{
    if (name == NULL)
        return -1;
    if (b->anchor_count == ANCHORS_MAX) {
        yaml_source_error(&b->source, DIAG_YAML_ANCHORS, pos,
                          diag_printf(b->reader->diags, "%d", ANCHORS_MAX), NULL, NULL);
        b->reader->stop = true;
        return -1;
    }
    struct anchor *anchor = &b->anchors[b->anchor_count];
    *anchor = (struct anchor){
        .name = str_dup(b->reader->scratch, str_of((const char *)name)), .span = span, .pos = pos};
    return b->anchor_count++;
}

static void
complete_anchor(struct builder *b, int anchor, struct value *value)
{
    if (anchor >= 0)
        b->anchors[anchor].value = value;
}

/* A tag changes what a text means, so it is no part of data that clerks type. libyaml drops the
 * tag "!" without a word. */
static void
check_tag(struct builder *b, const yaml_char_t *tag, struct yaml_span span, struct pos pos)
{
    struct str text = str_sub(b->source.text, span.start, span.end - span.start);

    if (tag != NULL || str_starts(text, STR("!")))
        yaml_source_error(&b->source, DIAG_YAML_TAG, pos, yaml_show_value(&b->source, span), NULL,
                          NULL);
}

static void
read_key(struct builder *b, const yaml_event_t *event)
{
    struct frame *frame = top(b);
    struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;

    frame->key_pos = yaml_source_pos(&b->source, event->start_mark);
    frame->key_span = span_of(b, event);
    frame->key = reader_key(b->reader, frame->key_pos, text);
    frame->has_key = true;
    check_tag(b, event->data.scalar.tag, frame->key_span, frame->key_pos);
    if (plain && str_is(frame->key, "<<"))
        yaml_source_error(&b->source, DIAG_YAML_MERGE, frame->key_pos, NULL, NULL, NULL);
    else if (str_find(frame->key, STR("\n")) != SIZE_MAX &&
             yaml_tell_colon(&b->source, frame->key_span.start))
        b->reader->stop = true;
    else if (frame->key.len == 0 || event->data.scalar.anchor != NULL ||
             str_find(frame->key, STR("\n")) != SIZE_MAX)
        yaml_source_error(&b->source, DIAG_YAML_KEY, frame->key_pos, NULL, NULL, NULL);
    else
        yaml_check_key(&b->source, frame->key_span, frame->key_pos);
}

/* True when the scalar is a dash that was made a tilde. A longer one that holds such a dash is no
 * line of its own but text of several lines; the dash is put back for another reading. */
static bool
is_patched(struct builder *b, struct yaml_span span)
{
    const struct yaml_patches *patches = b->patches;
    bool longer = span.end - span.start > 1, found = false;

    while (b->patch_next < patches->count && patches->at[b->patch_next] < span.end) {
        size_t at = patches->at[b->patch_next++];
        if (at < span.start)
            continue;
        found = true;
        if (longer) {
            patches->copy[at] = '-';
            b->patch_failed = true;
        }
    }
    return found && !longer;
}

static struct str
without_line_ends(struct str text)
{
    while (text.len > 0 && text.ptr[text.len - 1] == '\n')
        text.len--;
    return text;
}

static bool
is_null(struct str text)
{
    return text.len == 0 || str_is(text, "~") || str_is(text, "null") || str_is(text, "Null") ||
           str_is(text, "NULL");
}

static void
set_style(struct value *value, yaml_scalar_style_t style)
{
    if (style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        value->flags |= VALUE_QUOTED;
    else if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        value->flags |= VALUE_BLOCK;
    else if (is_null(value->text))
        value->kind = VALUE_NONE;
    if (reader_is_none(value->text))
        value->kind = VALUE_NONE;
}

static void
check_scalar(struct builder *b, const yaml_event_t *event, struct yaml_span span, struct pos pos)
{
    const struct frame *frame = top(b);
    struct yaml_scalar scalar = {.span = span,
                                 .pos = pos,
                                 .style = event->data.scalar.style,
                                 .in_flow = frame != NULL && frame->is_flow};

    if (frame != NULL && frame->value->kind == VALUE_MAP) {
        scalar.has_key = true;
        scalar.key_span = frame->key_span;
        scalar.key_pos = frame->key_pos;
        scalar.key = frame->key;
        scalar.before = frame->value->last;
    }
    yaml_check_scalar(&b->source, &scalar);
}

static void
read_scalar(struct builder *b, const yaml_event_t *event)
{
    struct yaml_span span = span_of(b, event);
    struct pos pos = yaml_source_pos(&b->source, event->start_mark);
    struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    struct value *value = reader_value(b->reader, VALUE_TEXT, pos);
    int anchor = add_anchor(b, event->data.scalar.anchor, span, pos);

    if (value == NULL)
        return;
    value->source = span_text(b, span);
    if (is_patched(b, span))
        text = STR("-");
    value->text = reader_text(b->reader, pos, without_line_ends(text));
    set_style(value, event->data.scalar.style);
    check_tag(b, event->data.scalar.tag, span, pos);
    check_scalar(b, event, span, pos);
    complete_anchor(b, anchor, value);
    attach(b, value);
}

static void
open_collection(struct builder *b, const yaml_event_t *event, enum value_kind kind)
{
    bool is_map = kind == VALUE_MAP;
    struct yaml_span span = span_of(b, event);
    struct pos pos = yaml_source_pos(&b->source, event->start_mark);
    struct value *value = reader_value(b->reader, kind, pos);

    if (value == NULL || !reader_check_depth(b->reader, pos, b->depth + 1))
        return;
    check_tag(b, is_map ? event->data.mapping_start.tag : event->data.sequence_start.tag, span,
              pos);
    bool is_flow = is_map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                          : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    value->flags = is_flow ? VALUE_FLOW : 0;
    value->source = (struct str){b->source.text.ptr + span.start, 0};
    const yaml_char_t *name =
        is_map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
    int anchor = add_anchor(b, name, span, pos);
    attach(b, value);
    b->frames[b->depth++] = (struct frame){.value = value, .is_flow = is_flow, .anchor = anchor};
}

static void
close_collection(struct builder *b, const yaml_event_t *event)
{
    const struct frame *frame = top(b);
    size_t end = yaml_source_byte(&b->source, event->end_mark);
    size_t start = (size_t)(frame->value->source.ptr - b->source.text.ptr);

    frame->value->source = span_text(b, (struct yaml_span){start, end});
    if (frame->value->kind == VALUE_MAP)
        reader_check_keys(b->reader, frame->value);
    complete_anchor(b, frame->anchor, frame->value);
    b->depth--;
}

static void
read_alias(struct builder *b, const yaml_event_t *event)
{
    struct str name = str_of((const char *)event->data.alias.anchor);
    struct pos pos = yaml_source_pos(&b->source, event->start_mark);
    struct anchor *anchor = NULL;

    for (int i = b->anchor_count - 1; i >= 0 && anchor == NULL; i--)
        if (str_eq(b->anchors[i].name, name) && b->anchors[i].value != NULL)
            anchor = &b->anchors[i];
    if (anchor == NULL) {
        struct value *none = reader_value(b->reader, VALUE_NONE, pos);
        yaml_source_error(&b->source, DIAG_YAML_ALIAS, pos, diag_str(b->reader->diags, name),
                          yaml_show_value(&b->source, span_of(b, event)), NULL);
        if (none != NULL)
            attach(b, none);
        return;
    }
    anchor->is_used = true;
    struct value *copy = reader_copy(b->reader, anchor->value, pos, b->depth + 1);
    if (copy != NULL)
        attach(b, copy);
}

static void
begin_document(struct builder *b, const yaml_event_t *event)
{
    if (++b->documents < 2)
        return;
    yaml_source_error(&b->source, DIAG_YAML_DOCUMENTS,
                      yaml_source_pos(&b->source, event->start_mark), NULL, NULL, NULL);
    b->reader->stop = true;
}

/* A list, a map or another's text where the name of a field is due. */
static bool
refuse_as_key(struct builder *b, const yaml_event_t *event)
{
    if (!expects_key(b))
        return false;
    size_t at = yaml_source_byte(&b->source, event->start_mark);
    size_t start;
    struct str line = yaml_line_at(b->source.text, at, &start);
    if (yaml_bracket_start(line, at - start) < at - start)
        yaml_tell_bracket(&b->source, at);
    else
        yaml_source_error(&b->source, DIAG_YAML_KEY, yaml_source_pos(&b->source, event->start_mark),
                          NULL, NULL, NULL);
    b->reader->stop = true;
    return true;
}

static void
take_event(struct builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        begin_document(b, event);
        break;
    case YAML_SCALAR_EVENT:
        if (expects_key(b))
            read_key(b, event);
        else
            read_scalar(b, event);
        break;
    case YAML_ALIAS_EVENT:
        if (!refuse_as_key(b, event))
            read_alias(b, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        if (!refuse_as_key(b, event))
            open_collection(b, event, VALUE_LIST);
        break;
    case YAML_MAPPING_START_EVENT:
        if (!refuse_as_key(b, event))
            open_collection(b, event, VALUE_MAP);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(b, event);
        break;
    default:
        break;
    }
}

static void
check_anchors(struct builder *b)
{
    for (int i = 0; i < b->anchor_count; i++) {
        const struct anchor *anchor = &b->anchors[i];
        if (!anchor->is_used)
            yaml_source_error(&b->source, DIAG_YAML_ANCHOR, anchor->pos,
                              diag_str(b->reader->diags, anchor->name),
                              yaml_show_value(&b->source, anchor->span), NULL);
    }
}

static void
run_parser(struct builder *b, struct str input)
{
    yaml_event_t event;
    bool done = false;

    if (!yaml_parser_initialize(&b->parser))
        arena_oom(sizeof b->parser);
    yaml_parser_set_input_string(&b->parser, (const unsigned char *)input.ptr, input.len);
    yaml_parser_set_encoding(&b->parser, YAML_UTF8_ENCODING);
    while (!done && !b->reader->stop) {
        if (!yaml_parser_parse(&b->parser, &event)) {
            yaml_tell(&b->source, &b->parser);
            break;
        }
        take_event(b, &event);
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    if (done)
        check_anchors(b);
    yaml_parser_delete(&b->parser);
}

/* One reading of the text. False when dashes were patched that should not have been. */
static bool
build(struct reader *reader, struct str text, struct yaml_patches *patches, struct value **root)
{
    struct builder *b = arena_alloc(reader->scratch, sizeof *b);
    const char *input = patches->copy == NULL ? text.ptr : patches->copy;

    b->reader = reader;
    b->source = (struct yaml_source){.reader = reader, .text = text};
    b->patches = patches;
    run_parser(b, (struct str){input, text.len});
    *root = b->root;
    return !b->patch_failed;
}

/* One reading on trial: its messages and counts are kept only when the patches were right. */
static bool
try_patches(struct reader *reader, struct str text, struct yaml_patches *patches,
            struct value **root)
{
    struct reader trial = *reader;
    struct diags *messages = diags_new();

    trial.diags = messages;
    bool good = build(&trial, text, patches, root);
    if (good) {
        trial.diags = reader->diags;
        *reader = trial;
        for (size_t i = 0; i < diags_count(messages); i++)
            diag_copy(reader->diags, diags_at(messages, i), NULL, NULL);
    }
    diags_free(messages);
    return good;
}

static void
drop_restored(struct yaml_patches *patches)
{
    size_t kept = 0;

    for (size_t i = 0; i < patches->count; i++)
        if (patches->copy[patches->at[i]] != '-')
            patches->at[kept++] = patches->at[i];
    patches->count = kept;
}

static struct value *
read_text(struct reader *reader, struct str text)
{
    struct yaml_patches patches = yaml_patch_dashes(reader->scratch, text), none = {0};
    struct value *root = NULL;

    for (int i = 0; i < PATCH_TRIES && patches.count > 0; i++) {
        if (try_patches(reader, text, &patches, &root))
            return root;
        drop_restored(&patches);
    }
    (void)build(reader, text, &none, &root);
    return root;
}

static struct value *
read_document(struct reader *reader, struct str bytes)
{
    struct pos file = {reader->file, 0, 0}, start = {reader->file, 1, 1};
    struct str text;

    if (!reader_check_size(reader, bytes) ||
        !normal_decode(reader->scratch, reader->diags, file, bytes, &text) ||
        !normal_check(reader->diags, start, text)) {
        reader->errors++;
        return NULL;
    }
    text = value_yaml_text(reader->scratch, text);
    text = str_dup(reader->arena, text); /* the sources of the values point into it */
    struct value *root = read_text(reader, text);
    if (root == NULL && reader->errors == 0)
        root = reader_value(reader, VALUE_NONE, start);
    return root;
}

struct value *
value_read_yaml(struct arena *arena, struct diags *diags, const char *file, struct str bytes)
{
    struct reader reader = reader_open(arena, diags, file);
    struct value *root = read_document(&reader, bytes);

    if (reader.errors > 0)
        root = NULL;
    reader_close(&reader);
    return root;
}
