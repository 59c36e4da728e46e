#!/bin/sh
# Results in the formats that are no text: what stands in them, that equal runs give equal bytes, that a failure leaves what
# was there. What is text is compared in tests/cli/formats.t.
#
# In: KAOHE, BUILD, and the program that converts a folder of CSV (tests/formats/convert.c). Out: a line for each thing that is
# not as it should be, then the counts.
# Decision: workbooks are looked at through unzip and the XML they hold, not through a spreadsheet, which would take minutes.

convert=$1
passed=0 failed=0
room=$BUILD/tests/results.d
files=$PWD/tests/cli/files
rm -rf "$room"
mkdir -p "$room"

must() { # words, command…
    words=$1
    shift
    if "$@" > "$room/out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "RED: $words"
        head -n 20 "$room/out"
    fi
}

run() { "$KAOHE" run "$files/small.kh" "$files/data" "$@"; }
has() { grep -qF -- "$2" "$1" || { echo "not there: $2"; return 1; }; }
has_not() { ! grep -F -- "$2" "$1"; }
only() { test "$(ls -A "$1")" = "$2" || { ls -A "$1"; return 1; }; }

# ---- workbooks ----

book() { # file, folder: unpacked
    rm -rf "$2" && mkdir "$2" && unzip -q "$1" -d "$2"
}
# The sheet of a name: its number is its place in the list.
sheet() { # folder, name
    sed 's/<sheet /\n&/g' "$1/xl/workbook.xml" | grep '^<sheet ' | grep -n "name=\"$2\"" | sed 's/:.*//'
}
sheets_are() { # folder, names from the n-th on, n
    got=$(sed 's/<sheet /\n&/g' "$1/xl/workbook.xml" | sed -n 's/^<sheet name="\([^"]*\)".*/\1/p' | tail -n "+${3:-1}" | tr '\n' ';')
    test "$got" = "$2" || { echo "$got"; return 1; }
}
sheet_has() { # folder, sheet, what
    has "$1/xl/worksheets/sheet$(sheet "$1" "$2").xml" "$3"
}
# The text of a cell that holds one: its number leads into the shared strings.
cell_is() { # folder, sheet, cell, text
    number=$(sed 's/<c /\n&/g' "$1/xl/worksheets/sheet$(sheet "$1" "$2").xml" | grep "^<c r=\"$3\"" | sed -n 's/.*t="s"><v>\([0-9]*\)<.*/\1/p')
    test -n "$number" || { echo "$3 of $2 is no text"; return 1; }
    got=$(sed 's/<si>/\n&/g' "$1/xl/sharedStrings.xml" | grep '^<si>' | sed -n "$((number + 1))s/<[^>]*>//gp")
    test "$got" = "$4" || { echo "$3 of $2 is: $got"; return 1; }
}
number_is() { # folder, sheet, cell, number
    got=$(sed 's/<c /\n&/g' "$1/xl/worksheets/sheet$(sheet "$1" "$2").xml" | grep "^<c r=\"$3\"" | sed 's/<v>/\n/; s/<.v>.*//' | tail -n 1)
    sed 's/<c /\n&/g' "$1/xl/worksheets/sheet$(sheet "$1" "$2").xml" | grep "^<c r=\"$3\"" | grep -q 't="s"' && { echo "$3 of $2 is a text"; return 1; }
    test "$got" = "$4" || { echo "$3 of $2 is: $got"; return 1; }
}

