/* libpq, loaded when a database is first asked for: see loaded.h. */
#ifndef KAOHE_RUNTIME_LIBPQ_H
#define KAOHE_RUNTIME_LIBPQ_H

#include "loaded.h"

#include <libpq-fe.h>

#define LIBPQ_CALLS(CALL)                                                                                                   \
    CALL(PQclear)                                                                                                           \
    CALL(PQconnectdb)                                                                                                       \
    CALL(PQconnectdbParams)                                                                                                 \
    CALL(PQconninfoFree)                                                                                                    \
    CALL(PQconninfoParse)                                                                                                   \
    CALL(PQerrorMessage)                                                                                                    \
    CALL(PQexec)                                                                                                            \
    CALL(PQfinish)                                                                                                          \
    CALL(PQfname)                                                                                                           \
    CALL(PQfreemem)                                                                                                         \
    CALL(PQftype)                                                                                                           \
    CALL(PQgetResult)                                                                                                       \
    CALL(PQgetisnull)                                                                                                       \
    CALL(PQgetlength)                                                                                                       \
    CALL(PQgetvalue)                                                                                                        \
    CALL(PQnfields)                                                                                                         \
    CALL(PQntuples)                                                                                                         \
    CALL(PQputCopyData)                                                                                                     \
    CALL(PQputCopyEnd)                                                                                                      \
    CALL(PQresultStatus)                                                                                                    \
    CALL(PQsetClientEncoding)                                                                                               \
    CALL(PQstatus)

LOADED(libpq, SONAME_LIBPQ, LIBPQ_CALLS)

#endif
