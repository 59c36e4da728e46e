/* libpq, loaded when a database is first asked for.
 *
 * Decision: libpq brings two dozen libraries along (two for TLS, Kerberos, LDAP), whose loading takes longer than the scoring
 * of an office; so it is not linked, but found by its name at run time. Its header is that of the package. Cost: that it is
 * not installed shows when it is needed. A header alone, because both the library and the program have a connection.
 */
#ifndef KAOHE_RUNTIME_LIBPQ_H
#define KAOHE_RUNTIME_LIBPQ_H

#include <dlfcn.h>
#include <libpq-fe.h>
#include <stdbool.h>
#include <string.h>

/* The functions that are used. */
#define LIBPQ_CALLS(CALL) \
    CALL(PQclear) \
    CALL(PQconnectdb) \
    CALL(PQconnectdbParams) \
    CALL(PQconninfoFree) \
    CALL(PQconninfoParse) \
    CALL(PQerrorMessage) \
    CALL(PQexec) \
    CALL(PQfinish) \
    CALL(PQfname) \
    CALL(PQfreemem) \
    CALL(PQftype) \
    CALL(PQgetResult) \
    CALL(PQgetisnull) \
    CALL(PQgetlength) \
    CALL(PQgetvalue) \
    CALL(PQnfields) \
    CALL(PQntuples) \
    CALL(PQputCopyData) \
    CALL(PQputCopyEnd) \
    CALL(PQresultStatus) \
    CALL(PQsetClientEncoding) \
    CALL(PQstatus)

static struct {
#define CALL(name) __typeof__(name) *name;
    LIBPQ_CALLS(CALL)
#undef CALL
    bool loaded;
} libpq;

/* NULL: its functions may be called. Otherwise why it cannot be loaded. Not from several threads at once. */
static const char *libpq_load(void)
{
    if (libpq.loaded) return NULL;
    void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL); /* stays until the end of the program */
    if (!library) return dlerror();
    void *call;
#define CALL(name)                                                                                                          \
    call = dlsym(library, #name);                                                                                           \
    if (!call) return "libpq.so.5: " #name;                                                                                 \
    memcpy(&libpq.name, &call, sizeof call);
    LIBPQ_CALLS(CALL)
#undef CALL
    libpq.loaded = true;
    return NULL;
}

#endif
