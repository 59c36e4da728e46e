## Both values of a comparison: 79/99 is cut, not rounded; 3/4 is 75%; 2/7 beside 50%; of an `or` only what holds.
$ kaohe explain files/compared.kh files/compared --unit A
…
    line 13  −2  per session where attendance < 80%: -1
        files/compared/session.csv line 2  present 79  expected 99  attendance 79/99 (79.79…%) < 80%  −1
        files/compared/session.csv line 3  present 60  expected 80  attendance 75% < 80%  −1
    line 14  −1  per session where attendance < 80% and (present > 100 or present < deadline): -1
        files/compared/session.csv line 3  present 60  expected 80  attendance 75% < 80%, present 60 < deadline 70  −1
    line 15  −2  -2 if visits < 3
        visits 2 < 3  −2
    line 16  −2  -2 if visits / 7 < share and visits <= deadline
        visits / 7 = 2/7 (28.57…%) < share 50%, visits 2 <= deadline 70  −2
…
$ kaohe explain files/compared.zh.kh files/compared.zh --unit 甲 | grep 出席率
    第10行  −1  每次 学习登记 其中 出席率 < 80%：扣1分
        files/compared.zh/学习登记.csv 第2行  出席 79  应到 99  出席率 79/99 (79.79…%) < 80%  −1
## A line that scores stands in the page as a rule of its part, not as a part of its own.
$ kaohe explain files/compared.kh files/compared --unit A --html | grep -c '<h3'; kaohe explain files/compared.kh files/compared --unit A --html | grep -o 'two for each <span class="clause">\[2\] line 19'
2
two for each <span class="clause">[2] line 19
