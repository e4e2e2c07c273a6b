#include "base/code.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* Without I, L, O, which are taken for digits, and U. */
static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#define M 32U

struct code
code_of_hash(const struct hash *hash)
{
    struct code code = {""};
    unsigned bits = 0, have = 0;

    for (size_t i = 0, at = 0; i < CODE_LETTERS; i++) {
        if (have < 5) {
            bits = bits << 8 | hash->bytes[at++];
            have += 8;
        }
        have -= 5;
        code.text[i] = letters[bits >> have & (M - 1)];
    }
    return code;
}

/* -1 for what is no letter of a code. */
static int
value_of(uint32_t letter)
{
    const char *at = letter < 0x80 && letter != 0 ? strchr(letters, (int)letter) : NULL;

    return at == NULL ? -1 : (int)(at - letters);
}

bool
code_of_text(struct str text, struct code *out)
{
    if (text.len != CODE_LETTERS)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (value_of((unsigned char)text.ptr[i]) < 0)
            return false;
    }
    memcpy(out->text, text.ptr, CODE_LETTERS);
    out->text[CODE_LETTERS] = '\0';
    return true;
}

/* ISO 7064 §8: the remainder of M takes the place of 0, which doubling could not tell from it. */
char
code_check(const struct code *code)
{
    unsigned rest = M;

    for (size_t i = 0; i < CODE_LETTERS; i++) {
        unsigned sum = (rest + (unsigned)value_of((unsigned char)code->text[i])) % M;
        rest = (sum == 0 ? M : sum) * 2 % (M + 1);
    }
    return letters[(M + 1 - rest) % M];
}

/* ---- for people */

void
code_print(const struct code *code, char out[CODE_PRINTED + 1])
{
    size_t at = 0;

    for (size_t i = 0; i < CODE_LETTERS; i++) {
        out[at++] = code->text[i];
        if (i % 4 == 3)
            out[at++] = '-';
    }
    out[at++] = code_check(code);
    out[at] = '\0';
}

static bool
is_hyphen(uint32_t letter)
{
    return letter == '-' || letter == 0xad || (letter >= 0x2010 && letter <= 0x2015) ||
           letter == 0x2043 || letter == 0x2212 || letter == 0xfe58 || letter == 0xfe63 ||
           letter == 0xff0d;
}

static bool
stands_between(uint32_t letter)
{
    return letter == ' ' || (letter >= '\t' && letter <= '\r') || utf8_is_blank(letter) ||
           utf8_is_unseen(letter) || is_hyphen(letter);
}

/* The letter that is meant. */
static uint32_t
meant_by(uint32_t letter)
{
    if (letter >= 0xe50 && letter <= 0xe59)
        letter = '0' + (letter - 0xe50);
    if (ascii_is_small(letter))
        letter -= 'a' - 'A';
    if (letter == 'I' || letter == 'L')
        return '1';
    return letter == 'O' ? '0' : letter;
}

enum code_fault
code_read(struct str typed, struct code *out, struct str *bad)
{
    char read[CODE_LETTERS + 1];
    size_t count = 0;

    for (size_t at = 0; at < typed.len;) {
        size_t from = at;
        uint32_t letter = utf8_next(typed, &at);

        if (stands_between(letter))
            continue;
        letter = meant_by(letter);
        if (value_of(letter) < 0) {
            if (bad != NULL)
                *bad = str_sub(typed, from, at - from);
            return CODE_LETTER;
        }
        if (count <= CODE_LETTERS)
            read[count] = (char)letter;
        count++;
    }
    struct code code;
    if (count != CODE_LETTERS + 1 || !code_of_text((struct str){read, CODE_LETTERS}, &code))
        return CODE_LENGTH;
    if (code_check(&code) != read[CODE_LETTERS])
        return CODE_CHECK;
    *out = code;
    return CODE_GOOD;
}

/* ---- in QR codes */

void
code_qr(const struct code *code, unsigned page, char out[CODE_QR + 1])
{
    memcpy(out, code->text, CODE_LETTERS);
    out[CODE_LETTERS] = code_check(code);
    for (size_t i = CODE_QR; i > CODE_LETTERS + 1; page /= 10)
        out[--i] = (char)('0' + page % 10);
    out[CODE_QR] = '\0';
}

bool
code_qr_read(struct str text, struct code *code, unsigned *page)
{
    struct code read;
    size_t number = 0;

    if (text.len != CODE_QR || !code_of_text(str_sub(text, 0, CODE_LETTERS), &read) ||
        text.ptr[CODE_LETTERS] != code_check(&read) ||
        !str_number(str_sub(text, CODE_LETTERS + 1, CODE_QR), CODE_PAGES_MAX, &number) ||
        number == 0)
        return false;
    *code = read;
    *page = (unsigned)number;
    return true;
}
