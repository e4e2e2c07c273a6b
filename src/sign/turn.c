#include "sign/turn.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "engine/work.h"
#include "pdfin/update.h"
#include "sign/memo.h"

/* What is asked, and where what is wrong is told. */
struct asked {
    struct work *w;
    const struct memo *memo;
    struct pos pos;
    unsigned flags;
};

static bool
refuse(const struct asked *asked, enum diag_code code, const char *arg1, const char *arg2)
{
    diag_add(asked->w->diags, code, asked->pos, arg1, arg2, NULL);
    return false;
}

/* ---- the order */

static const char *
list_roles(const struct asked *asked)
{
    struct buf out = buf_in(asked->w->arena);

    for (size_t i = 0; i < asked->memo->route.count; i++)
        buf_printf(&out, "%s%s", i == 0 ? "" : ", ",
                   diag_str(asked->w->diags, asked->memo->route.roles[i].role));
    return str_cstr(asked->w->arena, buf_str(&out));
}

static bool
in_order(const struct asked *asked, const struct route_role *role)
{
    const struct route *route = &asked->memo->route;
    const struct route_role *next = route_next(route);
    const char *shown = diag_str(asked->w->diags, role->role);

    if (role->has_signed)
        return refuse(asked, DIAG_SIGN_ALREADY, shown, NULL);
    if (route->ended && (asked->flags & BANTHUEK_GO_ON) == 0)
        return refuse(asked, DIAG_SIGN_ENDED, NULL, NULL);
    /* after a refusal that is passed over, the one behind who refused is next */
    if (role->state == BANTHUEK_ROLE_WAITING && role > route->roles && role[-1].has_signed)
        return true;
    if (role->state == BANTHUEK_ROLE_NEXT || (asked->flags & BANTHUEK_OUT_OF_ORDER) != 0)
        return true;
    if (next == NULL)
        return refuse(asked, DIAG_SIGN_PASSED, shown, NULL);
    return refuse(asked, DIAG_SIGN_NOT_NEXT, shown, diag_str(asked->w->diags, next->role));
}

/* ---- its fields */

/* A value that no signature stands for was put there by somebody else. */
static bool
is_empty(const struct asked *asked, const struct pdfin_field *field)
{
    if (field == NULL || !field->has_value)
        return true;
    return refuse(asked, DIAG_SIGN_FILLED, diag_str(asked->w->diags, field->name), NULL);
}

static bool
has_room(const struct asked *asked, const struct turn *turn)
{
    const struct pdfin_field *signature = turn->signature;

    if (signature != NULL && signature->object != 0 && str_is(signature->type, "Sig") &&
        signature->widget_count == 1 && signature->lock.action == PDFIN_LOCK_INCLUDE)
        return true;
    return refuse(asked, DIAG_SIGN_NO_ROOM, diag_str(asked->w->diags, turn->role->role), NULL);
}

/* ---- what earlier signatures forbid */

/* The number behind "/P" in the parameters of a certification; 0 where there is none. */
static int
level_in(struct str reference)
{
    size_t at = str_find(reference, STR("/DocMDP"));
    struct str rest = at == SIZE_MAX ? STR("") : str_sub(reference, at, reference.len);

    for (size_t i = 0; i + 3 < rest.len; i++) {
        if (rest.ptr[i] == '/' && rest.ptr[i + 1] == 'P' && rest.ptr[i + 2] == ' ' &&
            ascii_is_digit(rest.ptr[i + 3]))
            return rest.ptr[i + 3] - '0';
    }
    return 0;
}

/* The object that a reference in PDF syntax names; 0 for anything else. */
static unsigned
number_of(struct str raw)
{
    size_t digits = 0, number;

    while (digits < raw.len && ascii_is_digit(raw.ptr[digits]))
        digits++;
    if (digits == 0 || !str_is(str_sub(raw, digits, raw.len), " 0 R") ||
        !str_number(str_sub(raw, 0, digits), PDFIN_NUMBER_MAX, &number))
        return 0;
    return (unsigned)number;
}

