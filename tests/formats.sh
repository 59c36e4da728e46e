#!/bin/sh
# The data of shipped schemes in every format that is read: each must give the same results, byte for byte.
#
# In: KAOHE, BUILD, and the program that converts a folder of CSV (tests/formats/convert.c). Out: a line for each proof.
# A PostgreSQL server of our own is started in a temporary folder, by a user that is not root, and reached by its socket alone.

convert=$1
passed=0 failed=0
work=$BUILD/formats
rm -rf "$work"
mkdir -p "$work"

proof() { # words, command…
    words=$1
    shift
    if "$@" > "$work/out" 2>&1; then
        passed=$((passed + 1))
        echo "ok: $words"
    else
        failed=$((failed + 1))
        echo "RED: $words"
        head -n 20 "$work/out"
    fi
}

same() { # data: its results are those of the folder of CSV
    "$KAOHE" run "schemes/$scheme/scheme.kh" "$1" -o "$work/$scheme.out.csv" && cmp "$work/$scheme.csv" "$work/$scheme.out.csv"
}

# ---- a server ----

server=
as_server() { # command: by a user who may run it
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_server() {
    bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1) && test -x "$bin/initdb" || return 1
    server=$(mktemp -d "${TMPDIR:-/tmp}/kaohe-pg.XXXXXX") || return 1
    if [ "$(id -u)" = 0 ]; then chown postgres "$server" && chmod 711 "$server" || return 1; fi
    (
        cd "$server" || exit 1
        as_server "$bin/initdb" -D "$server/data" -A trust -U kaohe -E UTF8 --locale=C --no-sync &&
            as_server "$bin/pg_ctl" -D "$server/data" -l "$server/log" -w -t 60 \
                -o "-c listen_addresses='' -c unix_socket_directories='$server' -c fsync=off" start
    )
}

stop_server() {
    test -z "$server" || {
        (cd "$server" && as_server "$bin/pg_ctl" -D "$server/data" -m immediate stop > /dev/null 2>&1)
        rm -rf "$server"
    }
}
trap stop_server EXIT
trap 'exit 1' HUP INT TERM

address() { # database
    echo "postgresql://kaohe@/$1?host=$server"
}

fill() { # database, file of statements
    echo "CREATE DATABASE $1" > "$work/create.sql"
    "$convert" pg "$work/create.sql" "$(address postgres)" && "$convert" pg "$2" "$(address "$1")"
}

says() { # words, command…: it fails, and says them
    expected=$1
    shift
    if "$@" > "$work/said" 2>&1; then
        echo "it did not fail"
        return 1
    fi
    grep -qF "$expected" "$work/said" || { cat "$work/said"; return 1; }
}

proof "a PostgreSQL server starts" start_server

# ---- what is shipped ----

