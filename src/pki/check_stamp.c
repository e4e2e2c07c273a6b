#include "pki/check_stamp.h"

#include <openssl/err.h>
#include <openssl/ts.h>

#include "base/arena.h"
#include "pki/algo.h"
#include "pki/certs.h"

struct stamping {
    struct arena *arena;
    struct diags *diags;
    const struct check_stamp_job *job;
    struct check_stamp *out;
};

static bool
wrong(struct stamping *s, const char *english, const char *thai)
{
    diag_add(s->diags, DIAG_VERIFY_STAMP, s->job->pos, diag_both(s->diags, english, thai), NULL,
             NULL);
    return false;
}

/* The token as a CMS; the first thing that is wrong with it is enough. */
static bool
check_token(struct stamping *s)
{
    const struct check_cms_job job = {.bytes = s->job->token,
                                      .content_type = STR(OID_TST_INFO),
                                      .needs_ess = true,
                                      .evidence = s->job->evidence,
                                      .at = s->job->pos};
    struct diags *own = diags_new();
    bool good = check_cms(s->arena, own, &job, &s->out->cms);

    if (!good && diags_count(own) > 0) {
        const struct diag *first = diags_at(own, 0);
        (void)wrong(s, str_cstr(s->arena, diag_message(s->arena, first, DIAG_ENGLISH)),
                    str_cstr(s->arena, diag_message(s->arena, first, DIAG_THAI)));
    }
    diags_free(own);
    return good;
}

static bool
check_imprint(struct stamping *s, TS_TST_INFO *info)
{
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    const ASN1_OCTET_STRING *told = TS_MSG_IMPRINT_get_msg(imprint);
    const EVP_MD *digest = algo_digest(s->arena, TS_MSG_IMPRINT_get_algo(imprint), &s->out->digest);
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    EVP_MD_CTX *md = EVP_MD_CTX_new();

    bool made = digest != NULL && md != NULL && EVP_DigestInit_ex(md, digest, NULL) == 1;
    for (size_t i = 0; i < s->job->part_count && made; i++)
        made = EVP_DigestUpdate(md, s->job->part[i].ptr, s->job->part[i].len) == 1;
    made = made && EVP_DigestFinal_ex(md, hash, &len) == 1;
    EVP_MD_CTX_free(md);
    if (digest == NULL)
        return wrong(s, arena_printf(s->arena, "it rests on %s", s->out->digest),
                     arena_printf(s->arena, "อาศัย %s ซึ่งไม่น่าเชื่อถือ", s->out->digest));
    if (!made || !str_eq((struct str){(const char *)hash, len},
                         (struct str){(const char *)ASN1_STRING_get0_data(told),
                                      (size_t)ASN1_STRING_length(told)}))
        return wrong(s, "it is of something else", "เป็นตราประทับเวลาของข้อมูลอื่น");
    return true;
}

static bool
check_info(struct stamping *s)
{
    struct str content = s->out->cms.cms.content;
    const unsigned char *at = (const unsigned char *)content.ptr;
    TS_TST_INFO *info = d2i_TS_TST_INFO(NULL, &at, (long)content.len);
    bool good;

    ERR_clear_error();
    if (info == NULL || at != (const unsigned char *)content.ptr + content.len ||
        TS_TST_INFO_get_version(info) != 1 ||
        !certs_time(TS_TST_INFO_get_time(info), &s->out->time))
        good = wrong(s, "what it says cannot be read", "อ่านข้อความในตราประทับเวลาไม่ได้");
    else if (s->out->time > s->job->now + CHECK_STAMP_SKEW)
        good = wrong(s, "its time is yet to come", "เวลาที่ระบุยังมาไม่ถึง");
    else
        good = check_imprint(s, info);
    TS_TST_INFO_free(info);
    return good;
}

void
check_stamp(struct arena *arena, struct diags *diags, const struct check_stamp_job *job,
            struct check_stamp *out)
{
    struct stamping s = {arena, diags, job, out};

    *out = (struct check_stamp){.time = 0};
    out->found.answer = TRUST_UNKNOWN;
    out->is_sound = check_token(&s) && check_info(&s);
    if (!out->is_sound)
        return;
    const struct trust_job ask = {.cert = out->cms.signer,
                                  .evidence = job->evidence,
                                  .at = out->time,
                                  .use = TRUST_STAMPING,
                                  .pos = job->pos};
    trust_ask(job->trust, arena, diags, &ask, &out->found);
}
