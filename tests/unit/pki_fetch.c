/* Fetching over the net, from servers that err, lie and hang. */
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "pki/fetch.h"

#define ANSWER "\x30\x03\x02\x01\x05"
#define OK "HTTP/1.0 200 OK\r\nContent-Type: application/x-test\r\n"

/* A server on loopback, in a thread: what a path is answered with. */
struct served {
    const char *path, *answer;
    size_t len;
    const char *again; /* without end, NULL: not */
    unsigned pause_ms;
};

static const struct served served[] = {
    {"/good", OK "\r\n" ANSWER, 0, NULL, 0},
    {"/more", OK "\r\n" ANSWER "behind it", 0, NULL, 0},
    {"/short", OK "\r\n\x30\x7f\x02", 0, NULL, 0},
    {"/large", OK "\r\n\x30\x83\x02\x01\x01xxx", 0, NULL, 0},
    {"/nothing", "", 0, NULL, 0},
    {"/redirect", "HTTP/1.0 302 Found\r\nLocation: /good\r\n\r\n", 0, NULL, 0},
    {"/missing", "HTTP/1.0 404 Not Found\r\n\r\n", 0, NULL, 0},
    {"/other-type", "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" ANSWER, 0, NULL, 0},
    {"/lines", "HTTP/1.0 200 OK\r\n", 0, "A: b\r\n", 0},
    {"/line", "HTTP/1.0 200 OK\r\nA: ", 0, "bbbbbbbb", 0},
    {"/endless", OK "\r\n\x30\x83\x00\xff\xff", 5, "xxxxxxxx", 0},
    {"/drip", OK "\r\n\x30\x7f", 0, "x", 200},
    {"/silent", NULL, 0, NULL, 0},
};

struct server {
    int fd;
    unsigned port;
    char request[4096];
    pthread_t thread;
};

static void
answer_by(int fd, const struct served *how)
{
    const struct timespec pause = {0, (long)how->pause_ms * 1000000};
    char none[16];
    size_t len = how->answer == NULL ? 0 : strlen(how->answer);

    if (how->len > 0)
        len = strlen(OK "\r\n") + how->len;
    bool more = send(fd, how->answer == NULL ? "" : how->answer, len, MSG_NOSIGNAL) >= 0;
    while (more && how->again != NULL) {
        more = send(fd, how->again, strlen(how->again), MSG_NOSIGNAL) >= 0;
        (void)nanosleep(&pause, NULL);
    }
    if (how->answer == NULL) /* until the other one has enough */
        (void)recv(fd, none, sizeof none, 0);
}

static void *
serve(void *to)
{
    const struct linger at_once = {1, 0};
    struct server *server = to;
    int fd;

    while ((fd = accept(server->fd, NULL, NULL)) >= 0) {
        char request[sizeof server->request];
        size_t got = 0;
        ssize_t now = 1;
        while (now > 0 && got + 1 < sizeof request && memmem(request, got, "\r\n\r\n", 4) == NULL) {
            now = recv(fd, request + got, sizeof request - 1 - got, 0);
            got += now > 0 ? (size_t)now : 0;
        }
        request[got] = '\0';
        memcpy(server->request, request, got + 1);
        const char *path = strchr(request, ' ');
        for (size_t i = 0; path != NULL && i < sizeof served / sizeof served[0]; i++) {
            size_t len = strlen(served[i].path);
            const char *at = strstr(path, served[i].path);
            if (at != NULL && (at[len] == ' ' || at[len] == '?'))
                answer_by(fd, &served[i]);
        }
        if (path != NULL && strncmp(path, " /reset ", 8) == 0)
            (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        else
            (void)shutdown(fd, SHUT_RDWR);
        (void)close(fd);
    }
    return NULL;
}

struct fetching {
    struct arena *arena;
    struct diags *diags;
    struct server server;
};

static int
setup(void **state)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t len = sizeof address;

    (void)fixture_open(state, sizeof(struct fetching));
    struct server *server = &((struct fetching *)*state)->server;
    server->fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(server->fd, (const struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(server->fd, 8), 0);
    assert_int_equal(getsockname(server->fd, (struct sockaddr *)&address, &len), 0);
    server->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&server->thread, NULL, serve, server), 0);
    (void)unsetenv("http_proxy");
    (void)unsetenv("no_proxy");
    return 0;
}

static int
teardown(void **state)
{
    struct server *server = &((struct fetching *)*state)->server;

    (void)shutdown(server->fd, SHUT_RDWR);
    (void)pthread_join(server->thread, NULL);
    (void)close(server->fd);
    return fixture_teardown(state);
}

static bool
get(struct fetching *f, const char *url, struct fetch how, struct str *out)
{
    struct str ignored;

    how.url = url;
    return fetch(f->arena, f->diags, &how, out == NULL ? &ignored : out);
}

