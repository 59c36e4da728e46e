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

/* One line inside a declaration, with what it needs around it. */
static void twin_lines(const char *en, const char *zh)
{
    struct text english = arena_print(arena, "item 1 \"x\" worth 9\n  %s\n", en);
    struct text chinese = arena_print(arena, "项目 1 “x” 满分 9分\n  %s\n", zh);
    twins(english.at, chinese.at);
}

static void test_rules(void **state)
{
    (void)state;
    twin_lines("-2 if a", "若 a：扣2分");
    twin_lines("+0.5 if a and b", "若 a 且 b：加0.5分");
    twin_lines("if a: -2, cap 10", "若 a：扣2分，累计不超过10分");
    twin_lines("if a: -2, until none left", "若 a：扣2分，扣完为止");
    twin_lines("if a: -2, forfeit", "若 a：扣2分，不得分");
    twin_lines("if a: if b: -2", "若 a：若 b：扣2分");
    twin_lines("veto if a", "若 a：一票否决");
    twin_lines("veto to d if a", "若 a：一票否决 至 d");
    twin_lines("bar d if a or b", "若 a 或 b：不得评为 d");
    twin_lines("forfeit section 2 if a", "若 a：部分 2 不得分");
    twin_lines("per t: forfeit section 2 at 3", "每个 t：满3次 部分 2 不得分");
    twin_lines("forfeit item 2", "不得分 项目 2");
    twin_lines("if a: outcome o", "若 a：结果运用 o");
    twin_lines("undecided \"why\" if a", "若 a：待定 “why”");
    twin_lines("-5", "扣5分");
    twin_lines("-0.5 * a", "扣0.5 * a");
    twin_lines("-(a + b)", "扣（a + b）");
    twin_lines("+ h(a, b)", "加 h（a，b）");
    twin_lines("- a.b", "扣 a.b");
    twin_lines("score a * 2", "计分 a * 2");
    twin_lines("per t: -2", "每个 t：扣2分");
    twin_lines("per t as a where b except c: -2", "每个 t 作为 a 其中 b 除 c：扣2分");
    twin_lines("per f in t: -2", "每个 f 于 t：扣2分");
    twin_lines("per 2 t: +1", "每 2个 t：加1分");
    twin_lines("per t: -3, cap 9, veto at 4", "每个 t：扣3分，累计不超过9分，满4次 一票否决");
    twin_lines("per t: -3, cap 9, veto if count >= 4", "每个 t：扣3分，累计不超过9分，一票否决 若 次数 >= 4");
    twin_lines("per t: -3, bar d at 2, forfeit at 3", "每个 t：扣3分，满2次 不得评为 d，满3次 不得分");
    twin_lines("per missing a: -2", "每缺 a：扣2分");
    twin_lines("per missing 1% a of 80% whole steps where b: -2", "每缺 1% a 应有 80% 不足不计 其中 b：扣2分");
    twin_lines("per missing a of b started steps except c: -2", "每缺 a 应有 b 不足按一计 除 c：扣2分");
    twin_lines("per missing 3 days a of 30 pro rata: -2", "每缺 3天 a 应有 30 按比例：扣2分");
    twin_lines("per extra 5 a over 12: -2", "每超 5 a 基数 12：扣2分");
    twin_lines("per b: per missing t of 12: -2", "每个 b：每缺 t 应有 12：扣2分");
    twin_lines("-2 if a  because \"r\"  when q is x  source \"1\"", "若 a：扣2分  理由 “r”  当 q 为 x  依据 “1”");
    twin_lines("needs a \"n\", b \"m\"", "须具备 a “n”、b “m”");
    twin_lines("evidence \"papers\" by \"office\"", "方式 “papers” 由 “office”");
    twin_lines("applies if a else shared", "适用 若 a 否则 分摊");
    twin_lines("applies if a = 1", "适用 若 a = 1");
    twin_lines("note \"n\"  source \"2\"", "说明 “n”  依据 “2”");
    twin_lines("gap \"g\"", "缺文 “g”");
    twin_lines("f  \"h\"  count 1 to 5", "f  “h”  整数 1 至 5");
}

