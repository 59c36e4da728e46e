#!/bin/sh
# The data of shipped schemes in every format that is read: each must give the same results, byte for byte.
#
# In: KAOHE, BUILD, and the program that converts a folder of CSV (tests/formats/convert.c). Out: a line for each proof.

convert=$1
passed=0 failed=0
work=$BUILD/formats
rm -rf "$work"
mkdir -p "$work"

proof() { # words, command…
    words=$1
    shift
    if "$@" > "$work/out" 2>&1; then
        passed=$((passed + 1))
        echo "ok: $words"
    else
        failed=$((failed + 1))
        echo "RED: $words"
        head -n 20 "$work/out"
    fi
}

same() { # data: its results are those of the folder of CSV
    "$KAOHE" run "schemes/$scheme/scheme.kh" "$1" -o "$work/$scheme.out.csv" && cmp "$work/$scheme.csv" "$work/$scheme.out.csv"
}

# Every table from a file of another format.
mix() {
    mkdir "$work/$scheme.mixed"
    i=0
    for file in "schemes/$scheme/data"/*.csv; do
        i=$((i + 1))
        name=$(basename "$file" .csv)
        case $((i % 4)) in
        0) cp "$file" "$work/$scheme.mixed" ;;
        1) iconv -f UTF-8 -t GB18030 "$file" > "$work/$scheme.mixed/$name.csv" ;;
        *) mkdir -p "$work/one" && rm -f "$work/one"/* && cp "$file" "$work/one" &&
            "$convert" odd "$work/one" "$work/$scheme.mixed/$name.xlsx" ;;
        esac
    done
    same "$work/$scheme.mixed"
}

for scheme in wenzhou tongyu; do
    data=schemes/$scheme/data
    proof "$scheme: CSV" "$KAOHE" run "schemes/$scheme/scheme.kh" "$data" -o "$work/$scheme.csv"

    mkdir "$work/$scheme.gb"
    for file in "$data"/*.csv; do iconv -f UTF-8 -t GB18030 "$file" > "$work/$scheme.gb/${file##*/}"; done
    proof "$scheme: CSV in GB18030" same "$work/$scheme.gb"

    proof "$scheme: a workbook is made" "$convert" xlsx "$data" "$work/$scheme.xlsx"
    proof "$scheme: a workbook" same "$work/$scheme.xlsx"
    proof "$scheme: a workbook as offices keep it is made" "$convert" odd "$data" "$work/$scheme.odd.xlsx"
    proof "$scheme: a workbook as offices keep it" same "$work/$scheme.odd.xlsx"
    mkdir "$work/$scheme.folder" && cp "$work/$scheme.odd.xlsx" "$work/$scheme.folder"
    proof "$scheme: a workbook in a folder" same "$work/$scheme.folder"
    proof "$scheme: a file of its own format for each table" mix
done

echo "formats: $passed passed, $failed failed"
test "$failed" -eq 0
