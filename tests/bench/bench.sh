#!/bin/sh
# Times ./kaohe on made-up data beside a C program written for the same job, DuckDB, SQLite and awk, in alternating runs; then,
# by small.sh, what does not depend on the size. The figures go to docs/performance.md, which says what they mean.
#
# In: BUILD, CC; BENCH_UNITS (sizes, "10000 30000 100000"), BENCH_RUNS, BENCH_SMALL=no (leaves small.sh out), BENCH_DUCKDB (a folder
# with DuckDB's node module; `no`: without it; otherwise npm fetches it), BENCH_FOLDER (build/bench). Out: figures; exit 1 if
# anybody's results differ.
# Decision: results are compared before anything is timed, so what is timed is the same work. All files are in the page cache.

export LC_ALL=C
command="make bench${BENCH_UNITS:+ BENCH_UNITS=\"$BENCH_UNITS\"}${BENCH_RUNS:+ BENCH_RUNS=$BENCH_RUNS}"
. tests/bench/common.sh
duckdb_version=1.5.6-r.1
most_slow=100000 # SQLite and awk are left out above this

# ---- who takes part ----

duckdb=${BENCH_DUCKDB:-}
if [ "$duckdb" = no ]; then
    duckdb=
elif [ -z "$duckdb" ] && command -v node > /dev/null && command -v npm > /dev/null; then
    duckdb=$work/duckdb
    if [ ! -d "$duckdb/node_modules/@duckdb/node-api" ]; then
        npm install --no-audit --no-fund --prefix "$duckdb" "@duckdb/node-api@$duckdb_version" > "$work/npm.log" 2>&1 || duckdb=
    fi
fi
[ -n "$duckdb" ] || echo "DuckDB is left out: npm install @duckdb/node-api did not work, or BENCH_DUCKDB=no"
sqlite=$(command -v sqlite3) || echo "SQLite is left out: there is no sqlite3"
awk=$(command -v mawk || command -v gawk || command -v awk)

kaohe() { # [-m] name, threads
    memory=
    if [ "$1" = -m ]; then memory=-m; shift; fi
    timed $memory "$1" /dev/null ./kaohe run $year/scheme.kh "$data" -o "$work/kaohe.csv" ${2:+--threads "$2"}
}
by_hand() { timed $3 "$1" /dev/null "$work/direct" "$data" "$work/direct.csv" "$2"; } # name, threads, [-m]
by_duckdb() { timed $1 duckdb /dev/null node $year/duckdb.js "$duckdb" "$data" "$work/duckdb.csv" 2; }
by_awk() { timed $1 awk "$work/awk.csv" "$awk" -f $year/totals.awk "$data/office.csv" "$data/session.csv" "$data/event.csv" "$data/award.csv"; }
by_sqlite() {
    rm -f "$work/sqlite.db"
    {
        sed "s|FOLDER|$data|" $year/sqlite.sql
        sed 's|//|/|g; s/greatest(/max(/g; s/least(/min(/g' $year/results.sql
        printf '.separator , "\\n"\n.headers on\n.once %s\nselect * from results;\n' "$work/sqlite.csv"
    } > "$work/sqlite.in"
    timed $1 sqlite /dev/null sh -c "exec '$sqlite' '$work/sqlite.db' < '$work/sqlite.in'"
    rm -f "$work/sqlite.db"
}

same() { cmp "$1" "$2" >&2 || { echo "bench: the results differ: $1, $2" >&2; exit 1; }; } # file, file

# ---- one size ----

# A line of the table: words, log's name, the other's name for the ratio.
line() {
    [ -s "$work/log/$2" ] || return
    printf '| %s | %s | %s | %s | %s | %s |\n' "$1" "$(median "$2" 1 | awk '{ printf "%.3f", $1 / 1e6 }')" "$(ratio "$2" "$3" | awk '{ printf "%.2f", $1 }')" \
        "$(median "$2" 2 | awk '{ printf "%.3f", $1 / 1e6 }')" "$(awk '{ if ($3 > m) m = $3 } END { printf "%d", m / 1024 + 0.5 }' "$work/log/$2")" \
        "$(awk '{ if ($4 > m) m = $4 } END { printf "%d", m / 1024 + 0.5 }' "$work/log/$2.memory")"
}

own() { awk '{ if ($4 > m) m = $4 } END { print m }' "$work/log/$1.memory"; }

