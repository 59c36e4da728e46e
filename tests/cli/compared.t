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
$ kaohe explain files/compared.dates.kh files/compared.dates --unit A | grep '^    line\|^        '
    line 15  −1  per report where sent > deadline and kind is x: -1
        files/compared.dates/report.csv line 2  sent 2024-03-05  asked 2024-02-01  kind x  pages 4  sent 2024-03-05 > deadline 2024-03-01  −1
    line 16  −4  per report where days from asked to sent > 10 or pages < 3: -2
        files/compared.dates/report.csv line 2  sent 2024-03-05  asked 2024-02-01  kind x  pages 4  days from asked to sent = 33 > 10  −2
        files/compared.dates/report.csv line 3  sent 2024-03-07  asked 2024-03-06  kind y  pages 2  −2
    line 17  −2  -2 if share < 50%
        share 45% < 50%  −2
    line 18  −2  -2 if level < b
        level a < b  −2
    line 19  −1  per 2 report where pages < 5: -1
        report 2, once for each 2  −1
    line 20  −1  if deadline < 2024-06-01: per report where pages * 2 > 6: -1
        files/compared.dates/report.csv line 2  sent 2024-03-05  asked 2024-02-01  kind x  pages 4  deadline 2024-03-01 < 2024-06-01, pages * 2 = 8 > 6  −1
    line 23  −3  -3 if late > 1
        late 2 > 1  −3
    line 24  −1  -1 * late, cap 1
        late 2  −2
        cap 1: of 2, not counted 1
    line 25  −1  per report except pages > 2: -1
        files/compared.dates/report.csv line 3  sent 2024-03-07  asked 2024-03-06  kind y  pages 2  −1
## Behind names: a let, a let of lets, a column worked out, under `not`; a remark within the rule is no part of its words.
$ mkdir named; printf 'name,staff,letters,plan\nA,12,20,no\n' > named/office.csv; printf 'name,present,expected\nA,79,99\nA,1,2\nA,85,90\n' > named/session.csv
$ cat > named.kh <<'END'
> scheme "Names"
> unit office
>   name text
>   staff count 1 to 100
>   letters count
>   plan yes/no
> table session
>   present count 0 to 500
>   expected count 1 to 500
>   low = present / expected < 80%
> let few = letters / staff < 2
> let poor_ = few and not plan
> let weak = (count of session where present / expected < 80%) > 1
> item 1 "A" worth 50
>   -2 if few
>   -3 if poor_ or weak
>   -4 if not (letters >= 30)
>   per session where low: -1
>   per session where not low
>       # a remark "within
>       and present < 90: -1 # and behind
>   -1 if plan or (few and letters > 25)
> grades
>   good from 40
>   poor otherwise
> END
$ kaohe explain named.kh named --unit A | sed -n '/^    line/,/^$/p'
    line 15  −2  -2 if few
        letters / staff = 5/3 (1.66…) < 2  −2
    line 16  −3  -3 if poor_ or weak
        letters / staff = 5/3 (1.66…) < 2, count of session where present / expected < 80% = 2 > 1  −3
    line 17  −4  -4 if not (letters >= 30)
        letters 20 < 30  −4
    line 18  −2  per session where low: -1
        named/session.csv line 2  present 79  expected 99  present / expected = 79/99 (79.79…%) < 80%  −1
        named/session.csv line 3  present 1  expected 2  present / expected = 50% < 80%  −1
    line 19  −1  per session where not low and present < 90: -1
        named/session.csv line 4  present 85  expected 90  present / expected = 17/18 (94.44…%) >= 80%  −1

$ cat > 名称.kh <<'END'
> 方案 “名称之后”
> 考核对象 单位
>   名称 文字
>   迟报 整数 0 至 9
> 设 偏多 = 迟报 >= 3
> 项目 1 “甲” 满分 5
>   若 偏多：扣2分
> END
$ mkdir 数; printf '名称,迟报\n甲,4\n' > 数/单位.csv; kaohe explain 名称.kh 数 --unit 甲 | sed -n '/第7行/,$p'
    第7行  −2  若 偏多：扣2分
        迟报 4 >= 3  −2
## What an amount is worked out from: a let with its own figures, a choose with what decides it, a label of `by` is none.
$ mkdir worked; printf 'name,staff,letters,kind\nA,12,20,a\n' > worked/office.csv; printf 'name,present\nA,1\nA,17\n' > worked/session.csv
$ cat > worked.kh <<'END'
> scheme "Worked out"
> unit office
>   name text
>   staff count 1 to 100
>   letters count
>   kind one of a, b
> table session
>   present count 0 to 500
> let per_head = letters / staff
> choose band
>   low if per_head < 2
>   mid if per_head < 4
>   otherwise high
> let half = count of session / 2
> item 1 "A" worth 50
>   -2 if band is low
>   -per_head, cap 1
>   per session where present < half * 10: -half
>   -(by kind (a 3, otherwise 2))
>   -1 if kind is a
> grades
>   good from 40
>   poor otherwise
> END
$ kaohe explain worked.kh worked --unit A | sed -n '/^    line/,$p'
    line 16  −2  -2 if band is low
        band low, per_head 5/3 (1.66…)  −2
    line 17  −1  -per_head, cap 1
        per_head 5/3 (1.66…), letters 20, staff 12  −5/3
        cap 1: of 5/3, not counted 2/3
    line 18  −1  per session where present < half * 10: -half
        worked/session.csv line 2  present 1  present 1 < half * 10 = 10, half 1  −1
    line 19  −3  -(by kind (a 3, otherwise 2))
        kind a  −3
    line 20  −1  -1 if kind is a
