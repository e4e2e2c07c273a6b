/* What a user, or the system's keeper, configured for signing: signing.yaml beside the other
 * configuration. Nothing of it ever comes from a PDF or a report. */
#ifndef SIGN_CONFIG_H
#define SIGN_CONFIG_H

struct work;

/* A text by its key: "pkcs11" (a module), "token", "tsa" (a URL). NULL where it is not configured,
 * or after messages. */
const char *config_text(struct work *w, const char *key);

#endif
