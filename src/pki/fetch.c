/* HTTP by OpenSSL's client, over a connection of our own: OpenSSL's neither limits how many lines
 * come before an answer nor connects to an address that was looked at before. */
#include "pki/fetch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/httperr.h>

#include "base/arena.h"
#include "pki/fetch_inner.h"

#define HOST_MAX 256

/* ---- addresses */

/* Networks of IPv4 that are not of the public net (RFC 6890): address, bits. */
static const struct {
    uint32_t address;
    unsigned bits;
} local4[] = {
    {0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},  {0xa9fe0000, 16},
    {0xac100000, 12}, {0xc0000000, 24}, {0xc0a80000, 16}, {0xc6120000, 15}, {0xe0000000, 3},
};

static bool
is_local4(uint32_t address)
{
    for (size_t i = 0; i < sizeof local4 / sizeof local4[0]; i++) {
        if ((address ^ local4[i].address) >> (32 - local4[i].bits) == 0)
            return true;
    }
    return false;
}

static uint32_t
four(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Only 2000::/3 is given out; in it 6to4 (2002::/16) stands for an IPv4 address, and 2001::/23 is
 * for protocols. 64:ff9b::/96 and ::ffff:0:0/96 stand for IPv4 addresses, too. */
static bool
is_local6(const uint8_t *a)
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    static const uint8_t translated[12] = {0, 0x64, 0xff, 0x9b};

    if (memcmp(a, mapped, sizeof mapped) == 0 || memcmp(a, translated, sizeof translated) == 0)
        return is_local4(four(a + 12));
    if (a[0] == 0x20 && a[1] == 0x02)
        return is_local4(four(a + 2));
    return a[0] >> 5 != 1 || (a[0] == 0x20 && a[1] == 0x01 && a[2] < 2);
}

bool
fetch_is_local(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return is_local4(
            ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    if (address->sa_family == AF_INET6)
        return is_local6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
    return true;
}

/* ---- the URL */

struct url {
    char *host, *port, *path, *query; /* OpenSSL's */
};

static void
url_free(struct url *url)
{
    OPENSSL_free(url->host);
    OPENSSL_free(url->port);
    OPENSSL_free(url->path);
    OPENSSL_free(url->query);
}

/* Nothing but printed ASCII, so that no line of the request can be begun in it. */
static bool
is_plain(const char *text)
{
    size_t len = strlen(text);

    for (size_t i = 0; i < len; i++) {
        if (text[i] <= 0x20 || text[i] >= 0x7f)
            return false;
    }
    return len <= FETCH_URL_MAX;
}

static bool
url_parse(const char *text, struct url *url)
{
    char *user = NULL;
    int tls = 0;
    bool good = is_plain(text) && strncasecmp(text, "http://", 7) == 0 &&
                OSSL_HTTP_parse_url(text, &tls, &user, &url->host, &url->port, NULL, &url->path,
                                    &url->query, NULL) == 1 &&
                tls == 0 && (user == NULL || user[0] == '\0') && url->host[0] != '\0' &&
                strlen(url->host) < HOST_MAX;

    OPENSSL_free(user);
    ERR_clear_error();
    return good;
}

/* True for names and addresses of this machine, which no proxy can reach. */
static bool
is_this_machine(const char *host)
{
    struct in_addr four_bytes;
    size_t len = strlen(host);

    return strcasecmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
           strcmp(host, "[::1]") == 0 ||
           (len > 10 && strcasecmp(host + len - 10, ".localhost") == 0) ||
           (inet_pton(AF_INET, host, &four_bytes) == 1 && ntohl(four_bytes.s_addr) >> 24 == 127);
}

/* ---- connecting */

static bool
refuse(struct fetch_talk *talk, enum diag_code code, const char *arg)
{
    diag_add(talk->diags, code, POS_NONE, talk->name, arg, NULL);
    return false;
}

/* The addresses of a host; NULL with SIGN_FETCH_NAME. */
static struct addrinfo *
look_up(const char *host, const char *port, int *error)
{
    char bare[HOST_MAX];
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV}, *found = NULL;
    size_t len = strlen(host);

    if (host[0] == '[' && host[len - 1] == ']') {
        memcpy(bare, host + 1, len - 2);
        bare[len - 2] = '\0';
        host = bare;
    }
    *error = getaddrinfo(host, port, &hints, &found);
    return *error == 0 ? found : NULL;
}

