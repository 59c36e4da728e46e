#!/bin/sh
# The tour names every source file, once, and no document names a file that is not there.
#
# In: BUILD; docs/tour.md, whose lists hold paths in backticks ([hc]: a header and its source); for the second half
# README.md, CONTRIBUTING.md and docs/*.md. Out: what is wrong, then the counts.
# Decision: what is tracked counts; where there is no repository (an unpacked archive), what lies there. Cost: in a
# checkout a new file is missed until it is added.

work=$BUILD/tour
mkdir -p "$work"
passed=0 failed=0
verdict() { # file of complaints, words
    if [ -s "$1" ]; then
        failed=$((failed + $(wc -l < "$1")))
        sed "s|^|RED: $2: |" "$1"
    fi
}

if [ -e .git ] && git ls-files --error-unmatch Makefile > /dev/null 2>&1; then
    git ls-files grammar compiler runtime cli tests
else
    find grammar compiler runtime cli tests -type f
fi | grep -E '\.(c|h|def|l|y|sh)$' | LC_ALL=C sort > "$work/there"

# The paths in backticks of what comes in, one a line, pairs as two.
paths() {
    awk -F '`' '{
        for (i = 2; i <= NF; i += 2) {
            if ($i !~ /^(grammar|compiler|runtime|cli|tests|schemes|docs)\// || $i ~ /[ <{$]/) continue
            stem = $i
            if (sub(/\[hc\]$/, "", stem)) print stem "h\n" stem "c"
            else print $i
        }
    }'
}

awk '/^## How to add/ { exit } /^- |^  / { print }' docs/tour.md | paths | grep -v '[*]' | LC_ALL=C sort > "$work/named"
LC_ALL=C uniq -d "$work/named" > "$work/twice"
LC_ALL=C sort -u "$work/named" | LC_ALL=C comm -23 "$work/there" - > "$work/missing"
passed=$(LC_ALL=C sort -u "$work/named" | LC_ALL=C comm -12 "$work/there" - | wc -l)
verdict "$work/missing" "docs/tour.md does not name"
verdict "$work/twice" "docs/tour.md names twice"

: > "$work/gone"
for document in README.md CONTRIBUTING.md docs/*.md; do
    paths < "$document" | LC_ALL=C sort -u > "$work/paths"
    while read -r path; do
        set -- $path # a pattern stands for what it finds
        if [ -e "$1" ]; then
            passed=$((passed + 1))
        else
            echo "$document: $path" >> "$work/gone"
        fi
    done < "$work/paths"
done
verdict "$work/gone" "there is no such file"

echo "$passed passed, $failed failed"
