#include "image/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

/* No version holds more. */
#define BYTES_MAX 7089

/* The letters of the alphanumeric mode (§8.4.3). */
static bool
is_alphanumeric(struct str text)
{
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    for (size_t i = 0; i < text.len; i++) {
        if (memchr(letters, text.ptr[i], sizeof letters - 1) == NULL)
            return false;
    }
    return true;
}

static const struct qr *
copy(struct arena *arena, const QRcode *code)
{
    struct qr *out = arena_alloc(arena, sizeof *out);
    size_t count = (size_t)code->width * (size_t)code->width;
    uint8_t *modules = arena_alloc(arena, count);

    /* the other bits say what the module is for */
    for (size_t i = 0; i < count; i++)
        modules[i] = code->data[i] & 1;
    *out = (struct qr){(unsigned)code->width, modules};
    return out;
}

/* The library shares nothing between calls but tables of its error correction, which it makes under
 * a lock. */
const struct qr *
qr_make(struct arena *arena, struct str text)
{
    const struct qr *out = NULL;
    QRinput *input = NULL;
    QRcode *code = NULL;

    if (text.len == 0 || text.len > BYTES_MAX)
        return NULL;
    QRencodeMode mode = is_alphanumeric(text) ? QR_MODE_AN : QR_MODE_8;
    errno = 0;
    if ((input = QRinput_new2(0, QR_ECLEVEL_M)) != NULL &&
        QRinput_append(input, mode, (int)text.len, (const unsigned char *)text.ptr) == 0)
        code = QRcode_encodeInput(input);
    if (code != NULL)
        out = copy(arena, code);
    else if (errno == ENOMEM)
        arena_oom(text.len);
    QRcode_free(code);
    QRinput_free(input);
    return out;
}
