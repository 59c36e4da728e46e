#!/bin/sh
# Results in the formats that are no text: what stands in them, that equal runs give equal bytes, that a failure leaves what
# was there. What is text is compared in tests/cli/formats.t.
#
# In: KAOHE, BUILD. Out: a line for each thing that is not as it should be, then the counts.
# Decision: workbooks are looked at through unzip and the XML they hold, not through a spreadsheet, which would take minutes.

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
must "a workbook has its sheets" sheets_are "$room/a" "Ranking;Scores;Ledger;Findings;Archive;Bureau of Statistics;Culture"
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

# Names that a sheet may not have, or that are equal but for their case.
mkdir "$room/names"
printf 'name,given,parts\na/b:c,1,2\nA_B_C,1,2\nranking,1,2\n%s,1,2\n%s,1,2\n' 街道办事处街道办事处街道办事处街道办事处街道办事处街道办事处甲 街道办事处街道办事处街道办事处街道办事处街道办事处街道办事处乙 > "$room/names/office.csv"
echo unit,subject,row,value,reason,authority,date > "$room/names/decision.csv"
"$KAOHE" run "$files/thirds.kh" "$room/names" -o "$room/n.xlsx" > /dev/null 2>&1
book "$room/n.xlsx" "$room/n"
must "names of sheets" sheets_are "$room/n" "a_b_c;A_B_C (2);ranking (2);街道办事处街道办事处街道办事处街道办事处街道办事处街道办事处甲;街道办事处街道办事处街道办事处街道办事处街道办事处街道办事处乙" 6

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

echo "results: $passed passed, $failed failed"
test "$failed" -eq 0