static void test_measure_words(void **state)
{
    (void)state;
    twins("table t by d, at least 6\n  d  date\n\n"
          "table 班子成员\n  姓名  text\n\n"
          "table 违纪案件\n  姓名  text\n\n"
          "item 1 \"x\" worth 9\n"
          "  per t: -1\n"
          "  per missing t of 12: -1\n"
          "  per 班子成员: -1\n"
          "  per 违纪案件: -1\n",
          "表 t 按 d，不少于 6次\n  d  日期\n\n"
          "表 班子成员\n  姓名  文字\n\n"
          "表 违纪案件\n  姓名  文字\n\n"
          "项目 1 “x” 满分 9分\n"
          "  每次 t：扣1分\n"
          "  每缺 t 应有 12次：扣1分\n"
          "  每人 班子成员：扣1分\n"
          "  每例 违纪案件：扣1分\n");
}

static void twin_expressions(const char *en, const char *zh)
{
    struct text english = arena_print(arena, "let x = %s\n", en), chinese = arena_print(arena, "设 x = %s\n", zh);
    twins(english.at, chinese.at);
}

static void test_expressions(void **state)
{
    (void)state;
    twin_expressions("a + b * c - d / e", "a + b * c - d / e");
    twin_expressions("(a + b) * c", "（a + b） * c");
    twin_expressions("a - (b - c)", "a - （b - c）");
    twin_expressions("a / (b / c)", "a / （b / c）");
    twin_expressions("-a * -b", "-a * -b");
    twin_expressions("-(a + b)", "-（a + b）");
    twin_expressions("a and b and not c", "a 且 b 且 未 c");
    twin_expressions("a or (b and c)", "a 或 （b 且 c）");
    twin_expressions("not (a or b)", "未 （a 或 b）");
    twin_expressions("a < b and c >= 80%", "a < b 且 c >= 80%");
    twin_expressions("a is b or c is not yes", "a 为 b 或 c 不为 是");
    twin_expressions("a = 1 or b != 2", "a = 1 或 b != 2");
    twin_expressions("a in (b, c)", "a 属于（b、c）");
    twin_expressions("a not in (1, 2)", "a 不属于（1、2）");
    twin_expressions("if a then b else c", "若 a 则 b 否则 c");
    twin_expressions("1 + (if a then b else c)", "1 + （若 a 则 b 否则 c）");
    twin_expressions("by a (b 1, c 2, otherwise 3)", "按 a（b 1，c 2，其余 3）");
    twin_expressions("min(a, b, 3)", "最小（a，b，3）");
    twin_expressions("max(known(a), abs(b))", "最大（已填（a），绝对值（b））");
    twin_expressions("place(r) + from_last(r) + size(r)", "名次（r） + 倒数名次（r） + 参评数（r）");
    twin_expressions("a default 0 + 1", "a 未填按 0 + 1");
    twin_expressions("a / b rounded to 2 places half up", "a / b 保留 2位小数 四舍五入");
    twin_expressions("a + (b rounded to 1 place down)", "a + （b 保留 1位小数 舍去）");
    twin_expressions("count of t", "个数 t");
    twin_expressions("(count of t where a > 1)", "（个数 t 其中 a > 1）");
    twin_expressions("count of distinct f in t", "不重复数 f 于 t");
    twin_expressions("sum of f in t + average of (f * 2) in t", "合计 f 于 t + 平均 （f * 2） 于 t");
    twin_expressions("(highest of f in t where a) - lowest of f in t", "（最高 f 于 t 其中 a） - 最低 f 于 t");
    twin_expressions("sum of f in t, best 3", "合计 f 于 t，取前 3个");
    twin_expressions("(sum of f in t, best 3) / 2", "（合计 f 于 t，取前 3个） / 2");
    twin_expressions("average of f in t, dropping highest 1 and lowest 2", "平均 f 于 t，去掉 最高分 1个 和 最低分 2个");
    twin_expressions("any t has a > 1", "有 t 符合 a > 1");
    twin_expressions("not (any t has a)", "未 （有 t 符合 a）");
    twin_expressions("(every t has a and b) or c", "（所有 t 符合 a 且 b） 或 c");
    twin_expressions("no t", "没有 t");
    twin_expressions("streak of t", "连续 t");
    twin_expressions("(streak of t where a) >= 3", "（连续 t 其中 a） >= 3");
    twin_expressions("days from a to b", "天数 自 a 至 b");
    twin_expressions("workdays from period.start to (a + 1 month)", "工作日数 自 考核期.起 至 （a + 1个月）");
    twin_expressions("a + 30 days + 1 workday + 5 years", "a + 30天 + 1个工作日 + 5年");
    twin_expressions("day(11, 30)", "日（11，30）");
    twin_expressions("month(a) = 3", "月份（a） = 3");
    twin_expressions("previous.grade is good", "上期.等次 为 good");
    twin_expressions("total > 60 and grade is good", "总分 > 60 且 等次 为 good");
    twin_expressions("grade by score is good", "得分等次 为 good");
    twin_expressions("item 1.10 + section 2 + bonus 3", "项目 1.10 + 部分 2 + 加分 3");
    twin_expressions("a.b + \"text\" + 2007-01-31", "a.b + “text” + 2007-01-31");
}

