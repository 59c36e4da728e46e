#!/bin/sh
# Proves the layering: runtime, grammar, compiler, cli, each standing on those before it and on nothing after it.
#
# In: BUILD, CC, FLAGS, LIBS, CLI_LIBS, CLI_OBJ from the makefile. Out: a line for each proof.
# Decision: by linking. A stub main with the *whole* of a layer must resolve; grepping for includes would miss a
# declaration by hand. Headers are compiled alone, and words of floating point are looked for in the scoring layers.

passed=0 failed=0
work=$BUILD/layers
mkdir -p "$work"
echo 'int main(void) { return 0; }' > "$work/main.c"

proof() { # words, command…
    words=$1
    shift
    if "$@" > "$work/out" 2>&1; then
        passed=$((passed + 1))
        echo "ok: $words"
    else
        failed=$((failed + 1))
        echo "RED: $words"
        head -n 40 "$work/out"
    fi
}

link() { # archives…
    # shellcheck disable=SC2086
    $CC $FLAGS -o "$work/stub" "$work/main.c" -Wl,--whole-archive "$@" -Wl,--no-whole-archive $LIBS
}

header() { # a header compiled twice over, alone
    printf '#include "%s"\n#include "%s"\n' "$PWD/$1" "$PWD/$1" > "$work/header.c"
    # shellcheck disable=SC2086
    $CC $FLAGS -fsyntax-only "$work/header.c"
}

cli_sees_the_public_header_alone() {
    # shellcheck disable=SC2086
    $CC $FLAGS -o "$work/cli" $CLI_OBJ -L"$BUILD" -lkaohe $LIBS $CLI_LIBS
}

names_of() { # objects or archives…
    nm -g --defined-only "$@" | awk 'NF == 3 { print $3 }' | sort -u
}

cli_has_no_name_of_the_library() { # the linker would take it without a word, and the library call it
    # shellcheck disable=SC2086
    names_of $CLI_OBJ > "$work/cli.names"
    names_of "$BUILD"/libkh_runtime.a "$BUILD"/libkh_grammar.a "$BUILD"/libkh_compiler.a > "$work/library.names"
    ! comm -12 "$work/cli.names" "$work/library.names" | grep .
}

only_public_names() {
    ! nm -D --defined-only "$BUILD/libkaohe.so" | awk '$2 ~ /[A-Z]/ && $3 !~ /^kh_/' | grep .
}

# A workbook's numbers are floating point: cli/sheet.c, which writes them and nothing else, is the one place for it.
no_floating_point() {
    # shellcheck disable=SC2046
    ! grep -nwE 'double|float|strtod|strtof|strtold|atof' grammar/*.[chly] compiler/*.[ch] runtime/*.[ch] \
        $(ls cli/*.[ch] | grep -v '^cli/sheet\.c$')
}

no_floating_point_code() { # whatever the source says: no instruction on floating point in the scoring layers
    command -v objdump > /dev/null || return 0
    case $(uname -m) in x86_64 | i?86) ;; *) return 0 ;; esac
    objdump -d "$BUILD/libkh_runtime.a" "$BUILD/libkh_compiler.a" "$BUILD/libkh_grammar.a" | awk '
        /\.o: +file format/ { file = $1 }
        /\t(v?(add|sub|mul|div|sqrt)[sp][sd]|v?cvt[a-z0-9]*|fld[a-z0-9]*|fild[a-z]*|fadd[a-z]*|fmul[a-z]*|fdiv[a-z]*)[ \t]/ { print file ": " $0; bad = 1 }
        END { exit bad }'
}

proof "runtime alone" link "$BUILD/libkh_runtime.a"
proof "grammar on runtime" link "$BUILD/libkh_grammar.a" "$BUILD/libkh_runtime.a"
proof "compiler on grammar and runtime" link "$BUILD/libkh_compiler.a" "$BUILD/libkh_grammar.a" "$BUILD/libkh_runtime.a"
proof "cli on the public header alone" cli_sees_the_public_header_alone
proof "cli has no name of the library's layers" cli_has_no_name_of_the_library
proof "the library shows kh_* names alone" only_public_names
proof "no words of floating point" no_floating_point
case $VARIANT in release | debug) proof "no code of floating point" no_floating_point_code ;; esac
for file in runtime/*.h grammar/*.h compiler/*.h cli/*.h; do
    proof "$file stands alone" header "$file"
done
echo "layers: $passed passed, $failed failed"
test "$failed" -eq 0
