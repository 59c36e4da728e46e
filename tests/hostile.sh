#!/bin/sh
# Data that is damaged or means harm (tests/hostile.c): each case ends in time and in bounded memory, with a problem that names the
# file, and without a file of results.
#
# In: KAOHE, BUILD, VARIANT, and the program that makes the cases. Out: a line for each case.

make=$1
passed=0 failed=0
work=$BUILD/hostile
memory=1500000 # kB of addresses; the largest file is 50 MB
rm -rf "$work"
mkdir -p "$work/cases"

cat > "$work/scheme.kh" << 'END'
scheme "Hostile"

unit office "Office"
  name "Name" text key
  plan "Plan" yes/no
  score "Score" number 0 to 100

item 1 "Score" worth 100
  -1 if not plan
END

# Runs with bounds: a sanitizer takes terabytes of addresses.
bounded() {
    case $VARIANT in
    asan | tsan) timeout 300 "$@" ;;
    *) (ulimit -v $memory && exec timeout 60 "$@") ;;
    esac
}

refused() { # case
    rm -f "$work/out.csv"
    bounded "$KAOHE" run "$work/scheme.kh" "$1" -o "$work/out.csv" > "$work/out" 2> "$work/said" < /dev/null
    code=$?
    test "$code" -eq 3 || test "$code" -eq 4 || { echo "exit code $code"; return 1; }
    test ! -e "$work/out.csv" || { echo "results were written"; return 1; }
    ls "$work"/out.csv* > /dev/null 2>&1 && { echo "something was left"; return 1; }
    test ! -s "$work/out" || { echo "something was printed"; return 1; }
    head -n 1 "$work/said" | grep -qF "$1" || { echo "the file is not named"; return 1; }
    test "$(wc -c < "$work/said")" -lt 100000 || { echo "too much was said"; return 1; }
}

count=$("$make" "$work/cases") || { echo "hostile: 0 passed, 1 failed"; exit 1; }
for case in "$work/cases"/*; do
    if why=$(refused "$case"); then
        passed=$((passed + 1))
        echo "ok: ${case##*/}: $(head -n 1 "$work/said" | sed "s|.*cases/||" | cut -c 1-150)"
    else
        failed=$((failed + 1))
        echo "RED: ${case##*/}: $why"
        head -n 5 "$work/said" | cut -c 1-300
    fi
done
rm -rf "$work/cases"

# The scheme and the ways of the test itself: what is right is read.
mkdir -p "$work/good"
printf 'name,plan,score\na,yes,1\n' > "$work/good/office.csv"
if bounded "$KAOHE" run "$work/scheme.kh" "$work/good" -o "$work/out.csv" > /dev/null 2>&1 && test -s "$work/out.csv" && test "$count" -ge 100; then
    passed=$((passed + 1))
    echo "ok: what is right is read"
else
    failed=$((failed + 1))
    echo "RED: what is right is not read, or there are fewer than a hundred cases"
fi
echo "hostile: $passed passed, $failed failed"
test "$failed" -eq 0
