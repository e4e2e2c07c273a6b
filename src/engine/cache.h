/* What the reports of a context share: templates, rubrics, fonts, the emblem. Each is made once,
 * and anew when one of the files changed that it was made from or that were looked for. What is
 * made is never changed; a report keeps what it has taken until it is closed. */
#ifndef ENGINE_CACHE_H
#define ENGINE_CACHE_H

#include "engine/work.h"

/* Makes something to be shared, in an arena of its own. It outlives the job, so what it keeps of
 * this it copies. NULL after diagnostics. */
typedef const void *cache_make(struct work *w, const void *job);

struct cache *cache_new(void);
void cache_free(struct cache *cache);

/* What `make` returned for this key. Its messages and inputs are added to those of the report,
 * also when it was made for another one. `with` are the shared things that this one points into,
 * which the report has taken before; NULL: none. `close` frees what lies in no arena, or is NULL.
 */
#define CACHE_WITH 2
const void *cache_get(struct work *w, const char *key, const void *const with[CACHE_WITH],
                      cache_make *make, void (*close)(const void *made), const void *job);

/* Gives back all that a report has taken. */
void cache_release(struct cache *cache, struct held *held);

/* Makes everything anew when it is next asked for. */
void cache_forget(struct cache *cache);

/* For facts that are found out later of what is shared. */
void cache_lock(struct cache *cache);
void cache_unlock(struct cache *cache);

/* Notes that what is being made depends on this path; nothing to do when `w->watch` is NULL. */
void watch_path(struct work *w, const char *path);

/* What a report has taken out of the cache. */
struct held {
    struct held_one *first;
};

#endif
