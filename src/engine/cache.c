#include "engine/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"

/* Of things that no report uses those are kept that were used last, up to so many: reports may each
 * bring a template. */
#define KEPT_MAX 64

/* The coarsest clock of a file system, FAT's, in nanoseconds. */
#define FRESH UINT64_C(2000000000)

struct watch {
    struct watched {
        const char *path;
        struct file_stamp stamp;
        bool fresh; /* the time is so near that a later change may leave it as it is */
        struct watched *next;
    } * first;
};

struct cached {
    const char *key;
    const char *known; /* of the files, see base/files.h; or NULL */
    struct arena *arena;
    struct diags *diags;
    struct inputs inputs;
    struct watch watch;
    struct cached *with[CACHE_WITH];
    const void *made;
    void (*close)(const void *made);
    size_t users;
    bool current; /* is offered to reports that come */
    struct cached *next;
};

struct held_one {
    struct cached *cached;
    struct held_one *next;
};

struct cache {
    pthread_mutex_t lock;
    /* that used last; those that are no longer current as long as they are used */
    struct cached *first;
};

void
cache_lock(struct cache *cache)
{
    (void)pthread_mutex_lock(&cache->lock);
}

void
cache_unlock(struct cache *cache)
{
    (void)pthread_mutex_unlock(&cache->lock);
}

