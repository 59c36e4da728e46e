## kaohe explain: every point, with clause, line, rows and what a ceiling took. Line 28's -1 is 7 of 10, below 80%.
$ kaohe explain files/small.kh files/data --unit Archive 2> /dev/null
Archive (files/data/office.csv line 2)
grade good: the total is 13, line 36: good from 10
total 13
Liked place 1 of 3

marks
  1  Leadership   10 of 10
    1.1  Study     6 of 6
    1.2  Opinion   4 of 4
  2  Honours       3

bonus 2  Honours (clause 2)  3
    starts at 0
    line 33  +4  per award: + by level (town 1, county 2, nation 3)
        files/data/award.csv line 2  Level nation  +3
        files/data/award.csv line 3  Level town  +1
    ceiling: the rules come to 4, not counted 1
$ kaohe explain files/small.kh files/data --unit Culture --item 1.1 2> /dev/null
Culture (files/data/office.csv line 4)

  item 1.1  Study (clause 1.1)  5 of 6
    starts at 6
    line 28  −1  per session where present / expected < 80%: -1, cap 2
        files/data/session.csv line 9  Held 2024-11-02  Present 15  Expected 20  present / expected = 75% < 80%  −1
$ kaohe explain files/small.kh files/data --unit "Bureau of Statistics" 2> /dev/null | grep '^outcome\|no plan'
outcome Talk with the leader (line 40)
    line 26  −2  no plan for the year: -2 if not plan
$ kaohe explain files/small.kh files/data --unit Bureau 2>&1 | tail -n 1
there is no "Bureau"; those assessed are: Archive, Bureau of Statistics, Culture
$ kaohe explain files/small.kh files/data --unit Bureau > out 2>&1
? 2
$ kaohe explain files/small.kh files/data --unit Culture --item 1.9 2>&1 | tail -n 1
the scheme's parts are: 1, 1.1, 1.2, 2
$ kaohe explain files/small.kh files/broken --unit Archive > out 2> /dev/null; echo $?; cat out
3
## Evidence: what is about the whole scheme stands above the parts.
$ kaohe explain files/evidence.kh files/evidence --unit 甲 2> /dev/null
甲（files/evidence/单位.csv 第2行）
总分 8
佐证 每年抽查两次（由 组织部）

各项得分
  1  材料  8 / 满分 10

项目 1  材料  8 / 满分 10
    佐证 查档案登记（由 档案室）
    起点 10
    第8行  −2  若 未 有计划：扣2分
## Why the grade is not that of the total: a bar, a veto (whose rule stands on two lines in the scheme).
$ for u in 育才社区 边昭社区; do kaohe explain schemes/tongyu/scheme.kh schemes/tongyu/data --unit $u 2> /dev/null | sed -n '2,4p'; done
等次 良好：更高等次受限；按总分 99.58 应为 优秀（第625行）
  限制等次：第343行  每次 责任追究 作为 人事管理单位 其中 追究身份 为 主要领导：不得评为 优秀
总分 99.58
等次 较差：一票否决；按总分 101.15 应为 优秀（第625行）
  一票否决：第616行  每个 受处分人 于 处分 其中 受处分身份 属于（班子成员、 主要领导） 且 党政纪 且 未 免予降档：满2次 一票否决
总分 101.15
