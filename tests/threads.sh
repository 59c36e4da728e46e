#!/bin/sh
# Results do not depend on the number of threads: figures, messages, explanations; on data that is plain, odd and wrong.
#
# In: KAOHE, BUILD, and the programs of tests/bench/year: the one that makes the data, and the same job by hand. Out: a line for
# each case. Files are of some megabytes, so that threads share them.

generate=$1 direct=$2
scheme=tests/bench/year/scheme.kh
passed=0 failed=0
work=$BUILD/threads
rm -rf "$work"
mkdir -p "$work/plain" "$work/odd"
threads='1 2 3 8'
export LC_ALL=C.UTF-8

check() { # name, command …
    name=$1
    shift
    if "$@" > "$work/why" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not ok: $name"
        head -5 "$work/why"
    fi
}

# A run with each number of threads; what it writes and says must be the same. The exit code must be the one given.
same_for_all() { # data, exit code
    rm -f "$work"/[0-9].*
    for n in $threads; do
        rm -f "$work/$n.csv"
        "$KAOHE" run "$scheme" "$1" --threads "$n" -o "$work/$n.csv" > "$work/$n.out" 2> "$work/$n.err"
        code=$?
        [ $code -eq "$2" ] || { echo "$n threads: exit code $code"; head -3 "$work/$n.err"; return 1; }
        [ "$2" -ne 0 ] || sed -i 's/^[^:]*//' "$work/$n.out" # the file's name
        [ "$2" -eq 0 ] || [ ! -e "$work/$n.csv" ] || { echo "$n threads: results of wrong data"; return 1; }
        for kind in csv out err; do
            [ ! -e "$work/1.$kind" ] || cmp "$work/1.$kind" "$work/$n.$kind" || return 1
        done
    done
}

as_by_hand() { # data
    "$direct" "$1" "$work/direct.csv" 2 && cmp "$work/direct.csv" "$work/1.csv"
}

# The same figures from rows that are written otherwise.
as_plain() {
    cmp "$work/plain.csv" "$work/1.csv"
}

same_explanations() { # data, unit
    for n in $threads; do
        "$KAOHE" explain "$scheme" "$1" --unit "$2" --threads "$n" > "$work/$n.why" 2>&1 || { cat "$work/$n.why"; return 1; }
        cmp "$work/1.why" "$work/$n.why" || return 1
    done
    [ "$(wc -l < "$work/1.why")" -gt 20 ]
}

# ---- rows as they mostly are ----

"$generate" "$work/plain" 5000 || exit 1
check "plain data: the same for all numbers of threads" same_for_all "$work/plain" 0
check "plain data: as by hand" as_by_hand "$work/plain"
cp "$work/1.csv" "$work/plain.csv"
unit=$(sed -n 2500p "$work/plain/office.csv" | cut -d, -f1)
check "plain data: explanations" same_explanations "$work/plain" "$unit"

# ---- without wide vectors, where the processor has them ----

same_plainly() { # data: as the last run by one thread
    for n in 1 3; do
        KAOHE_PLAIN=1 "$KAOHE" run "$scheme" "$1" --threads "$n" -o "$work/plainly.csv" > /dev/null 2> "$work/plainly.err" || { cat "$work/plainly.err"; return 1; }
        cmp "$work/1.csv" "$work/plainly.csv" && cmp "$work/1.err" "$work/plainly.err" || return 1
    done
}
check "plain data: the same without wide vectors" same_plainly "$work/plain"

# ---- rows before and after the period: how many, and the first of each ----

# What the notices must say, counted here: lines of the file outside [from, to], by its date column.
counted() { # table, column of the date, from, to
    awk -F, -v c="$2" -v from="$3" -v to="$4" -v file="$1.csv" 'NR > 1 { if ($c > to) { if (!after++) first_after = NR } else if ($c < from) { if (!before++) first_before = NR } }
        END { if (after) print file, first_after, after; if (before) print file, first_before, before }' "$work/plain/$1.csv"
}