static const char *
url_of(struct fetching *f, const char *path)
{
    return arena_printf(f->arena, "http://127.0.0.1:%u%s", f->server.port, path);
}

#define LOCAL ((struct fetch){.local = true, .seconds = 20})

/* One error, of this code, which is then forgotten. */
#define assert_refused(f, got, code)                  \
    do {                                              \
        assert_false(got);                            \
        assert_int_equal(diags_count((f)->diags), 1); \
        assert_diag((f)->diags, 0, code);             \
        diags_free((f)->diags);                       \
        (f)->diags = diags_new();                     \
    } while (0)

static void
good_answers(void **state)
{
    struct fetching *f = *state;
    struct str out;

    assert_true(get(f, url_of(f, "/good"), LOCAL, &out));
    assert_str(out, ANSWER);
    assert_true(get(f, url_of(f, "/more"), LOCAL, &out));
    assert_str(out, ANSWER);
    struct fetch typed = LOCAL;
    typed.answer = "application/x-test";
    assert_true(get(f, url_of(f, "/good?a=b"), typed, &out));
    assert_non_null(strstr(f->server.request, "GET /good?a=b HTTP/1.0\r\n"));
    assert_non_null(strstr(f->server.request,
                           arena_printf(f->arena, "Host: 127.0.0.1:%u\r\n", f->server.port)));
    assert_int_equal(diags_count(f->diags), 0);
}

static void
posting(void **state)
{
    struct fetching *f = *state;
    struct fetch post = LOCAL;

    post.body = STR("\x30\x03\x02\x01\x07");
    post.type = "application/x-question";
    assert_true(get(f, url_of(f, "/good"), post, NULL));
    assert_non_null(strstr(f->server.request, "POST /good HTTP/1.0\r\n"));
    assert_non_null(strstr(f->server.request, "Content-Type: application/x-question\r\n"));
    assert_non_null(strstr(f->server.request, "Content-Length: 5\r\n"));
}

static void
wrong_answers(void **state)
{
    struct fetching *f = *state;
    struct fetch typed = LOCAL;

    assert_refused(f, get(f, url_of(f, "/short"), LOCAL, NULL), SIGN_FETCH_ANSWER);
    assert_refused(f, get(f, url_of(f, "/nothing"), LOCAL, NULL), SIGN_FETCH_ANSWER);
    assert_refused(f, get(f, url_of(f, "/redirect"), LOCAL, NULL), SIGN_FETCH_ANSWER);
    assert_refused(f, get(f, url_of(f, "/missing"), LOCAL, NULL), SIGN_FETCH_ANSWER);
    assert_refused(f, get(f, url_of(f, "/reset"), LOCAL, NULL), SIGN_FETCH_BROKEN);
    typed.answer = "application/x-test";
    assert_refused(f, get(f, url_of(f, "/other-type"), typed, NULL), SIGN_FETCH_ANSWER);
}

/* Whatever a server sends without end, it ends here. */
static void
too_much(void **state)
{
    struct fetching *f = *state;
    struct fetch small = LOCAL;

    small.limit = 4096;
    assert_refused(f, get(f, url_of(f, "/large"), LOCAL, NULL), SIGN_FETCH_LARGE);
    assert_refused(f, get(f, url_of(f, "/lines"), LOCAL, NULL), SIGN_FETCH_LARGE);
    assert_refused(f, get(f, url_of(f, "/endless"), small, NULL), SIGN_FETCH_LARGE);
    assert_false(get(f, url_of(f, "/line"), LOCAL, NULL));
}

static void
too_slow(void **state)
{
    struct fetching *f = *state;
    struct fetch quick = {.local = true, .seconds = 1};
    time_t before = time(NULL);

    assert_refused(f, get(f, url_of(f, "/silent"), quick, NULL), SIGN_FETCH_TIME);
    assert_refused(f, get(f, url_of(f, "/drip"), quick, NULL), SIGN_FETCH_TIME);
    assert_true(time(NULL) - before < 6);
}

static void
nobody_there(void **state)
{
    struct fetching *f = *state;

    assert_refused(f, get(f, "http://127.0.0.1:1/", LOCAL, NULL), SIGN_FETCH_CONNECT);
    assert_refused(f, get(f, "http://300.1.1.1.:1/", LOCAL, NULL), SIGN_FETCH_NAME);
}