static void test_declarations(void **state)
{
    (void)state;
    twins("scheme \"x\"\n"
          "  period 2007-01-01 to 2007-12-31 carrying from 2006-07-01\n"
          "  round  parts 2 places, total 1 place half even\n"
          "  applies if a else zero\n"
          "\n"
          "values v one of a, \"b c\", 3\n"
          "values w \"h\" one of a \"ha\" < b \"hb\"\n"
          "use \"shared.kh\"\n"
          "use results of \"old.kh\" as old\n"
          "note \"n\"\n"
          "\n"
          "unit u\n"
          "  k       text key\n"
          "  c       count at least 1 optional\n"
          "  n       number -5 to 5 step 0.5\n"
          "  p  \"h\"  percent at most 50% only when a\n"
          "  d       date\n"
          "  w       unit\n"
          "  i       item\n"
          "  l       one of a, b optional\n"
          "  m       w key optional\n"
          "  z       yes/no/na applies if a else full\n"
          "\n"
          "table t \"ht\" of u by d from a + 1, at least 6\n"
          "  d  date\n"
          "\n"
          "table price for all\n"
          "  code  text key\n"
          "\n"
          "view v \"hv\" = t where a and b, once per f at highest g\n"
          "view y = t\n"
          "let z \"hz\" = 1  source \"1\"\n"
          "question q \"words\" one of a, b take b by \"who\"\n"
          "ranking r \"hr\" by a within g highest first then by b lowest first where c\n"
          "\n"
          "choose c \"hc\" in t\n"
          "  1 if a\n"
          "  undecided \"why\" if b  source \"2\"\n"
          "  otherwise 3\n"
          "\n"
          "grid g \"hg\" by a, b\n"
          "     x,  y\n"
          "  m  1,  -2\n"
          "  nn 10, 3%\n"
          "\n"
          "section 1 \"s\" worth 20 from 10 up to 30 weight 40% divided by a\n"
          "item 1.1 \"i\" unallotted 5 judged in steps of 0.5 by \"one\" 60%, \"two\" 40%\n"
          "item 1.2 \"j\" judged all or nothing\n"
          "bonus 2 \"b\" no limit\n"
          "\n"
          "every item\n"
          "  per t where i = this: -2\n"
          "\n"
          "grades  source \"3\"\n"
          "  one   \"ho\" from 90, at most 30% within f\n"
          "  two        80 to 89\n"
          "  mid        from a to b + 1\n"
          "  three      otherwise\n"
          "\n"
          "outcome o \"ho\" if a, due 30 days after published, to \"them\", may by \"us\"\n",
          "方案 “x”\n"
          "  考核期 2007-01-01 至 2007-12-31 结转自 2006-07-01\n"
          "  保留   各项 2位小数，总分 1位小数 四舍六入五成双\n"
          "  适用 若 a 否则 计零分\n"
          "\n"
          "值表 v 取值 a、“b c”、3\n"
          "值表 w “h” 取值 a “ha” < b “hb”\n"
          "引用 “shared.kh”\n"
          "引用结果 “old.kh” 作为 old\n"
          "说明 “n”\n"
          "\n"
          "考核对象 u\n"
          "  k       文字 主键\n"
          "  c       整数 不少于 1 可空\n"
          "  n       数值 -5 至 5 步长 0.5\n"
          "  p  “h”  百分比 不超过 50% 仅当 a\n"
          "  d       日期\n"
          "  w       考核对象\n"
          "  i       项目\n"
          "  l       取值 a、b 可空\n"
          "  m       w 主键 可空\n"
          "  z       是否不涉及 适用 若 a 否则 计满分\n"
          "\n"
          "表 t “ht” 属 u 按 d 自 a + 1，不少于 6次\n"
          "  d  日期\n"
          "\n"
          "表 price 全体共用\n"
          "  code  文字 主键\n"
          "\n"
          "选取 v “hv” = t 其中 a 且 b，同一 f 取最高 g\n"
          "选取 y = t\n"
          "设 z “hz” = 1  依据 “1”\n"
          "疑义 q “words” 取值 a、b 采用 b 由 “who”\n"
          "排名 r “hr” 按 a 分组按 g 从高到低 再按 b 从低到高 其中 c\n"
          "\n"
          "判定 c “hc” 于 t\n"
          "  若 a：1\n"
          "  若 b：待定 “why”  依据 “2”\n"
          "  其余 3\n"
          "\n"
          "对照表 g “hg” 按 a，b\n"
          "     x，  y\n"
          "  m  1，  -2\n"
          "  nn 10， 3%\n"
          "\n"
          "部分 1 “s” 满分 20分 起评 10分 最多 30分 权重 40% 除以 a\n"
          "项目 1.1 “i” 未分配 5分 评定 每档 0.5分 由 “one” 60%，“two” 40%\n"
          "项目 1.2 “j” 评定 全得或不得\n"
          "加分 2 “b” 不封顶\n"
          "\n"
          "各项目\n"
          "  每次 t 其中 i = 本项：扣2分\n"
          "\n"
          "等次  依据 “3”\n"
          "  one   “ho” 90分以上，不超过 30% 分组按 f\n"
          "  two        80分 至 89分\n"
          "  mid        自 a 至 b + 1\n"
          "  three      其余\n"
          "\n"
          "结果运用 o “ho” 若 a，期限 公布日 之后 30天，报送 “them”，可由 “us”\n");
}

