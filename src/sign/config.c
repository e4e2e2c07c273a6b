#include "sign/config.h"

#include "base/arena.h"
#include "base/path.h"
#include "engine/places.h"
#include "value/value.h"

/* The value in one folder's configuration. */
static const char *
text_in(struct work *w, const char *dir, const char *key)
{
    const char *path = dir == NULL ? NULL : path_join(w->arena, dir, "signing.yaml");

    if (path == NULL || !work_exists(w, path))
        return NULL;
    const struct value *file = work_yaml(w, path, NULL);
    const struct value *text =
        file == NULL || file->kind != VALUE_MAP ? NULL : value_get(file, str_of(key));
    return text == NULL || text->kind != VALUE_TEXT || text->text.len == 0
               ? NULL
               : str_cstr(w->arena, text->text);
}

const char *
config_text(struct work *w, const char *key)
{
    const char *text = text_in(w, w->places->config, key);

    return text != NULL ? text : text_in(w, w->places->system, key);
}