static bool
connect_one(struct fetch_talk *talk, const struct addrinfo *to)
{
    int error = 0;
    socklen_t len = sizeof error;
    int fd = socket(to->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    talk->fd = fd;
    if (fd < 0 || (connect(fd, to->ai_addr, to->ai_addrlen) != 0 && errno != EINPROGRESS)) {
        talk->error = errno;
    } else if (!fetch_talk_wait(talk, POLLOUT)) {
        talk->error = ETIMEDOUT;
    } else {
        talk->error = getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0 ? error : errno;
    }
    if (talk->error != 0)
        fetch_talk_close(talk);
    return talk->error == 0;
}

/* Connects to the first address that is allowed and answers. */
static bool
connect_to(struct fetch_talk *talk, const char *host, const char *port, bool local)
{
    int error = 0;
    struct addrinfo *found = look_up(host, port, &error);
    bool connected = false, allowed = false;

    if (found == NULL)
        return refuse(
            talk, DIAG_SIGN_FETCH_NAME,
            error == EAI_NONAME
                ? diag_both(talk->diags, gai_strerror(error), "ไม่มีชื่อนี้ในเครือข่าย")
                : diag_said(talk->diags, "ค้นชื่อในเครือข่ายไม่ได้ ระบบแจ้งว่า", gai_strerror(error)));
    for (const struct addrinfo *at = found; at != NULL && !connected; at = at->ai_next) {
        if (!local && fetch_is_local(at->ai_addr))
            continue;
        allowed = true;
        connected = connect_one(talk, at);
    }
    freeaddrinfo(found);
    if (!allowed)
        return refuse(talk, DIAG_SIGN_FETCH_LOCAL, NULL);
    if (connected)
        return true;
    return talk->fault == TALK_LATE
               ? fetch_talk_tell(talk)
               : refuse(talk, DIAG_SIGN_FETCH_CONNECT, diag_system(talk->diags, talk->error));
}

/* Behind a proxy nothing is known of where the name leads but what is known here. */
static bool
may_ask_proxy(struct fetch_talk *talk, const struct url *url, bool local)
{
    int error = 0;
    struct addrinfo *found = local ? NULL : look_up(url->host, url->port, &error);
    bool allowed = found == NULL;

    for (const struct addrinfo *at = found; at != NULL; at = at->ai_next)
        allowed = allowed || !fetch_is_local(at->ai_addr);
    if (found != NULL)
        freeaddrinfo(found);
    return allowed || refuse(talk, DIAG_SIGN_FETCH_LOCAL, NULL);
}

static bool
connect_to_proxy(struct fetch_talk *talk, const struct url *url, const char *proxy, bool local)
{
    struct url at = {NULL, NULL, NULL, NULL};

    if (strstr(proxy, "://") == NULL)
        proxy = arena_printf(talk->arena, "http://%s", proxy);
    bool good = url_parse(proxy, &at);
    if (!good)
        (void)refuse(talk, DIAG_SIGN_FETCH_PROXY, NULL);
    good = good && may_ask_proxy(talk, url, local) && connect_to(talk, at.host, at.port, true);
    url_free(&at);
    return good;
}

/* ---- asking */

/* What is posted, as OpenSSL wants it. */
static bool
add_body(OSSL_HTTP_REQ_CTX *request, const struct fetch *fetch)
{
    const unsigned char *at = (const unsigned char *)fetch->body.ptr;
    ASN1_TYPE *body = NULL;

    if (fetch->body.len == 0)
        return true;
    body = d2i_ASN1_TYPE(NULL, &at, (long)fetch->body.len);
    bool good =
        body != NULL && OSSL_HTTP_REQ_CTX_set1_req(request, fetch->type, ASN1_ITEM_rptr(ASN1_ANY),
                                                   (const ASN1_VALUE *)body) == 1;
    ASN1_TYPE_free(body);
    return good;
}

/* The line of the request, and the headers that are always there. */
static bool
begin(struct fetch_talk *talk, OSSL_HTTP_REQ_CTX *request, const struct fetch *fetch,
      const struct url *url, bool by_proxy)
{
    bool usual = strcmp(url->port, "80") == 0;
    const char *path = url->query == NULL || url->query[0] == '\0'
                           ? url->path
                           : arena_printf(talk->arena, "%s?%s", url->path, url->query);
    const char *host =
        arena_printf(talk->arena, "%s%s%s", url->host, usual ? "" : ":", usual ? "" : url->port);

    return OSSL_HTTP_REQ_CTX_set_request_line(request, fetch->body.len > 0,
                                              by_proxy ? url->host : NULL,
                                              by_proxy ? url->port : NULL, path) == 1 &&
           OSSL_HTTP_REQ_CTX_add1_header(request, "Host", host) == 1 &&
           OSSL_HTTP_REQ_CTX_set_expected(request, fetch->answer, 1, 0, 0) == 1;
}

/* The answer without what may follow its DER. */
static bool
take_der(struct fetch_talk *talk, BIO *answer, struct str *out)
{
    char *bytes = NULL;
    long len = BIO_get_mem_data(answer, &bytes);
    const unsigned char *at = (const unsigned char *)bytes;
    long inner = 0;
    int tag = 0, class = 0;

    if (len <= 0 || (ASN1_get_object(&at, &inner, &tag, &class, len) & 0x80) != 0)
        return false;
    size_t whole = (size_t)(at - (const unsigned char *)bytes) + (size_t)inner;
    *out = (struct str){arena_strndup(talk->arena, bytes, whole), whole};
    return true;
}

/* What OpenSSL says is wrong with an answer. */
static const char *
complaint(struct diags *diags)
{
    const char *data = NULL;
    int flags = 0;
    unsigned long error = ERR_peek_error_data(&data, &flags); /* the first tells most */
    const char *reason = ERR_reason_error_string(error);
    bool says = (flags & ERR_TXT_STRING) != 0 && data != NULL && data[0] != '\0';

    if (reason == NULL)
        return diag_both(diags, "it ends early", "คำตอบจบก่อนกำหนด");
    return diag_said(diags, "ไม่เป็นไปตามแบบของ HTTP หรือของคำตอบที่ขอ OpenSSL แจ้งว่า",
                     diag_printf(diags, "%s%s%s", reason, says ? ": " : "",
                                 says ? diag_str(diags, str_of(data)) : ""));
}

static bool
ask(struct fetch_talk *talk, const struct fetch *fetch, const struct url *url, bool by_proxy,
    struct str *out)
{
    ERR_clear_error();
    BIO *wire = fetch_talk_bio(talk);
    OSSL_HTTP_REQ_CTX *request = wire == NULL ? NULL : OSSL_HTTP_REQ_CTX_new(wire, wire, 0);

    if (request == NULL)
        arena_oom(sizeof(void *));
    OSSL_HTTP_REQ_CTX_set_max_response_length(request, talk->limit);
    BIO *answer = begin(talk, request, fetch, url, by_proxy) && add_body(request, fetch)
                      ? OSSL_HTTP_REQ_CTX_exchange(request)
                      : NULL;
    bool good = answer != NULL && take_der(talk, answer, out);
    unsigned long error = good ? 0 : ERR_peek_error();
    if (ERR_GET_LIB(error) == ERR_LIB_HTTP && ERR_GET_REASON(error) == HTTP_R_MAX_RESP_LEN_EXCEEDED)
        talk->fault = TALK_LARGE;
    if (!good && !fetch_talk_tell(talk) && talk->fault == TALK_FINE)
        (void)refuse(talk, DIAG_SIGN_FETCH_ANSWER, complaint(talk->diags));
    OSSL_HTTP_REQ_CTX_free(request);
    BIO_free(wire);
    ERR_clear_error();
    return good;
}

bool
fetch(struct arena *arena, struct diags *diags, const struct fetch *fetch, struct str *out)
{
    struct url url = {NULL, NULL, NULL, NULL};
    struct fetch_talk talk = {.arena = arena, .diags = diags, .fd = -1};

    talk.name = diag_str(diags, str_of(fetch->url));
    talk.limit = fetch->limit == 0 ? FETCH_BYTES_MAX : fetch->limit;
    talk.left = talk.limit + FETCH_HEAD_MAX;
    talk.seconds = fetch->seconds == 0 ? FETCH_SECONDS : fetch->seconds;
    bool good = url_parse(fetch->url, &url);
    if (!good)
        (void)refuse(&talk, DIAG_SIGN_FETCH_URL, NULL);
    const char *proxy =
        !good || is_this_machine(url.host) ? NULL : OSSL_HTTP_adapt_proxy(NULL, NULL, url.host, 0);
    fetch_talk_begin(&talk);
    good = good && (proxy == NULL ? connect_to(&talk, url.host, url.port, fetch->local)
                                  : connect_to_proxy(&talk, &url, proxy, fetch->local));
    good = good && ask(&talk, fetch, &url, proxy != NULL, out);
    fetch_talk_close(&talk);
    url_free(&url);
    return good;
}
