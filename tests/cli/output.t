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
## Neither results nor lists nor sheets take the place of what they are made from.
$ cp -r files/data mine; cp files/small.kh mine.kh; cp mine/office.csv before.csv; kaohe run mine.kh mine -o mine/office.csv
kaohe: mine/office.csv is there already, among the data, and is no result of a run; choose another name or folder
? 2
$ cmp mine/office.csv before.csv; kaohe run mine.kh mine -o mine.kh --as csv; kaohe doc mine.kh -o mine.kh
kaohe: mine.kh is what is to be read; choose another name for what is written
kaohe: mine.kh is what is to be read; choose another name for what is written
? 2
$ kaohe template files/small.kh -o book.xlsx; kaohe validate mine.kh book.xlsx -o book.xlsx; kaohe template files/small.kh -o book.xlsx; cd mine; kaohe validate ../mine.kh . -o ./award.csv --lang zh; cd ..
book.xlsx: 3 tables to fill in
kaohe: book.xlsx is what is to be read; choose another name for what is written
kaohe: book.xlsx is there already and may have been filled in; choose another name, or delete it
kaohe: ./award.csv已存在于数据文件夹，且不是以前的结果；请另选文件名或文件夹
## A result that stands among the data may be written again.
$ kaohe run mine.kh mine -o mine/result.csv --quiet; kaohe run mine.kh mine -o mine/result.csv --quiet
