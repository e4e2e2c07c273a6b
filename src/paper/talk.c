/* Requests and answers of IPP. */
#include "paper/talk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/diag.h"

#define PATH_MAX_BYTES 512
#define PIECE 65536

struct talk {
    struct diags *diags;
    struct talk_stop stop;
    http_t *http;
    bool is_server, insists, is_stopped, is_late, is_long;
    bool is_used_up;             /* there may be more of an answer: the connection is made anew */
    long long last;              /* when something came, or was taken */
    char name[TALK_ADDRESS_MAX]; /* in messages */
    char uri[TALK_ADDRESS_MAX + HTTP_MAX_URI];
    char path[PATH_MAX_BYTES];
};

bool
talk_is_address(const char *name)
{
    return strstr(name, "://") != NULL;
}

const char *
talk_name(const struct talk *talk)
{
    return talk->name;
}

static struct pos
place_of(const struct talk *talk)
{
    return (struct pos){talk->name, 0, 0};
}

/* ---- connecting */

/* libcups asks for a password on the terminal, unless it is given a function that has none. */
static const char *
no_password(const char *prompt, http_t *http, const char *method, const char *resource, void *user)
{
    (void)prompt, (void)http, (void)method, (void)resource, (void)user;
    return NULL;
}

/* Called while nothing comes, each second; 0 ends the waiting. */
static int
is_to_wait(http_t *http, void *user)
{
    struct talk *talk = user;

    (void)http;
    talk->is_stopped =
        !talk->insists && talk->stop.is_wanted != NULL && !talk->stop.is_wanted(talk->stop.user);
    talk->is_late = clock_ms() - talk->last > TALK_SECONDS * 1000LL;
    return !talk->is_stopped && !talk->is_late;
}

/* What the system said of a connection: libcups keeps the text and loses the number. */
static const char *
why_away(struct diags *diags, const char *said)
{
    static const int errors[] = {ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH,
                                 ECONNRESET,   ENOENT,    EACCES,       EINPROGRESS};

    /* it says that, too, where the connection was refused */
    if (said == NULL || strcmp(said, strerrordesc_np(EHOSTDOWN)) == 0)
        return diag_both(diags, "no connection could be made", "ต่อเชื่อมไม่ได้");
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (strcmp(said, strerrordesc_np(errors[i])) == 0)
            return diag_system(diags, errors[i] == EINPROGRESS ? ETIMEDOUT : errors[i]);
    }
    return diag_said(diags, "ระบบแจ้งว่า", said);
}

static bool
tell_away(struct talk *talk, int error)
{
    const char *why =
        error != 0 ? diag_system(talk->diags, error) : why_away(talk->diags, cupsLastErrorString());

    diag_add(talk->diags, talk->is_server ? DIAG_PRINT_NO_SERVER : DIAG_PRINT_AWAY, place_of(talk),
             why, NULL, NULL);
    return false;
}

static bool
is_known_host(struct talk *talk, const char *host)
{
    http_addrlist_t *list = httpAddrGetList(host, AF_UNSPEC, NULL);

    if (list == NULL && talk->is_server) {
        diag_add(talk->diags, DIAG_PRINT_NO_SERVER, place_of(talk),
                 diag_both(talk->diags, "its name is not known", "ไม่มีชื่อนี้ในเครือข่าย"), NULL, NULL);
        return false;
    }
    if (list == NULL) {
        diag_add(talk->diags, DIAG_PRINT_NO_HOST, place_of(talk),
                 diag_str(talk->diags, str_of(host)), NULL, NULL);
        return false;
    }
    httpAddrFreeList(list);
    return true;
}

static bool
connect_to(struct talk *talk, const char *host, int port, http_encryption_t encryption)
{
    if (host[0] != '/' && !is_known_host(talk, host))
        return false;
    talk->http =
        httpConnect2(host, port, NULL, AF_UNSPEC, encryption, 1, TALK_SECONDS * 1000, NULL);
    if (talk->http == NULL)
        return tell_away(talk, 0);
    httpSetTimeout(talk->http, 1.0, is_to_wait, talk);
    return true;
}

/* What of an address may be shown: a password may stand before its "@". */
static const char *
shown_address(struct diags *diags, const char *address)
{
    const char *at = strrchr(address, '@');

    return at == NULL ? diag_str(diags, str_of(address))
                      : diag_printf(diags, "…%s", diag_str(diags, str_of(at)));
}

/* An address with a user's name is refused: the password would stand beside it, for all to see. */
static bool
connect_to_address(struct talk *talk, const char *address)
{
    char scheme[32], user[256], host[256];
    int port = 0;
    bool good = strlen(address) < TALK_ADDRESS_MAX &&
                httpSeparateURI(HTTP_URI_CODING_ALL, address, scheme, sizeof scheme, user,
                                sizeof user, host, sizeof host, &port, talk->path,
                                sizeof talk->path) >= HTTP_URI_STATUS_OK &&
                (strcasecmp(scheme, "ipp") == 0 || strcasecmp(scheme, "ipps") == 0) &&
                user[0] == '\0' && host[0] != '\0';

    if (!good) {
        diag_add(talk->diags, DIAG_PRINT_ADDRESS, POS_NONE, shown_address(talk->diags, address),
                 NULL, NULL);
        return false;
    }
    (void)strcpy(talk->name, address);
    (void)strcpy(talk->uri, address);
    bool is_secure = strcasecmp(scheme, "ipps") == 0 || port == 443;
    return connect_to(talk, host, port,
                      is_secure ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED);
}

