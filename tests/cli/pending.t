## kaohe pending: what is missing before the close. A has no group, no staff and no visits; the mayor has not judged B; C's two visits
## are open by the scheme's own words, and nobody has answered on its relief; D is not assessed; E has no staff, so no relief either.
$ kaohe pending files/pending.kh files/pending
A
  item 1  Organisation (clause 1)
    not there: leading group
    not there: full-time staff
    proof: the order that set it up (by personnel office)
  item 2  Site (clause 2)
    not filled in: Visits
    proof: the counter of the site (by press office)
B
  item 3  Team
    not judged yet: mayor
C
  item 4  Study
    open, until a decision on 4
  outcome Relief
    not decided yet: the board
E
  item 1  Organisation (clause 1)
    not there: full-time staff
    proof: the order that set it up (by personnel office)
4 of 5 units: 7 missing
$ kaohe pending files/pending.zh.kh files/pending --unit C
C
  项目 4  Study
    待定，须由裁定表定分，事项写 4
  结果运用 Relief
    尚未裁定：the board
1个单位中1个有所缺，共2项
$ kaohe pending files/pending.kh files/pending --unit D
nothing is missing: 1 unit
$ kaohe pending files/pending.kh files/pending --unit DD
there is no "DD"; did you mean "D"?
? 2
$ kaohe pending files/small.kh files/broken 2>&1 | tail -n 1
files/broken/session.csv:1: notice: columns that the scheme does not ask for, not read: Weather
## Marks dated after the period: left to the next one, and it is said which figures have none now. A's mayor is within it.
$ mkdir late && cp files/pending/office.csv late/
$ printf 'unit,subject,row,value,reason,authority,date\nA,3,,5,seen,board,2026-01-05\nA,3,,4,seen,mayor,2025-12-31\n' > late/decision.csv
$ printf 'B,3,,6,seen,board,2026-01-05\nC,3,,6,seen,board,2026-01-05\nE,3,,6,seen,board,2026-01-05\nE,4,,4,seen,mayor,2026-01-06\n' >> late/decision.csv
$ kaohe run files/pending.kh late --period 2025-12
late/decision.csv: notice: decisions dated outside the period of this run, left to the others: 5; on these there is none within it, and what waits for one stays open: 3 board (A / B / C / …); 4 (E)
Name  1  2  3  4  total  grade  state         Relief
A     0  2     5                open          no
B     4  6     5                open          
C     4  4                      open          
D                               not assessed  
E     0  6     5                open          no
## The board has decided within the period, too: nothing is said of it.
$ sed -i 's/2026-01-05/2025-12-05/' late/decision.csv && kaohe run files/pending.kh late --period 2025-12 2>&1 | head -n 1
late/decision.csv: notice: decisions dated outside the period of this run, left to the others: 1; on these there is none within it, and what waits for one stays open: 4 (E)
## Nobody is asked about an outcome before it is known that it comes to that: the board was, of A, whose grade is open until it has
## judged, and the mayor of B, before the board had ordered the talk. B and C come to 4 + 5 = 9.
$ kaohe pending files/relief.kh files/relief
A
  item 1  Work
    not judged yet: board
B
  outcome talk
    not decided yet: board
C
  outcome mercy
    not decided yet: mayor
3 of 3 units: 3 missing
## Decisions that change nothing went by in silence: an order where there is nothing to order, a figure for a part that is not open.
## By hand: A 10 + 10 is good, so that there is no talk, and no mercy; C's talk is refused; B's talk stands at 4 + 5.
$ mkdir idle; cp files/relief/office.csv idle; printf 'unit,subject,row,value,reason,authority,date\nA,1,,10,seen,board,\nB,1,,4,seen,board,\nC,1,,4,seen,board,\nA,talk,,yes,x,board,\nA,mercy,,no,x,mayor,\nB,talk,,yes,x,board,\nC,talk,,no,x,board,\nC,mercy,,yes,x,mayor,\n' > idle/decision.csv
$ kaohe run files/relief.kh idle
idle/decision.csv:5: notice: decisions on talk that change nothing, as its condition does not hold for the unit: 1; the first is on this line
  hint: look at the unit and at what is recorded of it; if both are right, delete the row
idle/decision.csv:9: notice: decisions on mercy that change nothing, as its condition does not hold for the unit: 1; the first is on this line
  hint: look at the unit and at what is recorded of it; if both are right, delete the row
name   1   2  total  grade  state  talk  mercy
A     10  10     20  good   final  no    no
B      4   5      9  poor   final  yes   
C      4   5      9  poor   final  no    no
$ mkdir shut; cp files/unsettled/*.csv shut; printf 'unit,subject,row,value,reason,authority,date\nA,1,,4,x,board,\nC,1,,6,x,board,\nA,2,,4,x,board,\nB,2,,5,x,board,\n' > shut/decision.csv
$ kaohe run files/unsettled.kh shut --lang zh 2>&1 > /dev/null | grep -v 警告
shut/decision.csv:2: 提醒：对“1”的裁定不起作用，因为该部分本身并未待定，共1条；第一条在本行
  提示：请核对对象与登记的事实；都无误的，请删去这一行
shut/decision.csv:4: 提醒：对“2”的裁定不起作用，因为该部分本身并未待定，共2条；第一条在本行
  提示：请核对对象与登记的事实；都无误的，请删去这一行
## Marks for a part that does not apply: B, a street, has no such part.
$ mkdir apart; printf 'name,kind\nA,organ\nB,street\n' > apart/office.csv; printf 'unit,subject,row,value,reason,authority,date\nA,1,,7,x,board,\nB,1,,6,x,board,\n' > apart/decision.csv
$ printf 'scheme "Apart"\nunit office\n  name text\n  kind one of organ, street\nitem 1 "Order" worth 10 judged by "board"\n  applies if kind is organ else zero\nitem 2 "Work" worth 5\n  note "nothing is taken off"\nranking best by total highest first\n' > apart.kh; kaohe run apart.kh apart
apart/decision.csv:3: notice: decisions on 1 that change nothing, as that part does not apply to the unit: 1; the first is on this line
  hint: look at the unit and at what is recorded of it; if both are right, delete the row
name  1  2  total  grade  best  state
A     7  5     12            1  final
B     0  5      5            2  final
