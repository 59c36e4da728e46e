/* The limits of limits.def as constants: LIMIT_NAME. */
#ifndef KAOHE_RUNTIME_LIMITS_H
#define KAOHE_RUNTIME_LIMITS_H
enum {
#define LIMIT(name, value, reason) LIMIT_##name = (value),
#include "limits.def"
#undef LIMIT
    LIMITS_END
};
#endif
