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
