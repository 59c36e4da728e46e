## A must is tried wherever the cells that it reads are in order: all that is wrong comes at once. In office.csv line 3 the staff is no
## number, in line 7 the leave is blank: nothing is said of their rule. In session.csv line 5 `present` is no number; in line 2 only the
## date is wrong, and the rule is broken all the same. The row of keyed.csv after the period is not looked at.
$ kaohe run files/must.kh files/must 2>&1 | grep -v hint:
files/must/keyed.csv:3: column "b": "x": not a number
files/must/keyed.csv:3: column "id": "i": it stands on line 2 already, and may stand only once
files/must/office.csv:3: column "staff": "x": not a number
files/must/office.csv:4: column "lead": "Z": not in the table "office_kind"
files/must/office.csv:5: column "name": "C": it stands on line 4 already, and may stand only once
files/must/office.csv:7: column "on_leave": this cell must not be blank
files/must/session.csv:2: column "held": "2024-02-30": there is no such day: month 2 of 2024 has 29 days
files/must/session.csv:4: column "name": "ZZ": not in the list of those assessed (office)
files/must/session.csv:5: column "present": "1e": not a number
files/must/office.csv:2: the row breaks the rule below
    8 |   must on_leave <= staff
      |   ^^^^^^^^^^^^^^^^^^^^^^
files/must/office.csv:4: the row breaks the rule below
    8 |   must on_leave <= staff
      |   ^^^^^^^^^^^^^^^^^^^^^^
files/must/office.csv:5: the row breaks the rule below
   11 |   must known(nick) or staff < 100
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
files/must/session.csv:2: the row breaks the rule below
   20 |   must present <= expected
      |   ^^^^^^^^^^^^^^^^^^^^^^^^
files/must/session.csv:3: the row breaks the rule below
   20 |   must present <= expected
      |   ^^^^^^^^^^^^^^^^^^^^^^^^
files/must/session.csv:4: the row breaks the rule below
   20 |   must present <= expected
      |   ^^^^^^^^^^^^^^^^^^^^^^^^
files/must/session.csv:6: column "remark": this cell must not be blank: the condition below holds
   21 |   remark    text only when present = 0
      |   ^^^^^^
files/must/session.csv:7: column "remark": "r": this cell must stay blank here: it is filled in only when the condition below holds
   21 |   remark    text only when present = 0
      |   ^^^^^^
files/must/keyed.csv:2: the row breaks the rule below
   28 |   must a < b
      |   ^^^^^^^^^^
files/must/keyed.csv:4: notice: rows after the period, which ends on 2024-12-31, are left for the next one: 1; the first is on this line
