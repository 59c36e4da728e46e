# What bench.sh and small.sh share; they read it in. In: BUILD, CC. Out: $work with the helpers, and the functions below.
# Decision: every figure is a median, and every ratio the median of the ratios of runs that stood side by side, because on a
# shared machine the clock drifts more between minutes than between neighbours.

work=${BENCH_FOLDER:-build/bench}
page=docs/performance.md
mkdir -p "$work"

compile() { # program, source
    $CC -O2 -std=c11 -D_GNU_SOURCE -pthread -o "$work/$1" "$2" || exit 1
}
compile measure tests/bench/measure.c
compile generate tests/bench/year/generate.c
compile direct tests/bench/year/direct.c
compile generate_wenzhou tests/bench/generate.c
compile direct_wenzhou tests/bench/direct.c

year=tests/bench/year
threads_known=$(./kaohe run --help --lang en | grep -c -- --threads)

# Runs a program and adds a line to its log; what it said is shown if it failed.
timed() { # [-m] name, file for its output, program and arguments
    memory=
    if [ "$1" = -m ]; then memory=-m; shift; fi
    log=$work/log/$1 out=$2
    shift 2
    # shellcheck disable=SC2086
    "$work/measure" $memory "$log" "$out" "$@" 2> "$work/said" || {
        echo "bench: failed: $*" >&2
        head -n 5 "$work/said" >&2
        exit 1
    }
}

forget() { rm -rf "$work/log"; mkdir -p "$work/log"; }

# The middle of the numbers that come in.
middle() { sort -n | awk '{ n[NR] = $1 } END { if (NR) print NR % 2 ? n[(NR + 1) / 2] : (n[NR / 2] + n[NR / 2 + 1]) / 2 }'; }

median() { # name, column of its log (1 clock, 2 processors, 3 all pages, 4 own memory)
    awk -v c="$2" '{ print $c }' "$work/log/$1" | middle
}

ratio() { # name, the other's name, column (1): the median of one by the other, run by run
    paste -d' ' "$work/log/$1" "$work/log/$2" | awk -v c="${3:-1}" 'NF == 8 && $(c + 4) > 0 { printf "%.4f\n", $c / $(c + 4) }' | middle
}

number() { awk -v n="$1" 'BEGIN { while (n >= 1000) { r = sprintf(",%03d", n % 1000) r; n = int(n / 1000) } print n r }'; }

machine() {
    printf '%s, %s processors, %s GB of memory, Linux %s, %s.\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
        "$(nproc)" "$(awk '/MemTotal/ { printf "%d", $2 / 1048576 + 0.5 }' /proc/meminfo)" "$(uname -r | cut -d- -f1)" \
        "$($CC --version | head -n 1)"
    printf 'Revision %s%s, %s.\n' "$(git rev-parse --short HEAD 2> /dev/null || echo unknown)" \
        "$(git diff --quiet HEAD -- cli compiler grammar runtime 2> /dev/null || echo ' with changes')" "$(date +%Y-%m-%d)"
}

# Puts a file between two lines of the page, in place of what stood there; a new one before the line `more figures`.
publish() { # name, file
    cat "$2"
    awk -v name="$1" -v file="$2" '
        function show(   line) {
            print "<!-- figures " name " -->"
            while ((getline line < file) > 0) print line
            print "<!-- end " name " -->"
            shown = 1
        }
        $0 == "<!-- figures " name " -->" { show(); skip = 1; next }
        $0 == "<!-- end " name " -->" { skip = 0; next }
        $0 == "<!-- more figures -->" && !shown { show(); print "" }
        !skip { print }' "$page" > "$work/page" && cat "$work/page" > "$page"
}
