/* libzip, opened when a workbook is read: with libcrypto, which it brings, it takes nearly as long
 * to load as all other libraries together, and most reports are no workbooks. */
#ifndef SHEET_UNZIP_H
#define SHEET_UNZIP_H

#include <zip.h>

struct arena;

#define UNZIP_FUNCTIONS(X)      \
    X(zip_discard)              \
    X(zip_error_code_zip)       \
    X(zip_error_fini)           \
    X(zip_error_init)           \
    X(zip_error_strerror)       \
    X(zip_fclose)               \
    X(zip_file_strerror)        \
    X(zip_fopen_index)          \
    X(zip_fread)                \
    X(zip_get_name)             \
    X(zip_get_num_entries)      \
    X(zip_open_from_source)     \
    X(zip_source_buffer_create) \
    X(zip_source_free)          \
    X(zip_stat_index)           \
    X(zip_strerror)

/* Its functions, under their own names. */
struct unzip {
#define MEMBER(name) __typeof__(name) *name;
    UNZIP_FUNCTIONS(MEMBER)
#undef MEMBER
};

/* NULL where the system has no such library. */
const struct unzip *unzip_open(struct arena *arena);

#endif
