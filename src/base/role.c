#include "base/role.h"

#include <stddef.h>
#include <stdint.h>

#include "base/ascii.h"
#include "base/utf8.h"

static bool
may_stand(uint32_t code)
{
    return ascii_is_letter(code) || ascii_is_digit(code) || code == '-' ||
           (code >= 0xe01 && code <= 0xe3a) || (code >= 0xe40 && code <= 0xe4e) ||
           (code >= 0xe50 && code <= 0xe59);
}

bool
role_is_good(struct str name)
{
    size_t letters = 0;

    for (size_t at = 0; at < name.len; letters++)
        if (!may_stand(utf8_next(name, &at)))
            return false;
    return letters >= 1 && letters <= ROLE_LETTERS_MAX;
}
