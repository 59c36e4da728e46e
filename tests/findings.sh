#!/bin/sh
# docs/findings.md lists what `kaohe check` finds in the shipped schemes, each finding, and nothing else.
#
# In: KAOHE, BUILD. Out: what differs, then the counts.

work=$BUILD/tests/findings
mkdir -p "$work"
: > "$work/said"
for scheme in schemes/*/*.kh; do
    case $scheme in *.en.kh) continue ;; esac
    "$KAOHE" check "$scheme" --lang en | sed -n 's/^\([^ ]*\.kh:[0-9]*\):[0-9]*: [a-z]* \([NW][0-9]*\): .*/\1 \2/p' >> "$work/said"
done
sed -n 's/^| \(schemes[^ ]*\) | \([NW][0-9]*\) | .* | [a-z].* |$/\1 \2/p' docs/findings.md > "$work/listed"
LC_ALL=C sort "$work/said" > "$work/a"
LC_ALL=C sort "$work/listed" > "$work/b"
failed=0
if ! diff "$work/a" "$work/b"; then
    failed=1
    echo "RED: docs/findings.md does not list what check says (<: said, >: listed)"
fi
echo "$(wc -l < "$work/a") passed, $failed failed"
