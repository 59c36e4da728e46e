## A total that no grade covers, with a unit that comes to it (100 - 12 - 8.5); the example can be put into the scheme as it is.
$ kaohe check files/gap.kh
files/gap.kh:14:1: warning W300: no grade covers a total of 79.5
   14 | grades
      | ^^^^^^
  hint: write the lowest grade with `otherwise`, or close the gap
such a total comes about, for example so:
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
例如这样就会得到上述总分：
例 “总分79.5”
  已知 迟报 41
  应得 总分 = 79.5
files/gap.zh.kh：1个警告
$ { cat files/gap.kh; kaohe check files/gap.kh | sed -n '/^example/,/expect/p'; } > with.kh; kaohe test with.kh 2> /dev/null
ok    a total of 79.5
with.kh: 1 example, 0 wrong; 0 rules never fired