static void test_examples(void **state)
{
    (void)state;
    twins("sample s\n"
          "  given a yes, b -2, c \"t\", d 2007-01-31, e 30, place(r) = 1\n"
          "  6 t a 1, b item 1.1\n"
          "  t a na with 12 m x 1, y 2 with w\n"
          "\n"
          "example \"e\" like s\n"
          "  0 t\n"
          "  expect item 1.1 = 1, total >= 60, a != 3\n"
          "  expect item 1 deducted 6, outcome o, no outcome p\n"
          "  expect veto, no veto, undecided, item 2 undecided, incomplete\n",
          "样本 s\n"
          "  已知 a 是，b -2，c “t”，d 2007-01-31，e 30，名次（r） = 1\n"
          "  6 t a 1，b 项目 1.1\n"
          "  t a 不涉及 附 12 m x 1，y 2 附 w\n"
          "\n"
          "例 “e” 同 s\n"
          "  0 t\n"
          "  应得 项目 1.1 = 1，总分 >= 60，a != 3\n"
          "  应得 项目 1 扣分 6，结果运用 o，没有 结果运用 p\n"
          "  应得 一票否决，没有 一票否决，待定，项目 2 待定，未完\n");
}

/* What people type, and what fmt makes of it. */
static void test_tidying(void **state)
{
    (void)state;
    same("Scheme \"x\"\n  edition 2007 ;\nlet  a=1+2*( b )\nlet c=x below 3\nitem 1 \"t\" , worth 5 points\n  lose 2 if c\n"
         "  if c then gain 1,\n    cap 3\n",
         "scheme \"x\"\n  edition 2007\n\nlet a = 1 + 2 * b\nlet c = x < 3\n\nitem 1 \"t\" worth 5\n  -2 if c\n  if c: +1, cap 3\n",
         TONGUE_EN);
    same("项目 1 \"学习\" 满分 20\n 若 未 计划，扣2分。\n 每2篇 稿件:加１分；\n 扣2分 若 甲\n", 
         "项目 1 “学习” 满分 20分\n  若 未 计划：扣2分\n  每 2篇 稿件：加1分\n  若 甲：扣2分\n", TONGUE_ZH);
    same("choose c\n  if a: 1\n  otherwise: 2\n", "choose c\n  1 if a\n  otherwise 2\n", TONGUE_EN);
    same("choose c\n  if a: 5 days\n  otherwise 3 days\n", "choose c\n  if a: 5 days\n  otherwise 3 days\n", TONGUE_EN);
    same("let a = 1 < x <= 3\n", "let a = 1 < x and x <= 3\n", TONGUE_EN);
    same("let a = 1\n\n\n\nlet b = 2\nlet c = 3\nunit u\n  n text\nlet d = 4\n",
         "let a = 1\n\nlet b = 2\nlet c = 3\n\nunit u\n  n  text\n\nlet d = 4\n", TONGUE_EN);
    same("", "", TONGUE_EN);
}

