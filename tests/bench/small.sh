#!/bin/sh
# Figures that need no large data: faults that C by hand and kaohe both see; cost against the number of rules; compiling; start-up;
# the scheme of Wenzhou's 60 organs from start to results; instructions.
#
# In and out: as bench.sh, which calls it; DUCKDB: the folder with its module, or empty.

export LC_ALL=C
. tests/bench/common.sh
runs=${BENCH_RUNS:-5}
data=$work/10000
mkdir -p "$data" "$work/faults"
[ -s "$data/award.csv" ] || "$work/generate" "$data" 10000 || exit 1
forget

# ---- what one checks, the other checks ----

"$work/generate" "$work/faults" 50 || exit 1
checked=0 duckdb_saw=0
fault() { # table, line, change as sed writes it
    rm -rf "$work/faulty"
    cp -r "$work/faults" "$work/faulty"
    sed "$2$3" "$work/faults/$1.csv" > "$work/faulty/$1.csv"
    cmp -s "$work/faults/$1.csv" "$work/faulty/$1.csv" && { echo "bench: nothing was changed: $*" >&2; exit 1; }
    for run in "$work/direct $work/faulty $work/fault.csv" "./kaohe run $year/scheme.kh $work/faulty -o $work/fault.csv"; do
        $run > /dev/null 2>&1
        [ $? -eq 3 ] || { echo "bench: this fault went unseen ($*): $run" >&2; exit 1; }
    done
    checked=$((checked + 1))
    [ -z "$DUCKDB" ] || node $year/duckdb.js "$DUCKDB" "$work/faulty" "$work/fault.csv" 2 > /dev/null 2>&1 || duckdb_saw=$((duckdb_saw + 1))
}
"$work/direct" "$work/faults" "$work/out.csv" && ./kaohe run $year/scheme.kh "$work/faults" -o "$work/out2.csv" 2> /dev/null > /dev/null || exit 1
cmp "$work/out.csv" "$work/out2.csv" || exit 1
fault session 5 's/^[^,]*/DW33-9/'           # an unknown unit
fault session 5 's/,2024-..-../,2023-12-31/' # before the period
fault session 5 's/,2024-..-../,2024-02-30/' # no such day
fault session 5 's/,[0-9]*,[0-9]*,/,7,6,/'   # more came than were expected
fault session 5 's/,[0-9]*,[0-9]*,/,7,501,/'
fault session 5 's/,[0-9]*,[0-9]*,/,0,0,/'
fault session 5 's/,[0-9]*,[0-9]*,/,,9,/'
fault session 5 's/,[0-9]*,[0-9]*,/,x,9,/'
fault session 5 's/[0-9.]*$/1.7/'            # no step of a half
fault session 5 's/[0-9.]*$/8.5/'
fault session 5 's/$/,1/'                    # a cell too many
fault event 5 's/,\(no\|yes\),/,maybe,/'
fault event 5 's/\(-..\),[a-z]*,/\1,storm,/' # not in the list
fault event 5 's/,[0-9.]*,[^,]*$/,10000.01,/'
fault event 5 's/,[0-9.]*,[^,]*$/,1.005,/'   # a place too many
fault event 5 's/[^,]*$/\xff/'               # not UTF-8
fault award 2 's/,[^,]*$/,\r/'               # no topic
fault office 3 's/^[^,]*/DW33-1000000/'      # twice
fault office 3 's/^[^,]*//'
fault office 3 's/,[0-9][0-9]*,/,0,/'        # nobody

# ---- rules ----

rules() { # rules, what each is, of its number
    {
        echo 'scheme "Many rules"'
        echo '  period 2024-01-01 to 2024-12-31'
        sed -n '/^unit office/,/^$/p; /^table session/,/^$/p' $year/scheme.kh
        echo 'item 1 "All" worth 100'
        awk -v n="$1" -v rule="$2" 'BEGIN { for (i = 0; i < n; i++) printf "  " rule "\n", 1 + i % 90, int(i / 90) }'
    } > "$work/rules.kh"
}
each_session='per session where present < %d and unexcused <= %d: -0.01'
each_unit='-0.01 if staff < %d and plan and staff > %d'
for n in 10 100 1000; do
    for kind in session unit; do
        if [ $kind = session ]; then rules $n "$each_session"; else rules $n "$each_unit"; fi
        round=0
        while [ $round -lt "$runs" ]; do
            timed "$kind-$n" /dev/null ./kaohe run "$work/rules.kh" "$data" -o "$work/kaohe.csv"
            round=$((round + 1))
        done
    done
