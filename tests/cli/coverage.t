## kaohe test --coverage: what the examples leave out. Counted by hand: rules score, late, breach, missing: 4, all fired;
## branches: three lines of the choose (3% is not taken), late > 3 both ways, two grades (good is not given): 6, 4 met;
## limits: 90% (met), 80%, late 3 (met), veto at 3 (met), missing of 2, cap 6 (met), good from 20: 7, 4 met; 12 of 17.
$ kaohe test files/cover.kh --coverage
ok    90%, four late, three breaches: 5 + 20 - 2 - 6
ok    79%, one breach: 0 + 20 - 3 - 1
files/cover.kh: 2 examples, 0 wrong; 0 rules never fired
line 10: no example takes this branch: 3 if rate >= 80%
line 10: no example lies exactly on the limit: rate >= 80%
line 17: no example has exactly what is asked for: per missing breach of 2
line 19: no example has this grade: good from 20
line 19: no example's total lies exactly on the limit: good from 20
coverage: clauses 4 of 4, branches 4 of 6, limits 4 of 7: 70%
$ kaohe test files/cover.kh --threshold 70 | tail -n 1
files/cover.kh: 2 examples, 0 wrong; 0 rules never fired
$ kaohe test files/cover.kh --threshold 71 | tail -n 1; kaohe test files/cover.kh --threshold 71 > /dev/null
files/cover.kh: 70% of all is covered, 71% is asked for
? 1
$ kaohe test files/cover.kh --threshold 101
kaohe: --threshold is a whole number from 0 to 100, not "101"
? 2
$ kaohe test files/cover.kh --threshold ten --lang zh
kaohe: --threshold 为 0 至 100 的整数，不能是“ten”
? 2
$ kaohe check files/cover.kh --coverage
kaohe: --coverage does not go with check, only with test
? 2

## A wrong expectation is explained: the part it is about, with the ledger of the example.
$ kaohe test files/cover.zh.kh --coverage
不符  迟报四次（第11行）
      第13行 应为 项目 1 = 17；实为 14
        项目 1  工作  14 / 满分 20
            起点 20
            第6行  −2  若 迟报 > 3：扣2分
                迟报 4 > 3  −2
            第7行  −4  扣 迟报
                迟报 4  −4
files/cover.zh.kh：1个例，1个不符；0条规则未触发
第6行 没有例不触发此条：若 迟报 > 3：扣2分
第6行 没有例恰在界上：迟报 > 3
第9行 没有例得此等次：良好 20分以上
第9行 没有例的总分恰在界上：良好 20分以上
覆盖：条款 2/2，分支 1/3，界值 0/2，合计 42%
? 1
