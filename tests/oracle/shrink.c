/* Drops lines, in ever smaller runs, from each file of a folder; see shrink.h.
 *
 * Decision: the first line of a CSV file, its headings, stays. Cost: columns are not dropped.
 */
#include "shrink.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 32, MOST_LINES = 4000 };

struct lines {
    char path[700];
    char *bytes;
    char *at[MOST_LINES + 1]; /* starts; one more: the end */
    bool out[MOST_LINES];
    int count, first;
};

static bool load(struct lines *file)
{
    FILE *in = fopen(file->path, "rb");
    if (!in) return false;
    fseek(in, 0, SEEK_END);
    long size = ftell(in);
    rewind(in);
    file->bytes = size >= 0 ? malloc((size_t)size + 1) : NULL;
    bool fine = file->bytes && fread(file->bytes, 1, (size_t)size, in) == (size_t)size;
    fclose(in);
    if (!fine) return false;
    file->bytes[size] = '\0';
    for (char *at = file->bytes; *at && file->count < MOST_LINES;) {
        file->at[file->count++] = at;
        char *end = strchr(at, '\n');
        at = end ? end + 1 : at + strlen(at);
    }
    file->at[file->count] = file->bytes + size;
    return true;
}

static bool store(const struct lines *file)
{
    FILE *out = fopen(file->path, "wb");
    if (!out) return false;
    for (int i = 0; i < file->count; i++)
        if (!file->out[i]) fwrite(file->at[i], 1, (size_t)(file->at[i + 1] - file->at[i]), out);
    return fclose(out) == 0;
}

/* Tries without each run of `length` lines. */
static bool pass(struct lines *file, int length, const char *folder, bool (*fails)(const char *, void *), void *data)
{
    bool moved = false;
    for (int from = file->first; from < file->count; from += length) {
        bool before[MOST_LINES], any = false;
        memcpy(before, file->out, sizeof before);
        for (int i = from; i < from + length && i < file->count; i++) any |= !file->out[i], file->out[i] = true;
        if (any && store(file) && fails(folder, data)) moved = true;
        else memcpy(file->out, before, sizeof before);
    }
    return store(file) && moved;
}

static int by_scheme_first(const struct dirent **a, const struct dirent **b)
{
    bool x = strstr((*a)->d_name, ".kh") != NULL, y = strstr((*b)->d_name, ".kh") != NULL;
    return x != y ? y - x : strcmp((*a)->d_name, (*b)->d_name);
}

bool shrink(const char *folder, bool (*fails)(const char *, void *), void *data)
{
    static struct lines files[MOST_FILES];
    struct dirent **names;
    int found = scandir(folder, &names, NULL, by_scheme_first), count = 0;
    if (found < 0 || !fails(folder, data)) return false;
    memset(files, 0, sizeof files);
    for (int i = 0; i < found; i++) {
        if (names[i]->d_name[0] != '.' && count < MOST_FILES) {
            struct lines *file = &files[count++];
            snprintf(file->path, sizeof file->path, "%s/%s", folder, names[i]->d_name);
            file->first = strstr(names[i]->d_name, ".csv") ? 1 : 0;
            if (!load(file)) return false;
        }
        free(names[i]);
    }
    free(names);
    for (bool moved = true; moved;) {
        moved = false;
        for (int f = 0; f < count; f++)
            for (int length = files[f].count / 2; length > 0; length /= 2) moved |= pass(&files[f], length, folder, fails, data);
    }
    for (int f = 0; f < count; f++) free(files[f].bytes);
    return true;
}
