## What somebody settles: 1 of A is open by a choice, B has no decisions, C is no street. C can come out between 3 + 0 + 0 and 3 + 5 + 5.
$ kaohe run files/settled.kh files/settled
Name    1  2  3  total  grade  state
A     7.5  5  5   17.5  poor   final
B                              open
C       3                      open
$ kaohe explain files/settled.kh files/settled --unit A --item 1
…
item 1  Merits  7.5 of 10
    starts at 0
    line 10  open (undecided)  +merits
        kind street  not known yet
    open by its clauses; settled at 7.5 (the office, files/settled/decision.csv line 2)
$ kaohe explain files/settled.kh files/settled --unit B | sed -n '2,4p;/^waits/p'
grade open (not yet judged)
total open (not yet judged)
total range 0 to 20, the grade is not certain yet
waits for the decision on 2 (board)
waits for the decision on 1
$ kaohe explain files/settled.kh files/settled --unit C | sed -n '2,4p;/^waits/p'
grade open (not yet judged)
total open (not yet judged)
total range 3 to 13, the grade by score is certain: poor
waits for the decision on 2 (board)
## Outside 0 and the ceiling; and a part that cannot be open.
$ mkdir wrong && cp files/settled/office.csv wrong/
$ printf 'unit,subject,row,value,reason,authority,date\nA,1,,10.5,much,the office,\nB,3,,-1,little,the office,\n' > wrong/decision.csv
$ kaohe run files/settled.kh wrong
wrong/decision.csv:2: column "value": "10.5": it must lie between 0 and 10
  hint: correct the figure, or the range in the scheme
wrong/decision.csv:3: column "value": "-1": it must lie between 0 and 5
  hint: correct the figure, or the range in the scheme
? 3
