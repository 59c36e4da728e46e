## kaohe questions: what the other reading of a doubtful clause would change. By hand, once a year: 6-2 = 4, 6-2-3 = 1, 6;
## each time: Archive 6-6 = 0, Bureau 1 as before, so that the two change places; Culture keeps all.
$ kaohe questions files/question.kh files/asked
question each_time (line 8) is each time counted, or once a year?
  taken: once
  read as each:
    Archive  total 4 → 0  best 2 → 3
    Bureau  best 3 → 2
$ kaohe questions files/small.kh files/data 2> /dev/null
the scheme has no questions
## --period: in the first quarter of 2024 every office has one session of three (-2), the Bureau's is badly attended (-1).
$ kaohe run --period 2024-Q1 files/small.kh files/data
files/data/session.csv:3: notice: rows after the period, which ends on 2024-03-31, are left for the next one: 5; the first is on this line
Name                  1  1.1  1.2  2  total  grade  Liked  state  Talk with the leader
Archive               8    4    4  3     11  good       1  final  no
Bureau of Statistics  1    1    0  0      1  poor       3  final  yes
Culture               8    4    4  2     10  good       2  final  no
$ kaohe run --period 2024-01-01..2024-03-31 files/small.kh files/data -o - 2> /dev/null | tail -n 1
Culture,8,4,4,2,10,good,2,final,no
$ kaohe run --period spring files/small.kh files/data
kaohe: "spring" is no period: write 2014, 2014-03, 2014-Q1 or 2014-03-01..2014-03-31
? 2
$ kaohe check --period 2024 files/small.kh
kaohe: --period does not go with check, only with run, validate, explain, pending, questions, diff
? 2
## A reading with an outcome of its own: outcomes were told apart by their place among the columns, so that Bureau was said to be
## talked with. By hand: Archive is warned for 3 late ones and told of 2 mistakes, Bureau told of 3; talks hang on no reading.
$ kaohe questions files/outcomes.kh files/outcomes
question which (line 8) what costs marks?
  taken: lateness
  read as mistakes:
    Archive  total 7 → 8  warn yes → no  tell no → yes
    Bureau  total 9 → 7  tell no → yes
  read as neither:
    Archive  total 7 → 10  warn yes → no
    Bureau  total 9 → 10