static void test_comments(void **state)
{
    (void)state;
    same("#!/usr/bin/env kaohe\n"
         "#   first\n"
         "\n"
         "unit u #tail\n"
         "# before n\n"
         "      # and again\n"
         "  n text   # of n\n"
         "\n"
         "  m text\n"
         "  # last of u\n"
         "# before i\n"
         "item 1 \"t\" worth 5  # head\n"
         "  if a: -1,  # inside\n"
         "    # inside too\n"
         "    cap 2  # behind\n"
         "  #\n"
         "# the end\n",
         "#!/usr/bin/env kaohe\n"
         "# first\n"
         "\n"
         "unit u  # tail\n"
         "  # before n\n"
         "  # and again\n"
         "  n  text  # of n\n"
         "\n"
         "  m  text\n"
         "  # last of u\n"
         "\n"
         "# before i\n"
         "item 1 \"t\" worth 5  # head\n"
         "  # inside\n"
         "  # inside too\n"
         "  if a: -1, cap 2  # behind\n"
         "  #\n"
         "# the end\n",
         TONGUE_EN);
    same("# alone\n\n\n# in the file", "# alone\n\n# in the file\n", TONGUE_EN);
    same("note \"a\"\xE3\x80\x80\xE3\x80\x80# wide blanks\r\nnote \"b\"\r\n", "note \"a\"  # wide blanks\nnote \"b\"\n", TONGUE_EN);
}

static void test_long_lists_are_wrapped(void **state)
{
    (void)state;
    /* 110 columns at most; continued four further in */
    same("example \"e\"\n  given aaaaaaaaaaaaaaaaaaaa 1, bbbbbbbbbbbbbbbbbbbb 2, cccccccccccccccccccc 3, dddddddddddddddddddd 4, eeee 5\n",
         "example \"e\"\n  given aaaaaaaaaaaaaaaaaaaa 1, bbbbbbbbbbbbbbbbbbbb 2, cccccccccccccccccccc 3, dddddddddddddddddddd 4, eeee 5\n",
         TONGUE_EN);
    same("example \"e\"\n  given aaaaaaaaaaaaaaaaaaaa 1, bbbbbbbbbbbbbbbbbbbb 2, cccccccccccccccccccc 3, dddddddddddddddddddd 4, eeeeeee 5\n",
         "example \"e\"\n  given aaaaaaaaaaaaaaaaaaaa 1, bbbbbbbbbbbbbbbbbbbb 2, cccccccccccccccccccc 3, dddddddddddddddddddd 4,\n"
         "      eeeeeee 5\n",
         TONGUE_EN);
    same("值表 甲 取值 甲甲甲甲甲甲甲甲甲甲、乙乙乙乙乙乙乙乙乙乙、丙丙丙丙丙丙丙丙丙丙、丁丁丁丁丁丁丁丁丁丁、戊戊戊戊戊戊戊戊戊戊\n",
         "值表 甲 取值 甲甲甲甲甲甲甲甲甲甲、乙乙乙乙乙乙乙乙乙乙、丙丙丙丙丙丙丙丙丙丙、丁丁丁丁丁丁丁丁丁丁、\n"
         "    戊戊戊戊戊戊戊戊戊戊\n",
         TONGUE_ZH);
}

