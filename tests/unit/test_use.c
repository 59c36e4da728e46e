/* Used files through the public header: where they are looked for, and what a host is told of them.
 *
 * In: files written into a folder of the test's own. Out: cmocka's counts.
 */
#include "../../compiler/kaohe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char SCHEME[] = "scheme \"A\"\nuse \"lists.kh\"\nunit office\n  name text\n  level level\nitem 1 \"A\" worth 5\n"
                             "  -1 if level is county\n";
static char folder[] = "/tmp/kaohe-use-XXXXXX";

static void write_file(const char *name, const char *words)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(words, 1, strlen(words), file), strlen(words));
    assert_int_equal(fclose(file), 0);
}

static kh_status open_as(const char *name, kh_scheme **scheme)
{
    return kh_scheme_open(NULL, name, SCHEME, sizeof SCHEME - 1, scheme);
}

static void test_read_beside_the_scheme(void **state)
{
    (void)state;
    char name[256], used[256];
    kh_scheme *scheme;
    const kh_text *files;
    size_t count;
    snprintf(name, sizeof name, "%s/scheme.kh", folder);
    snprintf(used, sizeof used, "%s/lists.kh", folder);
    write_file("lists.kh", "values level one of county < city\n");
    assert_int_equal(open_as(name, &scheme), KH_OK);
    assert_false(kh_scheme_is_shared(scheme));
    assert_int_equal(kh_scheme_files(scheme, &files, &count), KH_OK);
    assert_int_equal(count, 1);
    assert_int_equal(files[0].len, strlen(used));
    assert_memory_equal(files[0].at, used, files[0].len);
    kh_scheme_close(scheme);
}

static void test_finding_names_the_file(void **state)
{
    (void)state;
    char name[256];
    kh_scheme *scheme;
    const kh_finding *findings;
    size_t count;
    snprintf(name, sizeof name, "%s/scheme.kh", folder);
    write_file("lists.kh", "values level one of county < city\nlet x = nobody\n");
    assert_int_equal(open_as(name, &scheme), KH_FINDINGS);
    assert_int_equal(kh_scheme_findings(scheme, &findings, &count), KH_OK);
    size_t found = 0;
    for (size_t k = 0; k < count; k++) {
        if (findings[k].severity != KH_ERROR) continue;
        found++;
        assert_string_equal(findings[k].code, "E200");
        assert_int_equal(findings[k].line, 2);
        assert_int_equal(findings[k].column, 9);
        assert_int_equal(findings[k].scheme_file.len, strlen(folder) + strlen("/lists.kh"));
    }
    assert_int_equal(found, 1);
    kh_scheme_close(scheme);
}

/* A host that gives no name has a text from somewhere, and no folder: nothing is read from where it happens to run. */
static void test_no_name_reads_nothing(void **state)
{
    (void)state;
    kh_scheme *scheme;
    const kh_finding *findings;
    size_t count;
    write_file("lists.kh", "values level one of county < city\n");
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(open_as("scheme.kh", &scheme), KH_OK); /* it is there */
    kh_scheme_close(scheme);
    assert_int_equal(open_as("", &scheme), KH_FINDINGS);
    assert_int_equal(kh_scheme_findings(scheme, &findings, &count), KH_OK);
    assert_int_equal(count, 1);
    assert_string_equal(findings[0].code, "E391");
    assert_int_equal(findings[0].line, 2);
    kh_scheme_close(scheme);
}

static void test_shared_file_is_no_scheme(void **state)
{
    (void)state;
    kh_scheme *scheme;
    size_t errors;
    const char words[] = "values level one of county < city\n";
    assert_int_equal(kh_scheme_open(NULL, "lists.kh", words, sizeof words - 1, &scheme), KH_FINDINGS);
    assert_true(kh_scheme_is_shared(scheme));
    kh_scheme_counts(scheme, &errors, NULL, NULL);
    assert_int_equal(errors, 0);
    kh_scheme_close(scheme);
}

static int clean(void **state)
{
    (void)state;
    char path[256];
    snprintf(path, sizeof path, "%s/lists.kh", folder);
    unlink(path);
    return chdir("/") || rmdir(folder);
}

static int prepare(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_beside_the_scheme),
        cmocka_unit_test(test_finding_names_the_file),
        cmocka_unit_test(test_no_name_reads_nothing),
        cmocka_unit_test(test_shared_file_is_no_scheme),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
