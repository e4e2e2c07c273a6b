/* libbanthuek-sign, a third library on top of libbanthuek-pdf: the routing of a memo, signatures
 * with certificates (PAdES, ETSI EN 319 142-1), and what is true of those that a PDF has.
 *
 * It stands apart because it brings all of OpenSSL, and libp11 for keys on cards and tokens. What
 * is said in banthuek-pdf.h of hostile PDFs holds here, too. Threads, ownership and errors are as
 * in banthuek.h. */
#ifndef BANTHUEK_SIGN_H
#define BANTHUEK_SIGN_H

#include "banthuek-pdf.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- routing: who is to sign, and who has */

/* What an opinion means for those who come after. */
enum banthuek_answer {
    BANTHUEK_FORWARD, /* it goes on */
    BANTHUEK_REFUSED, /* it begins with ไม่อนุมัติ or ไม่เห็นชอบ */
    BANTHUEK_RETURNED /* it begins with ส่งคืนแก้ไข */
};

/* What an opinion of this text means; blanks before it count for nothing. */
enum banthuek_answer banthuek_answer_of(struct banthuek_bytes opinion);

/* ---- signing */

/* ---- verifying */

#ifdef __cplusplus
}
#endif

#endif
