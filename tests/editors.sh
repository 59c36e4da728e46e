#!/bin/sh
# Editor support and completion: written, or compared with what is there; and tried, where shells are.
#
# editors.sh PROGRAM           each committed file is what PROGRAM writes today
# editors.sh PROGRAM --write   writes them
# In: BUILD. Out: the files, or the counts.

program=$1
into=docs/editors
work=$BUILD/editors
mkdir -p "$work" "$into/vim" "$into/vscode/syntaxes"
passed=0 failed=0

ok() { passed=$((passed + 1)); }
red() {
    failed=$((failed + 1))
    echo "RED: $1"
}

for pair in vim:vim/kaohe.vim tmlanguage:vscode/syntaxes/kaohe.tmLanguage.json bash:kaohe.bash zsh:_kaohe; do
    name=${pair%%:*} path=${pair#*:}
    "$program" "$name" > "$work/$name" || exit 2
    if [ "$2" = --write ]; then
        cmp -s "$work/$name" "$into/$path" || cp "$work/$name" "$into/$path"
    elif diff -u "$into/$path" "$work/$name"; then
        ok
    else
        red "$into/$path is not what the tables say. Type: make reference"
    fi
done
test "$2" = --write && exit 0

# Completion at work: words typed, what is offered.
if command -v bash > /dev/null; then
    offered() {
        bash -c '. docs/editors/kaohe.bash; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kaohe; echo "${COMPREPLY[@]}"' _ _ "$@"
    }
    expect() {
        want=$1
        shift
        got=$(offered "$@")
        if [ "$got" = "$want" ]; then ok; else red "after '$*' is offered '$got', not '$want'"; fi
    }
    expect fmt kaohe fm
    expect --sort kaohe run --so
    expect zh kaohe fmt --to z
    expect "" kaohe check --so
fi
if command -v zsh > /dev/null; then
    if zsh -n "$into/_kaohe"; then ok; else red "zsh does not read $into/_kaohe"; fi
fi
echo "$passed passed, $failed failed"