run -o "$room/a.xlsx" > /dev/null 2>&1
book "$room/a.xlsx" "$room/a"
must "a workbook has its sheets" sheets_are "$room/a" "Ranking;Scores;Ledger;Outside the period;Findings;Archive;Bureau of Statistics;Culture"
# by total: 13, 11, 1
must "the best comes first" cell_is "$room/a" Ranking A4 Archive
must "totals are numbers" number_is "$room/a" Ranking B4 13
must "the second" cell_is "$room/a" Ranking A5 Culture
must "the last" cell_is "$room/a" Ranking A6 "Bureau of Statistics"
must "its total" number_is "$room/a" Ranking B6 1
must "its grade" cell_is "$room/a" Ranking C6 poor
must "the ranking's place" number_is "$room/a" Ranking D6 3
must "an outcome" cell_is "$room/a" Ranking H6 yes
must "scores are in the order of the data" cell_is "$room/a" Scores A5 "Bureau of Statistics"
must "an item" number_is "$room/a" Scores C5 1
must "full marks over it" number_is "$room/a" Scores C3 6
must "the ledger names the record" cell_is "$room/a" Ledger I2 award.csv
must "with its line" number_is "$room/a" Ledger J2 2
must "what it gave" number_is "$room/a" Ledger K2 3
must "what the rule counts for, once" number_is "$room/a" Ledger L2 4
must "a deduction is negative" number_is "$room/a" Ledger K4 -2
must "a reason" cell_is "$room/a" Ledger G4 "no plan for the year"
must "headings stay" sheet_has "$room/a" Ranking '<pane xSplit="1" ySplit="3"'
must "there are filters" sheet_has "$room/a" Ranking '<autoFilter ref="A3:H6"/>'
must "headings are repeated in print" has "$room/a/xl/workbook.xml" '_xlnm.Print_Titles'
must "pages are A4 and lie" sheet_has "$room/a" Ranking '<pageSetup paperSize="9"'
must "a unit's sheet" cell_is "$room/a" Culture A1 Culture
must "nothing comes from the clock" has "$room/a/docProps/core.xml" '2000-01-01T00:00:00Z'
sleep 2.1 # the times in a zip file go by two seconds
run -o "$room/b.xlsx" > /dev/null 2>&1
must "the same bytes again" cmp "$room/a.xlsx" "$room/b.xlsx"
must "what a spreadsheet opens is whole" unzip -tq "$room/a.xlsx"

# ---- wherever it is run ----

# Neither the folder that the data lies in nor the one that the program is started in stands in any result.
mkdir -p "$room/away/here" && cp -r "$files/data" "$files/small.kh" "$room/away/here"
for ending in csv json jsonl xlsx html db; do
    run -o "$room/place.$ending" > /dev/null 2>&1
    (cd "$room/away" && "$KAOHE" run here/small.kh here/data -o "$room/away/place.$ending") > /dev/null 2>&1
    must "the same $ending wherever it is run" cmp "$room/place.$ending" "$room/away/place.$ending"
done
rm -rf "$room/away"

# Chinese is often from a font with higher lines: the last of three was cut.
must "a title has a high row" sheet_has "$room/a" Ranking '<row r="1" spans="1:8" ht="22"'
"$KAOHE" run schemes/hewan/scheme.kh schemes/hewan/data -o "$room/h.xlsx" > /dev/null 2>&1
book "$room/h.xlsx" "$room/h"
must "a row of one Chinese line" sheet_has "$room/h" 排名 'ht="17"'
must "a row of two" sheet_has "$room/h" 扣加分台账 'ht="34"'

"$KAOHE" run "$files/thirds.kh" "$files/thirds" -o "$room/t.xlsx" > /dev/null 2>&1
book "$room/t.xlsx" "$room/t"
must "no text becomes a formula" has_not "$room/t/xl/worksheets/sheet1.xml" '<f>'
must "it stands there as it is" cell_is "$room/t" Ranking A5 '=SUM(A1)'
must "a quotient is a text" cell_is "$room/t" Ranking B4 13/3
must "a decimal is a number" number_is "$room/t" Ranking D5 12.25
must "an open figure is empty" has "$room/t/xl/worksheets/sheet1.xml" '<c r="B5"'
must "what is waited for" cell_is "$room/t" Waiting D2 Board

