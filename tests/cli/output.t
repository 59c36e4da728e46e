## Output that is lost is noticed: exit code 4, never a silent half.
$ kaohe --help > /dev/full
kaohe: the output could not be written: No space left on device
? 4
$ kaohe --version >&-
kaohe: the output could not be written: Bad file descriptor
? 4
$ kaohe run files/small.kh files/data > /dev/full
files/data/session.csv:6: notice: rows after the period, which ends on 2024-12-31, are left for the next one: 1; the first is on this line
kaohe: the output could not be written: No space left on device
? 4
$ { sleep 0.3; kaohe --help; echo "status $?" > status; } | true; cat status
kaohe: the output could not be written: Broken pipe
status 4
$ kaohe run files/small.kh files/data -o /dev/full/x.csv > out 2>&1; echo $?; test -s out && echo said
4
said
## A file is whole or not there: nothing is left beside it.
$ mkdir there && kaohe run files/small.kh files/data -o there/x.csv && ls there
files/data/session.csv:6: notice: rows after the period, which ends on 2024-12-31, are left for the next one: 1; the first is on this line
there/x.csv: 3 units (3 final), from 14 rows, 1 left for the next period
x.csv
x.csv.run
