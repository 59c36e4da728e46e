#!/bin/sh
# The English reprint of a scheme gives the same results as the Chinese original: each schemes/*/NAME.en.kh is what
# `fmt --to en` makes of NAME.kh, and over the same data the results are equal to the byte once the words of the table itself
# (total, grade, state, final, open …, yes, no) are put into one tongue.
#
# Usage: tests/reprint.sh KAOHE; the data of NAME is schemes/DIR/data/NAME if there is such a folder, else schemes/DIR/data.
set -u
kaohe=${1:-./kaohe}
room=$(mktemp -d) || exit 4
trap 'rm -rf "$room"' EXIT
passed=0
failed=0
fine() { passed=$((passed + 1)); }
red() {
    failed=$((failed + 1))
    echo "RED: $*"
}
# The words that the program itself writes into results.
to_english() {
    sed -e '1s/,总分,/,total,/' -e '1s/,等次,/,grade,/' -e '1s/,状态/,state/' \
        -e 's/,不参评/,not assessed/g' -e 's/,否决/,vetoed/g' -e 's/,待定/,open/g' -e 's/,定\(,\|$\)/,final\1/g' \
        -e 's/,是/,yes/g' -e 's/,否/,no/g' "$1"
}
for english in schemes/*/*.en.kh; do
    chinese=${english%.en.kh}.kh
    folder=$(dirname "$chinese")
    name=$(basename "$chinese" .kh)
    data=$folder/data
    test -d "$data/$name" && data=$data/$name
    period=
    test "$folder" = schemes/district-org && test "$name" != year && period="--period 2014-04"
    if "$kaohe" fmt --to en "$chinese" > "$room/made.kh" && cmp -s "$room/made.kh" "$english"; then fine; else red "$english is not what fmt --to en makes of $chinese"; fi
    # shellcheck disable=SC2086
    if "$kaohe" run $period "$chinese" "$data" -o "$room/zh.csv" > /dev/null 2> "$room/zh.err" &&
        "$kaohe" run $period "$english" "$data" -o "$room/en.csv" > /dev/null 2> "$room/en.err"; then
        to_english "$room/zh.csv" > "$room/zh.words"
        to_english "$room/en.csv" > "$room/en.words"
        if test -s "$room/zh.words" && cmp -s "$room/zh.words" "$room/en.words"; then fine; else
            red "$english gives other results than $chinese"
            diff "$room/zh.words" "$room/en.words" | head -n 6
        fi
    else
        red "$chinese or its reprint does not run on $data"
        head -n 4 "$room/zh.err" "$room/en.err"
    fi
done
echo "reprint: $passed passed, $failed failed"
test "$failed" -eq 0
