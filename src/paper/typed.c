#include "paper/typed.h"

#include "base/arena.h"
#include "thai/digits.h"

static bool
refuse(struct diags *diags, enum diag_code code, struct str typed, const char *more)
{
    diag_add(diags, code, POS_NONE, diag_str(diags, typed), more, NULL);
    return false;
}

static bool
number_of(struct arena *arena, struct str text, size_t most, size_t *out)
{
    return str_number(digits_to_arabic(arena, str_trim(text)), most, out) && *out > 0;
}

static bool
read_code(struct diags *diags, struct str text, struct code *out)
{
    struct str bad;

    switch (code_read(text, out, &bad)) {
    case CODE_GOOD:
        return true;
    case CODE_LENGTH:
        return refuse(diags, DIAG_PAPER_TYPED_LENGTH, text, NULL);
    case CODE_LETTER:
        return refuse(diags, DIAG_PAPER_TYPED_LETTER, text, diag_str(diags, bad));
    case CODE_CHECK:
        break;
    }
    return refuse(diags, DIAG_PAPER_TYPED_CHECK, text, NULL);
}

bool
typed_read(struct arena *arena, struct diags *diags, struct str text, struct typed *out)
{
    size_t equals = str_find(text, STR("="));
    struct str code = equals == SIZE_MAX ? STR("") : str_sub(text, equals + 1, text.len);
    size_t slash = str_find(code, STR("/")), page = 0;

    *out = (struct typed){0};
    if (equals == SIZE_MAX ||
        !number_of(arena, str_sub(text, 0, equals), TYPED_SHEETS_MAX, &out->sheet) ||
        (slash != SIZE_MAX &&
         !number_of(arena, str_sub(code, slash + 1, code.len), CODE_PAGES_MAX, &page)))
        return refuse(diags, DIAG_PAPER_TYPED_FORM, text, NULL);
    out->page = (unsigned)page;
    return read_code(diags, str_sub(code, 0, slash), &out->code);
}
