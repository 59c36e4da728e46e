#!/bin/sh
# The schemes that stand in the documents are tried, so that no document shows what does not work.
#
# In: KAOHE, BUILD, *.md files.
#     ```kaohe          a whole scheme: no errors, and its examples hold
#     ```kaohe-error    a scheme that is wrong; the ```text block after it must stand in the report, line for line
# Out: what is wrong, then the counts.

passed=0 failed=0
work=$BUILD/tests/manual
rm -rf "$work"
mkdir -p "$work"

split='
/^```/ && kind { close(out); kind = ""; next }
/^```kaohe$/ { n++; kind = "good"; out = sprintf("%s/%s-%03d.good/scheme.kh", DIR, NAME, n) }
/^```kaohe-error$/ { n++; kind = "bad"; out = sprintf("%s/%s-%03d.bad/scheme.kh", DIR, NAME, n); awaited = n }
/^```text$/ { if (awaited) { kind = "text"; out = sprintf("%s/%s-%03d.bad/wanted", DIR, NAME, awaited); awaited = 0 } else kind = "other" }
/^```/ {
    if (!kind) kind = "other"
    if (kind == "other") { out = "/dev/null"; next }
    dir = out; sub("/[^/]*$", "", dir); system("mkdir -p " dir)
    if (kind != "text") print FILENAME ":" FNR > (dir "/where")
    printf "" > out
    next
}
kind { print > out }'

contains='
FILENAME == ARGV[1] { want[++wants] = $0; next }
{ got[++gots] = $0 }
END {
    for (j = 0; wants && j + wants <= gots; j++) {
        for (i = 1; i <= wants && want[i] == got[j + i]; i++) ;
        if (i > wants) exit 0
    }
    exit 1
}'

red() {
    failed=$((failed + 1))
    echo "RED: $(cat "$1/where"): $2"
    test ! -s "$1/out" || cat "$1/out"
}

for file; do
    test -e "$file" || continue
    awk -v DIR="$work" -v NAME="$(basename "$file" .md)" "$split" "$file"
done
for dir in "$work"/*.good; do
    test -e "$dir" || continue
    (cd "$dir" && "$KAOHE" check scheme.kh > out 2>&1) || { red "$dir" "it has errors"; continue; }
    (cd "$dir" && "$KAOHE" test scheme.kh > out 2>&1) || { red "$dir" "an example is wrong"; continue; }
    passed=$((passed + 1))
done
for dir in "$work"/*.bad; do
    test -e "$dir" || continue
    (cd "$dir" && "$KAOHE" check scheme.kh > out 2>&1)
    status=$?
    if [ "$status" -ne 1 ]; then
        red "$dir" "ends with $status, not with 1"
    elif [ ! -e "$dir/wanted" ]; then
        red "$dir" "no text block with the message follows"
    elif ! awk "$contains" "$dir/wanted" "$dir/out"; then
        red "$dir" "the message differs"
        echo "wanted:" && cat "$dir/wanted"
    else
        passed=$((passed + 1))
    fi
done
echo "manual: $passed passed, $failed failed"
test "$failed" -eq 0
