/* The messages of a report, for people and for machines. */
#include "base/arena.h"
#include "base/path.h"
#include "engine/report.h"
#include "schema/path.h"
#include "value/json_write.h"

/* How many messages were not kept. */
static size_t
dropped(const struct diags *diags)
{
    size_t total = 0;

    for (int level = DIAG_NOTE; level <= DIAG_ERROR; level++)
        total += diags_level_count(diags, (enum diag_level)level);
    return total - diags_count(diags);
}

/* What tells of them, of their worst level: who counts errors must not miss those. */
static struct diag
dropped_message(struct arena *arena, const struct diags *diags)
{
    size_t kept[DIAG_ERROR + 1] = {0};
    struct diag diag = {.code = DIAG_MESSAGES_DROPPED, .level = DIAG_ERROR};

    for (size_t i = 0; i < diags_count(diags); i++)
        kept[diags_at(diags, i)->level]++;
    while (diag.level > DIAG_NOTE && diags_level_count(diags, diag.level) == kept[diag.level])
        diag.level--;
    diag.arg[0] = arena_printf(arena, "%zu", dropped(diags));
    return diag;
}

size_t
told_count(const struct diags *diags)
{
    return diags_count(diags) + (dropped(diags) > 0);
}

static struct banthuek_message
message_at(struct arena *arena, const struct told *told, size_t index, enum diag_lang lang)
{
    struct diag last = {0};
    const struct diag *diag = &last;

    if (index < diags_count(told->diags))
        diag = diags_at(told->diags, index);
    else
        last = dropped_message(arena, told->diags);
    return (struct banthuek_message){
        .level = (enum banthuek_level)diag->level,
        .code = diag_code_name(diag->code),
        .file = diag->pos.file,
        .line = diag->pos.line,
        .column = diag->pos.column,
        .path = path_of(arena, told->schema, told->report, diag),
        .message = str_cstr(arena, diag_message(arena, diag, lang)),
        .accepted_by = diag->accepted_by,
        .accepted_why = diag->accepted_why,
        .text = str_cstr(arena, diag_line(arena, diag, lang)),
    };
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
carried_file(struct arena *arena, const struct inputs *inputs, const char *file)
{
    struct str path = str_of(file);

    for (const struct input *at = inputs->first; file != NULL && at != NULL; at = at->next) {
        size_t len = str_of(at->path).len;
        if (str_starts(path, str_of(at->path)) && (len == path.len || file[len] == '#'))
            return arena_printf(arena, "%.*s%s", STR_FMT(at->name), file + len);
    }
    return file == NULL ? NULL : path_base(file);
}

void
told_write_json(struct arena *arena, const struct told *told, enum diag_lang lang, size_t count,
                const struct inputs *carried, struct buf *out)
{
    buf_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        struct banthuek_message message = message_at(arena, told, i, lang);
        if (carried != NULL)
            message.file = carried_file(arena, carried, message.file);
        buf_text(out, i == 0 ? "\n" : ",\n");
        add_message(out, &message);
    }
    buf_text(out, count == 0 ? "]\n" : "\n]\n");
}

/* ---- what callers ask for */

static struct told
told_of(const struct banthuek *b)
{
    return (struct told){.diags = b->work.diags,
                         .schema = b->schema,
                         .report = b->data.report != NULL ? b->data.report : b->source.report};
}

size_t
banthuek_message_count(const struct banthuek *b)
{
    return told_count(b->work.diags);
}

size_t
banthuek_level_count(const struct banthuek *b, enum banthuek_level level)
{
    return diags_level_count(b->work.diags, (enum diag_level)level);
}

const struct banthuek_message *
banthuek_message(struct banthuek *b, size_t index, enum banthuek_lang lang)
{
    const struct told told = told_of(b);

    if (index >= told_count(told.diags))
        return NULL;
    arena_free(b->message_arena);
    b->message_arena = arena_new(0);
    struct banthuek_message *message = arena_alloc(b->message_arena, sizeof *message);
    *message = message_at(b->message_arena, &told, index, lang_of(lang));
    return message;
}

void
banthuek_messages_json(struct banthuek *b, enum banthuek_lang lang, struct banthuek_bytes *json)
{
    const struct told told = told_of(b);
    struct buf out = buf_in(b->work.arena);

    told_write_json(b->work.arena, &told, lang_of(lang), told_count(told.diags), NULL, &out);
    *json = bytes_of(buf_str(&out));
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
    case DIAG_ARCHIVE_CREATE:
    case DIAG_ARCHIVE_FULL:
    case DIAG_ARCHIVE_IO:
    case DIAG_ARCHIVE_LOCKED:
    case DIAG_ARCHIVE_NONE:
    case DIAG_ARCHIVE_PLACE:
    case DIAG_ARCHIVE_READ_ONLY:
    case DIAG_PRINT_NO_SERVER:
    case DIAG_PRINT_AWAY:
    case DIAG_PRINT_NO_HOST:
    case DIAG_PRINT_BROKEN:
    case DIAG_PRINT_LOGIN:
    case DIAG_PRINT_TLS:
    case DIAG_PRINT_NO_IPP:
    case DIAG_PRINT_REFUSED:
    case DIAG_PRINT_NO_DEFAULT:
    case DIAG_PRINT_NO_QUEUE:
    case DIAG_PRINT_NOT_ACCEPTING:
    case DIAG_PRINT_NO_PDF:
    case DIAG_PRINT_QUEUE_NO_PDF:
    case DIAG_PRINT_ABORTED:
    case DIAG_PRINT_CANCELLED_THERE:
    case DIAG_PRINT_WAITED:
    case DIAG_PRINT_NEVER_FREE:
    case DIAG_PRINT_LOST:
        return true;
    default:
        return false;
    }
}

bool
banthuek_system_failed(const struct banthuek *b)
{
    for (size_t i = 0; i < diags_count(b->work.diags); i++)
        if (is_of_system(diags_at(b->work.diags, i)))
            return true;
    return false;
}
