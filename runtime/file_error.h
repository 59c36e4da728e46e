/* What the system says about files, as findings in both tongues. */
#ifndef KAOHE_RUNTIME_FILE_ERROR_H
#define KAOHE_RUNTIME_FILE_ERROR_H

#include "finding.h"

enum file_act { FILE_READING, FILE_READING_FOLDER, FILE_WRITING };

/* Adds the finding for an errno value met while doing `act` on `path`. */
void file_error(struct findings *problems, enum file_act act, struct text path, int error);

#endif