# Every table from a file of another format.
mix() {
    mkdir "$work/$scheme.mixed"
    i=0
    for file in "schemes/$scheme/data"/*.csv; do
        i=$((i + 1))
        name=$(basename "$file" .csv)
        mkdir -p "$work/one" && rm -rf "$work/one"/* && cp "$file" "$work/one"
        case $((i % 6)) in
        0) cp "$file" "$work/$scheme.mixed" ;;
        1) iconv -f UTF-8 -t GB18030 "$file" > "$work/$scheme.mixed/$name.csv" ;;
        2) "$convert" odd "$work/one" "$work/$scheme.mixed/$name.xlsx" ;;
        3) "$convert" json "$work/one" "$work/$scheme.mixed/$name.json" ;;
        4) "$convert" jsonl "$work/one" "$work/one.lines" && cp "$work/one.lines/$name.jsonl" "$work/$scheme.mixed" ;;
        5) "$convert" sql "$work/one" "$work/one.sql" && "$convert" db "$work/one.sql" "$work/$scheme.mixed/$i.db" ;;
        esac
    done
    same "$work/$scheme.mixed"
}

for scheme in wenzhou tongyu; do
    data=schemes/$scheme/data
    proof "$scheme: CSV" "$KAOHE" run "schemes/$scheme/scheme.kh" "$data" -o "$work/$scheme.csv"

    mkdir "$work/$scheme.gb"
    for file in "$data"/*.csv; do iconv -f UTF-8 -t GB18030 "$file" > "$work/$scheme.gb/${file##*/}"; done
    proof "$scheme: CSV in GB18030" same "$work/$scheme.gb"

    proof "$scheme: a workbook is made" "$convert" xlsx "$data" "$work/$scheme.xlsx"
    proof "$scheme: a workbook" same "$work/$scheme.xlsx"
    proof "$scheme: a workbook as offices keep it is made" "$convert" odd "$data" "$work/$scheme.odd.xlsx"
    proof "$scheme: a workbook as offices keep it" same "$work/$scheme.odd.xlsx"
    mkdir "$work/$scheme.folder" && cp "$work/$scheme.odd.xlsx" "$work/$scheme.folder"
    proof "$scheme: a workbook in a folder" same "$work/$scheme.folder"
    for kind in json jsons jsonl; do
        case $kind in json) out=$work/$scheme.json ;; *) out=$work/$scheme.$kind ;; esac
        proof "$scheme: $kind is made" "$convert" $kind "$data" "$out"
        proof "$scheme: $kind" same "$out"
    done
    proof "$scheme: statements are made" "$convert" sql "$data" "$work/$scheme.sql"
    proof "$scheme: a SQLite file is made" "$convert" db "$work/$scheme.sql" "$work/$scheme.db"
    proof "$scheme: SQLite" same "$work/$scheme.db"
    proof "$scheme: a PostgreSQL database is made" fill "$scheme" "$work/$scheme.sql"
    proof "$scheme: PostgreSQL" same "$(address "$scheme")"
    proof "$scheme: a file of its own format for each table" mix
done

# ---- a large file in another encoding: through a temporary file ----

cat > "$work/large.kh" << 'END'
scheme "Large"

unit office
  name text key

table session
  topic text
  minutes count

item 1 "Score" worth 1000000
  per session where minutes < 30: -0.5
END
mkdir "$work/large" "$work/large.gb" "$work/temporary"
printf 'name\n甲\n乙\n' > "$work/large/office.csv"
awk 'BEGIN { print "name,topic,minutes"; for (i = 0; i < 600000; i++) print (i % 3 ? "甲" : "乙") ",关于学习的第" i "次会议记录," i % 60 }' > "$work/large/session.csv"
for file in "$work/large"/*; do iconv -f UTF-8 -t GB18030 "$file" > "$work/large.gb/${file##*/}"; done
large() {
    test "$(wc -c < "$work/large.gb/session.csv")" -gt 16777216 || { echo "not large enough"; return 1; }
    "$KAOHE" run "$work/large.kh" "$work/large" -o "$work/large.csv" &&
        TMPDIR=$work/temporary "$KAOHE" run "$work/large.kh" "$work/large.gb" -o "$work/large.gb.csv" &&
        cmp "$work/large.csv" "$work/large.gb.csv" && test -z "$(ls "$work/temporary")"
}
proof "a large file in GB18030" large
# 600,000 rows; i % 60 < 30 for half of them. 乙 has i = 3k for 200,000 values of k, below 30 where k % 20 < 10: 100,000 rows. 甲 has the
# other 200,000.
proof "its figures" sh -c "sed 1d '$work/large.csv' | tr '\n' ' ' | grep -qx '甲,900000,900000,,final 乙,950000,950000,,final '"
rm -rf "$work/large" "$work/large.gb"

# ---- workbooks that LibreOffice 7.4 wrote ----
#
# libreoffice.xlsx: what convert.c makes of schemes/hewan/data as `odd`, opened and saved again by it. libreoffice-1904.xlsx: made by it
# of the .fods beside it: days counted from 1904, a title, a heading over two lines, formulas, yes and no as truth values, a note.

