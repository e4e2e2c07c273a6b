/* Verifying any bytes: no crash, no hang, and never good, for nobody is trusted. */
#include <stdint.h>
#include <stdlib.h>

#include "banthuek-sign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct banthuek_verify_options options = {
        .struct_size = sizeof options, .flags = BANTHUEK_VERIFY_NO_COMPARE, .at = "2026-12-01"};
    struct banthuek *b = banthuek_open(NULL, NULL);
    struct banthuek_bytes json;

    banthuek_add_file(b, "fuzz.pdf", (struct banthuek_bytes){(const char *)data, size});
    const struct banthuek_verified *verified = banthuek_verify(b, "fuzz.pdf", &options);
    if ((verified == NULL) != (banthuek_level_count(b, BANTHUEK_ERROR) > 0))
        abort();
    if (verified != NULL && verified->verdict == BANTHUEK_VERDICT_GOOD)
        abort();
    banthuek_verify_json(b, "fuzz.pdf", verified, BANTHUEK_THAI, &json);
    banthuek_close(b);
    return 0;
}
