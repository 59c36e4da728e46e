## How far to the next grade (1 of 6) and place (88.2 − 77), and what another reading gives (three times 2 off 6).
$ kaohe explain files/small.kh files/data --unit "Bureau of Statistics" 2> /dev/null | tail -n 2
to the grade fair: 5 marks
Liked: before it stands Culture (place 2, 11.2 away)
$ kaohe explain files/question.kh files/asked --unit Archive | tail -n 3
if each_time is read as each: best 2 → 3

best: before it stands Culture (place 1, 2 away)
$ kaohe explain files/question.kh files/asked --unit Archive --lang zh | tail -n 2

best：前一名为 Culture（第1名，差 2）
## The page leads with the grade, has a sentence and the line for each rule, and its rows.
$ kaohe explain files/small.kh files/data --unit Culture --html 2> /dev/null | sed 's/<[^>]*>/ /g' | grep -o 'good · 11 marks\|For each row of Awards.*added\.\|session.csv line 9 .*' | sed 's/  */ /g;s/ $//'
good · 11 marks
session.csv line 9 Held 2024-11-02 Present 15 Expected 20 present / expected = 75% &lt; 80%
For each row of Awards, by Level (town: 1, county: 2, nation: 3) is added.
## JSON has a name and a version; the distances stand beside the unit.
$ kaohe explain files/question.kh files/asked --unit Bureau --json | sed -n '1,3p;/^  "readings"/,$p' | tr -d ' \n'; echo
{"format":"kaoheexplanation","version":1,"readings":[{"question":"each_time","reading":"each","figure":"best","before":3,"after":2}],"ahead":{"places":[{"ranking":"best","place":2,"unit":"Archive","missing":3}]}}
$ kaohe explain files/small.kh files/data --all -o site 2> /dev/null; ls site; grep -c 'href="unit-000' site/index.html
site/index.html: 3 units
index.html
unit-0001.html
unit-0002.html
unit-0003.html
3
$ kaohe explain files/small.kh files/data --all
kaohe: say into which folder: --all -o FOLDER
? 2
$ kaohe explain files/small.kh files/data --all -o files/open.kh 2>&1 | tail -n 1
  hint: make the folder first, or choose another
$ kaohe explain files/small.kh files/data --unit Culture --html --json
kaohe: --html and --json do not go together
? 2
$ kaohe explain files/small.kh files/data --unit Culture -o out.txt
kaohe: -o goes with --html, --json or --all
? 2
$ kaohe explain files/small.kh files/data --unit Cultur --html 2>&1 | tail -n 1
there is no "Cultur"; did you mean "Culture"?
## A ranking by the total, which is kept at six places here: 94 is one mark before 93.
$ kaohe explain schemes/wenzhou/scheme.kh schemes/wenzhou/data --unit 云江市规划局 2> /dev/null | grep 前一名
满意评选：前一名为 云江市物价局（第30名，差 0.51）
总分排名：前一名为 云江市编制办公室（第33名，差 1）
## The order in all three forms: grade and why, tree of marks, points, other readings, what is open, how far to go.
$ cat > order.kh <<'END'
> scheme "Order"
> unit office
>   name text
>   late count 0 to 9
> question each_time "each, or once?" one of each, once take each
> item 1 "Late" worth 10
>   -late when each_time is each
>   -1 if late > 0 when each_time is once
> item 2 "Team" worth 10 judged by "board"
> grades
>   good from 9
>   poor otherwise
> ranking punctual by item 1 highest first
> END
$ mkdir order; printf 'name,late\nA,3\nB,1\n' > order/office.csv; printf 'unit,subject,row,value,reason,authority,date\nB,2,,4,ok,board,\n' > order/decision.csv
$ kaohe explain order.kh order --unit A
A (order/office.csv line 2)
grade open (not yet judged)
total open (not yet judged)
total range 7 to 17, the grade is not certain yet
punctual place 2 of 2

marks
  1  Late  7 of 10
  2  Team  open (not yet judged) of 10

item 1  Late  7 of 10
    starts at 10
    line 7  −3  -late
        late 3  −3

item 2  Team  open (not yet judged) of 10
    judged open (not yet judged) (waits for board)

if each_time is read as once: punctual 2 → 1

waits for the decision on 2 (board)

punctual: before it stands B (place 1, 2 away)
$ kaohe explain order.kh order --unit A --html | grep -o '<h2 id="[a-z]*"'
<h2 id="marks"
<h2 id="points"
<h2 id="other"
<h2 id="open"
<h2 id="ahead"
$ kaohe explain order.kh order --unit A --json | sed -n '/^  "units"/,$p' | grep -o '"\(why\|parts\|waiting\|readings\|ahead\)"'
"why"
"parts"
"waiting"
"readings"
"ahead"
