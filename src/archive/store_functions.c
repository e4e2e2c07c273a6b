/* Functions of ours that SQL may call. */
#include "archive/store_inner.h"

int
store_add_functions(sqlite3 *db)
{
    (void)db;
    return SQLITE_OK;
}
