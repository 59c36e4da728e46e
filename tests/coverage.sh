#!/bin/sh
# Lines that the tests executed, file by file, least first. In: object files of the cov variant.
for object; do
    gcov -n "$object" 2> /dev/null
done | awk '
    /^File / { file = $2; gsub("\047", "", file); next }
    /^Lines executed:/ && file != "" && file !~ /^\/usr|\.h$/ {
        split($0, part, /[:% ]+/)
        printf "%6.2f%%  %5d lines  %s\n", part[3], part[5], file
        file = ""
    }' | sort -n -u
