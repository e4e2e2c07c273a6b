/* Any bytes as samples that zlib packed, with predictors: pixels or a message. */
#include "fuzz_scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_decode(SCAN_FLATE, data, size);
    return 0;
}
