#!/bin/sh
# Times ./kaohe against the same scheme written in C by hand, on made-up data, in alternating runs.
#
# In: BUILD, CC; UNITS (10000), RUNS (11). Out: the median time of each, and their ratio.
# Decision: both results are compared first, so that what is timed is the same work; files are in the page cache for both;
# both write their result to a file.

units=${UNITS:-10000} runs=${RUNS:-11}
work=$BUILD/bench
mkdir -p "$work/data"
$CC -O2 -std=c11 -D_GNU_SOURCE -o "$work/generate" tests/bench/generate.c || exit 1
$CC -O2 -std=c11 -D_GNU_SOURCE -o "$work/direct" tests/bench/direct.c || exit 1
"$work/generate" "$work/data" "$units" || exit 1

now() { date +%s%N; }
by_hand() { "$work/direct" "$work/data" > "$work/direct.csv"; }
by_kaohe() { ./kaohe run schemes/wenzhou/scheme.kh "$work/data" -o "$work/kaohe.csv" > "$work/kaohe.out" 2>&1; }

by_hand || { echo "the program by hand failed"; exit 1; }
by_kaohe || { cat "$work/kaohe.out"; exit 1; }
tail -n +2 "$work/kaohe.csv" | cmp - "$work/direct.csv" || { echo "the results differ"; exit 1; }
rows=$(cat "$work"/data/*.csv | wc -l)

: > "$work/times"
run=0
while [ "$run" -lt "$runs" ]; do
    a=$(now); by_hand; b=$(now); by_kaohe; c=$(now)
    echo "$(((b - a) / 1000)) $(((c - b) / 1000))" >> "$work/times"
    run=$((run + 1))
done
median() { cut -d' ' -f"$1" "$work/times" | sort -n | sed -n "$(((runs + 1) / 2))p"; }
hand=$(median 1) kaohe=$(median 2)
awk -v h="$hand" -v k="$kaohe" -v u="$units" -v n="$rows" -v r="$runs" 'BEGIN {
    printf "%d units, %d rows, median of %d alternating runs: kaohe %.1f ms, C by hand %.1f ms, ratio %.2f\n", u, n, r, k / 1000, h / 1000, k / h
}'