mkdir "$room/many"
{ echo name,given,parts; i=0; while [ $i -lt 101 ]; do echo "u$i,$i,2"; i=$((i + 1)); done; } > "$room/many/office.csv"
echo unit,subject,row,value,reason,authority,date > "$room/many/decision.csv"
"$KAOHE" run "$files/thirds.kh" "$room/many" -o "$room/m.xlsx" > /dev/null 2>&1
book "$room/m.xlsx" "$room/m"
must "many units share a sheet" sheets_are "$room/m" "Ranking;Scores;Ledger;Waiting;Findings;Details"

# Rows of other periods: of the second quarter, Archive has one session, Culture one, and the Bureau none.
run --period 2024-Q2 -o "$room/q.xlsx" > /dev/null 2>&1
book "$room/q.xlsx" "$room/q"
must "rows of other periods have a sheet" sheets_are "$room/q" "Ranking;Scores;Ledger;Outside the period;Findings;Archive;Bureau of Statistics;Culture"
must "their table" cell_is "$room/q" "Outside the period" A2 Sessions
must "their line" number_is "$room/q" "Outside the period" B2 2
must "their unit" cell_is "$room/q" "Outside the period" C4 "Bureau of Statistics"
must "their date" cell_is "$room/q" "Outside the period" D3 2024-09-01
must "earlier ones" cell_is "$room/q" "Outside the period" E2 "before the period: left to an earlier one"
must "later ones" cell_is "$room/q" "Outside the period" E3 "after the period: left for the next one"
must "all of them" has_not "$room/q/xl/worksheets/sheet$(sheet "$room/q" "Outside the period").xml" 'r="A8"'
run --period 2024-Q2 -o "$room/q.html" > /dev/null 2>&1
must "a page lists them" has "$room/q.html" '<tr><td>Sessions</td><td class="n">9</td><td>Culture</td><td>2024-11-02</td><td>after the period'

# What belongs to a row of another period is of that period, too.
mkdir "$room/owned"
cat > "$room/owned.kh" << 'END'
scheme "Owned"
  period 2024-01-01 to 2024-12-31
unit office
  name text
table project by begun
  project_name text key
  begun date
table visit of project
  guests count
item 1 "Visits" worth 10
  per visit: -1
END
printf 'name\na\n' > "$room/owned/office.csv"
printf 'name,project_name,begun\na,old,2024-05-01\na,new,2025-02-01\n' > "$room/owned/project.csv"
printf 'name,project_name,guests\na,old,3\na,new,4\na,old,5\n' > "$room/owned/visit.csv"
owned() { "$KAOHE" run "$room/owned.kh" "$room/owned" "$@" > "$room/owned.said" 2>&1; }
owned -o "$room/o.json"
must "two visits count" has "$room/o.json" '"total": 8'
must "rows of a row that is left" sh -c "tr -d '\n ' < '$room/o.json' | grep -qF '\"row\":3,\"unit\":\"a\",\"why\":\"withitsowner\"}]'"
must "both are counted" sh -c "tr -d '\n ' < '$room/o.json' | grep -qF '\"rows\":{\"read\":6,\"used\":4,\"after\":2,\"earlier\":0}'"
owned --period 2025 -o "$room/o.json"
must "rows of a row of an earlier period" sh -c "tr -d '\n ' < '$room/o.json' | grep -qF '\"rows\":{\"read\":6,\"used\":3,\"after\":0,\"earlier\":3}'"
must "the first of them is named" has "$room/owned.said" "visit.csv:2: notice: rows before the period of this run"
owned --period 2025 --threads 1 -o "$room/o.csv"
must "also without a list" has "$room/owned.said" "6 rows, 3 left to earlier periods"

