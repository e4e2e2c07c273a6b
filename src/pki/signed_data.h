/* The parts of a CMS SignedData (RFC 5652), read by us: OpenSSL shows neither the bytes of the
 * attributes as they stand there, nor what it passes over. Slices of what was read. */
#ifndef PKI_SIGNED_DATA_H
#define PKI_SIGNED_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

#define SIGNED_LIST_MAX 256 /* of certificates, of lists, of answers, of attributes */

/* OBJECT IDENTIFIERs without tag and length. */
#define OID_DATA "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01"
#define OID_SIGNED_DATA "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"
#define OID_TST_INFO "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x04"
#define OID_CONTENT_TYPE "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x03"
#define OID_MESSAGE_DIGEST "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x04"
#define OID_SIGNING_TIME "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x05"
#define OID_PROTECTION "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x34"
#define OID_ESS "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x02\x0C"
#define OID_ESS_V2 "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x02\x2F"
#define OID_TIME_STAMP "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x02\x0E"
#define OID_ADOBE_REVOCATION "\x2A\x86\x48\x86\xF7\x2F\x01\x01\x08"

struct signed_list {
    struct str *item;
    size_t count, cap;
};

struct signed_attribute {
    struct str type;   /* content of its OBJECT IDENTIFIER */
    struct str whole;  /* the SEQUENCE */
    struct str values; /* content of its SET */
    size_t value_count;
};

struct signed_attributes {
    struct signed_attribute *item;
    size_t count, cap;
};

struct signed_data {
    struct str content_type;
    bool has_content;
    struct str content;
    struct signed_list certs, crls, ocsps; /* DER of each; ocsps are OCSPResponse */
    size_t signers;
    /* of the first signer: issuer and serial number, or the key's identifier */
    struct str issuer, serial, key_id;                /* a whole Name; contents */
    struct str digest_algorithm, signature_algorithm; /* whole AlgorithmIdentifiers */
    bool has_attributes;
    struct signed_attributes signed_attributes, unsigned_attributes;
    struct str signature;
    struct str behind; /* bytes behind the value */
};

/* False for what is no SignedData as RFC 5652 has it. */
bool signed_read(struct arena *arena, struct str bytes, struct signed_data *out);

/* The first attribute of a type, or NULL. */
const struct signed_attribute *signed_find(const struct signed_attributes *attributes,
                                           struct str type);

/* The signed attributes as a signature is computed over them: a SET in DER, whose members are in
 * order. False when one of them is no DER by itself. */
bool signed_bytes(struct arena *arena, const struct signed_data *cms, struct str *out);

/* Adds what Adobe's attribute of revocation brings, and nothing where it is none. */
void signed_adobe_revocation(struct arena *arena, const struct signed_data *cms,
                             struct signed_list *crls, struct signed_list *ocsps);

#endif
