/* Documents and what belongs to them as files again. */
#include "archive/archive.h"
#include "archive/named.h"
#include "base/arena.h"
#include "base/files.h"
#include "base/utf8.h"

struct taking {
    struct lent lent;
    struct store *store;
    struct banthuek_archive_take_options options;
    struct named_entry found;
    struct str name; /* as it was added */
    struct str bytes;
};

/* ---- a part */

struct parts {
    struct column_part *part;
    int64_t *content; /* 0: it is not there */
    size_t count, cap, contents, contents_cap;
};

static bool
read_parts(struct taking *t, struct parts *out)
{
    struct arena *arena = t->lent.arena;
    struct rows rows =
        store_ask(t->store, STORE_PARTS,
                  CELLS(cell_number(t->found.named.chain), cell_number(t->found.named.n)));

    *out = (struct parts){NULL, NULL, 0, 0, 0, 0};
    while (rows_next(&rows)) {
        *ARENA_ADD(arena, out->part, out->count, out->cap, 16) =
            (struct column_part){.role = str_dup(arena, rows_text(&rows, 0)),
                                 .name = str_dup(arena, rows_text(&rows, 1))};
        *ARENA_ADD(arena, out->content, out->contents, out->contents_cap, 16) =
            rows_is_none(&rows, 3) ? 0 : rows_number(&rows, 3);
    }
    return rows_end(&rows);
}

static struct str
base_of(struct str name)
{
    size_t slash = str_find_last(name, STR("/"));

    return slash == SIZE_MAX ? name : str_sub(name, slash + 1, SIZE_MAX);
}

enum likeness { UNLIKE, ROLE, BASE, WHOLE, LIKENESSES };

static enum likeness
likeness_of(const struct column_part *part, struct str wanted)
{
    if (str_eq(part->name, wanted))
        return WHOLE;
    if (str_eq(base_of(part->name), wanted))
        return BASE;
    return str_eq(part->role, wanted) ? ROLE : UNLIKE;
}

static bool
refuse_part(struct taking *t, const struct parts *parts, struct str wanted)
{
    struct diags *diags = t->lent.diags;
    struct buf names = buf_in(t->lent.arena);

    for (size_t i = 0; i < parts->count; i++)
        buf_printf(&names, "%s%.*s", i == 0 ? "" : ", ", STR_FMT(parts->part[i].name));
    diag_add(diags, DIAG_ARCHIVE_PART_NONE, POS_NONE,
             diag_str(diags, named_text(t->lent.arena, &t->found.named)), diag_str(diags, wanted),
             names.len == 0 ? diag_both(diags, "it has none", "ไม่มีเลย")
                            : diag_str(diags, buf_str(&names)));
    return false;
}

/* The part that has this name, else the only one whose name ends in it, else that of this role. */
static bool
find_part(struct taking *t, struct str wanted, int64_t *content)
{
    size_t count[LIKENESSES] = {0}, found[LIKENESSES] = {0};
    struct parts parts;

    if (!read_parts(t, &parts))
        return false;
    for (size_t i = 0; i < parts.count; i++) {
        enum likeness like = likeness_of(&parts.part[i], wanted);
        count[like]++;
        found[like] = i;
    }
    enum likeness best = count[WHOLE] > 0 ? WHOLE : count[BASE] > 0 ? BASE : ROLE;
    if (count[best] == 0 || (best != WHOLE && count[best] > 1))
        return refuse_part(t, &parts, wanted);
    t->name = base_of(parts.part[found[best]].name);
    *content = parts.content[found[best]];
    return *content != 0 || named_refuse(t->store, &t->found, DIAG_ARCHIVE_PART_GONE,
                                         diag_str(t->lent.diags, parts.part[found[best]].name));
}

/* ---- the file */

/* A name that leads nowhere else, drives no terminal, is not hidden and no option. */
static bool
is_plain(struct str name)
{
    return name.len > 0 && name.ptr[0] != '.' && name.ptr[0] != '-' &&
           str_find(name, STR("/")) == SIZE_MAX && utf8_is_shown(name);
}

static const char *
own_name(const struct taking *t)
{
    struct arena *arena = t->lent.arena;

    if (is_plain(t->name))
        return str_cstr(arena, t->name);
    return arena_printf(arena, "entry-%lld%s", (long long)t->found.named.n,
                        str_starts(t->bytes, STR("%PDF-")) ? ".pdf" : "");
}

/* A file that holds the same bytes already. Who opens and closes the archive's own takes away its
 * locks. */
static bool
is_same(const struct taking *t, const char *path)
{
    struct arena *arena = arena_new(0);
    struct diags *quiet = diags_new();
    struct str there;
    bool same = files_kind(files_system(), path) == FILES_FILE &&
                !files_same(files_system(), path, store_path(t->store)) &&
                files_read(files_system(), arena, quiet, POS_NONE, path, t->bytes.len, &there) &&
                str_eq(there, t->bytes);

    diags_free(quiet);
    arena_free(arena);
    return same;
}

static bool
write_out(struct taking *t, struct banthuek_archive_taken *out)
{
    const char *path = t->options.out == NULL ? own_name(t) : t->options.out;

    *out = (struct banthuek_archive_taken){.path = path, .size = t->bytes.len};
    if (str_is(str_of(path), "-"))
        return files_write(t->lent.arena, t->lent.diags, path, t->bytes);
    out->was_there = is_same(t, path);
    return out->was_there ||
           files_write_new(t->lent.arena, t->lent.diags, path, t->bytes, DIAG_ARCHIVE_OPEN_TAKEN);
}

/* Reads inside of one state of the archive. */
static bool
read_bytes(struct taking *t, const char *name)
{
    int64_t content;

    if (!named_document(t->store, t->lent.arena, name, &t->found))
        return false;
    if (t->found.columns.secret.len > 0 && (t->options.flags & BANTHUEK_ENTRY_SECRET) == 0)
        return named_refuse(t->store, &t->found, DIAG_ARCHIVE_SECRET_SHOWN, NULL);
    t->name = t->found.columns.file;
    content = t->found.content;
    if (t->options.part != NULL && !find_part(t, str_of(t->options.part), &content))
        return false;
    return content_get(t->store, t->lent.arena, content, &t->bytes);
}

const struct banthuek_archive_taken *
banthuek_archive_take(struct banthuek *b, struct banthuek_archive *archive, const char *name,
                      const struct banthuek_archive_take_options *options)
{
    struct taking t = {.lent = archive_begin(b, archive), .store = archive->store};
    struct banthuek_archive_taken *out = arena_alloc(t.lent.arena, sizeof *out);

    lent_take(&t.options, sizeof t.options, options);
    bool good = store_begin_read(t.store) && read_bytes(&t, name);
    store_end(t.store);
    return good && write_out(&t, out) ? out : NULL;
}