# So many units that rows go to temporary files as they come.
mkdir "$room/large"
awk 'BEGIN { print "name,given,parts"; for (i = 0; i < 2001; i++) print "u" i "," i % 7 ",2" }' > "$room/large/office.csv"
echo unit,subject,row,value,reason,authority,date > "$room/large/decision.csv"
"$KAOHE" run "$files/thirds.kh" "$room/large" -o "$room/l.xlsx" > /dev/null 2>&1
must "a large workbook is whole" unzip -tq "$room/l.xlsx"
book "$room/l.xlsx" "$room/l"
must "it has its sheets" sheets_are "$room/l" "Ranking;Scores;Ledger;Waiting;Findings;Details"
must "and all units" sh -c "grep -o '<row ' '$room/l/xl/worksheets/sheet2.xml' | wc -l | grep -qx 2004"
must "the last of them" has "$room/l/xl/worksheets/sheet2.xml" '<t>u2000</t>'
"$KAOHE" run "$files/thirds.kh" "$room/large" -o "$room/l2.xlsx" > /dev/null 2>&1
must "the same bytes again when it is large" cmp "$room/l.xlsx" "$room/l2.xlsx"

# Names that a sheet may not have, or that are equal but for their case.
mkdir "$room/names"
printf 'name,given,parts\na/b:c,1,2\nA_B_C,1,2\nranking,1,2\n%s,1,2\n%s,1,2\n' 街道办事处街道办事处街道办事处街道办事处街道办事处街道办事处甲 街道办事处街道办事处街道办事处街道办事处街道办事处街道办事处乙 > "$room/names/office.csv"
echo unit,subject,row,value,reason,authority,date > "$room/names/decision.csv"
"$KAOHE" run "$files/thirds.kh" "$room/names" -o "$room/n.xlsx" > /dev/null 2>&1
book "$room/n.xlsx" "$room/n"
must "names of sheets" sheets_are "$room/n" "a_b_c;A_B_C (2);ranking (2);街道办事处街道办事处街道办事处街道办事处街道办事处街道办事处甲;街道办事处街道办事处街道办事处街道办事处街道办事处街道办事处乙" 6

"$KAOHE" validate "$files/small.kh" "$files/broken" -o "$room/v.xlsx" > /dev/null 2>&1
book "$room/v.xlsx" "$room/v"
must "validation: tables in which something is wrong" sheets_are "$room/v" "Findings;Office;Sessions;Awards"
must "the first column is as wide as names" sheet_has "$room/v" Office '<col min="3" max="3" width="24.'
must "the others are as wide as dates" sheet_has "$room/v" Office '<col min="4" max="4" width="14.'
must "a wrong cell keeps its text" cell_is "$room/v" Office D3 perhaps
must "what is wrong stands in front" cell_is "$room/v" Office B3 "Plan: neither yes nor no"
must "rows have their lines" number_is "$room/v" Office A3 3
must "the cell is marked and has a remark" has "$room/v/xl/comments1.xml" '<comment ref="D3"'
must "a sound cell has none" has_not "$room/v/xl/comments1.xml" '<comment ref="D2"'

# Data in a workbook: its tables are shown as they lie there, too.
mkdir "$room/in-book" && for name in office session award; do cp "$files/broken/$name.csv" "$room/in-book"; done
"$convert" odd "$room/in-book" "$room/in-book.xlsx"
timeout 60 "$KAOHE" validate "$files/small.kh" "$room/in-book.xlsx" -o "$room/w.xlsx" > /dev/null 2>&1
must "validation of a workbook" test $? -eq 3
book "$room/w.xlsx" "$room/w"
must "its wrong cells" has "$room/w/xl/comments1.xml" 'neither yes nor no'
timeout 60 "$KAOHE" template "$files/small.kh" "$room/in-book.xlsx" -o "$room/u.xlsx" > /dev/null 2>&1
must "a template with the units of a workbook" test $? -eq 0
book "$room/u.xlsx" "$room/u"
must "the first of them" grep -q "$(sed -n '2s/,.*//p' "$files/broken/office.csv")" "$room/u/xl/sharedStrings.xml"

# ---- templates ----

