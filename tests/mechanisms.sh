#!/bin/sh
# schemes/MECHANISMS.md: every numbered mechanism of the five regulations is listed once, and the line it names is there.
#
# In: the table (its rows are `000-01 | schemes/…/x.kh:12 | computed: …`), read from the root of the checkout. Out: a line
# for each fault, then the counts. The list of ids stands here and not in the table, so that none can be dropped unseen.
# What the row says stands for the mechanism: computed, question, note, gap, evidence or finding. Awk is mawk's.

table=${1:-schemes/MECHANISMS.md}
if [ ! -r "$table" ]; then
    echo "RED: $table is not there"
    echo "mechanisms: 0 passed, 1 failed"
    exit 1
fi

awk -F ' *[|] *' -v table="$table" '
function red(words) { print "RED: " words; failed++; bad = 1 }

# The line of a file, its text kept from the first time the file is read; sets there = 0 if there is no such file.
function line_of(file, wanted,    text, count) {
    if (!(file in lines)) {
        lines[file] = 0
        while ((getline text < file) > 0) body[file, ++lines[file]] = text
        close(file)
    }
    there = lines[file] > 0
    return wanted <= lines[file] ? body[file, wanted] : ""
}

BEGIN {
    last["000"] = 30; last["001"] = 35; last["002"] = 29; last["003"] = 44; last["004"] = 64
    passed = failed = 0
}

$1 ~ /^## / { section = substr($1, 4); next }

$1 ~ /^[0-9][0-9][0-9]-/ {
    id = $1; where = $2; how = $3; bad = 0
    seed = substr(id, 1, 3); number = substr(id, 5)
    if (id !~ /^[0-9][0-9][0-9]-[0-9][0-9]$/ || !(seed in last) || number + 0 < 1 || number + 0 > last[seed]) {
        red(table ":" FNR ": there is no mechanism " id); next
    }
    if (id in seen) { red(table ":" FNR ": " id " is listed twice, first on line " seen[id]); next }
    seen[id] = FNR
    if (section != seed) red(table ":" FNR ": " id " stands in section " section)
    if (NF < 3 || how !~ /^(computed|question|note|gap|evidence|finding): ./)
        red(table ":" FNR ": " id " does not say computed, question, note, gap, evidence or finding, and how")
    if (where !~ /^schemes\/[^ :]+\.kh:[1-9][0-9]*$/) { red(table ":" FNR ": " id " names no file and line: " where); next }
    colon = index(where, ":")
    file = substr(where, 1, colon - 1); wanted = substr(where, colon + 1) + 0
    text = line_of(file, wanted)
    if (!there) red(table ":" FNR ": " id ": there is no " file)
    else if (wanted > lines[file]) red(table ":" FNR ": " id ": " file " has only " lines[file] " lines, not " wanted)
    else if (text ~ /^[ \t]*(#.*)?$/) red(table ":" FNR ": " id ": " where " is blank or only a comment")
    else if (how ~ /^question:/ && text !~ /^(疑义|question) /) red(table ":" FNR ": " id ": " where " is no question")
    else if (how ~ /^note:/ && text !~ /^ *(说明|note) /) red(table ":" FNR ": " id ": " where " is no note")
    else if (how ~ /^gap:/ && text !~ /^ *(缺文|gap) /) red(table ":" FNR ": " id ": " where " is no gap")
    else if (how ~ /^evidence:/ && text !~ /^ *(方式|evidence) /) red(table ":" FNR ": " id ": " where " is no evidence")
    if (!bad) passed++
}

END {
    for (seed in last)
        for (k = 1; k <= last[seed]; k++) {
            id = seed "-" (k < 10 ? "0" : "") k
            if (!(id in seen)) missing[++absent] = id
        }
    for (i = 2; i <= absent; i++) { # by number, that the list can be read
        id = missing[i]
        for (j = i - 1; j >= 1 && missing[j] > id; j--) missing[j + 1] = missing[j]
        missing[j + 1] = id
    }
    for (i = 1; i <= absent; i++) { print "RED: " table ": " missing[i] " is not listed"; failed++ }
    print "mechanisms: " passed " passed, " failed " failed"
    exit failed > 0
}' "$table"
