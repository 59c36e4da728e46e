## A forged paper filed under a bonus, a section or an item without marks went by in silence: `every item` does not look there. Bonus 2 has a
## line of its own. By hand: Archive 0 + 6 + 0 + 2 = 8, Bureau 4 + 6 + 3 + 2 = 15.
$ kaohe run files/forged.kh files/forged
files/forged/paper.csv:4: notice: column "about": "1": no rule reads this row for 1: `every item` passes over sections and bonuses, and its `forfeit` over items without marks; so it is with 3 rows
  hint: file the rows under items, or write a rule under the part
name      1  1.1  1.2  1.2.1  2  3  total  grade  best  state
Archive   6    0    6      0  0  2      8            2  final
Bureau   10    4    6      0  3  2     15            1  final
$ sed 's/^Archive,1,no$/Archive,1.2,no/; s/^Bureau,3,yes$/Bureau,2,no/' files/forged/paper.csv > p; cp -r files/forged one; cp p one/paper.csv; kaohe run files/forged.kh one --lang zh 2>&1 > /dev/null
one/paper.csv:5: 提醒：“about”列：“1.2.1”：没有规则为1.2.1看这一行：“各项目”不管部分和加分，其中的“不得分”也不管没有分值的项目
  提示：请把这一行改记到项目下，或在1.2.1下另写规则
## A rule that looks at the rows whatever they are about leaves nothing out, and so does a scheme without `every item`.
$ sed 's/^  +2$/  +2\n  per paper where about != item 1.1: -1/' files/forged.kh > all.kh; kaohe run all.kh files/forged 2>&1 | head -n 1; sed '/^every/,/forfeit/d' files/forged.kh > none.kh; kaohe run none.kh files/forged 2>&1 | head -n 1
name      1  1.1  1.2  1.2.1  2  3  total  grade  best  state
name      1  1.1  1.2  1.2.1  2  3  total  grade  best  state
