#!/bin/sh
# A first look: the organs of schemes/wenzhou are scored and ranked, and the points of one of them explained.
#
# In: KAOHE, the program; OUT, a folder to write to. Out: both on the terminal, the results as CSV in OUT.

set -e
: "${KAOHE:=./kaohe}" "${OUT:=build/demo}"
scheme=schemes/wenzhou/scheme.kh
data=schemes/wenzhou/data
organ=云江市规划局

mkdir -p "$OUT"
"$KAOHE" run "$scheme" "$data" --sort 总分排名
echo
"$KAOHE" explain "$scheme" "$data" --unit "$organ"
"$KAOHE" run "$scheme" "$data" -o "$OUT/results.csv" >/dev/null
echo
echo "The scheme:  $scheme    (in English: schemes/wenzhou/scheme.en.kh)"
echo "Its data:    $data/*.csv"
echo "The results: $OUT/results.csv"
echo "Another organ: $KAOHE explain $scheme $data --unit NAME"