/* A certification that is not as we make it is taken to forbid everything. */
static bool
allows_signing(const struct asked *asked)
{
    struct pdfin *pdf = asked->memo->opened.pdf;
    struct pdfin_tail tail;
    struct pdfin_entries root, perms, signature;

    if (!pdfin_tail(pdf, &tail) || !pdfin_entries(pdf, tail.root, &root))
        return false;
    struct str raw = pdfin_raw(&root, "Perms");
    size_t at = str_find(raw, STR("/DocMDP "));
    if (raw.len == 0)
        return true;
    if (at == SIZE_MAX && number_of(raw) != 0) {
        if (!pdfin_entries(pdf, number_of(raw), &perms))
            return false;
        raw = pdfin_raw(&perms, "DocMDP");
        at = 0;
    } else if (at != SIZE_MAX) {
        raw = str_sub(raw, at + sizeof "/DocMDP " - 1, raw.len);
        size_t end = str_find(raw, STR(" R"));
        raw = str_sub(raw, 0, end == SIZE_MAX ? 0 : end + 2);
    }
    unsigned number = number_of(raw);
    if (number != 0 && pdfin_entries(pdf, number, &signature) &&
        level_in(pdfin_raw(&signature, "Reference")) >= 2)
        return true;
    return refuse(asked, DIAG_SIGN_CERTIFIED, NULL, NULL);
}

static bool
locks(const struct pdfin_lock *lock, struct str name)
{
    bool listed = false;

    for (size_t i = 0; i < lock->count; i++) {
        struct str entry = lock->names[i];
        listed = listed ||
                 (str_starts(name, entry) && (name.len == entry.len || name.ptr[entry.len] == '.'));
    }
    switch (lock->action) {
    case PDFIN_LOCK_NONE:
        return false;
    case PDFIN_LOCK_INCLUDE:
        return listed;
    case PDFIN_LOCK_EXCLUDE:
        return !listed;
    case PDFIN_LOCK_ALL:
    case PDFIN_LOCK_OTHER:
        break;
    }
    return true;
}

/* True when no signature that is there locks what is going to be filled in. */
static bool
are_unlocked(const struct asked *asked, const struct pdfin_field *const *own, size_t count)
{
    const struct pdfin_form *form = &asked->memo->form;

    for (size_t i = 0; i < form->count; i++) {
        const struct pdfin_field *field = &form->fields[i];
        for (size_t j = 0; j < count; j++) {
            if (field->is_signed && own[j] != NULL && locks(&field->lock, own[j]->name))
                return refuse(asked, DIAG_SIGN_LOCKED, diag_str(asked->w->diags, own[j]->name),
                              diag_str(asked->w->diags, field->name));
        }
    }
    return true;
}

static bool
is_unlocked(const struct asked *asked, const struct turn *turn)
{
    const struct pdfin_field *const own[] = {turn->opinion, turn->name, turn->date,
                                             turn->signature};

    return are_unlocked(asked, own, sizeof own / sizeof own[0]);
}

bool
turn_head(struct work *w, const struct memo *memo)
{
    const struct asked asked = {w, memo, {memo->opened.path, 0, 0}, 0};
    const struct pdfin_field *const head[] = {pdfin_field(&memo->form, STR(MEMO_NUMBER)),
                                              pdfin_field(&memo->form, STR(MEMO_DATE))};

    return are_unlocked(&asked, head, sizeof head / sizeof head[0]) && allows_signing(&asked);
}

bool
turn_check(struct work *w, const struct memo *memo, struct str role, unsigned flags,
           struct turn *out)
{
    const struct asked asked = {w, memo, {memo->opened.path, 0, 0}, flags};

    *out = (struct turn){.role = route_find(&memo->route, role),
                         .opinion = memo_field(w, memo, role, "opinion"),
                         .name = memo_field(w, memo, role, "name"),
                         .date = memo_field(w, memo, role, "date"),
                         .signature = memo_field(w, memo, role, "signature"),
                         .is_first = memo->opened.info->signature_count == 0};
    if (out->role == NULL)
        return refuse(&asked, DIAG_SIGN_ROLE_UNKNOWN, diag_str(w->diags, role), list_roles(&asked));
    return in_order(&asked, out->role) && has_room(&asked, out) && is_empty(&asked, out->opinion) &&
           is_empty(&asked, out->name) && is_empty(&asked, out->date) &&
           is_empty(&asked, out->signature) && is_unlocked(&asked, out) && allows_signing(&asked);
}