"$KAOHE" template "$files/small.kh" -o "$room/s.xlsx" > /dev/null 2>&1
book "$room/s.xlsx" "$room/s"
must "a template's sheets" sheets_are "$room/s" "Instructions;Office;Sessions;Awards;Lists"
must "a drop-down list" sheet_has "$room/s" Office '<formula1>'"'Lists'"'!$A$2:$A$3</formula1>'
must "a range" sheet_has "$room/s" Office '<formula1>0</formula1><formula2>100</formula2>'
must "keys of another sheet" sheet_has "$room/s" Awards '<formula1>'"'Office'"'!$A$2:$A$1001</formula1>'
must "dates" sheet_has "$room/s" Sessions 'type="date"'
must "a note with the clause" grep -qF "Counts in: 1.1" "$room/s/xl/comments1.xml"
must "instructions" cell_is "$room/s" Instructions C8 "yes or no. Counts in: 1.1"
"$KAOHE" template "$files/open.kh" "$files/open" -o "$room/d.xlsx" > /dev/null 2>&1
book "$room/d.xlsx" "$room/d"
must "a line for each decision" cell_is "$room/d" decision A7 C
must "with who decides" cell_is "$room/d" decision F7 office

fill() { # folder, sheet, CSV: its rows behind the headings
    rows=$(awk -F, 'NR > 1 { printf "<row r=\"%d\">", NR
        for (k = 1; k <= NF; k++) printf "<c r=\"%c%d\" t=\"inlineStr\"><is><t>%s</t></is></c>", 64 + k, NR, $k
        printf "</row>" }' "$3")
    sed -i "s|</sheetData>|$rows</sheetData>|" "$1/xl/worksheets/sheet$(sheet "$1" "$2").xml"
}
if command -v zip > /dev/null; then
    fill "$room/s" Office "$files/data/office.csv"
    fill "$room/s" Sessions "$files/data/session.csv"
    fill "$room/s" Awards "$files/data/award.csv"
    (cd "$room/s" && zip -qr ../filled.xlsx .)
    run -o "$room/a.csv" > /dev/null 2>&1
    "$KAOHE" run "$files/small.kh" "$room/filled.xlsx" -o "$room/filled.csv" > "$room/filled.said" 2>&1
    must "a template that was filled in gives the results" cmp "$room/filled.csv" "$room/a.csv"

    # Names that a sheet cannot have: cut short, changed, alike once they are cut, and that of the instructions.
    cat > "$room/long.kh" << 'END'
方案 “长名”
考核对象 单位
  名称 文字
表 甲表 “二〇二四年度城乡社区治理和服务体系建设工作检查情况登记情况一览表甲”
  次数 整数
表 乙表 “二〇二四年度城乡社区治理和服务体系建设工作检查情况登记情况一览表乙”
  次数 整数
表 丙表 “经费[万元]/人数：登记”
  次数 整数
表 填写说明
  次数 整数
项目 1 “检查” 满分 100
  每次 甲表：扣1分
  每次 乙表：扣10分
  每次 丙表：扣3分
  每次 填写说明：扣5分
END
    mkdir "$room/units" && printf '名称\n甲\n' > "$room/units/单位.csv"
    printf 'x,y\n甲,1\n' > "$room/one.csv"
    "$KAOHE" template "$room/long.kh" "$room/units" -o "$room/long.xlsx" > /dev/null 2>&1
    book "$room/long.xlsx" "$room/long"
    cut=二〇二四年度城乡社区治理和服务体系建设工作检查情况登记
    must "names that a sheet cannot have" sheets_are "$room/long" "填写说明_;单位;$cut (1);$cut (2);经费_万元__人数：登记;填写说明;选项"
    for name in "$cut (2)" 经费_万元__人数：登记 填写说明; do fill "$room/long" "$name" "$room/one.csv"; done
    (cd "$room/long" && zip -qr ../long-filled.xlsx .)
    "$KAOHE" run "$room/long.kh" "$room/long-filled.xlsx" -o "$room/long.csv" > "$room/long.said" 2>&1
    must "each table is found in its sheet: 100 - 10 - 3 - 5" grep -qx '甲,82,82,,定' "$room/long.csv"
    must "and nothing is said of the instructions" has_not "$room/long.said" 未读取
    sed -i "s/$cut (1)/$cut情况一览/" "$room/long/xl/workbook.xml" # the 31 characters that both begin with
    (cd "$room/long" && zip -qr ../long-doubtful.xlsx .)
    must "a sheet that could be of two tables" sh -c "'$KAOHE' run '$room/long.kh' '$room/long-doubtful.xlsx' > '$room/long.said' 2>&1; test \$? -eq 3"
    must "what to call it" has "$room/long.said" "请把该表的工作表命名为：$cut (1)"