/* This machine is not asked for what a stranger named, however it is written. */
static void
local_addresses(void **state)
{
    static const char *const urls[] = {"http://127.0.0.1:%u/good",
                                       "http://localhost:%u/good",
                                       "http://2130706433:%u/good",
                                       "http://0x7f.1:%u/good",
                                       "http://[::1]:%u/good",
                                       "http://0:%u/good",
                                       "http://[::ffff:127.0.0.1]:%u/good"};
    struct fetching *f = *state;
    struct fetch careful = {.seconds = 20};

    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        char url[128];
        size_t at = (size_t)(strstr(urls[i], "%u") - urls[i]);
        (void)snprintf(url, sizeof url, "%.*s%u%s", (int)at, urls[i], f->server.port,
                       urls[i] + at + 2);
        assert_refused(f, get(f, url, careful, NULL), SIGN_FETCH_LOCAL);
    }
    assert_int_equal(strlen(f->server.request), 0);
}

static void
bad_urls(void **state)
{
    static const char *const urls[] = {"https://tsa.example/",
                                       "ftp://a/",
                                       "file:///etc/passwd",
                                       "tsa.example",
                                       "http://",
                                       "http://user:secret@tsa.example/",
                                       "http://tsa.example/a b",
                                       "http://tsa.example/\r\nX: y",
                                       "http://tsa.example:99999/"};
    struct fetching *f = *state;

    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++)
        assert_refused(f, get(f, urls[i], LOCAL, NULL), SIGN_FETCH_URL);
}

static void
proxies(void **state)
{
    struct fetching *f = *state;
    struct fetch careful = {.seconds = 20};

    (void)setenv("http_proxy", url_of(f, "/"), 1);
    assert_true(get(f, "http://300.1.1.1./good", LOCAL, NULL));
    assert_non_null(strstr(f->server.request, "GET http://300.1.1.1.:80/good HTTP/1.0\r\n"));
    /* a name that is not known here may be known there; an address of a private network is not
     * asked for */
    assert_true(get(f, "http://300.1.1.1./good", careful, NULL));
    assert_refused(f, get(f, "http://192.168.1.1/good", careful, NULL), SIGN_FETCH_LOCAL);
    (void)setenv("http_proxy", arena_printf(f->arena, "127.0.0.1:%u", f->server.port), 1);
    assert_true(get(f, "http://300.1.1.1./good", LOCAL, NULL));
    (void)setenv("no_proxy", "300.1.1.1.", 1);
    assert_refused(f, get(f, "http://300.1.1.1./good", LOCAL, NULL), SIGN_FETCH_NAME);
    (void)unsetenv("no_proxy");
    (void)setenv("http_proxy", "http://user:secret@127.0.0.1:1", 1);
    assert_refused(f, get(f, "http://300.1.1.1./good", LOCAL, NULL), SIGN_FETCH_PROXY);
    /* this machine is never asked for through a proxy */
    (void)setenv("http_proxy", "http://127.0.0.1:1", 1);
    assert_true(get(f, url_of(f, "/good"), LOCAL, NULL));
    (void)unsetenv("http_proxy");
}

static bool
is_local(const char *text)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};

    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return fetch_is_local((const struct sockaddr *)&four);
    assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
    return fetch_is_local((const struct sockaddr *)&six);
}

static void
addresses(void **state)
{
    static const char *const local[] = {"0.0.0.0",
                                        "10.1.2.3",
                                        "100.64.0.1",
                                        "127.0.0.1",
                                        "169.254.169.254",
                                        "172.16.0.1",
                                        "172.31.255.255",
                                        "192.168.0.1",
                                        "198.18.0.1",
                                        "224.0.0.1",
                                        "255.255.255.255",
                                        "::",
                                        "::1",
                                        "fe80::1",
                                        "fc00::1",
                                        "fd12::1",
                                        "ff02::1",
                                        "::ffff:10.0.0.1",
                                        "64:ff9b::a00:1",
                                        "2002:a00:1::1",
                                        "2001:0:1::1",
                                        "::7f00:1"};
    static const char *const public[] = {
        "1.1.1.1",      "9.255.255.255",  "11.0.0.1",        "100.63.255.255",
        "100.128.0.1",  "172.15.0.1",     "172.32.0.1",      "192.167.0.1",
        "198.17.0.1",   "198.20.0.1",     "223.1.1.1",       "2606:4700::1",
        "2400:cb00::1", "::ffff:1.1.1.1", "2002:101:101::1", "2001:3c8::1"};

    (void)state;
    for (size_t i = 0; i < sizeof local / sizeof local[0]; i++)
        assert_true(is_local(local[i]));
    for (size_t i = 0; i < sizeof public / sizeof public[0]; i++)
        assert_false(is_local(public[i]));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(good_answers),    TEST(posting),
        TEST(wrong_answers),   TEST(too_much),
        TEST(too_slow),        TEST(nobody_there),
        TEST(local_addresses), TEST(bad_urls),
        TEST(proxies),         cmocka_unit_test(addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
