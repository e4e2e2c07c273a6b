/* Dashes that mean "none". libyaml refuses them, or takes them for an empty list; so they become
 * tildes before it reads, which changes no place. Which lines are text below | or > is followed
 * here; texts of several lines in quotes are not, and the reader puts those back. */
#include "base/arena.h"
#include "base/utf8.h"
#include "thai/standin.h"
#include "value/read.h"
#include "value/yaml_line.h"

struct patch {
    struct arena *arena;
    struct str text;
    char *copy; /* NULL until something is patched */
    size_t *at;
    size_t count;
    size_t cap;
};

static void
patch_byte(struct patch *patch, size_t at)
{
    if (patch->copy == NULL)
        patch->copy = arena_strndup(patch->arena, patch->text.ptr, patch->text.len);
    if (patch->count == patch->cap) {
        size_t cap = patch->cap == 0 ? 16 : patch->cap * 2;
        size_t *grown = arena_array(patch->arena, cap, sizeof *grown);
        for (size_t i = 0; i < patch->count; i++)
            grown[i] = patch->at[i];
        patch->at = grown;
        patch->cap = cap;
    }
    patch->at[patch->count++] = at;
    patch->copy[at] = '~';
}

static size_t
skip_blanks(struct str s, size_t at)
{
    while (at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '\t'))
        at++;
    return at;
}

/* Dashes alone in a value between brackets, where libyaml takes "- " for a list entry. `start` is
 * the value's place in the text. */
static void
patch_flow(struct patch *patch, struct str value, size_t start)
{
    char quote = '\0', last = '\0';

    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (quote != '\0') {
            if (c == quote)
                quote = '\0';
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '-' && (last == ':' || last == ',' || last == '[') && i + 1 < value.len &&
                   value.ptr[i + 1] == ' ') {
            size_t next = skip_blanks(value, i + 1);
            struct str after = str_sub(value, next, 1);
            if (str_is(after, ",") || str_is(after, "]") || str_is(after, "}"))
                patch_byte(patch, start + i);
        }
        if (c != ' ' && c != '\t')
            last = c;
    }
}

/* One line outside of blocks. Returns how many columns the lines of a block that begins here are
 * to stand in from the left, or SIZE_MAX when none begins. */
static size_t
patch_line(struct patch *patch, struct str line, size_t start)
{
    struct yaml_line parts = yaml_line_of(line);
    struct str value = parts.value;
    bool at_root = !parts.has_key && !parts.is_entry;

    if (value.len > 0 && value.ptr[0] == '-' && !at_root &&
        yaml_is_blank(str_sub(value, 1, value.len)) && (value.len == 1 || value.ptr[1] != '#'))
        patch_byte(patch, start + parts.value_at);
    else if (value.len > 0 && (value.ptr[0] == '{' || value.ptr[0] == '['))
        patch_flow(patch, value, start + parts.value_at);
    return yaml_block_column(line, &parts);
}

struct yaml_patches
yaml_patch_dashes(struct arena *arena, struct str text)
{
    struct patch patch = {.arena = arena, .text = text};
    size_t block = SIZE_MAX;

    for (size_t next = 0; next < text.len;) {
        size_t start;
        struct str line = yaml_line_at(text, next, &start);
        size_t indent = skip_blanks(line, 0);
        next = start + line.len + 1;
        if (indent == line.len || (block != SIZE_MAX && indent >= block))
            continue;
        block = yaml_is_blank(line) ? SIZE_MAX : patch_line(&patch, line, start);
    }
    return (struct yaml_patches){patch.copy, patch.at, patch.count};
}

/* ---- line ends that YAML does not take as text */

static bool
has_rare_ends(struct str text)
{
    for (size_t at = 0; at < text.len;)
        if (standin_for_end(utf8_next(text, &at)) != 0)
            return true;
    return false;
}

struct str
value_yaml_text(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    if (!has_rare_ends(text))
        return text;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t end = standin_for_end(utf8_next(text, &at));
        if (end != 0)
            buf_utf8(&out, end);
        else
            buf_add(&out, str_sub(text, from, at - from));
    }
    return buf_str(&out);
}