else
    echo "left out: filling a template in, for there is no zip"
fi

# ---- whole or not at all ----

small_disk() { # blocks, file: a file may not grow beyond so many blocks
    mkdir "$room/disk" && echo old > "$room/disk/$2"
    (ulimit -f "$1"; run -o "$room/disk/$2")
    status=$?
    test $status -eq 4 || { echo "status $status"; return 1; }
    test "$(cat "$room/disk/$2")" = old && only "$room/disk" "$2"
}
for blocks in 0 1 2 4 8; do
    must "a workbook on a disk of $blocks blocks" small_disk $blocks r.xlsx
    rm -rf "$room/disk"
done

for ending in csv html jsonl; do
    must "a .$ending on a disk that is full" small_disk 0 r.$ending
    rm -rf "$room/disk"
done
full_base() { # blocks: a new database does not come half
    mkdir "$room/disk"
    (ulimit -f "$1"; run -o "$room/disk/r.db")
    status=$?
    test $status -eq 4 || { echo "status $status"; return 1; }
    only "$room/disk" ""
}
for blocks in 0 4 16; do
    must "a new database on a disk of $blocks blocks" full_base $blocks
    rm -rf "$room/disk"
done
grown() { # a further run that finds no room leaves the runs before
    cp "$room/a.db" "$room/grown.db"
    (ulimit -f 4; run -o "$room/grown.db")
    status=$?
    test $status -eq 4 || { echo "status $status"; return 1; }
    ask "$room/grown.db" "PRAGMA integrity_check; SELECT count(*) FROM runs" "ok
2"
}

# ---- a page ----

"$KAOHE" run "$files/thirds.kh" "$files/thirds" -o "$room/t.html" > /dev/null 2>&1
must "a name is no HTML" has "$room/t.html" '>&quot;Quoted&quot; \ back<'
must "a figure of the page" has "$room/t.html" '<td class="n">13/3</td>'
must "a link to the unit" has "$room/t.html" '<a href="#u2">=SUM(A1)</a>'
must "and where it leads" has "$room/t.html" 'id="u2"'
must "nothing from elsewhere" has_not "$room/t.html" 'src='
run -o "$room/a.html" > /dev/null 2>&1
must "a page's bands" has "$room/a.html" '<tr class="b5"><td><a href="#u2">Bureau of Statistics</a></td><td class="n">1</td><td>poor</td>'
must "a page's ledger" has "$room/a.html" '<td>award.csv line 2</td>'

# ---- SQLite ----