struct cache *
cache_new(void)
{
    struct cache *cache = calloc(1, sizeof *cache);

    if (cache == NULL)
        arena_oom(sizeof *cache);
    (void)pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

static void
free_cached(struct cached *cached)
{
    for (size_t i = 0; i < CACHE_WITH; i++)
        if (cached->with[i] != NULL)
            cached->with[i]->users--;
    if (cached->made != NULL && cached->close != NULL)
        cached->close(cached->made);
    diags_free(cached->diags);
    arena_free(cached->arena);
}

/* What points into something that is no longer offered is not offered either. */
static bool
is_offered(const struct cached *cached)
{
    for (size_t i = 0; i < CACHE_WITH; i++)
        if (cached->with[i] != NULL && !cached->with[i]->current)
            return false;
    return cached->current;
}

/* Frees what is neither used nor offered; freeing one may be the end of what it points into. */
static void
sweep(struct cache *cache)
{
    for (bool again = true; again;) {
        again = false;
        for (struct cached **at = &cache->first; *at != NULL;) {
            struct cached *cached = *at;
            cached->current = is_offered(cached);
            if (cached->users > 0 || cached->current) {
                at = &cached->next;
                continue;
            }
            *at = cached->next;
            free_cached(cached);
            again = true;
        }
    }
}

void
cache_forget(struct cache *cache)
{
    cache_lock(cache);
    for (struct cached *at = cache->first; at != NULL; at = at->next)
        at->current = false;
    sweep(cache);
    cache_unlock(cache);
}

void
cache_free(struct cache *cache)
{
    cache_forget(cache);
    (void)pthread_mutex_destroy(&cache->lock);
    free(cache);
}

/* ---- what a thing depends on */

static bool
is_watched(const struct watch *watch, const char *path)
{
    const struct watched *at = watch->first;

    while (at != NULL && strcmp(at->path, path) != 0)
        at = at->next;
    return at != NULL;
}

/* A path that is looked for and then read is as it was when it was looked for. */
void
watch_path(struct work *w, const char *path)
{
    if (w->watch == NULL || is_watched(w->watch, path))
        return;
    struct watched *watched = arena_alloc(w->arena, sizeof *watched);
    struct timespec now;
    watched->path = arena_strndup(w->arena, path, strlen(path));
    watched->stamp = files_stamp(w->files, path);
    (void)clock_gettime(CLOCK_REALTIME, &now);
    watched->fresh =
        (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec - watched->stamp.mtime < FRESH;
    watched->next = w->watch->first;
    w->watch->first = watched;
}

static bool
is_same(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->exists == b->exists && a->device == b->device && a->inode == b->inode &&
           a->size == b->size && a->mtime == b->mtime;
}

/* Nothing is shared that depends on bytes which one report lays over the files, but what others lay
 * over theirs, too. */
static bool
has_laid_over(const struct files *files, const struct watch *watch)
{
    for (const struct watched *at = watch->first; at != NULL; at = at->next) {
        if (files_is_unknown(files, at->path))
            return true;
    }
    return false;
}

static bool
is_known_as(const struct cached *cached, const struct files *files)
{
    return cached->known == files->known || (cached->known != NULL && files->known != NULL &&
                                             strcmp(cached->known, files->known) == 0);
}

/* What had just changed when it was read may have changed again, with the same time. */
static bool
is_up_to_date(const struct files *files, const struct watch *watch)
{
    for (const struct watched *at = watch->first; at != NULL; at = at->next) {
        struct file_stamp now = files_stamp(files, at->path);
        if (at->fresh || !is_same(&at->stamp, &now))
            return false;
    }
    return !has_laid_over(files, watch);
}

/* ---- getting */

static void
hold(struct work *w, struct cached *cached)
{
    struct held_one *one = arena_alloc(w->arena, sizeof *one);

    *one = (struct held_one){cached, w->held->first};
    w->held->first = one;
    cached->users++;
}

void
cache_release(struct cache *cache, struct held *held)
{
    cache_lock(cache);
    for (struct held_one *at = held->first; at != NULL; at = at->next)
        at->cached->users--;
    held->first = NULL;
    sweep(cache);
    cache_unlock(cache);
}

static struct cached *
entry_of(struct work *w, const void *made)
{
    struct held_one *at = w->held->first;

    while (at != NULL && at->cached->made != made)
        at = at->next;
    return at == NULL ? NULL : at->cached;
}

static struct cached *
move_to_front(struct cache *cache, struct cached **link)
{
    struct cached *cached = *link;

    *link = cached->next;
    cached->next = cache->first;
    cache->first = cached;
    return cached;
}

/* What was made last under a key; it is no longer current when its files changed. */
static struct cached *
find(struct work *w, const char *key, struct cached *const with[CACHE_WITH])
{
    for (struct cached **link = &w->cache->first; *link != NULL; link = &(*link)->next) {
        struct cached *at = *link;
        if (!at->current || memcmp(at->with, with, sizeof at->with) != 0 ||
            strcmp(at->key, key) != 0 || !is_known_as(at, w->files))
            continue;
        if (is_up_to_date(w->files, &at->watch))
            return move_to_front(w->cache, link);
        at->current = has_laid_over(w->files, &at->watch);
    }
    return NULL;
}

static struct cached *
make_new(struct work *w, const char *key, cache_make *make, const void *job)
{
    struct arena *arena = arena_new(arena_budget(w->arena));
    struct cached *cached = arena_alloc(arena, sizeof *cached);

    *cached = (struct cached){
        .key = arena_strndup(arena, key, strlen(key)), .arena = arena, .diags = diags_new()};
    if (w->files->known != NULL)
        cached->known = arena_strndup(arena, w->files->known, strlen(w->files->known));
    struct work inner = *w;
    inner.arena = arena;
    inner.diags = cached->diags;
    inner.inputs = &cached->inputs;
    inner.watch = &cached->watch;
    inner.wishes = NULL;
    cached->made = make(&inner, job);
    return cached;
}

/* Keeps those only that were used last. */
static void
keep(struct cache *cache, struct cached *cached)
{
    size_t count = 0;

    cached->next = cache->first;
    cache->first = cached;
    for (struct cached *at = cached; at != NULL; at = at->next) {
        if (at->current && ++count > KEPT_MAX)
            at->current = false;
    }
    sweep(cache);
}

static void
tell(struct work *w, const struct cached *cached)
{
    for (size_t i = 0; i < diags_count(cached->diags); i++)
        diag_copy(w->diags, diags_at(cached->diags, i), NULL, NULL);
    diags_count_dropped(w->diags, cached->diags);
    for (const struct input *at = cached->inputs.first; at != NULL; at = at->next)
        inputs_append(w->inputs, w->arena, at);
}

const void *
cache_get(struct work *w, const char *key, const void *const with[CACHE_WITH], cache_make *make,
          void (*close)(const void *made), const void *job)
{
    cache_lock(w->cache);
    struct cached *below[CACHE_WITH] = {NULL};
    bool lasts = true;
    for (size_t i = 0; with != NULL && i < CACHE_WITH; i++) {
        below[i] = entry_of(w, with[i]);
        lasts = lasts && below[i]->current;
    }
    struct cached *cached = find(w, key, below);
    bool is_new = cached == NULL;

    if (is_new) {
        cached = make_new(w, key, make, job);
        cached->close = close;
        cached->current = lasts && cached->made != NULL && !has_laid_over(w->files, &cached->watch);
        for (size_t i = 0; i < CACHE_WITH; i++) {
            cached->with[i] = below[i];
            if (below[i] != NULL)
                below[i]->users++;
        }
    }
    tell(w, cached);
    hold(w, cached);
    if (is_new)
        keep(w->cache, cached);
    cache_unlock(w->cache);
    return cached->made;
}
