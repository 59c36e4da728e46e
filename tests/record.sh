#!/bin/sh
# Runs one test runner and keeps what it said; adds up what all of them said.
#
# record.sh RESULT NAME COMMAND…   writes `PASSED FAILED NAME` to RESULT and the output to RESULT's .log. A runner counts
#                                  by its own summary: lines `N passed, N failed`, or cmocka's. One that dies, ends
#                                  with an error it did not count, or says nothing counts as one failure.
# record.sh --sum RESULT…          one line for each, then `N passed, N failed` in total; fails if anything failed.
# Decision: record never fails by itself, so that one red runner does not hide the others. Cost: only --sum tells.

if [ "$1" = --sum ]; then
    shift
    cat "$@" | awk '
        { passed += $1; failed += $2; printf "%-4s %-24s %6d passed %5d failed\n", $2 ? "RED" : "ok", $3, $1, $2 }
        END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || passed == 0 }'
    exit
fi

result=$1 name=$2
shift 2
log=${result%.result}.log
rm -f "$result"
"$@" > "$log" 2>&1 < /dev/null
status=$?
counts=$(awk '
    /^([a-z][-a-z0-9]*: )?[0-9]+ passed, [0-9]+ failed$/ {
        line = $0; sub(/^[a-z][-a-z0-9]*: /, "", line); split(line, word, " ")
        own_passed += word[1]; own_failed += word[3]; own = 1
    }
    /^\[  PASSED  \] [0-9]+ test\(s\)/ { cm_passed += $4 }
    /^\[  FAILED  \] [0-9]+ test\(s\)/ { cm_failed += $4 }
    END { print own ? own_passed + 0 : cm_passed + 0, own ? own_failed + 0 : cm_failed + 0 }' "$log")
passed=${counts% *} failed=${counts#* }
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
    echo "$name ended with status $status" >> "$log"
    failed=1
elif [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then
    echo "$name tested nothing" >> "$log"
    failed=1
fi
echo "$passed $failed $name" > "$result"
if [ "$failed" -ne 0 ]; then
    echo "---- $name ----"
    tail -n 200 "$log"
fi
exit 0
