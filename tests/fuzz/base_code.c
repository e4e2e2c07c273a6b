/* Codes out of any bytes: no crash, and what is read is read again as it is written. */
#include <stdlib.h>

#include "base/code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_typed(struct str text)
{
    char printed[CODE_PRINTED + 1];
    struct code code, again;
    struct str bad = STR("");
    enum code_fault fault = code_read(text, &code, &bad);

    if (fault == CODE_LETTER &&
        (bad.len == 0 || bad.ptr < text.ptr || bad.ptr + bad.len > text.ptr + text.len))
        abort();
    if (fault != CODE_GOOD)
        return;
    code_print(&code, printed);
    if (code_read(str_of(printed), &again, NULL) != CODE_GOOD ||
        !str_is(str_of(again.text), code.text))
        abort();
}

static void
check_qr(struct str text)
{
    char made[CODE_QR + 1];
    struct code code;
    unsigned page = 0;

    if (!code_qr_read(text, &code, &page))
        return;
    code_qr(&code, page, made);
    if (!str_is(text, made))
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};

    check_typed(text);
    check_qr(text);
    return 0;
}
