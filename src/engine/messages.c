/* The messages of a report, for people and for machines. */
#include "base/arena.h"
#include "base/path.h"
#include "engine/engine.h"
#include "engine/input.h"
#include "schema/path.h"
#include "value/json_write.h"

/* How many messages were not kept. */
static size_t
dropped(const struct banthuek *b)
{
    size_t total = 0;

    for (int level = DIAG_NOTE; level <= DIAG_ERROR; level++)
        total += diags_level_count(b->diags, (enum diag_level)level);
    return total - diags_count(b->diags);
}

/* What tells of them, of their worst level: who counts errors must not miss those. */
static struct diag
dropped_message(struct banthuek *b)
{
    size_t kept[DIAG_ERROR + 1] = {0};
    struct diag diag = {.code = DIAG_MESSAGES_DROPPED, .level = DIAG_ERROR};

    for (size_t i = 0; i < diags_count(b->diags); i++)
        kept[diags_at(b->diags, i)->level]++;
    while (diag.level > DIAG_NOTE && diags_level_count(b->diags, diag.level) == kept[diag.level])
        diag.level--;
    diag.arg[0] = arena_printf(b->message_arena, "%zu", dropped(b));
    return diag;
}

size_t
banthuek_message_count(const struct banthuek *b)
{
    return diags_count(b->diags) + (dropped(b) > 0);
}

size_t
banthuek_level_count(const struct banthuek *b, enum banthuek_level level)
{
    return diags_level_count(b->diags, (enum diag_level)level);
}

struct banthuek_message
banthuek_message(struct banthuek *b, size_t index, enum banthuek_lang lang)
{
    enum diag_lang in = lang == BANTHUEK_THAI ? DIAG_THAI : DIAG_ENGLISH;

    arena_free(b->message_arena);
    b->message_arena = arena_new(0);
    struct diag last = {0};
    const struct diag *diag = &last;
    if (index < diags_count(b->diags))
        diag = diags_at(b->diags, index);
    else
        last = dropped_message(b);
    return (struct banthuek_message){
        .level = (enum banthuek_level)diag->level,
        .code = diag_code_name(diag->code),
        .file = diag->pos.file,
        .line = diag->pos.line,
        .column = diag->pos.column,
        .path = path_of(b->message_arena, b->schema, b->report, diag),
        .message = str_cstr(b->message_arena, diag_message(b->message_arena, diag, in)),
        .accepted_by = diag->accepted_by,
        .accepted_why = diag->accepted_why,
        .text = str_cstr(b->message_arena, diag_line(b->message_arena, diag, in)),
    };
}

/* A file that is not there is the system's matter when it was asked for from outside; what a report
 * names is wrong there. */
static bool
is_of_system(const struct diag *diag)
{
    switch (diag->code) {
    case DIAG_IO_OPEN:
        return diag->pos.file == NULL;
    case DIAG_IO_READ:
    case DIAG_IO_WRITE:
    case DIAG_IO_WRITE_PART:
    case DIAG_FOLDER_WRITE:
    case DIAG_ENGINE_NEW_FOLDER:
        return true;
    default:
        return false;
    }
}

bool
banthuek_system_failed(const struct banthuek *b)
{
    for (size_t i = 0; i < diags_count(b->diags); i++)
        if (is_of_system(diags_at(b->diags, i)))
            return true;
    return false;
}

/* ---- JSON */

static void
add_text(struct buf *out, const char *key, const char *text)
{
    buf_printf(out, ", \"%s\": ", key);
    if (text == NULL)
        buf_text(out, "null");
    else
        json_add_string(out, str_of(text));
}

static void
add_number(struct buf *out, const char *key, unsigned number)
{
    if (number == 0)
        buf_printf(out, ", \"%s\": null", key);
    else
        buf_printf(out, ", \"%s\": %u", key, number);
}

static void
add_message(struct buf *out, const struct banthuek_message *message)
{
    static const char *const levels[] = {"note", "warning", "error"};

    buf_printf(out, "{\"code\": \"%s\", \"level\": \"%s\"", message->code, levels[message->level]);
    add_text(out, "file", message->file);
    add_number(out, "line", message->line);
    add_number(out, "column", message->column);
    add_text(out, "path", message->path);
    add_text(out, "message", message->message);
    if (message->accepted_by == NULL) {
        buf_text(out, ", \"accepted\": null}");
        return;
    }
    buf_text(out, ", \"accepted\": {\"by\": ");
    json_add_string(out, str_of(message->accepted_by));
    add_text(out, "reason", message->accepted_why);
    buf_text(out, "}}");
}

/* The file of a message as the PDF carries it, so that it is not of one machine: of a cell
 * ("dir/คะแนน.xlsx#แผ่น1!C7") too. */
static const char *
carried_file(struct banthuek *b, const char *file)
{
    struct str path = str_of(file);

    for (const struct input *at = b->inputs; file != NULL && at != NULL; at = at->next) {
        size_t len = str_of(at->path).len;
        if (str_starts(path, str_of(at->path)) && (len == path.len || file[len] == '#'))
            return arena_printf(b->message_arena, "%.*s%s", STR_FMT(at->name), file + len);
    }
    return file == NULL ? NULL : path_base(file);
}

static void
add_messages(struct banthuek *b, enum banthuek_lang lang, size_t count, bool carried,
             struct buf *out)
{
    buf_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        struct banthuek_message message = banthuek_message(b, i, lang);
        if (carried)
            message.file = carried_file(b, message.file);
        buf_text(out, i == 0 ? "\n" : ",\n");
        add_message(out, &message);
    }
    buf_text(out, count == 0 ? "]\n" : "\n]\n");
}

void
engine_findings(struct banthuek *b, struct buf *out)
{
    bool all = b->checked == diags_count(b->diags);

    add_messages(b, BANTHUEK_THAI, all ? banthuek_message_count(b) : b->checked, true, out);
}

void
banthuek_messages_json(struct banthuek *b, enum banthuek_lang lang, struct banthuek_bytes *json)
{
    struct buf out = buf_in(b->arena);

    add_messages(b, lang, banthuek_message_count(b), false, &out);
    *json = engine_bytes(buf_str(&out));
}
