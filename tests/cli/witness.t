## A total that no grade covers, with a unit that comes to it (100 - 12 - 8.5); the example can be put into the scheme as it is.
$ kaohe check files/gap.kh
files/gap.kh:14:1: warning W300: no grade covers a total of 79.5
   14 | grades
      | ^^^^^^
  hint: write the lowest grade with `otherwise`, or close the gap
such a case comes about, for example so:
example "a total of 79.5"
  given plan no
  3 breach found 2020-01-29, grave no
  1 breach found 2020-02-13, grave yes
  expect total = 79.5
files/gap.kh: 1 warning
$ kaohe check files/gap.zh.kh
files/gap.zh.kh:8:1: 警告 W300：总分79.5没有等次
    8 | 等次
      | ^^^^
  提示：最后一个等次请写“其余”，或补上空档
例如这样就会出现上述情形：
例 “总分79.5”
  已知 迟报 41
  应得 总分 = 79.5
files/gap.zh.kh：1个警告
$ { cat files/gap.kh; kaohe check files/gap.kh | sed -n '/^example/,/expect/p'; } > with.kh; kaohe test with.kh 2> /dev/null
ok    a total of 79.5
with.kh: 1 example, 0 wrong; 0 rules never fired
## As data: files that run, and come to the gap (79.5), to the case that no line covers, to the total that two grades claim.
$ kaohe check files/gap.kh --witness gap | tail -n 2; kaohe run files/gap.kh gap/line-14 --quiet -o - 2> /dev/null
gap/line-14: data that come to it; try  kaohe run files/gap.kh gap/line-14
files/gap.kh: 1 warning
name,1,1.1,1.2,total,grade,state
1,79.5,28,51.5,79.5,,open
$ kaohe check files/cases.kh --witness cases | sed -n '/^cases/p'; for k in 19 29; do kaohe run files/cases.kh cases/line-$k --quiet -o - 2> /dev/null; done
cases/line-19: data that come to it; try  kaohe run files/cases.kh cases/line-19
cases/line-29: data that come to it; try  kaohe run files/cases.kh cases/line-29
name,1,2,total,grade,state
1,10,,,,open
name,1,2,total,grade,state
1,10,30,40,fair,final
$ kaohe check files/cases.kh | sed -n "/^example .no line of sort/,/expect/p"
example "no line of sort"
…
  expect undecided
$ kaohe check files/small.kh --witness none; ls none 2> /dev/null
files/small.kh:25:6: notice N312: the rules of item 1.1 can take 7 of its 6 marks: what goes beyond is not counted
   25 | item 1.1 "Study" worth 6 source "1.1"
      |      ^^^
  clause 1.1
  hint: where the regulation says so, write: until none left
no data were written: there is no gap, or none that made-up units come to
files/small.kh: 1 notice
? 2
$ kaohe check files/gap.zh.kh --witness 空档 | tail -n 2
空档/line-8：走到此处的数据；可试  kaohe run files/gap.zh.kh 空档/line-8
files/gap.zh.kh：1个警告
$ kaohe check files/gap.kh --witness files/gap.kh 2>&1 > /dev/null
kaohe: the folder files/gap.kh/line-14 cannot be made: Not a directory
? 4
$ kaohe check files/gap.kh files/gap.zh.kh --witness two
kaohe: "files/gap.zh.kh" is one too many. Type: kaohe check SCHEME...
? 2