scheme=hewan
proof "hewan: CSV" "$KAOHE" run schemes/hewan/scheme.kh schemes/hewan/data -o "$work/hewan.csv"
proof "hewan: a workbook of LibreOffice" same tests/formats/libreoffice.xlsx

# ---- databases: their types, their order, what they refuse ----

cat > "$work/types.kh" << 'END'
scheme "Types"
  period 2024-01-01 to 2024-12-31

unit office
  name text key
  plan yes/no
  share percent step 0.1%
  score number 0 to 100 step 0.1

table session
  held date
  minutes count

item 1 "Score" worth 100
  -1 if not plan
  -2 if share < 80%
  -3 if score < 50
  -4 if (count of session) < 2
END
mkdir "$work/types"
printf 'name,plan,share,score\nb,yes,79.9%%,50\na,no,80%%,49.9\n' > "$work/types/office.csv"
printf 'name,held,minutes\na,2024-03-05,10\nb,2024-02-29,20\na,2024-12-31,30\n' > "$work/types/session.csv"
# b: 100 - 2 - 4 (one session); a: 100 - 1 - 3
printf 'name,1,total,grade,state\nb,94,94,,final\na,96,96,,final\n' > "$work/types.wanted"
types() { "$KAOHE" run "$work/types.kh" "$1" -o "$work/types.csv" && cmp "$work/types.wanted" "$work/types.csv"; }
proof "types: CSV" types "$work/types"
proof "types: a workbook of LibreOffice, from 1904 on" types tests/formats/libreoffice-1904.xlsx

cat > "$work/sqlite.sql" << 'END'
CREATE TABLE office (name TEXT, plan BOOLEAN, share TEXT, score REAL);
INSERT INTO office VALUES ('b', 1, '79.9%', 50.0), ('a', 0, '80%', 49.9);
CREATE TABLE marks (who TEXT, day TEXT, "m""in" INTEGER);
INSERT INTO marks VALUES ('a', '2024-12-31', 30), ('b', '2024-02-29', 20), ('a', '2024-03-05', 10);
CREATE VIEW session AS SELECT who AS name, day AS held, "m""in" AS minutes FROM marks ORDER BY "m""in";
END
proof "types: a SQLite file is made" "$convert" db "$work/sqlite.sql" "$work/types.db"
proof "types: SQLite" types "$work/types.db"
proof "SQLite is not written to" sh -c "chmod 444 '$work/types.db' && '$KAOHE' run '$work/types.kh' '$work/types.db' > '$work/out2' 2>&1 && ! ls '$work'/types.db-*"
proof "SQLite with changes in a journal is refused" sh -c "echo x > '$work/types.db-wal'; '$KAOHE' run '$work/types.kh' '$work/types.db' 2>&1 | grep -q 'not been written'"
rm -f "$work/types.db-wal"

cat > "$work/postgres.sql" << 'END'
CREATE TABLE office (name text, plan boolean, share text, score double precision);
INSERT INTO office VALUES ('b', true, '79.9%', 50), ('a', false, '80%', 0.1 + 49.8);
CREATE TABLE marks (who char(8), at timestamp, minutes numeric(10, 3));
INSERT INTO marks VALUES ('a', '2024-12-31', 30), ('b', '2024-02-29', 20), ('a', '2024-03-05', 10);
CREATE VIEW session AS SELECT who AS name, at AS held, minutes FROM marks ORDER BY minutes;
CREATE SCHEMA hidden; CREATE TABLE hidden.office (name text);
CREATE ROLE nobody_special LOGIN;
END
proof "types: a PostgreSQL database is made" fill types "$work/postgres.sql"
proof "types: PostgreSQL" types "$(address types)"
# ---- libraries that are loaded when they are needed, on a machine that has none of them ----

