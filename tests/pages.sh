#!/bin/sh
# The pages that the program writes: whole, alone, and readable without scripts.
#
# In: KAOHE, BUILD; every scheme that is shipped, some data. Out: what is wrong, then the counts.
# A page passes if its tags are balanced, its ids are unique, each of its links leads to an id or to a page that is there, and
# it fetches and runs nothing.
# Decision: awk looks at the tags, so that no validator need be installed. Cost: it knows no content model.

work=$BUILD/tests/pages
rm -rf "$work"
mkdir -p "$work"
passed=0 failed=0

look='
BEGIN { RS = "<"; bad = 0 }
function say(words) { print FILENAME ": " words; bad++ }
NR == 1 { next }
/^!/ { next }
{
    end = index($0, ">")
    if (!end) { say("an open <" substr($0, 1, 20)); next }
    tag = substr($0, 1, end - 1); name = tag
    sub(/[ \t\n\/].*/, "", name)
    if (substr(tag, 1, 1) == "/") {
        name = substr(tag, 2)
        if (!depth || open[depth] != name) say("</" name "> closes <" open[depth] ">")
        else depth--
        next
    }
    if (name == "script" || name == "link" || name == "img" || name == "iframe") say("<" name ">")
    if (tag ~ /(src|onclick|onload)=/ || tag ~ /href="https?:/) say("it fetches or runs something: " tag)
    if (match(tag, / id="[^"]*"/)) { id = substr(tag, RSTART + 5, RLENGTH - 6); if (id in ids) say("id twice: " id); ids[id] = 1 }
    if (match(tag, / href="[^"]*"/)) hrefs[++count] = substr(tag, RSTART + 7, RLENGTH - 8)
    if (name == "meta" || name == "br" || name == "hr" || tag ~ /\/$/) next
    open[++depth] = name
}
END {
    if (depth) say("<" open[depth] "> is not closed")
    for (k = 1; k <= count; k++) {
        if (hrefs[k] ~ /^#/) { if (!(substr(hrefs[k], 2) in ids)) say("no id for " hrefs[k]) }
        else print hrefs[k] > FILENAME ".links"
    }
    exit bad > 0
}'

check() { # a page
    if awk "$look" "$1"; then
        wrong=
        if [ -e "$1.links" ]; then
            while read -r link; do
                [ -e "$(dirname "$1")/${link%%#*}" ] || { wrong=1; echo "$1: no page $link"; }
            done < "$1.links"
        fi
        [ -z "$wrong" ] && { passed=$((passed + 1)); return; }
    fi
    failed=$((failed + 1))
    echo "RED: $1"
}

for scheme in schemes/*/*.kh tests/cli/files/prose.kh; do
    base=$work/$(echo "$scheme" | tr / _)
    for tongue in en zh; do
        "$KAOHE" doc "$scheme" --lang $tongue -o "$base.$tongue.html" 2> /dev/null || echo "RED: doc $scheme"
        check "$base.$tongue.html"
        "$KAOHE" doc "$scheme" --lang $tongue --bilingual -o "$base.$tongue.both.html" 2> /dev/null || echo "RED: doc $scheme"
        check "$base.$tongue.both.html"
    done
done

site() { # scheme data name
    for tongue in en zh; do
        "$KAOHE" explain "$1" "$2" --all -o "$work/$3.$tongue" --lang $tongue > /dev/null 2>&1 || echo "RED: explain --all $1"
        for page in "$work/$3.$tongue"/*.html; do check "$page"; done
    done
}
site schemes/hewan/scheme.kh schemes/hewan/data hewan
site tests/cli/files/small.kh tests/cli/files/data small
site tests/cli/files/question.kh tests/cli/files/asked question

echo "$passed passed, $failed failed"
test "$failed" -eq 0