static void test_names_and_strings_are_quoted_where_they_must(void **state)
{
    (void)state;
    same("let 'sum of' = 「a b」 + 'if' + days + 「每次」\n", "let 「sum of」 = 「a b」 + 「if」 + days + 「每次」\n", TONGUE_EN);
    same("let x = 'a」b'\n", "let x = 'a」b'\n", TONGUE_EN);
    same("item 1 \"t\" worth 5\n  per missing 「count」 of 6: -1\n  per missing 2 「days」 of 6: -1\n  per missing days of 6: -1\n",
         "item 1 \"t\" worth 5\n  per missing 「count」 of 6: -1\n  per missing 2 「days」 of 6: -1\n  per missing days of 6: -1\n",
         TONGUE_EN);
    same("table t\n  「half」 date\nitem 1 \"t\" worth 5\n  - 「only」 if only\n",
         "table t\n  half  date\n\nitem 1 \"t\" worth 5\n  - 「only」 if only\n", TONGUE_EN);
    same("表 t 按 「天数」 自 甲\n  天数 日期\n", "表 t 按 「天数」 自 甲\n  天数  日期\n", TONGUE_ZH);
    same("note \"say \"\"yes\"\"\"\nnote “他说“好””\nnote 《甲乙》\n", "note \"say \"\"yes\"\"\"\nnote \"他说“好”\"\nnote \"甲乙\"\n", TONGUE_EN);
    same("说明 \"say \"\"yes\"\"\"\n说明 “他说“好””\n说明 《甲乙》\n", "说明 \"say \"\"yes\"\"\"\n说明 “他说“好””\n说明 “甲乙”\n", TONGUE_ZH);
    same("note 《a\"b”c》\n", "note 《a\"b”c》\n", TONGUE_EN);
    same("sample s\n  「unit」 a 1\n  3 「days」 b 2\n", "sample s\n  「unit」 a 1\n  3 「days」 b 2\n", TONGUE_EN);
}

static void test_names_are_exchanged_where_they_are_used(void **state)
{
    (void)state;
    twins("values level \"级别\" one of county \"县级\" < city \"市级\"\n"
          "\n"
          "unit organ \"机关\"\n"
          "  name  \"名称\"  text key\n"
          "  kind  \"类别\"  one of a \"甲\", b \"乙\"\n"
          "\n"
          "table tariff \"标准\" for all\n"
          "  code    \"编码\"  text key\n"
          "  amount  \"金额\"  number 0 to 9\n"
          "\n"
          "table award \"获奖\" by day_won\n"
          "  day_won  \"日期\"  date\n"
          "  rank     \"等级\"  level\n"
          "  price    \"价目\"  tariff\n"
          "\n"
          "view top \"最高奖\" = award where rank is city, once per rank at highest price.amount\n"
          "let bonus_sum \"奖金\" = (sum of price.amount in award where rank >= county)\n"
          "let factor \"系数\" = by kind (a 1, b 2)\n"
          "question read \"读法\" one of all_of \"全部\", one_only \"一个\" take one_only\n"
          "ranking r \"排行\" by bonus_sum within kind highest first\n"
          "\n"
          "grid g \"分表\" by rank, kind\n"
          "         a, b\n"
          "  county 1, 2\n"
          "  city   3, 4\n"
          "\n"
          "item 1 \"t\" worth 5\n"
          "  per top where rank in (county, city): + g(rank, kind)  when read is all_of\n"
          "  bar good if place(r) > 3 and kind is b\n"
          "  needs lead \"小组\"\n"
          "\n"
          "grades\n"
          "  good \"好\" from 5\n"
          "  bad  \"坏\" otherwise\n"
          "\n"
          "outcome talk \"谈话\" if grade is bad\n"
          "\n"
          "example \"e\"\n"
          "  given kind a, lead yes\n"
          "  2 award rank county, price \"x\"\n"
          "  expect grade = good, no outcome talk\n",
          "值表 级别 “level” 取值 县级 “county” < 市级 “city”\n"
          "\n"
          "考核对象 机关 “organ”\n"
          "  名称  “name”  文字 主键\n"
          "  类别  “kind”  取值 甲 “a”、乙 “b”\n"
          "\n"
          "表 「标准」 “tariff” 全体共用\n"
          "  编码  “code”    文字 主键\n"
          "  金额  “amount”  数值 0 至 9\n"
          "\n"
          "表 获奖 “award” 按 日期\n"
          "  日期  “day_won”  日期\n"
          "  等级  “rank”     级别\n"
          "  价目  “price”    「标准」\n"
          "\n"
          "选取 最高奖 “top” = 获奖 其中 等级 为 市级，同一 等级 取最高 价目.金额\n"
          "设 奖金 “bonus_sum” = （合计 价目.金额 于 获奖 其中 等级 >= 县级）\n"
          "设 系数 “factor” = 按 类别（甲 1，乙 2）\n"
          "疑义 读法 “read” 取值 全部 “all_of”、一个 “one_only” 采用 一个\n"
          "排名 排行 “r” 按 奖金 分组按 类别 从高到低\n"
          "\n"
          "对照表 分表 “g” 按 等级，类别\n"
          "       甲， 乙\n"
          "  县级 1，  2\n"
          "  市级 3，  4\n"
          "\n"
          "项目 1 “t” 满分 5分\n"
          "  每项 最高奖 其中 等级 属于（县级、市级）：加 分表（等级，类别）  当 读法 为 全部\n"
          "  若 名次（排行） > 3 且 类别 为 乙：不得评为 好\n"
          "  须具备 小组 “lead”\n"
          "\n"
          "等次\n"
          "  好 “good” 5分以上\n"
          "  坏 “bad”  其余\n"
          "\n"
          "结果运用 谈话 “talk” 若 等次 为 坏\n"
          "\n"
          "例 “e”\n"
          "  已知 类别 甲，小组 是\n"
          "  2 获奖 等级 县级，价目 “x”\n"
          "  应得 等次 = 好，没有 结果运用 谈话\n");
}

