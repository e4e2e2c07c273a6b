/* Reading any bytes as a key file, PEM or PKCS#12: no crash, no hang; a key comes out, or an error.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "pki/key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
answer(void *user, const struct key_secret *what, char *out)
{
    (void)user;
    (void)what;
    (void)strcpy(out, "test");
    return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct files_named named = {"fuzz.p12", {(const char *)data, size}, NULL, false};
    struct files files = {.named = &named};
    struct key_source source = {.files = &files,
                                .file = "fuzz.p12",
                                .incomplete_chain = true,
                                .now = 1796000000,
                                .asker = {answer, NULL}};
    struct str signature;
    struct key *key = key_open(arena, diags, &source);

    if ((key == NULL) != (diags_level_count(diags, DIAG_ERROR) > 0))
        abort();
    if (key != NULL && !key_sign(key, arena, diags, STR("x"), &signature) &&
        diags_level_count(diags, DIAG_ERROR) == 0)
        abort();
    key_close(key);
    arena_free(arena);
    diags_free(diags);
    return 0;
}
