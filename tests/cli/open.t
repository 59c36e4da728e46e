## An open total: how low and how high it can come out, whether the grade is certain, whose answer is waited for.
## A: 60 + 28 of the board, the office may give 0 to 10: 88 to 98, good from 80 at both ends.
$ kaohe explain files/open.kh files/open --unit A 2> /dev/null | sed -n '1,4p;/^waits/p'
A (files/open/office.csv line 2)
grade open (not yet judged)
total open (not yet judged)
total range 88 to 98, the grade by score is certain: good
waits for the decision on 1.2 (office)
## B: 60 - 45 = 15, and 0 to 40 from both judges: 15 to 55, poor below 60.
$ kaohe explain files/open.kh files/open --unit B 2> /dev/null | sed -n '1,4p;/^waits/p'
B (files/open/office.csv line 3)
grade open (not yet judged)
total open (not yet judged)
total range 15 to 55, the grade by score is certain: poor
waits for the decision on 1.2 (board)
waits for the decision on 1.2 (office)
## C: 60 - 10 + 20 = 70, and 0 to 10: fair or, at 80, good.
$ kaohe explain files/open.kh files/open --unit C 2> /dev/null | sed -n '1,4p;/^waits/p'
C (files/open/office.csv line 4)
grade open (not yet judged)
total open (not yet judged)
total range 70 to 80, the grade is not certain yet
waits for the decision on 1.2 (office)
## The same in the page and in JSON, for a unit and for all.
$ kaohe explain files/open.kh files/open --unit A --json 2> /dev/null | grep 'total range'; kaohe explain files/open.kh files/open --unit C --html 2> /dev/null | grep -o 'total range[^<]*'
        "total range 88 to 98, the grade by score is certain: good"
total range 70 to 80, the grade is not certain yet
$ kaohe explain files/open.kh files/open --all -o site > /dev/null 2>&1; grep -ho 'total range[^<]*' site/unit-*.html
total range 88 to 98, the grade by score is certain: good
total range 15 to 55, the grade by score is certain: poor
total range 70 to 80, the grade is not certain yet