done
sessions=$(($(wc -l < "$data/session.csv") - 1))

# ---- compiling, start-up ----

for n in 1000 10000; do
    awk -v n=$n 'BEGIN {
        print "scheme \"Items\"\n  round exact\nunit organ\n  name text\n  plan yes/no\nsection 1 \"A\" worth " n
        for (k = 1; k <= n; k++) printf "item 1.%d \"i%d\" worth 1\n  -1 if plan\n", k, k
    }' > "$work/items.kh"
    round=0
    while [ $round -lt "$runs" ]; do
        timed "items-$n" /dev/null ./kaohe check "$work/items.kh"
        round=$((round + 1))
    done
done

for units in 60 10000; do
    mkdir -p "$work/wenzhou-$units"
    "$work/generate_wenzhou" "$work/wenzhou-$units" $units || exit 1
    round=0
    while [ $round -lt $((runs * 4)) ]; do
        timed "hand-$units" "$work/hand.csv" "$work/direct_wenzhou" "$work/wenzhou-$units"
        timed "wenzhou-$units" /dev/null ./kaohe run schemes/wenzhou/scheme.kh "$work/wenzhou-$units" -o "$work/kaohe.csv"
        [ $units = 60 ] && timed start /dev/null ./kaohe --version
        round=$((round + 1))
    done
    tail -n +2 "$work/kaohe.csv" | cmp - "$work/hand.csv" || exit 1
done

# ---- instructions ----

# Those of SHA-256 are left out: callgrind's processor has none for it and counts many times what a real one does.
counted() { # program and arguments
    valgrind --tool=callgrind --callgrind-out-file="$work/callgrind" "$@" > /dev/null 2>&1 || { echo 0; return; }
    callgrind_annotate --auto=no --threshold=100 "$work/callgrind" 2> /dev/null | tr -d , |
        awk '/PROGRAM TOTALS/ { all = $1 } /sha256/ { hashes += $1 } END { printf "%d", all - hashes }'
}
rows=$(($(cat "$data"/*.csv | wc -l) - 4))
kaohe_instructions=$(counted ./kaohe run $year/scheme.kh "$data" -o "$work/kaohe.csv" --threads 1)
hand_instructions=$(counted "$work/direct" "$data" "$work/direct.csv")

milliseconds() { median "$1" 1 | awk '{ printf "%.1f", $1 / 1000 }'; }
{
    echo
    echo "| rules | on each of $(number "$sessions") rows: ms | rules × rows a second, beyond 10 rules | on each of 10,000 units: ms |"
    echo "|--:|--:|--:|--:|"
    for n in 10 100 1000; do
        printf '| %s | %s | %s | %s |\n' "$n" "$(milliseconds session-$n)" "$(awk -v n=$n -v a="$(median session-10 1)" -v b="$(median session-$n 1)" -v r="$sessions" \
            'BEGIN { if (n > 10 && b > a) printf "%.0f million", (n - 10) * r / (b - a); else print "–" }')" "$(milliseconds unit-$n)"
    done
    echo
    echo "| | |"
    echo "|---|--:|"
    echo "| instructions for each row, 10,000 units: kaohe, but for the hashes of the data | $(awk -v i="$kaohe_instructions" -v r=$rows 'BEGIN { if (i) printf "%.0f", i / r; else print "not counted" }') |"
    echo "| … C by hand | $(awk -v i="$hand_instructions" -v r=$rows 'BEGIN { if (i) printf "%.0f", i / r; else print "not counted" }') |"
    echo "| start-up (\`kaohe --version\`) | $(milliseconds start) ms |"
    echo "| Wenzhou's 60 organs from start to results | $(milliseconds wenzhou-60) ms |"
    echo "| … 10,000 organs, times C by hand | $(ratio wenzhou-10000 hand-10000 | awk '{ printf "%.2f", $1 }') |"
    echo "| a scheme of 1,000 items compiled and checked | $(milliseconds items-1000) ms |"
    echo "| … of 10,000 items | $(milliseconds items-10000) ms |"
    echo "| faults put into the data that kaohe and C by hand both refused | $checked of $checked |"
    [ -z "$DUCKDB" ] || echo "| … that DuckDB refused, too | $duckdb_saw |"
    echo
    echo "Medians of $runs runs. On: $(machine)"
    echo
} > "$work/figures"
publish small "$work/figures"
