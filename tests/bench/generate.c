/* Data like that of schemes/wenzhou, for any number of units: generate FOLDER UNITS.
 *
 * Out: the scheme's eleven tables as CSV. About 75 rows for each unit; a tenth of the facts are bad ones.
 * Decision: its own generator of numbers, so that every machine times the same data.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 20070101;

static unsigned below(unsigned n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((state >> 33) % n);
}

static FILE *open_table(const char *folder, const char *name, const char *headings)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    fprintf(file, "%s\n", headings);
    return file;
}

static void close_table(FILE *file)
{
    if (fclose(file) != 0) {
        perror("generate");
        exit(1);
    }
}

static const char *yes(unsigned percent) { return below(100) < percent ? "是" : "否"; }

static const char *yes_or_na(void) { return below(3) == 0 ? "不涉及" : yes(95); }

/* A day of 2007; the 29th to 31st are left out. */
static const char *day(void)
{
    static char text[16];
    snprintf(text, sizeof text, "2007-%02u-%02u", 1 + below(12), 1 + below(28));
    return text;
}

static const char *halves(unsigned count)
{
    static char text[16];
    snprintf(text, sizeof text, count % 2 ? "%u.5" : "%u", count / 2);
    return text;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "generate FOLDER UNITS\n");
        return 2;
    }
    const char *folder = argv[1];
    unsigned units = (unsigned)strtoul(argv[2], NULL, 10);
    FILE *unit = open_table(folder, "机关单位",
                            "单位名称,制定学习计划,完成学习总结,本人签到,设学习秘书,制定工作规则,民主生活会按时,会前征求意见,会后制定措施,"
                            "效能工作得力,满意度得分,上报组织生活公示,制定廉政计划分工,开展专题党课,落实保障措施,党建责任制健全,制定党建计划,"
                            "按时上报总结,负责人配备到位,副书记列席会议,任免事先报批,副书记专职专用,届满按时改选,缺员及时补选,健全议事规则,"
                            "党费收缴合规,按时上报统计表,支部年度考核严格,考核结果通报,考核结果上报,思想工作制度健全,建立长效监督,"
                            "开展文明创建,在职党员数,社区报到数,信访按时报结,群团组织健全,社团党建到位,计生工作到位");
    FILE *session = open_table(folder, "中心组学习", "单位名称,学习日期,学习天数,出席人数,应到人数");
    FILE *leader = open_table(folder, "班子成员", "单位名称,姓名,县级以上,中心发言数,心得文章数,组织生活出席数,组织生活应到数");
    FILE *hearing = open_table(folder, "听取党建汇报", "单位名称,汇报日期");
    FILE *branch = open_table(folder, "支部", "单位名称,支部名称,有计划,有总结,有场所,四好达标,已整顿,应换届日期,实际换届日期");
    FILE *meeting = open_table(folder, "组织生活会", "单位名称,支部名称,会议日期");
    FILE *staff = open_table(folder, "全员集中学习", "单位名称,集中学习日期,折合天数");
    FILE *lecture = open_table(folder, "上党课", "单位名称,党课日期");
    FILE *admission = open_table(folder, "发展党员", "单位名称,接收日期,推优,公示,预审,票决,预警,责任追究");
    FILE *violation = open_table(folder, "违纪违法案件", "单位名称,发现日期,涉案人,属班子成员,发现方式");
    FILE *decision = open_table(folder, "裁定", "对象,事项,行,结论,理由,裁定人,日期");

    for (unsigned u = 0; u < units; u++) {
        char name[64];
        snprintf(name, sizeof name, "云江市第%05u机关", u);
        fputs(name, unit);
        for (int i = 0; i < 9; i++) fprintf(unit, ",%s", yes(95));
        fprintf(unit, ",%u.%02u", 60 + below(40), below(100));
        for (int i = 0; i < 7; i++) fprintf(unit, ",%s", yes(95));
        fprintf(unit, ",%s", yes(95));
        for (int i = 0; i < 4; i++) fprintf(unit, ",%s", yes_or_na());
        for (int i = 0; i < 10; i++) fprintf(unit, ",%s", yes(95));
        unsigned members = 1 + below(400);
        fprintf(unit, ",%u,%u", members, members - below(members / 8 + 1));
        for (int i = 0; i < 4; i++) fprintf(unit, ",%s", yes(95));
        putc('\n', unit);

        for (unsigned n = 5 + below(4); n; n--) {
            unsigned expected = 5 + below(15);
            fprintf(session, "%s,%s,%s,%u,%u\n", name, day(), halves(3 + below(3)), expected - below(expected / 3), expected);
        }
        unsigned leaders = 4 + below(3);
        for (unsigned n = 0; n < leaders; n++) {
            unsigned expected = 10 + below(10);
            fprintf(leader, "%s,成员%u,%s,%u,%u,%u,%u\n", name, n, yes(60), below(12), below(12), expected - below(5), expected);
        }
        for (unsigned n = 1 + below(3); n; n--) fprintf(hearing, "%s,%s\n", name, day());
        unsigned branches = 1 + below(4);
        for (unsigned b = 0; b < branches; b++) {
            fprintf(branch, "%s,第%u支部,%s,%s,%s,%s,%s,", name, b, yes(98), yes(98), yes(98), yes(95), yes_or_na());
            if (below(3) == 0) fprintf(branch, "200%u-%02u-%02u", 5 + below(3), 1 + below(12), 1 + below(28));
            fprintf(branch, ",%s\n", below(3) == 0 ? day() : "");
            for (unsigned n = 10 + below(4); n; n--) fprintf(meeting, "%s,第%u支部,%s\n", name, b, day());
        }
        for (unsigned n = 10 + below(4); n; n--) fprintf(staff, "%s,%s,%s\n", name, day(), halves(below(12) ? 2 : 1 + below(4)));
        for (unsigned n = 3 + below(3); n; n--) fprintf(lecture, "%s,%s\n", name, day());
        for (unsigned n = below(4); n; n--) {
            fprintf(admission, "%s,%s", name, day());
            for (int i = 0; i < 6; i++) fprintf(admission, ",%s", yes(97));
            putc('\n', admission);
        }
        if (below(20) == 0) fprintf(violation, "%s,%s,某人%u,%s,%s\n", name, day(), u, yes(30), below(2) ? "被查" : "自查");
        fprintf(decision, "%s,1.2.3,,%u,座谈与问卷,工委,%s\n", name, below(10) ? 3 : 0, day());
    }
    FILE *const all[] = {unit, session, leader, hearing, branch, meeting, staff, lecture, admission, violation, decision};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) close_table(all[i]);
    return 0;
}