ask() { # file, query, answer
    got=$(sqlite3 "$1" "$2") && test "$got" = "$3" || { echo "$got"; return 1; }
}
run -o "$room/a.db" > /dev/null 2>&1
run -o "$room/b.db" > /dev/null 2>&1
must "the same bytes of a database" cmp "$room/a.db" "$room/b.db"
must "results" ask "$room/a.db" "SELECT unit, total, total_number, grade, state FROM results" "Archive|13|13|good|final
Bureau of Statistics|1|1|poor|final
Culture|11|11|good|final"
must "figures" ask "$room/a.db" "SELECT value_number, title FROM figures WHERE unit = 'Culture' AND name = '1.1'" "5|Study"
must "the ledger adds up" ask "$room/a.db" "SELECT sum(counted_number) FROM ledger WHERE unit = 'Bureau of Statistics'" -9
must "rows of other periods" ask "$room/a.db" "SELECT \"table\", row, unit, date, why FROM outside" "Sessions|6|Bureau of Statistics|2025-01-10|later"
must "the run" ask "$room/a.db" "SELECT run, title, period_from, units, rows_read, rows_used, rows_after FROM runs" "1|Offices|2024-01-01|3|14|13|1"
run -o "$room/a.db" > /dev/null 2>&1
must "a further run is added" ask "$room/a.db" "SELECT run, count(*) FROM results GROUP BY run" "1|3
2|3"
"$KAOHE" run "$files/thirds.kh" "$files/thirds" -o "$room/t.db" > /dev/null 2>&1
must "a quotient is a text, what is open is nothing" ask "$room/t.db" "SELECT total, typeof(total_number), state FROM results" "13/3|null|final
|null|open"
must "a decimal is a number" ask "$room/t.db" "SELECT value, value_number, typeof(value_number) FROM figures WHERE unit = '=SUM(A1)' AND name = '1'" "12.25|12.25|real"
must "who is waited for" ask "$room/t.db" "SELECT unit, subject, authority FROM waiting" "=SUM(A1)|2|Board"
echo "no database, but longer than a header of one would have to be to be told apart from an empty file" > "$room/no.db"
cp "$room/no.db" "$room/no.copy"
must "a database on a full disk keeps its runs" grown
must "what is no database is left alone" sh -c "! '$KAOHE' run '$files/small.kh' '$files/data' -o '$room/no.db' && cmp '$room/no.db' '$room/no.copy'"

# ---- PostgreSQL, a server of our own for a moment ----

postgres=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | tail -n 1)
become=""
test "$(id -u)" = 0 && become="setpriv --reuid=postgres --regid=postgres --clear-groups"
if [ -n "$postgres" ] && pg=$(mktemp -d /tmp/kaohe-pg-XXXXXX) && { test -z "$become" || chown postgres "$pg"; }; then
    $become "$postgres/initdb" -D "$pg/data" -U tester --auth=trust -E UTF8 --no-sync > "$room/pg.log" 2>&1
    $become "$postgres/pg_ctl" -D "$pg/data" -w -o "-k $pg -h ''" -l "$pg/log" start >> "$room/pg.log" 2>&1
    url="postgresql:///postgres?host=$pg&user=tester"
    query() { # query, answer
        got=$(psql -XAt "$url" -c "$1") && test "$got" = "$2" || { echo "$got"; return 1; }
    }
    must "PostgreSQL takes a run" "$KAOHE" run "$files/thirds.kh" "$files/thirds" -o "$url"
    must "exact figures" query "SELECT unit, total, total_number, state FROM kaohe_results ORDER BY unit COLLATE \"C\"" '"Quoted" \ back|13/3||final
=SUM(A1)|||open'
    must "decimals" query "SELECT value_number FROM kaohe_figures WHERE unit = '=SUM(A1)' AND name = '1'" 12.25
    run -o "$url" > /dev/null 2>&1
    must "a further run" query "SELECT run, title, units, rows_after FROM kaohe_runs ORDER BY run" "1|Thirds|2|0
2|Offices|3|1"
    must "sums" query "SELECT sum(total_number) FROM kaohe_results WHERE run = 2" 25
    psql -Xq "$url" -c "ALTER TABLE kaohe_findings DROP COLUMN hint"
    must "a run that cannot be written whole" sh -c "'$KAOHE' run '$files/small.kh' '$files/data' -o '$url'; test \$? -eq 4"
    must "leaves nothing" query "SELECT (SELECT count(*) FROM kaohe_runs), (SELECT count(*) FROM kaohe_results)" "2|5"
    $become "$postgres/pg_ctl" -D "$pg/data" -m immediate stop >> "$room/pg.log" 2>&1
    rm -rf "$pg"