mkdir "$work/none" "$work/empty"
for soname in $(sed -n 's/.*"\(.*\)"/\1/p' "$BUILD/gen/sonames.h"); do echo "no library" > "$work/none/$soname"; done
bare() { LD_LIBRARY_PATH=$work/none "$KAOHE" "$@"; }
refuses() { # words, arguments: it says so, and leaves nothing
    says "$@" && test -z "$(ls -A "$work/empty")"
}
"$KAOHE" template "$work/types.kh" -o "$work/types.xlsx" > /dev/null 2>&1
proof "without libraries: CSV needs none" bare run "$work/types.kh" "$work/types" -o "$work/bare.csv"
proof "without libraries: a workbook" refuses 'a library that is needed to read this cannot be loaded: ' bare run "$work/types.kh" "$work/types.xlsx" -o "$work/empty/r.csv"
proof "without libraries: it names the library" grep -q libzip "$work/said"
proof "without libraries: an SQLite file" refuses 'libsqlite3' bare run "$work/types.kh" "$work/types.db" -o "$work/empty/r.csv"
proof "without libraries: a database" refuses 'libpq' bare run "$work/types.kh" "$(address types)" -o "$work/empty/r.csv"
for ending in xlsx db; do
    proof "without libraries: results as .$ending" refuses 'the results could not be written: ' bare run "$work/types.kh" "$work/types" -o "$work/empty/r.$ending"
done


# A moment is on one day here and on another there: it is no date, whatever zone the session or the role is in.
cat > "$work/zones.sql" << 'END'
CREATE TABLE office (name text, plan boolean, share text, score numeric);
INSERT INTO office VALUES ('b', true, '79.9%', 50), ('a', false, '80%', 49.9);
CREATE TABLE marks (name text, held timestamptz, minutes int);
INSERT INTO marks VALUES ('a', '2024-03-05 00:00:00+08', 10), ('b', '2024-02-29 00:00:00+08', 20), ('a', '2024-12-31 00:00:00+08', 30);
CREATE VIEW session AS SELECT * FROM marks;
END
sed "s/SELECT \* FROM marks/SELECT name, (held AT TIME ZONE 'Asia\/Shanghai')::date AS held, minutes FROM marks/" "$work/zones.sql" > "$work/days.sql"
proof "moments in a database" fill zones "$work/zones.sql"
proof "they are no dates" says 'a moment in a time zone' env PGTZ=Asia/Shanghai "$KAOHE" run "$work/types.kh" "$(address zones)"
cp "$work/said" "$work/said.there"
proof "they are not elsewhere either" says 'a moment in a time zone' env PGTZ=America/New_York "$KAOHE" run "$work/types.kh" "$(address zones)"
proof "the same is said" cmp "$work/said" "$work/said.there"
proof "days made of them" fill days "$work/days.sql"
proof "they are dates" types "$(address days)"

# ---- how far a long run has come ----

