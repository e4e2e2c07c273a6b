/* Chooses the reader by the name of the file. */
#include "value/read.h"

bool
value_is_json(const char *file)
{
    return str_ends_same(str_of(file), STR(".json")) ||
           str_ends_same(str_of(file), STR(".json.txt"));
}

struct value *
value_read(struct arena *arena, struct diags *diags, const char *file, struct str bytes)
{
    if (value_is_json(file))
        return value_read_json(arena, diags, file, bytes);
    return value_read_yaml(arena, diags, file, bytes);
}
