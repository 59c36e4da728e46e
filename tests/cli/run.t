## kaohe run: a table, CSV, order. Figures worked out by hand:
## Archive: three sessions, 8 of 10 is 80%, so nothing is taken: 6; first in opinion: 4. Awards 3 + 1, at most 3. 13, good.
## Bureau: no plan -2; one session in the period (the other is of 2025), two short -2; 7 of 10 -1: 1. Last in opinion -4: 0. 1, poor.
## Culture: 15 of 20 is 75% -1: 5; 4; one award of the county: 2. 11, good.
$ kaohe run files/small.kh files/data
files/data/session.csv:6: notice: rows after the period, which ends on 2024-12-31, are left for the next one: 1; the first is on this line
Name                   1  1.1  1.2  2  total  grade  Liked  state  Talk with the leader
Archive               10    6    4  3     13  good       1  final  no
Bureau of Statistics   1    1    0  0      1  poor       3  final  yes
Culture                9    5    4  2     11  good       2  final  no
$ kaohe run files/small.kh files/data -o out.csv 2> notices && cat out.csv
out.csv: 3 units (3 final), from 14 rows, 1 left for the next period
Name,1,1.1,1.2,2,total,grade,Liked,state,Talk with the leader
Archive,10,6,4,3,13,good,1,final,no
Bureau of Statistics,1,1,0,0,1,poor,3,final,yes
Culture,9,5,4,2,11,good,2,final,no
$ kaohe run files/small.kh files/data -o - 2> /dev/null | cmp - out.csv
$ kaohe run --sort total files/small.kh -o - files/data 2> /dev/null
Name,1,1.1,1.2,2,total,grade,Liked,state,Talk with the leader
Archive,10,6,4,3,13,good,1,final,no
Culture,9,5,4,2,11,good,2,final,no
Bureau of Statistics,1,1,0,0,1,poor,3,final,yes
$ kaohe run --sort Liked files/small.kh files/data 2> /dev/null | cut -c1-20 | sed 's/ *$//'
Name
Archive
Culture
Bureau of Statistics
$ kaohe run --sort 2 files/small.kh files/data 2> /dev/null | cut -c1-20 | sed 's/ *$//'
Name
Archive
Culture
Bureau of Statistics
$ kaohe run --sort grade files/small.kh files/data 2>&1 | tail -n 1
kaohe: there is no column "grade" to sort by; there are 1, 1.1, 1.2, 2, total, Liked
## Data with problems: all of them, exit code 3, and no output.
$ kaohe run files/small.kh files/broken -o broken.csv; test -e broken.csv && echo written
files/broken/award.csv:4: column "Name": "Culture": not in the list of those assessed (Office)
  hint: correct it, or add it there
files/broken/office.csv:2: column "Opinion": "91.55": at most 1 decimal places are asked for here
  hint: nothing is rounded silently; write it with fewer places, or give the field a finer `step`
files/broken/office.csv:3: column "Plan": "perhaps": neither yes nor no
  hint: write yes or no
files/broken/office.csv:4: column "Opinion": "120": it must lie between 0 and 100
  hint: correct the figure, or the range in the scheme
files/broken/office.csv:4: column "Name": "Archive": it stands on line 2 already, and may stand only once
  hint: delete one of the two rows, or correct its key
files/broken/session.csv:2: column "Held": "2024-02-30": there is no such day: month 2 of 2024 has 29 days
  hint: correct the date
files/broken/session.csv:3: column "Name": "Archives": not in the list of those assessed (Office)
  hint: did you mean "Archive"?
files/broken/session.csv:5: column "Held": "2023-09-01": the date lies before the period, which begins on 2024-01-01
  hint: correct the date or delete the row; earlier rows count only if the scheme says `carrying from`
files/broken/session.csv:4: the row breaks the rule below
   16 |   must present <= expected
      |   ^^^^^^^^^^^^^^^^^^^^^^^^
  hint: correct the row; if it is right, correct the `must` line
files/broken/session.csv:1: notice: columns that the scheme does not ask for, not read: Weather
? 1
$ kaohe run files/small.kh files/broken > /dev/null 2>&1
? 3
$ kaohe run files/small.kh nowhere
nowhere: there is no such folder or file
  hint: check the name
? 4
$ kaohe run nowhere.kh files/data
kaohe: nowhere.kh: there is no such file
  hint: check the name
? 4
$ kaohe run files/wrong.kh files/data
files/wrong.kh:8:13: error E201: there is no "plans"; did you mean "plan" (line 5)?
    8 |   -2 if not plans
      |             ^^^^^
  see line 5:
    5 |   plan yes/no
      |   ^^^^
  write: -2 if not plan
? 1
## Results of earlier runs: a column nobody reads need not be there, one that is read must, and is called by its own word.
$ kaohe run files/year.kh files/year
files/year/quarters.csv:6: notice: rows after the period, which ends on 2024-12-31, are left for the next one: 1; the first is on this line
name        1  total  grade  state
Archive  10.5   10.5         final
Culture   7.5    7.5         final
$ kaohe run files/year.kh files/year-short
files/year-short/quarters.csv:1: there is no column "total"
  hint: add it; the headings stand on the first line
? 3
## What the scheme carries over counts in a month's run that begins where the scheme's period does: it was left to "earlier" runs, of which
## none counts it. By hand: Archive 2 in January (21 December and 31 January), Bureau 1 in February.
$ kaohe run files/carried.kh files/carried --period 2014-01
files/carried/fault.csv:2: notice: rows before the period of this run, which begins on 2014-01-01, are left to the earlier ones: 1; the first is on this line
files/carried/fault.csv:5: notice: rows after the period, which ends on 2014-01-31, are left for the next one: 2; the first is on this line
name      1  total  grade  best  state
Archive   8      8            2  final
Bureau   10     10            1  final
$ kaohe run files/carried.kh files/carried --period 2014-02 2> /dev/null | tail -n 2
Archive  10     10            1  final
Bureau    9      9            2  final