cat > "$work/slow.sql" << 'END'
CREATE TABLE office (name text, plan boolean, share text, score numeric);
INSERT INTO office VALUES ('b', true, '79.9%', 50), ('a', false, '80%', 49.9);
CREATE TABLE marks (name text, held date, minutes int);
INSERT INTO marks VALUES ('a', '2024-03-05', 10), ('b', '2024-02-29', 20), ('a', '2024-12-31', 30);
CREATE VIEW session AS SELECT * FROM marks WHERE (SELECT pg_sleep(2)) IS NOT NULL;
END
on_terminal() { # columns, arguments of a run that takes two seconds
    columns=$1
    shift
    rm -f "$work/types.csv"
    script -qec "stty cols $columns; '$KAOHE' run '$work/types.kh' '$(address slow)' -o '$work/types.csv' $*" /dev/null < /dev/null > "$work/drawn" 2>&1 &&
        cmp "$work/types.wanted" "$work/types.csv"
}
drawn() { tr '\r' '\n' < "$work/drawn" | sed 's/ *$//' | grep -qx -- "$1" || { cat -A "$work/drawn"; return 1; }; }
shows_progress() {
    on_terminal 80 && drawn 'rows read: 2, [0-9]* a second' || return 1
    # over the line, in the end, stand blanks
    tr '\r' '\n' < "$work/drawn" | grep -qx '   *' || { cat -A "$work/drawn"; return 1; }
    on_terminal 80 --lang zh && drawn '已读2行，每秒[0-9]*行' || return 1
    # in 20 columns: the one is 24 wide, so its second half is left out; the other has 22 bytes, but takes 16 columns
    on_terminal 20 && drawn 'rows read: 2' || return 1
    on_terminal 20 --lang zh && drawn '已读2行，每秒[0-9]*行'
}
says_nothing() {
    ! grep -q 'a second' "$work/drawn" || { cat -A "$work/drawn"; return 1; }
}
complains_alone() { # what stood on the line before a complaint is gone when it comes
    if on_terminal_into "$(address fails)"; then return 1; fi
    tr '\r' '\n' < "$work/drawn" > "$work/drawn.lines"
    grep -q 'units written' "$work/drawn.lines" && grep -q '^kaohe: .*no room' "$work/drawn.lines" || { cat -A "$work/drawn"; return 1; }
    awk '/^kaohe: / { exit before !~ /^ +$/ } { before = $0 }' "$work/drawn.lines" || { cat -A "$work/drawn"; return 1; }
    awk 'said && /units written/ { wrong = 1 } /^kaohe: / { said = 1 } END { exit wrong }' "$work/drawn.lines"
}
on_terminal_into() { # a database that takes a while, and then takes nothing
    script -qec "stty cols 80; '$KAOHE' run '$work/types.kh' '$work/types' -o '$1'" /dev/null < /dev/null > "$work/drawn" 2>&1
}
cat > "$work/fails.sql" << 'END'
CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(2); RAISE EXCEPTION 'no room'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER refuse BEFORE INSERT ON kaohe_findings FOR EACH STATEMENT EXECUTE FUNCTION refuse();
END
if script -qec true /dev/null < /dev/null > /dev/null 2>&1; then # there is such a program, and a terminal to be had
    proof "a slow database is made" fill slow "$work/slow.sql"
    proof "a long run says how far it has come" shows_progress
    on_terminal 80 --quiet
    proof "a quiet one does not" says_nothing
    "$KAOHE" run "$work/types.kh" "$(address slow)" -o "$work/types.csv" > "$work/drawn" 2>&1
    proof "none does without a terminal" says_nothing
    echo "SELECT 1" > "$work/nothing.sql"
    proof "a database for results" fill fails "$work/nothing.sql"
    proof "a run into it" "$KAOHE" run "$work/types.kh" "$work/types" -o "$(address fails)"
    proof "then it takes no more" "$convert" pg "$work/fails.sql" "$(address fails)"
    proof "a complaint wipes off how far the run has come" complains_alone
else
    echo "left out: what is drawn on a terminal, for there is no script"
fi

proof "PostgreSQL refuses who may not read" says 'permission denied' \
    "$KAOHE" run "$work/types.kh" "postgresql://nobody_special@/types?host=$server"
proof "no such database" says 'does not exist' "$KAOHE" run "$work/types.kh" "$(address nowhere)"
proof "no such server" says 'no connection to the database' "$KAOHE" run "$work/types.kh" "postgresql://kaohe:secret@/x?host=/nowhere"
proof "a password is never shown" sh -c "! grep -q secret '$work/said'"
proof "no address" says 'no address of a database' "$KAOHE" run "$work/types.kh" "postgresql://a b:secret@[x/"
proof "a password is never shown in a wrong address" sh -c "! grep -q secret '$work/said'"
proof "a table that is not there" says 'there is no table "office" in it' "$KAOHE" run "$work/types.kh" "$(address postgres)"

echo "formats: $passed passed, $failed failed"
test "$failed" -eq 0
