## A total that no grade covers, with a unit that comes to it (100 - 12 - 8.5); the example can be put into the scheme as it is.
$ kaohe check files/gap.kh
files/gap.kh:14:1: warning W300: no grade covers a total of 79.5
   14 | grades
      | ^^^^^^
  hint: write the lowest grade with `otherwise`, or close the gap
such a case comes about, for example so:
example "a total of 79.5"
  given plan no
  1 breach found 2020-10-25, grave yes
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
1,30,,,,open
name,1,2,total,grade,state
1,20,20,40,fair,final
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
## Rows of several units and rows that others name: a unit that comes to 7.5 by events that it organised, and to 9.5 by tariffs.
$ cat > roles.kh <<'END'
> scheme "Events"
> unit office
>   name text
>   staff count 1 to 9
> table event
>   organiser unit
>   helper unit
>   bad yes/no
> item 1 "Work" worth 10
>   per event as organiser where bad and organiser is not helper: -0.5
> grades
>   good 8 to 10
>   poor 0 to 7
> END
$ kaohe check roles.kh --witness roles | sed -n 's/^  expect/expect/p'; kaohe run roles.kh roles/line-11 --quiet -o - 2> /dev/null | head -n 2
expect total = 7.5
name,1,total,grade,state
1,7.5,7.5,,open
$ { cat roles.kh; kaohe check roles.kh | sed -n '/^example/,/expect/p'; } > with.kh; kaohe test with.kh 2> /dev/null
ok    a total of 7.5
with.kh: 1 example, 0 wrong; 0 rules never fired
$ cat > 标准.kh <<'END'
> 方案 “纪律”
> 考核对象 单位
>   名称 文字
> 表 扣分标准 全体共用
>   情形 文字 主键
>   每次扣 数值 0 至 10 步长 0.5
> 表 违纪
>   属何情形 扣分标准
> 项目 1 “纪律” 满分 20
>   每次 违纪：扣 属何情形.每次扣
> 等次
>   优 10 至 20
>   差 0 至 9
> END
$ kaohe check 标准.kh --witness 标准 | sed -n 's/^  应得/应得/p'; kaohe run 标准.kh 标准/line-11 --quiet -o - 2> /dev/null
应得 总分 = 9.5
名称,1,总分,等次,状态
1,9.5,9.5,,待定