static bool
connect_to_server(struct talk *talk)
{
    talk->is_server = true;
    (void)strcpy(talk->name, "CUPS");
    (void)strcpy(talk->uri, "ipp://localhost/");
    (void)strcpy(talk->path, "/");
    return connect_to(talk, cupsServer(), ippPort(), cupsEncryption());
}

struct talk *
talk_open(struct diags *diags, const char *address, const struct talk_stop *stop)
{
    struct talk *talk = calloc(1, sizeof *talk);

    if (talk == NULL)
        arena_oom(sizeof *talk);
    talk->diags = diags;
    if (stop != NULL)
        talk->stop = *stop;
    cupsSetPasswordCB2(no_password, NULL);
    if (address == NULL ? connect_to_server(talk) : connect_to_address(talk, address))
        return talk;
    talk_close(talk);
    return NULL;
}

void
talk_close(struct talk *talk)
{
    if (talk == NULL)
        return;
    httpClose(talk->http);
    free(talk);
}

/* What CUPS allows in the name of a queue. */
bool
talk_use_queue(struct talk *talk, const char *queue)
{
    size_t len = strlen(queue);

    if (len == 0 || len > TALK_QUEUE_MAX)
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)queue[i];
        if (c <= ' ' || c == 0x7f || strchr("/#?'\"", c) != NULL)
            return false;
    }
    (void)strcpy(talk->name, queue);
    if (httpAssembleURIf(HTTP_URI_CODING_ALL, talk->uri, sizeof talk->uri, "ipp", NULL, "localhost",
                         0, "/printers/%s", queue) < HTTP_URI_STATUS_OK)
        return false;
    const char *path = strstr(talk->uri, "/printers/");
    (void)strcpy(talk->path, path == NULL ? "/" : path);
    return true;
}

const char *
talk_default(struct talk *talk, struct arena *arena)
{
    talk->last = clock_ms();
    cups_dest_t *dest = cupsGetNamedDest(talk->http, NULL, NULL);
    const char *name = dest == NULL ? NULL : str_cstr(arena, str_of(dest->name));

    cupsFreeDests(dest == NULL ? 0 : 1, dest);
    return name;
}

/* ---- a request */

ipp_t *
talk_request(const struct talk *talk, ipp_op_t operation)
{
    ipp_t *request = ippNewRequest(operation);

    if (request == NULL)
        arena_oom(0);
    /* not in the language of the locale: messages stand as a quotation in ours */
    ipp_attribute_t *language =
        ippFindAttribute(request, "attributes-natural-language", IPP_TAG_LANGUAGE);
    (void)ippSetString(request, &language, 0, "en");
    if (!talk->is_server || strcmp(talk->path, "/") != 0)
        (void)ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, talk->uri);
    (void)ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                       cupsUser());
    return request;
}

void
talk_insist(struct talk *talk)
{
    talk->insists = true;
    talk->is_stopped = false;
}

static enum talk_end
tell_broken(struct talk *talk, http_status_t status)
{
    char number[16];
    enum diag_code code = DIAG_PRINT_BROKEN;
    const char *why = "";

    if (talk->is_stopped)
        return TALK_STOPPED;
    if (status == HTTP_STATUS_UNAUTHORIZED || status == HTTP_STATUS_FORBIDDEN ||
        status == HTTP_STATUS_CUPS_AUTHORIZATION_CANCELED)
        code = DIAG_PRINT_LOGIN;
    else if (status == HTTP_STATUS_UPGRADE_REQUIRED || status == HTTP_STATUS_CUPS_PKI_ERROR)
        code = DIAG_PRINT_TLS;
    else if (status >= HTTP_STATUS_MULTIPLE_CHOICES) {
        (void)snprintf(number, sizeof number, "HTTP %d", (int)status);
        why = number;
        code = DIAG_PRINT_NO_IPP;
    } else if (talk->is_long)
        why = diag_both(talk->diags, "its answer has no end", "คำตอบยาวไม่สิ้นสุด");
    else if (talk->is_late)
        why = diag_both(talk->diags, "it went silent", "เงียบไประหว่างติดต่อ");
    else if (httpError(talk->http) != 0)
        why = diag_system(talk->diags, httpError(talk->http));
    else
        why = diag_both(talk->diags, "the answer was not whole", "ได้คำตอบไม่ครบ");
    diag_add(talk->diags, code, place_of(talk), why, NULL, NULL);
    return TALK_FAILED;
}

/* The answer comes through here, to be counted. */
struct counted {
    struct talk *talk;
    size_t left;
};

