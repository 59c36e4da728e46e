#!/bin/sh
# `make install` into a folder of its own; a host program built against what lies there, shared and static, by pkg-config;
# the manual page and the help name the same options; `make uninstall` leaves nothing.
#
# In: KAOHE, BUILD, MAKE, CC. Out: a line for each check.

passed=0 failed=0
root=$BUILD/installed
rm -rf "$root"
mkdir -p "$root"

proof() {
    words=$1
    shift
    if "$@" > "$root.out" 2>&1; then
        passed=$((passed + 1))
        echo "ok: $words"
    else
        failed=$((failed + 1))
        echo "RED: $words"
        head -n 40 "$root.out"
    fi
}

cat > "$root.c" << 'END'
#include <kaohe.h>
#include <stdio.h>
#include <string.h>
int main(void)
{
    static const char TEXT[] = "scheme \"Host\"\n\nunit office\n  name text key\n  late yes/no\n\nitem 1 \"Time\" worth 5\n  -2 if late\n";
    kh_scheme *scheme;
    kh_status status = kh_scheme_open(NULL, "host.kh", TEXT, strlen(TEXT), &scheme);
    kh_text report = {0, 0};
    if (scheme && kh_scheme_report(scheme, &report) == KH_OK) fwrite(report.at ? report.at : "", 1, report.len, stdout);
    kh_scheme_close(scheme);
    printf("%s %d\n", kh_version(), (int)status);
    return status != KH_OK;
}
END

install_it() { "$MAKE" --no-print-directory install DESTDIR="$root" PREFIX=/usr; }
packaged() { PKG_CONFIG_PATH=$root/usr/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root pkg-config "$@" kaohe; }
host_shared() {
    # shellcheck disable=SC2046
    $CC -std=c11 -Wall -Wextra -Werror -pedantic -o "$root.shared" "$root.c" $(packaged --cflags --libs) &&
        LD_LIBRARY_PATH=$root/usr/lib "$root.shared"
}
host_static() {
    # shellcheck disable=SC2046
    $CC -std=c11 -o "$root.static" "$root.c" $(packaged --cflags) "$root/usr/lib/libkaohe.a" $(pkg-config --libs $PACKAGES) &&
        "$root.static"
}
host_cxx() { # the header is C++, too; only where there is a compiler for it
    command -v g++ > /dev/null || return 0
    # shellcheck disable=SC2046
    g++ -std=c++11 -Wall -Wextra -Werror -fsyntax-only -x c++ "$root/usr/include/kaohe.h"
}
manual_names_every_option() {
    for verb in $("$KAOHE" --help --lang en | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p'); do
        grep -q "^\.SS .*$verb" "$root/usr/share/man/man1/kaohe.1" || { echo "no section: $verb"; return 1; }
        for option in $("$KAOHE" "$verb" --help --lang en | sed -n 's/^ .*--\([a-z]*\).*/\1/p'); do
            grep -q -- "\\\\-\\\\-$option" "$root/usr/share/man/man1/kaohe.1" || { echo "not named: --$option"; return 1; }
        done
    done
}
uninstall_it() {
    "$MAKE" --no-print-directory uninstall DESTDIR="$root" PREFIX=/usr && ! find "$root" ! -type d | grep .
}

proof "install" install_it
proof "the installed program runs" "$root/usr/bin/kaohe" --version
proof "a host with the shared library" host_shared
proof "a host with the static library" host_static
proof "the header in C++" host_cxx
proof "the manual page names every verb and option" manual_names_every_option
proof "uninstall leaves nothing" uninstall_it
echo "install: $passed passed, $failed failed"
test "$failed" -eq 0
