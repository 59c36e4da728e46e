/* Whether a workbook came out whole. */
#ifndef KAOHE_CLI_ZIP_CHECK_H
#define KAOHE_CLI_ZIP_CHECK_H

#include <stdbool.h>

/* Every entry unpacks and ends with a tag, as XML does: one that was cut off does not. False also where it cannot be read. */
bool zip_is_whole(const char *path);

/* NULL, or why the library that looks at them cannot be loaded. */
const char *zip_check_load(void);

#endif
