#!/bin/sh
# A folder of CSV files in other formats, for tests/alloc.c. In: the program that converts, the folder, where to.
set -e
rm -rf "$3"
mkdir -p "$3/gb"
"$1" odd "$2" "$3/book.xlsx"
"$1" json "$2" "$3/data.json"
"$1" jsonl "$2" "$3/lines"
"$1" sql "$2" "$3/data.sql"
"$1" db "$3/data.sql" "$3/data.db"
cp "$2"/*.csv "$3/gb"
printf 'Name,Plan,Opinion\n' > "$3/gb/office.csv"
sed 1d "$2/office.csv" | sed 's/,yes,/,是,/; s/,no,/,否,/' | iconv -f UTF-8 -t GB18030 >> "$3/gb/office.csv"
