/* Libraries that are loaded when they are first called.
 *
 * Decision: an office's 60 units in CSV are scored faster than the libraries of workbooks and databases are loaded (two of
 * them bring a library for TLS along, libpq two dozen others); so these are not linked, but found at run time by the name
 * that the linker would have noted, and called through a struct of the same names: libzip.zip_open(…). Headers are those of
 * the packages. Cost: that one is not installed shows when it is needed, as a message. A header alone, because both the
 * library and the program, which knows no more of it than kh_*, have use for it.
 */
#ifndef KAOHE_RUNTIME_LOADED_H
#define KAOHE_RUNTIME_LOADED_H

#include "sonames.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

/* The functions of `file`, whose names stand in `names`, each ending with a NUL and the last with two, to where `calls`
 * points, in that order. NULL, or the words of the system that say what is missing. It stays loaded until the program ends.
 */
static inline const char *loaded_open(const char *file, const char *names, void *calls)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
    for (char *at = calls; *names; names += strlen(names) + 1) {
        void *call = dlsym(library, names);
        if (!call) return dlerror();
        memcpy(at, &call, sizeof call); /* C has no conversion from an object's pointer to a function's */
        at += sizeof call;
    }
    return NULL;
}

/* For a list of a library's functions, CALLS: a struct of them called `library`, and library_load(), which returns NULL if
 * they may be called from now on, otherwise why not. Not from several threads at once. */
#define LOADED(library, soname, CALLS)                                                                                      \
    static struct {                                                                                                         \
        CALLS(LOADED_CALL)                                                                                                  \
        bool loaded;                                                                                                        \
    } library;                                                                                                              \
    static const char *library##_load(void)                                                                                 \
    {                                                                                                                       \
        if (library.loaded) return NULL;                                                                                    \
        const char *missing = loaded_open(soname, CALLS(LOADED_NAME), &library);                                            \
        library.loaded = !missing;                                                                                          \
        return missing;                                                                                                     \
    }
#define LOADED_CALL(name) __typeof__(name) *name;
#define LOADED_NAME(name) #name "\0"

#endif