same_periods() {
    for table in "session 2" "event 2" "award 2"; do counted $table 2024-04-01 2024-06-30; done | sort > "$work/counted"
    for n in $threads; do
        "$KAOHE" run "$scheme" "$work/plain" --period 2024-Q2 --threads "$n" -o "$work/$n.csv" > /dev/null 2> "$work/$n.err" || { cat "$work/$n.err"; return 1; }
        sed -n 's/^.*\/\([a-z]*\.csv\):\([0-9]*\): notice: .*: \([0-9]*\); the first is on this line.*$/\1 \2 \3/p' "$work/$n.err" | sort > "$work/$n.said"
        diff "$work/counted" "$work/$n.said" || return 1
        cmp "$work/1.csv" "$work/$n.csv" || return 1
    done
    [ "$(wc -l < "$work/counted")" -eq 6 ]
}
check "rows outside the period: as many as awk counts, and the first of them" same_periods

# ---- rows written otherwise, here and there: quotes, line ends in them, CRLF, blanks, empty lines, another order of columns ----

cp "$work/plain/office.csv" "$work/odd/"
awk -F, -v OFS=, 'NR % 997 == 0 { $1 = "\"" $1 "\"" } NR % 1009 == 0 { $2 = " " $2 " " } NR % 1013 == 0 { print "" }
    NR % 1019 == 0 { $6 = $6 "\r" } NR > 1 && NR % 1021 == 0 { $3 = "\"" $3 "\"" } { print }' "$work/plain/session.csv" > "$work/odd/session.csv"
awk 'NR == 1 { print $0 } NR > 1 { n = match($0, /,[^,]*$/); if (NR % 7 == 0 && $0 !~ /"/) print substr($0, 1, n) "\"two\nlines, and a comma\""; else print }' \
    "$work/plain/event.csv" > "$work/odd/event.csv"
sed '1!s/^\([^,]*\),\([^,]*\),\([^,]*\),\(.*\)$/\3,\4,\2,\1/; 1s/.*/level,topic,given_on,code/' "$work/plain/award.csv" |
    awk '{ sub(/\r$/, ""); if (NR > 1) sub(/\r,/, ","); print }' > "$work/odd/award.csv"
check "odd rows: the same for all numbers of threads" same_for_all "$work/odd" 0
check "odd rows: the figures of plain ones" as_plain
check "odd rows: the same without wide vectors" same_plainly "$work/odd"
check "odd rows: explanations" same_explanations "$work/odd" "$unit"

# ---- one unit has thousands of rows ----

cp -r "$work/plain" "$work/many"
awk -F, -v OFS=, -v unit="$unit" 'NR > 1 && NR <= 9001 { $1 = unit } { print }' "$work/plain/event.csv" > "$work/many/event.csv"
check "a unit of 9,000 rows: the same for all numbers of threads" same_for_all "$work/many" 0
check "a unit of 9,000 rows: as by hand" as_by_hand "$work/many"
check "a unit of 9,000 rows: explanations" same_explanations "$work/many" "$unit"
check "a unit of 9,000 rows: each event has its line" test "$(grep -c 'event.csv' "$work/8.why")" -ge 9000

# ---- one wrong row, far behind ----

wrong() { # name, table, change as sed writes it, of a row in the last tenth (the last events are of the next year)
    rm -rf "$work/wrong"
    cp -r "$work/plain" "$work/wrong"
    line=$(($(wc -l < "$work/plain/$2.csv") * 9 / 10))
    sed "$line$3" "$work/plain/$2.csv" > "$work/wrong/$2.csv"
    cmp -s "$work/plain/$2.csv" "$work/wrong/$2.csv" && { echo "nothing was changed: $1"; exit 1; }
    check "$1: refused alike by all numbers of threads" same_for_all "$work/wrong" 3
    check "$1: the message names the line" grep -q "$2.csv:$line" "$work/8.err"
}
wrong "an unknown unit" session 's/^[^,]*/DW33-9/'
wrong "a day that there is not" session 's/,2024-..-../,2024-02-30/'
wrong "a broken must" session 's/,[0-9]*,[0-9]*,/,7,6,/'
wrong "a number beyond its bounds" session 's/[0-9.]*$/8.5/'
wrong "a word that is not in the list" event 's/\(-..\),[a-z]*,/\1,storm,/'
wrong "a cell too many" session 's/$/,1/'
wrong "a unit named twice" office 's/^[^,]*/DW33-1000000/'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
