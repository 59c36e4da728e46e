#!/bin/sh
# The reference pages: written, or compared with what is there.
#
# reference.sh PROGRAM           each committed page is what PROGRAM writes today; names those that are not
# reference.sh PROGRAM --write   writes them
# In: BUILD. Out: the pages, or the counts.

program=$1
pages='opcodes diagnostics keywords limits builtins'
into=docs/reference
work=$BUILD/reference
mkdir -p "$work" "$into"
passed=0 failed=0
for page in $pages; do
    "$program" "$page" > "$work/$page.md" || exit 2
    if [ "$2" = --write ]; then
        cmp -s "$work/$page.md" "$into/$page.md" || cp "$work/$page.md" "$into/$page.md"
    elif diff -u "$into/$page.md" "$work/$page.md"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "RED: $into/$page.md is not what the tables say. Type: make reference"
    fi
done
test "$2" = --write && exit 0

for file in "$into"/*; do # no page that nothing writes any more
    page=$(basename "$file" .md)
    case " $pages " in
    *" $page "*) ;;
    *)
        failed=$((failed + 1))
        echo "RED: nothing writes $file"
        ;;
    esac
done
echo "$passed passed, $failed failed"
