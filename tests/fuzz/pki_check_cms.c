/* Reading any bytes as a signature: no crash, no hang; what is good has a certificate, what is not
 * has an error. The first byte chooses: a signature of a file, or a time stamp. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/files.h"
#include "pki/certs.h"
#include "pki/check_stamp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
as_signature(struct arena *arena, struct diags *diags, struct evidence *evidence, struct str bytes)
{
    const struct str part[2] = {STR("the bytes "), STR("of a file")};
    const struct check_cms_job job = {.bytes = bytes,
                                      .part = part,
                                      .part_count = 2,
                                      .content_type = STR(OID_DATA),
                                      .needs_ess = true,
                                      .evidence = evidence,
                                      .at = POS_NONE};
    struct check_cms out;

    bool good = check_cms(arena, diags, &job, &out);
    if (good != (diags_count(diags) == 0) || (good && out.signer == NULL))
        abort();
}

static void
as_stamp(struct arena *arena, struct diags *diags, struct evidence *evidence, struct str bytes)
{
    struct trust *trust = trust_open(arena, diags, files_system(), NULL, 0);
    const struct str part = STR("the bytes of a file");
    const struct check_stamp_job job = {.token = bytes,
                                        .part = &part,
                                        .part_count = 1,
                                        .trust = trust,
                                        .evidence = evidence,
                                        .now = 1800000000,
                                        .pos = POS_NONE};
    struct check_stamp out;

    check_stamp(arena, diags, &job, &out);
    if (!out.is_sound && diags_count(diags) == 0)
        abort();
    if (out.found.answer == TRUST_KNOWN)
        abort();
    certs_free(out.found.chain);
    trust_close(trust);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct evidence *evidence = evidence_new(arena);
    struct str bytes = {(const char *)data + 1, size > 0 ? size - 1 : 0};

    if (size > 0 && data[0] == 's')
        as_stamp(arena, diags, evidence, bytes);
    else if (size > 0)
        as_signature(arena, diags, evidence, bytes);
    evidence_free(evidence);
    diags_free(diags);
    arena_free(arena);
    return 0;
}
