/* The printer: canonical form, both tongues, comments, names. Every expected text was written by hand. */
#include "../../grammar/ast.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_open(NULL, 0);
    if (!arena) return -1;
    if (setjmp(*arena_trap(arena))) exit(2);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

static struct ast_file *parsed(const char *source)
{
    struct findings findings;
    findings_init(&findings, arena, 0);
    struct ast_file *file = ast_parse(arena, TEXT("test.kh"), text_of(source), &findings);
    if (findings.errors) {
        struct buffer out;
        buffer_init(&out, arena);
        for (size_t i = 0; i < findings.count; i++)
            finding_render(&out, &findings.items[i], TONGUE_EN, file->name, file->source);
        fail_msg("%.*s", TEXT_ARG(buffer_result(&out)));
    }
    return file;
}

static const char *printed(const char *source, enum tongue tongue)
{
    struct buffer out;
    buffer_init(&out, arena);
    ast_print(&out, arena, parsed(source), tongue);
    buffer_char(&out, '\0');
    return out.at;
}

static void same(const char *source, const char *canonical, enum tongue tongue)
{
    assert_string_equal(printed(source, tongue), canonical);
    assert_string_equal(printed(canonical, tongue), canonical);
}

/* Two canonical texts, each the translation of the other. */
static void twins(const char *en, const char *zh)
{
    assert_string_equal(printed(en, TONGUE_EN), en);
    assert_string_equal(printed(zh, TONGUE_ZH), zh);
    assert_string_equal(printed(en, TONGUE_ZH), zh);
    assert_string_equal(printed(zh, TONGUE_EN), en);
}

static void test_a_scheme_in_both_tongues(void **state)
{
    (void)state;
    twins("scheme \"Study\"\n"
          "  edition 2007\n"
          "  source  \"Rules\"\n"
          "  period  2007-01-01 to 2007-12-31\n"
          "  round   2 places half up\n"
          "\n"
          "values level \"级别\" one of county \"县级\" < city \"市级\"\n"
          "\n"
          "unit organ \"机关\"\n"
          "  organ_name   \"单位名称\"    text key\n"
          "  study_plan   \"有学习计划\"  yes/no\n"
          "  score_given  \"满意度\"      number 0 to 100 step 0.1\n"
          "\n"
          "table session \"学习\" by held, at least 6\n"
          "  held      \"学习日期\"  date\n"
          "  present   \"出席人数\"  count\n"
          "  expected  \"应到人数\"  count 1 to 500\n"
          "  must present <= expected\n"
          "  rate      \"出席率\"    = present / expected\n"
          "\n"
          "item 1 \"Study\" worth 20\n"
          "  -2 if not study_plan  because \"no plan\"  source \"1(1)\"\n"
          "  per missing session: -2, cap 10, veto if count > 4\n"
          "  per session where rate < 80%: -2\n"
          "\n"
          "grades\n"
          "  good \"优秀\" from 95, at most 30%\n"
          "  poor \"较差\" otherwise\n",
          "方案 “Study”\n"
          "  版次   2007\n"
          "  依据   “Rules”\n"
          "  考核期 2007-01-01 至 2007-12-31\n"
          "  保留   2位小数 四舍五入\n"
          "\n"
          "值表 级别 “level” 取值 县级 “county” < 市级 “city”\n"
          "\n"
          "考核对象 机关 “organ”\n"
          "  单位名称    “organ_name”   文字 主键\n"
          "  有学习计划  “study_plan”   是否\n"
          "  满意度      “score_given”  数值 0 至 100 步长 0.1\n"
          "\n"
          "表 学习 “session” 按 学习日期，不少于 6次\n"
          "  学习日期  “held”      日期\n"
          "  出席人数  “present”   整数\n"
          "  应到人数  “expected”  整数 1 至 500\n"
          "  须 出席人数 <= 应到人数\n"
          "  出席率    “rate”      = 出席人数 / 应到人数\n"
          "\n"
          "项目 1 “Study” 满分 20分\n"
          "  若 未 有学习计划：扣2分  理由 “no plan”  依据 “1(1)”\n"
          "  每缺 学习：扣2分，累计不超过10分，一票否决 若 次数 > 4\n"
          "  每次 学习 其中 出席率 < 80%：扣2分\n"
          "\n"
          "等次\n"
          "  优秀 “good” 95分以上，不超过 30%\n"
          "  较差 “poor” 其余\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_scheme_in_both_tongues),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