/* An exchange that would change what a line means is not made. */
static void test_names_that_would_collide_keep_their_own(void **state)
{
    (void)state;
    /* two headings alike in one table: the second keeps its name; the same in two tables is no collision */
    assert_string_equal(printed("table t\n  a \"日期\" date\n  b \"日期\" date\ntable s\n  c \"日期\" date\n", TONGUE_ZH),
                        "表 t\n  日期  “a”     日期\n  b     “日期”  日期\n\n表 s\n  日期  “c”  日期\n");
    /* the heading is another name of the file */
    assert_string_equal(printed("let 甲 = 1\nlet a \"甲\" = 2\n", TONGUE_ZH), "设 甲 = 1\n设 a “甲” = 2\n");
    /* a column would hide the figure that its own condition uses */
    assert_string_equal(printed("unit u\n  n text\nlet x \"数\" = 1\ntable t\n  y \"数\" count\nlet z = (count of t where y > x)\n", TONGUE_ZH),
                        "考核对象 u\n  n  文字\n\n设 数 “x” = 1\n\n表 t\n  y  “数”  整数\n\n设 z = （个数 t 其中 y > 数）\n");
    /* a heading that is the language's own name, where that is used, too */
    assert_string_equal(printed("unit u\n  a \"总分\" count\nlet z = total + a\n", TONGUE_ZH),
                        "考核对象 u\n  a  “总分”  整数\n\n设 z = 总分 + a\n");
    assert_string_equal(printed("unit u\n  a \"总分\" count\nlet z = a\n", TONGUE_ZH),
                        "考核对象 u\n  总分  “a”  整数\n\n设 z = 总分\n");
    /* the language's own name stays as it was typed where a declared name is its translation */
    assert_string_equal(printed("unit u\n  次数 count\nitem 1 \"x\" worth 5\n  per t: -1, veto if count > 次数\n", TONGUE_ZH),
                        "考核对象 u\n  次数  整数\n\n项目 1 “x” 满分 5分\n  每个 t：扣1分，一票否决 若 count > 次数\n");
    /* the same value in two lists, each with a heading of its own */
    assert_string_equal(printed("unit u\n  a \"一\" one of good \"好\"\n  b \"二\" one of good \"良\"\nlet z = a is good and b is good\n", TONGUE_ZH),
                        "考核对象 u\n  一  “a”  取值 好 “good”\n  二  “b”  取值 良 “good”\n\n设 z = 一 为 好 且 二 为 良\n");
    /* sentences and files are no names */
    assert_string_equal(printed("question q \"全部，还是一个？\" one of a, b take a\nuse results of \"去年.kh\" as old\n", TONGUE_ZH),
                        "疑义 q “全部，还是一个？” 取值 a、b 采用 a\n引用结果 “去年.kh” 作为 old\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_scheme_in_both_tongues),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_measure_words),
        cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_declarations),
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_tidying),
        cmocka_unit_test(test_comments),
        cmocka_unit_test(test_long_lists_are_wrapped),
        cmocka_unit_test(test_names_and_strings_are_quoted_where_they_must),
        cmocka_unit_test(test_names_are_exchanged_where_they_are_used),
        cmocka_unit_test(test_names_that_would_collide_keep_their_own),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
