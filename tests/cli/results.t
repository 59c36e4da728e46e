## The formats of results. The figures were worked out by hand in run.t.
$ kaohe run files/small.kh files/data -o r.json 2> /dev/null
r.json: 3 units (3 final), from 14 rows, 1 left for the next period
$ sed -n '/"unit": "Bureau/,/"unit": "Culture/p;/"unit": "Culture/q' r.json
      "unit": "Bureau of Statistics",
      "total": 1,
      "grade": "poor",
      "state": "final",
      "places": {
        "Liked": 3
      },
      "outcomes": {
        "Talk with the leader": true
      },
      "why": [
        "grade poor: the total is 1, line 38: poor otherwise",
        "total 1",
        "Liked place 3 of 3",
        "outcome Talk with the leader (line 40)"
      ],
      "parts": [
        {
          "number": "1",
          "score": 1
        },
        {
          "number": "1.1",
          "score": 1,
          "start": 6,
          "rules": [
            {
              "line": 26,
              "reason": "no plan for the year",
              "rule": "-2 if not plan",
              "amount": -2
            },
            {
              "line": 27,
              "rule": "per missing session -1",
              "amount": -2,
              "rows": [
                {
                  "file": "office.csv",
                  "row": 3,
                  "words": "session 1 of 3 (session.csv line 5)",
                  "amount": -2
                }
              ]
            },
            {
              "line": 28,
              "rule": "per session where present / expected < 80%: -1, cap 2",
              "amount": -1,
              "rows": [
                {
                  "file": "session.csv",
                  "row": 5,
                  "words": "Held 2024-03-05  Present 7  Expected 10  present / expected = 70% < 80%",
                  "amount": -1
                }
              ]
            }
          ]
        },
        {
          "number": "1.2",
          "score": 0,
          "start": 4,
          "rules": [
            {
              "line": 30,
              "reason": "last of all",
              "rule": "-4 if from_last(liked) = 1",
              "amount": -4
            }
          ]
        },
        {
          "number": "2",
          "score": 0,
          "start": 0
        }
      ],
      "waiting": []
    },
    {
      "unit": "Culture",
$ sed -n '1,/"parts"/p;/"grades"/,/"units"/p;/^  "findings"/,$p' r.json
{
  "format": "kaohe results",
  "version": 1,
  "scheme": {
    "file": "small.kh",
    "title": "Offices",
    "edition": "2024",
    "parts": [
    "grades": [
      "good",
      "fair",
      "poor"
    ],
    "questions": []
  },
  "period": {
    "from": "2024-01-01",
    "to": "2024-12-31"
  },
  "rows": {
    "read": 14,
    "used": 13,
    "after": 1,
    "earlier": 0
  },
  "units": [
  "findings": [
    {
      "severity": "notice",
      "code": "N312",
      "words": "the rules of item 1.1 can take 7 of its 6 marks: what goes beyond is not counted",
      "hint": "where the regulation says so, write: until none left",
      "line": 25
    },
    {
      "severity": "notice",
      "code": "N403",
      "file": "session.csv",
      "row": 6,
      "words": "rows after the period, which ends on 2024-12-31, are left for the next one: 1; the first is on this line"
    }
  ]
}
## A line a unit, in the order that is asked for; a figure that is no decimal number is a text; what is open is null and says who is waited for.
$ kaohe run --sort total files/small.kh files/data --as jsonl -o - 2> /dev/null | cut -d , -f 1,2
{"unit": "Archive", "total": 13
{"unit": "Culture", "total": 11
{"unit": "Bureau of Statistics", "total": 1
$ kaohe run files/small.kh files/data --as json -o - 2> /dev/null | cmp - r.json
$ kaohe run files/thirds.kh files/thirds -o - --as jsonl
{"unit": "\"Quoted\" \\ back", "total": "13/3", "grade": null, "state": "final", "places": {}, "outcomes": {}, "why": ["total 13/3"], "parts": [{"number": "1", "score": "13/3", "start": "13/3", "rules": [{"line": 11, "rule": "score given / parts", "amount": null, "rows": [{"file": "office.csv", "row": 2, "words": "given 13, parts 3", "amount": null}]}]}, {"number": "2", "score": 0, "start": 0, "judged": "Board, decision.csv line 2"}], "waiting": []}
{"unit": "=SUM(A1)", "total": null, "grade": null, "state": "open", "places": {}, "outcomes": {}, "why": ["total open (not yet judged)"], "parts": [{"number": "1", "score": 12.25, "start": 12.25, "rules": [{"line": 11, "rule": "score given / parts", "amount": null, "rows": [{"file": "office.csv", "row": 3, "words": "given 49, parts 4", "amount": null}]}]}, {"number": "2", "score": null, "open": true, "judged": "waits for Board"}], "waiting": [{"subject": "2", "authority": "Board"}]}
## The ending says the format, or --as does.
$ kaohe run files/small.kh files/data -o results
kaohe: the ending of results names no format; there are .csv, .json, .jsonl, .xlsx, .html, .db. Another name: add --as FORMAT
? 2
$ kaohe run files/small.kh files/data -o results.doc --lang zh
kaohe: results.doc的后缀不是已有的格式：.csv、.json、.jsonl、.xlsx、.html、.db。文件另有名称时，加上 --as 格式
? 2
$ kaohe run files/small.kh files/data -o results --as word
kaohe: there is no format "word"; there are .csv, .json, .jsonl, .xlsx, .html, .db
? 2
$ kaohe run files/small.kh files/data --as json
kaohe: say where to: -o FILE, or -o - for standard output
? 2
$ kaohe run files/small.kh files/data -o - --as xlsx 2>&1 | grep -v notice
kaohe: a file of the format xlsx does not go to standard output; name one: -o FILE
$ kaohe run files/small.kh files/data -o /dev/null --as xlsx 2>&1 | grep -v notice
kaohe: /dev/null is no ordinary file; a file of this format needs one
$ kaohe run files/small.kh files/data -o results --as JSON 2> /dev/null && cmp results r.json
results: 3 units (3 final), from 14 rows, 1 left for the next period
## A file that may not grow: the old one stays, nothing beside it.
$ mkdir full && echo old > full/r.json && (ulimit -f 1; kaohe run files/small.kh files/data -o full/r.json 2>&1 | grep -v notice; cat full/r.json; ls -A full)
kaohe: full/r.json: it cannot be written (File too large)
  hint: choose another folder or disk
old
r.json
## The summary names the decisions that are waited for; --quiet says nothing but what is wrong.
$ kaohe run files/thirds.kh files/thirds -o t.csv; kaohe run --lang zh files/thirds.kh files/thirds -o t.csv
t.csv: 2 units (1 final, 1 open), from 3 rows; 1 decision is waited for
t.csv：2个单位（final1个，open1个），读3行；待裁定1项
$ kaohe run -q files/small.kh files/data -o q.csv; kaohe run --quiet files/small.kh files/data | head -n 1
Name                   1  1.1  1.2  2  total  grade  Liked  state  Talk with the leader
$ kaohe run -q files/small.kh files/broken 2>&1 | head -n 1
files/broken/award.csv:4: column "Name": "Culture": not in the list of those assessed (Office)
