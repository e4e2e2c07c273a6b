/* What was found by verifying, as values of banthuek-sign.h. */
#ifndef SIGN_VERIFY_VALUE_H
#define SIGN_VERIFY_VALUE_H

#include "sign/verify.h"

/* They live as long as the work. */
const struct banthuek_verified *verify_value(struct verify *v);

#endif
