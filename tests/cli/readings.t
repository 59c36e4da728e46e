## A reading chosen in the table of decisions. The scheme takes `once`; by hand `each` gives Archive 6 - 3 * 2 = 0 instead of 4, so that
## Bureau (6 - 2 - 3 = 1) stands before it.
$ mkdir chosen && cp files/asked/office.csv chosen/
$ printf 'unit,subject,row,value,reason,authority,date\n,each_time,,each,the text says so,the committee,2024-12-01\n' > chosen/decision.csv
$ kaohe run files/question.kh chosen
chosen/decision.csv:2: notice: the question each_time is read as each: so decided by the committee; the scheme takes once
name     1  total  grade  best  state
Archive  0      0            3  final
Bureau   1      1            2  final
Culture  6      6            1  final
$ kaohe explain files/question.kh chosen --unit Archive 2> /dev/null | sed -n 2,4p
total 0
question each_time read as each (the committee, chosen/decision.csv line 2)
best place 3 of 3
$ kaohe questions files/question.kh chosen 2> /dev/null
question each_time (line 8) is each time counted, or once a year?
  taken: each
  so decided by the committee (chosen/decision.csv line 2)
  read as once:
    Archive  total 0 → 4  best 3 → 2
    Bureau  best 2 → 3
$ kaohe run files/question.kh chosen -o - --as json 2> /dev/null | grep -c '"decided_by": "the committee"'
1
$ kaohe run files/question.kh chosen --period 2023 2>&1 | head -n 2
chosen/decision.csv: notice: decisions dated outside the period of this run, left to the others: 1
name     1  total  grade  best  state
## The same as the scheme takes, and by its title.
$ printf 'unit,subject,row,value,reason,authority,date\nQuestion,each_time,,once,as before,the committee,\n' > chosen/decision.csv
$ kaohe run files/question.kh chosen 2>&1 | head -n 3
chosen/decision.csv:2: notice: the question each_time is read as once, as the scheme takes it: so decided by the committee
name     1  total  grade  best  state
Archive  4      4            2  final
## What is wrong with it: all at once.
$ printf 'unit,subject,row,value,reason,authority,date\nArchive,each_time,,eech,,the committee,\nBureau,each_tim,,each,x,y,\n' > chosen/decision.csv
$ kaohe run files/question.kh chosen
chosen/decision.csv:2: column "reason": a decision must not leave this blank
  hint: fill it in; for what is not decided yet, leave the whole row out
chosen/decision.csv:2: column "unit": "Archive": how a question is read holds for all units and rows
  hint: leave this cell blank
chosen/decision.csv:2: column "value": "eech": the question each_time cannot be read so; its readings are: each / once
  hint: did you mean "each"?
chosen/decision.csv:3: column "subject": "each_tim": the scheme has no such section, item or question
  hint: did you mean the question "each_time"?
? 3
$ printf 'unit,subject,row,value,reason,authority,date\n,each_time,,once,a,A,\n,each_time,,each,b,B,\n' > chosen/decision.csv
$ kaohe run files/question.kh chosen
chosen/decision.csv:3: column "subject": "each_time": "A" decided this on line 2, and "B" here
  hint: keep the decision that holds and delete the other
chosen/decision.csv:2: notice: the question each_time is read as once, as the scheme takes it: so decided by A
? 3
