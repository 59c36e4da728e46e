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
## Why it is open, in the words of the line; and a range for B, C although the bonus can be open for others (it could not be told). By
## hand: B 0 to 10 and 3 for a city's award; C 0 to 10; of D's province nobody knows.
$ for u in B C D; do kaohe explain files/unsettled.kh files/unsettled --unit $u 2> /dev/null | sed -n '4,5p;$p'; done; kaohe explain files/unsettled.kh files/unsettled --unit B 2> /dev/null | grep 'applies here'
total range 3 to 13, the grade is not certain yet
  standing is open (line 13): the text leaves streets out
waits for the decision on 1
total range 0 to 10, the grade is not certain yet
  standing is open (line 11): no line covers this case
waits for the decision on 1
total range: cannot be told before the decision
  marks_for is open for a row of it (line 19): page 4, with the marks of a province, is missing
waits for the decision on 2
    it is open whether this applies here
