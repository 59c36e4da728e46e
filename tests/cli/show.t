## A `show` line: columns behind the outcomes; without parts no total and no grade, anywhere. B's remark is blank, C is open.
$ kaohe run files/show.kh files/show -o out.csv 2> /dev/null
out.csv: 4 units (3 final, 1 open), from 8 rows
$ cat out.csv
code,state,talk,Remark,Who answers,cases
A,final,yes,12,the leader,1
B,final,no,,nobody,0
C,open,,new,,2
D,final,yes,,the clerk,1
$ kaohe explain files/show.kh files/show --unit A 2> /dev/null
A (files/show/person.csv line 2)
outcome talk (line 16)
Remark 12
Who answers the leader
cases 1
$ kaohe run files/show.kh files/show --as jsonl -o - 2> /dev/null | head -n 1 | grep -o '"shown": {[^}]*}'
"shown": {"Remark": "12", "Who answers": "the leader", "cases": 1}
$ kaohe run files/show.kh files/show --as jsonl -o - 2> /dev/null | grep -c '"total"\|"grade"'
0
? 1
$ kaohe questions files/show.kh files/show 2> /dev/null
question both (line 9) is the clerk to answer as well?
  taken: leader_alone
  read as both_:
    B  talk no → yes
    C  talk — → yes
$ kaohe run files/show.kh files/show --sort total 2>&1 | tail -n 1
kaohe: this scheme has no column to sort by
