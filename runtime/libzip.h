/* libzip, loaded when a workbook is first read: see loaded.h. */
#ifndef KAOHE_RUNTIME_LIBZIP_H
#define KAOHE_RUNTIME_LIBZIP_H

#include "loaded.h"

#include <zip.h>

#define LIBZIP_CALLS(CALL)                                                                                                  \
    CALL(zip_discard)                                                                                                       \
    CALL(zip_error_code_zip)                                                                                                \
    CALL(zip_error_fini)                                                                                                    \
    CALL(zip_error_init)                                                                                                    \
    CALL(zip_error_strerror)                                                                                                \
    CALL(zip_fclose)                                                                                                        \
    CALL(zip_file_get_error)                                                                                                \
    CALL(zip_fopen_index)                                                                                                   \
    CALL(zip_fread)                                                                                                         \
    CALL(zip_get_error)                                                                                                     \
    CALL(zip_get_name)                                                                                                      \
    CALL(zip_get_num_entries)                                                                                               \
    CALL(zip_name_locate)                                                                                                   \
    CALL(zip_open)                                                                                                          \
    CALL(zip_open_from_source)                                                                                              \
    CALL(zip_source_buffer_create)                                                                                          \
    CALL(zip_source_free)                                                                                                   \
    CALL(zip_stat_index)

LOADED(libzip, SONAME_LIBZIP, LIBZIP_CALLS)

#endif
