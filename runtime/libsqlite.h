/* SQLite, loaded when a file of it is first read or written: see loaded.h. */
#ifndef KAOHE_RUNTIME_LIBSQLITE_H
#define KAOHE_RUNTIME_LIBSQLITE_H

#include "loaded.h"

#include <sqlite3.h>

#define LIBSQLITE_CALLS(CALL)                                                                                               \
    CALL(sqlite3_bind_null)                                                                                                 \
    CALL(sqlite3_bind_text64)                                                                                               \
    CALL(sqlite3_busy_timeout)                                                                                              \
    CALL(sqlite3_close)                                                                                                     \
    CALL(sqlite3_close_v2)                                                                                                  \
    CALL(sqlite3_column_bytes)                                                                                              \
    CALL(sqlite3_column_count)                                                                                              \
    CALL(sqlite3_column_decltype)                                                                                           \
    CALL(sqlite3_column_int64)                                                                                              \
    CALL(sqlite3_column_name)                                                                                               \
    CALL(sqlite3_column_text)                                                                                               \
    CALL(sqlite3_column_type)                                                                                               \
    CALL(sqlite3_db_config)                                                                                                 \
    CALL(sqlite3_errcode)                                                                                                   \
    CALL(sqlite3_errmsg)                                                                                                    \
    CALL(sqlite3_exec)                                                                                                      \
    CALL(sqlite3_finalize)                                                                                                  \
    CALL(sqlite3_limit)                                                                                                     \
    CALL(sqlite3_open_v2)                                                                                                   \
    CALL(sqlite3_prepare_v2)                                                                                                \
    CALL(sqlite3_progress_handler)                                                                                          \
    CALL(sqlite3_reset)                                                                                                     \
    CALL(sqlite3_step)

LOADED(libsqlite, SONAME_LIBSQLITE, LIBSQLITE_CALLS)

#endif
