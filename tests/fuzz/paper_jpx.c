/* Any bytes as a JPEG 2000: pixels or a message. */
#include "fuzz_scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_decode(SCAN_JPX, data, size);
    return 0;
}
