/* What PDF/A allows of profiles and of JPEG 2000 files, of any bytes: no crash. */
#include <stdint.h>
#include <stdlib.h>

#include "paper/allowed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};

    for (unsigned channels = 0; channels < 6; channels++)
        (void)allowed_icc(bytes, channels);
    /* without the PDF's word more is asked */
    if (allowed_jpx(bytes, false) && !allowed_jpx(bytes, true))
        abort();
    return 0;
}
