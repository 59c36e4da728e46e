#!/bin/sh
# Transcripts: commands with the output they must have.
#
# In: KAOHE, BUILD, and files: *.t, or *.md of which the ```console blocks count.
#     $ command          run by sh in a folder of the file's own, where ./kaohe, schemes/ and files/ (tests/cli/files) are
#     > more of it       its next line
#     output             stdout and stderr together, exactly; a line of … stands for any lines
#     ? 1                its exit code, if not 0
#     ## words           a comment; blank lines before the next command do not count
#     ## only if: cmd    in the first line: the file is left out, and said to be, where cmd fails (no terminals, say)
# Out: what differs, then the counts.
# Decision: exact comparison, by line, in the C locale and with nothing of the user's language, so that a transcript is
# what a user on a bare machine sees. Cost: a changed word must be changed here, too; that is the point.

passed=0 failed=0
top=$PWD
unset LANG LANGUAGE LC_MESSAGES COLUMNS NO_COLOR
export LC_ALL=C

split='
function flush() { if (n) { close(cmd); close(want) } }
FENCED && /^```console$/ { inside = 1; next }
FENCED && /^```/ { inside = 0; next }
FENCED && !inside { next }
/^\$ / {
    flush(); n++
    cmd = sprintf("%s/%03d.cmd", DIR, n); want = sprintf("%s/%03d.want", DIR, n)
    print substr($0, 3) > cmd
    printf "" > want
    print FILENAME ":" FNR > sprintf("%s/%03d.where", DIR, n)
    starting = 1
    next
}
/^## / { next }
n && starting && /^> / { print substr($0, 3) > cmd; next }
n { starting = 0; print > want }'

# Equal, but for blank lines at the end and lines of … in the first file.
compare='
function trim(lines, count) { while (count && lines[count] == "") count--; return count }
function match_from(i, j,   k) {
    for (; i <= wants; i++) {
        if (want[i] == "…" || want[i] == "...") {
            for (k = j; k <= gots + 1; k++) if (match_from(i + 1, k)) return 1
            return 0
        }
        if (j > gots || want[i] != got[j]) return 0
        j++
    }
    return j == gots + 1
}
FILENAME == ARGV[1] { want[++wants] = $0; next }
{ got[++gots] = $0 }
END { wants = trim(want, wants); gots = trim(got, gots); exit !match_from(1, 1) }'

for file; do
    needs=$(sed -n '1s/^## only if: //p' "$file")
    if [ -n "$needs" ] && ! sh -c "$needs" > /dev/null 2>&1 < /dev/null; then
        echo "left out: $file, for here fails: $needs"
        continue
    fi
    dir=$BUILD/tests/cli/$(basename "$file").d
    rm -rf "$dir"
    mkdir -p "$dir/work"
    fenced=0
    case $file in *.md) fenced=1 ;; esac
    awk -v DIR="$dir" -v FENCED=$fenced "$split" "$file"
    ln -s "$KAOHE" "$dir/work/kaohe"
    ln -s "$top/schemes" "$top/docs" "$dir/work/"
    ln -s "$top/tests/cli/files" "$dir/work/files"
    for cmd in "$dir"/*.cmd; do
        test -e "$cmd" || continue
        base=${cmd%.cmd}
        (cd "$dir/work" && PATH=$dir/work:$PATH sh "$cmd") > "$base.got" 2>&1 < /dev/null
        status=$?
        test "$status" -eq 0 || echo "? $status" >> "$base.got"
        if awk "$compare" "$base.want" "$base.got"; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "RED: $(cat "$base.where"): $(head -n 1 "$cmd")"
            diff -u "$base.want" "$base.got" | tail -n +3
        fi
    done
done
echo "cli: $passed passed, $failed failed"
test "$failed" -eq 0
