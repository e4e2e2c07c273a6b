/* Chooses the reader by the name of the file. */
#include "value/read.h"

/* In ASCII only, whatever the locale says of letters. */
static bool
ends_in(struct str name, struct str ending)
{
    struct str tail = str_sub(name, name.len - ending.len, ending.len);

    if (name.len < ending.len)
        return false;
    for (size_t i = 0; i < tail.len; i++)
        if ((tail.ptr[i] | 0x20) != (ending.ptr[i] | 0x20))
            return false;
    return true;
}

bool
value_is_json(const char *file)
{
    return ends_in(str_of(file), STR(".json")) || ends_in(str_of(file), STR(".json.txt"));
}

struct value *
value_read(struct arena *arena, struct diags *diags, const char *file, struct str bytes)
{
    if (value_is_json(file))
        return value_read_json(arena, diags, file, bytes);
    return value_read_yaml(arena, diags, file, bytes);
}