measure_size() { # units
    units=$1 data=$work/$1
    runs=${BENCH_RUNS:-5}
    [ "$units" -le 100000 ] || runs=${BENCH_RUNS:-3}
    if [ ! -s "$data/award.csv" ] || [ "$work/generate" -nt "$data/award.csv" ]; then
        mkdir -p "$data"
        "$work/generate" "$data" "$units" || exit 1
    fi
    rows=$(($(cat "$data"/*.csv | wc -l) - 4)) bytes=$(cat "$data"/*.csv | wc -c)
    slow_runs=0
    [ "$units" -gt $most_slow ] || slow_runs=1
    [ "$units" -gt 10000 ] || slow_runs=3
    one=$(sed -n "$((units / 2 + 2))p" "$data/office.csv" | cut -d, -f1)

    # First the memory of each, and whether all come to the same; then the clock.
    forget
    echo "$units units, $rows rows, $bytes bytes" >&2
    by_hand direct 2 -m
    kaohe -m kaohe ${two:-}
    same "$work/kaohe.csv" "$work/direct.csv"
    if [ -n "$two" ]; then
        cp "$work/kaohe.csv" "$work/kaohe2.csv"
        kaohe -m kaohe1 1
        same "$work/kaohe.csv" "$work/kaohe2.csv"
    fi
    by_hand direct1 1 -m
    same "$work/kaohe.csv" "$work/direct.csv"
    timed -m explain "$work/explain.out" ./kaohe explain $year/scheme.kh "$data" --unit "$one"
    if [ -n "$duckdb" ]; then by_duckdb -m; same "$work/duckdb.csv" "$work/direct.csv"; fi
    if [ $slow_runs -gt 0 ]; then
        by_awk -m
        cut -d, -f1-11 "$work/direct.csv" > "$work/totals.csv"
        same "$work/awk.csv" "$work/totals.csv"
        if [ -n "$sqlite" ]; then by_sqlite -m; same "$work/sqlite.csv" "$work/direct.csv"; fi
    fi
    for log in "$work"/log/*; do mv "$log" "$log.memory"; done

    round=0
    while [ $round -lt "$runs" ]; do
        by_hand direct 2
        kaohe kaohe $two
        timed explain "$work/explain.out" ./kaohe explain $year/scheme.kh "$data" --unit "$one"
        [ -z "$duckdb" ] || by_duckdb
        by_hand direct1 1
        [ -z "$two" ] || kaohe kaohe1 1
        if [ $round -lt $slow_runs ]; then
            by_awk
            [ -z "$sqlite" ] || by_sqlite
        fi
        round=$((round + 1))
    done

    {
        echo
        echo "### $(number "$units") units, $(number "$rows") rows, $(awk -v b="$bytes" 'BEGIN { printf "%d", b / 1e6 + 0.5 }') MB"
        echo
        echo "| | seconds | times C by hand | processor seconds | MB at most, mapped files too | MB of its own at most |"
        echo "|---|--:|--:|--:|--:|--:|"
        if [ -n "$two" ]; then
            line "**kaohe**, 2 threads" kaohe direct
            line "C by hand, 2 threads" direct direct
            line "**kaohe**, 1 thread" kaohe1 direct1
            line "C by hand, 1 thread" direct1 direct1
        else
            line "**kaohe**" kaohe direct
            line "C by hand, 2 threads" direct direct
            line "C by hand, 1 thread" direct1 direct
        fi
        line "kaohe explain, one unit" explain direct
        line "DuckDB, 2 threads" duckdb direct
        line "SQLite" sqlite direct
        line "awk ($(basename "$awk")), totals only" awk direct
        echo
        echo "$([ "$runs" -gt 1 ] && echo "Median of $runs alternating runs" || echo "One run each"); the results of all are equal, byte for byte. kaohe takes $(ratio kaohe direct | awk '{ printf "%.2f", $1 }')" \
            "times as long as C by hand, and $(ratio kaohe direct 2 | awk '{ printf "%.2f", $1 }') times its processor seconds; its own memory is" \
            "$(awk -v a="$(own kaohe)" -v b="$(own direct)" 'BEGIN { printf "%.2f", a / b }') times as much;" \
            "explaining one unit takes $(ratio explain kaohe | awk '{ printf "%.2f", $1 }') times as long as a run.$(
                [ -z "$duckdb" ] || echo " DuckDB takes $(ratio duckdb kaohe | awk '{ printf "%.1f", $1 }') times as long as kaohe.")"
        echo
        echo "With \`$command\` on: $(machine)"
        echo
    } > "$work/figures"
    publish "$units" "$work/figures"
    printf '%s %s %s %s %s %s\n' "$units" "$rows" "$bytes" "$(median kaohe 1)" "$(median direct 1)" "$(own kaohe)" > "$data/summary"
}

# ---- all ----

two=
[ "$threads_known" -eq 0 ] || two=2
for units in ${BENCH_UNITS:-10000 30000 100000}; do
    measure_size "$units" || exit 1
done
{
    echo
    echo "| units | rows | seconds | nanoseconds for each row | the same, C by hand | kaohe's own bytes for each unit |"
    echo "|--:|--:|--:|--:|--:|--:|"
    sort -n "$work"/[1-9]*/summary | while read -r units rows _ kaohe direct kilobytes; do
        awk -v u="$(number "$units")" -v n="$(number "$rows")" -v k="$kaohe" -v d="$direct" -v r="$rows" -v m="$kilobytes" -v c="$units" \
            'BEGIN { printf "| %s | %s | %.3f | %.0f | %.0f | %.0f |\n", u, n, k / 1e6, k * 1000 / r, d * 1000 / r, m * 1024 / c }'
    done
    echo
} > "$work/figures"
publish rows "$work/figures"
[ "${BENCH_SMALL:-yes}" = no ] || DUCKDB=$duckdb sh tests/bench/small.sh
