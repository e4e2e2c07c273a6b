/* Reading and writing a connection within its limits, as a BIO. */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "pki/fetch_inner.h"

void
fetch_talk_begin(struct fetch_talk *talk)
{
    talk->deadline = clock_ms() + (long long)talk->seconds * 1000;
}

bool
fetch_talk_wait(struct fetch_talk *talk, short what)
{
    struct pollfd end = {talk->fd, what, 0};
    long long left;

    while ((left = talk->deadline - clock_ms()) > 0) {
        int got = poll(&end, 1, (int)left);
        if (got > 0)
            return true;
        if (got < 0 && errno != EINTR)
            break;
    }
    talk->fault = TALK_LATE;
    return false;
}

void
fetch_talk_close(struct fetch_talk *talk)
{
    if (talk->fd >= 0)
        (void)close(talk->fd);
    talk->fd = -1;
    BIO_meth_free(talk->method);
    talk->method = NULL;
}

/* ---- the BIO */

static int
fetch_talk_read(BIO *bio, char *out, int size)
{
    struct fetch_talk *talk = BIO_get_data(bio);

    while (talk->fault == TALK_FINE && fetch_talk_wait(talk, POLLIN)) {
        ssize_t got = recv(talk->fd, out, (size_t)size, MSG_DONTWAIT);
        if (got >= 0 && (size_t)got <= talk->left) {
            talk->left -= (size_t)got;
            return (int)got;
        }
        if (got >= 0)
            talk->fault = TALK_LARGE;
        else if (errno != EAGAIN && errno != EINTR)
            talk->fault = TALK_BROKEN;
    }
    return -1;
}

static int
fetch_talk_write(BIO *bio, const char *bytes, int size)
{
    struct fetch_talk *talk = BIO_get_data(bio);

    while (talk->fault == TALK_FINE && fetch_talk_wait(talk, POLLOUT)) {
        ssize_t done = send(talk->fd, bytes, (size_t)size, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (done >= 0)
            return (int)done;
        if (errno != EAGAIN && errno != EINTR)
            talk->fault = TALK_BROKEN;
    }
    return -1;
}

static long
fetch_talk_control(BIO *bio, int command, long number, void *to)
{
    (void)bio;
    (void)number;
    (void)to;
    return command == BIO_CTRL_FLUSH;
}

static int
fetch_talk_create(BIO *bio)
{
    BIO_set_init(bio, 1);
    return 1;
}

BIO *
fetch_talk_bio(struct fetch_talk *talk)
{
    BIO_METHOD *method = talk->method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "connection");
    BIO *bio = NULL;

    if (method != NULL && BIO_meth_set_read(method, fetch_talk_read) == 1 &&
        BIO_meth_set_write(method, fetch_talk_write) == 1 &&
        BIO_meth_set_ctrl(method, fetch_talk_control) == 1 &&
        BIO_meth_set_create(method, fetch_talk_create) == 1)
        bio = BIO_new(method);
    if (bio != NULL)
        BIO_set_data(bio, talk);
    return bio;
}

/* ---- what became of it */

bool
fetch_talk_tell(struct fetch_talk *talk)
{
    const char *arg = NULL;
    enum diag_code code = DIAG_SIGN_FETCH_BROKEN;

    if (talk->fault == TALK_FINE)
        return false;
    if (talk->fault == TALK_LATE) {
        code = DIAG_SIGN_FETCH_TIME;
        arg = diag_printf(talk->diags, "%u", talk->seconds);
    } else if (talk->fault == TALK_LARGE) {
        code = DIAG_SIGN_FETCH_LARGE;
        arg = diag_printf(talk->diags, "%zu", talk->limit >> 10);
    }
    diag_add(talk->diags, code, POS_NONE, talk->name, arg, NULL);
    return false;
}