/* All that is asked for, or it counts as the end. */
static ssize_t
read_counted(void *user, ipp_uchar_t *out, size_t size)
{
    struct counted *counted = user;
    struct talk *talk = counted->talk;
    size_t have = 0;

    talk->is_long = counted->left < size;
    while (!talk->is_long && have < size) {
        ssize_t got = httpRead2(talk->http, (char *)out + have, size - have);
        if (got <= 0)
            break;
        have += (size_t)got;
        talk->last = clock_ms();
    }
    counted->left -= have;
    return have == 0 && size > 0 ? -1 : (ssize_t)have;
}

static bool
send_document(struct talk *talk, struct str document, http_status_t *status)
{
    for (size_t at = 0; at < document.len && *status == HTTP_STATUS_CONTINUE; at += PIECE) {
        struct str piece = str_sub(document, at, PIECE);
        *status = cupsWriteRequestData(talk->http, piece.ptr, piece.len);
        talk->last = clock_ms();
        if (is_to_wait(talk->http, talk) == 0)
            return false;
    }
    return true;
}

/* Sends it once. */
static http_status_t
send_once(struct talk *talk, ipp_t *request, struct str document)
{
    size_t size = ippLength(request) + document.len;
    http_status_t status = cupsSendRequest(talk->http, request, talk->path, size);

    talk->last = clock_ms();
    if (status == HTTP_STATUS_CONTINUE && !send_document(talk, document, &status))
        return HTTP_STATUS_ERROR;
    if (status == HTTP_STATUS_CONTINUE && httpFlushWrite(talk->http) < 0)
        return HTTP_STATUS_ERROR;
    /* libcups reads one line: of an answer that comes without a 100 before it, the first */
    if (status == HTTP_STATUS_CONTINUE || status == HTTP_STATUS_OK) {
        do
            status = httpUpdate(talk->http);
        while (status == HTTP_STATUS_CONTINUE);
    }
    return status;
}

/* Takes the end of an answer off the connection, so that another request may follow. */
static void
finish_answer(struct talk *talk)
{
    char piece[4096];

    for (size_t i = 0; i < 16 && httpGetState(talk->http) != HTTP_STATE_WAITING; i++) {
        if (httpRead2(talk->http, piece, sizeof piece) <= 0)
            break;
    }
    talk->is_used_up = httpGetState(talk->http) != HTTP_STATE_WAITING;
}

static bool
read_answer(struct talk *talk, ipp_t **answer)
{
    struct counted counted = {talk, TALK_ANSWER_MAX};
    ipp_state_t state = IPP_STATE_IDLE;

    *answer = ippNew();
    while (*answer != NULL && state != IPP_STATE_ERROR && state != IPP_STATE_DATA)
        state = ippReadIO(&counted, read_counted, 1, NULL, *answer);
    finish_answer(talk);
    if (state == IPP_STATE_DATA)
        return true;
    ippDelete(*answer);
    *answer = NULL;
    return false;
}

static bool
is_question(ipp_t *request)
{
    ipp_op_t operation = ippGetOperation(request);

    return operation == IPP_OP_GET_JOB_ATTRIBUTES || operation == IPP_OP_CANCEL_JOB ||
           operation == IPP_OP_GET_PRINTER_ATTRIBUTES || operation == IPP_OP_CUPS_GET_PRINTERS;
}

enum talk_end
talk_ask(struct talk *talk, ipp_t *request, struct str document, ipp_t **answer)
{
    *answer = NULL;
    talk->last = clock_ms();
    if (talk->is_used_up && httpReconnect2(talk->http, TALK_SECONDS * 1000, NULL) != 0) {
        ippDelete(request);
        (void)tell_away(talk, httpError(talk->http));
        return TALK_FAILED;
    }
    talk->is_used_up = talk->is_long = false;
    http_status_t status = send_once(talk, request, document);
    /* a server on this machine may want to know whose process this is, and sees it itself */
    if (status == HTTP_STATUS_UNAUTHORIZED && talk->is_server) {
        finish_answer(talk);
        if (cupsDoAuthentication(talk->http, "POST", talk->path) == 0 &&
            httpReconnect2(talk->http, TALK_SECONDS * 1000, NULL) == 0)
            status = send_once(talk, request, document);
    }
    /* a connection that nothing was asked on for a while may have been closed, and a question may
     * be asked twice */
    if (status == HTTP_STATUS_ERROR && is_question(request) && !talk->is_stopped &&
        !talk->is_late && httpReconnect2(talk->http, TALK_SECONDS * 1000, NULL) == 0)
        status = send_once(talk, request, document);
    ippDelete(request);
    if (status != HTTP_STATUS_OK) {
        talk->is_used_up = true;
        return tell_broken(talk, status);
    }
    return read_answer(talk, answer) ? TALK_DONE : tell_broken(talk, HTTP_STATUS_OK);
}

void
talk_tell_refused(struct talk *talk, ipp_t *answer)
{
    const char *words =
        ippGetString(ippFindAttribute(answer, "status-message", IPP_TAG_TEXT), 0, NULL);

    if (words == NULL || words[0] == '\0')
        words = ippErrorString(ippGetStatusCode(answer));
    diag_add(talk->diags, DIAG_PRINT_REFUSED, place_of(talk),
             diag_said(talk->diags, "แจ้งว่า", words), NULL, NULL);
}
