/* What an archive asks of a PDF. */
#include "inspect/summary.h"

#include "base/arena.h"
#include "engine/report.h"
#include "inspect/opened.h"
#include "inspect/summary_inner.h"
#include "pdfin/form.h"
#include "pdfin/pdfin.h"
#include "thai/digits.h"

/* ---- people */

/* A person's name as a field of a signature has it: in brackets, and further lines below. */
static struct str
first_name(struct str text)
{
    struct str line = STR("");

    (void)str_line(&text, &line);
    line = str_trim(line);
    if (line.len > 1 && line.ptr[0] == '(' && line.ptr[line.len - 1] == ')')
        line = str_sub(line, 1, line.len - 2);
    return str_trim(line);
}

static bool
is_signed(const struct pdfin_info *info, struct str field)
{
    for (size_t i = 0; i < info->signature_count; i++) {
        if (str_eq(info->signatures[i].field, field))
            return true;
    }
    return false;
}

static struct str
value_of(const struct pdfin_form *form, struct str name)
{
    const struct pdfin_field *field = pdfin_field(form, name);

    return field != NULL && field->has_value ? field->value : STR("");
}

void
summary_route(struct work *w, const struct opened *opened, const struct pdfin_form *form,
              struct summary *out)
{
    const struct manifest *manifest = &opened->manifest;

    out->persons = arena_array(w->arena, manifest->routing_count, sizeof *out->persons);
    for (size_t i = 0; i < manifest->routing_count; i++) {
        const struct manifest_signer *from = &manifest->routing[i];
        struct buf name = buf_in(w->arena), signature = buf_in(w->arena);
        struct summary_person *person = &out->persons[out->person_count++];
        buf_printf(&name, "%.*s.name", STR_FMT(from->role));
        buf_printf(&signature, "%.*s.signature", STR_FMT(from->role));
        *person =
            (struct summary_person){.role = from->role,
                                    .name = from->name,
                                    .position = from->position,
                                    .has_signed = is_signed(opened->info, buf_str(&signature))};
        struct str filled = first_name(value_of(form, buf_str(&name)));
        if (person->has_signed && filled.len > 0)
            person->name = filled;
    }
}

/* ---- files */

struct part_list {
    struct summary_part *item;
    size_t count, cap;
};

static void
add_part(struct work *w, struct part_list *list, struct str role, struct str name, struct str bytes)
{
    struct summary_part part = {
        .role = role, .name = name, .sha256 = hash_of(bytes), .is_here = true, .bytes = bytes};

    *ARENA_ADD(w->arena, list->item, list->count, list->cap, 16) = part;
}

/* The role that the manifest gives a file of this name. */
static struct str
role_of(const struct manifest *manifest, struct str name)
{
    for (size_t i = 0; i < manifest->input_count; i++) {
        if (str_eq(manifest->inputs[i].name, name))
            return manifest->inputs[i].role;
    }
    return str_is(name, INPUT_FINDINGS) ? STR("findings") : STR("");
}

/* The files inside, as they are: that a PDF was changed is found when it is verified. What follows
 * from them (the report in its one fixed form) and the manifest are not kept apart. */
static void
read_files(struct work *w, const struct opened *opened, struct part_list *list)
{
    for (size_t i = 0; i < opened->info->file_count; i++) {
        struct str name = opened->info->files[i].name, bytes;
        struct str role = role_of(&opened->manifest, name);
        if (role.len > 0 && pdfin_read(opened->pdf, w->arena, i, &bytes))
            add_part(w, list, role, name, bytes);
    }
}

/* Fonts and the emblem are not carried: they may be at hand. */
static void
find_files(struct work *w, const struct opened *opened, const struct style *style,
           const struct summary_had *had, struct part_list *list)
{
    const struct manifest *manifest = &opened->manifest;

    for (size_t i = 0; i < manifest->input_count; i++) {
        const struct manifest_input *input = &manifest->inputs[i];
        struct summary_part part = {.role = input->role, .name = input->name};
        bool font = str_is(input->role, "font");
        if ((!font && !str_is(input->role, "emblem")) || !hash_of_hex(input->sha256, &part.sha256))
            continue;
        if (had == NULL || !had->has(had->user, &part.sha256))
            part.is_here = font ? summary_font(w, style, input, &part.bytes)
                                : summary_emblem(w, style, input, &part.bytes);
        *ARENA_ADD(w->arena, list->item, list->count, list->cap, 16) = part;
    }
}

/* ---- the head, in what signing filled in */

/* The number behind the "/" of the head and the day of the month stand in fields. */
static void
read_head(struct work *w, const struct pdfin_form *form, struct summary *out)
{
    struct str number = str_trim(value_of(form, STR("memo_number")));
    struct str day = digits_to_arabic(w->arena, str_trim(value_of(form, STR("memo_date"))));
    size_t of_month;

    if (number.len > 0 && str_ends(out->number, STR("/")))
        out->number = str_of(arena_printf(w->arena, "%.*s%.*s", STR_FMT(out->number),
                                          STR_FMT(digits_to_arabic(w->arena, number))));
    if (out->date.len == 7 && str_number(day, 31, &of_month) && of_month > 0)
        out->date =
            str_of(arena_printf(w->arena, "%.*s-%02u", STR_FMT(out->date), (unsigned)of_month));
}

/* ---- the whole */

static void
read_ours(struct work *w, const struct opened *opened, const struct summary_had *had,
          struct summary *out)
{
    struct part_list parts = {NULL, 0, 0};
    struct pdfin_form form = {0};
    const struct style *style = NULL;

    if (!pdfin_form_values(opened->pdf, &form))
        form = (struct pdfin_form){0};
    out->ours = true;
    out->has_data = opened->has_report;
    out->is_scan = opened->is_scan;
    out->code = opened->is_scan ? opened->scan.code : opened->manifest.code;
    out->replaces = opened->is_scan ? opened->scan.sha256 : opened->manifest.replaces;
    summary_route(w, opened, &form, out);
    read_files(w, opened, &parts);
    if (out->has_data)
        summary_report(w, parts.item, parts.count, out, &style);
    find_files(w, opened, style, had, &parts);
    read_head(w, &form, out);
    out->parts = parts.item;
    out->part_count = parts.count;
}

/* What is wrong with a PDF is no reason not to keep it. */
static void
tell_as_warnings(struct diags *to, const struct diags *from)
{
    for (size_t i = 0; i < diags_count(from); i++) {
        struct diag copy = *diags_at(from, i);
        if (copy.level == DIAG_NOTE)
            continue;
        copy.level = DIAG_WARNING;
        diag_copy(to, &copy, NULL, NULL);
    }
}

void
summary_read(struct banthuek *b, const char *name, struct str bytes, const struct summary_had *had,
             struct summary *out)
{
    struct work own = b->work;
    struct opened opened;

    *out = (struct summary){0};
    own.diags = diags_new();
    if (opened_bytes(&own, name, bytes, &opened)) {
        out->is_pdf = true;
        out->pages = opened.info->page_count;
        out->subject = str_dup(own.arena, opened.info->title);
        if (opened.is_ours)
            read_ours(&own, &opened, had, out);
    }
    opened_close(&opened);
    /* of another's that can be read nothing was looked for that could be missing now */
    if (out->ours || !out->is_pdf)
        tell_as_warnings(b->work.diags, own.diags);
    diags_free(own.diags);
}
