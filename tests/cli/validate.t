## kaohe validate: all that is wrong with the data; what is wrong in files/broken was put there by hand.
$ kaohe validate files/small.kh files/broken
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
files/broken/session.csv:1: notice: columns that the scheme does not ask for, not read: Weather
files/broken/session.csv:2: column "Held": "2024-02-30": there is no such day: month 2 of 2024 has 29 days
  hint: correct the date
files/broken/session.csv:3: column "Name": "Archives": not in the list of those assessed (Office)
  hint: did you mean "Archive"?
files/broken/session.csv:5: column "Held": "2023-09-01": the date lies before the period, which begins on 2024-01-01
  hint: correct the date or delete the row; earlier rows count only if the scheme says `carrying from`
files/broken/session.csv:4: the row breaks the rule below
  hint: correct the row; if it is right, correct the `must` line
files/broken: 9 errors, 1 notice, in 10 rows
? 3
$ kaohe validate --lang zh files/small.kh files/broken | tail -n 1
files/broken：9个错误，1个提醒，读10行
$ kaohe validate files/small.kh files/data
files/data/session.csv:6: notice: rows after the period, which ends on 2024-12-31, are left for the next one: 1; the first is on this line
files/data: 1 notice, in 14 rows
$ kaohe validate files/thirds.kh files/thirds
files/thirds: nothing wrong, in 3 rows
## As JSON, in a file or on standard output.
$ kaohe validate files/small.kh files/broken -o list.json; kaohe validate files/small.kh files/broken -o - | cmp - list.json
list.json: 9 errors, 1 notice, in 10 rows
$ sed -n '1,/}/p' list.json
{
  "format": "kaohe findings",
  "version": 1,
  "rows": 10,
  "total": 10,
  "findings": [
    {
      "severity": "error",
      "code": "E445",
      "file": "award.csv",
      "row": 4,
      "column": "Name",
      "value": "Culture",
      "words": "not in the list of those assessed (Office)",
      "hint": "correct it, or add it there"
    },
$ kaohe validate files/small.kh files/broken -o list.csv
kaohe: a list of findings goes to a file that ends with .json or .xlsx, not to list.csv
? 2
$ kaohe validate files/small.kh nowhere | tail -n 1
nowhere: 1 error, in 0 rows