else
    echo "left out: PostgreSQL's server is not installed"
fi
must "no server" sh -c "'$KAOHE' run '$files/small.kh' '$files/data' -o 'postgresql://localhost:1/none?password=secret' > '$room/no' 2>&1; test \$? -eq 4 && ! grep secret '$room/no'"

# ---- killed ----

# At a hundred moments of runs, spread over as long as one takes: what stands there is the old file or the new one, whole.
scheme=$PWD/schemes/tongyu/scheme.kh data=$PWD/schemes/tongyu/data
mkdir "$room/kill"
millis() { date +%s%3N; }
for ending in csv json xlsx html db; do
    began=$(millis)
    "$KAOHE" run "$scheme" "$data" -o "$room/kill/whole.$ending" > /dev/null 2>&1
    eval "long_$ending=$(($(millis) - began))"
done
cp "$room/kill/whole.db" "$room/kill/r.db"
old=0 new=0 partial=0
i=0
while [ $i -lt 100 ]; do
    case $((i % 5)) in 0) ending=csv ;; 1) ending=json ;; 2) ending=xlsx ;; 3) ending=html ;; 4) ending=db ;; esac
    file=$room/kill/r.$ending
    test $ending = db || echo old > "$file"
    "$KAOHE" run "$scheme" "$data" -o "$file" > /dev/null 2>&1 &
    pid=$!
    eval "long=\$long_$ending"
    sleep "$(awk -v i=$i -v long="$long" 'BEGIN { srand(i); printf "%.3f", rand() * 1.3 * long / 1000 }')"
    kill -9 $pid 2> /dev/null
    wait $pid 2> /dev/null
    if [ $ending = db ]; then
        sqlite3 "$file" "SELECT count(*) = 40 * (SELECT count(*) FROM runs) FROM results; PRAGMA integrity_check" 2>&1 | tr '\n' ' ' | grep -qx '1 ok ' || { partial=$((partial + 1)); echo "RED: partial: $file"; }
    elif [ "$(head -c 4 "$file" | tr -d '\0')" = old ]; then
        old=$((old + 1))
    elif cmp -s "$file" "$room/kill/whole.$ending"; then
        new=$((new + 1))
    else
        partial=$((partial + 1))
        echo "RED: partial: $file"
    fi
    i=$((i + 1))
done
# Interrupted, it takes what it has begun along; what was there stays.
interrupted() { # signal, ending
    rm -rf "$room/stop" && mkdir "$room/stop" && echo old > "$room/stop/r.$2"
    test "$2" = db && rm "$room/stop/r.db"
    before=$(ls -A "$room/stop")
    "$KAOHE" run "$files/thirds.kh" "$room/long" -o "$room/stop/r.$2" > /dev/null 2>&1 &
    pid=$!
    until ls "$room"/stop/.kaohe-*.tmp > /dev/null 2>&1 || ! kill -0 $pid 2> /dev/null; do :; done
    kill -"$1" $pid
    wait $pid
    test $? -gt 128 || { echo "it was at its end"; return 1; }
    only "$room/stop" "$before"
}
mkdir "$room/long"
awk 'BEGIN { print "name,given,parts"; for (i = 0; i < 60000; i++) print "u" i "," i % 7 ",2" }' > "$room/long/office.csv"
echo unit,subject,row,value,reason,authority,date > "$room/long/decision.csv"
for ending in json xlsx html db; do
    must "an interrupted run leaves nothing of a .$ending" interrupted TERM $ending
done
rm -rf "$room/long" "$room/stop"

echo "killed: $old runs left the old file, $new the new one"
must "kill -9 never leaves part of a file" test "$partial" -eq 0
must "some runs were killed before their end, and some after it" test "$old" -gt 0 -a "$new" -gt 0

echo "results: $passed passed, $failed failed"
test "$failed" -eq 0
