## kaohe template: the sheets to fill in. Filled in with the data of files/data, they give its results.
$ kaohe template files/small.kh -o sheets
sheets: 3 tables to fill in
$ ls sheets; tail -c +4 sheets/Sessions.csv
Awards.csv
Office.csv
Sessions.csv
Name,Held,Present,Expected
$ tail -n +2 files/data/office.csv >> sheets/Office.csv; tail -n +2 files/data/session.csv >> sheets/Sessions.csv
$ tail -n +2 files/data/award.csv >> sheets/Awards.csv
$ kaohe run files/small.kh files/data -o a.csv > /dev/null 2>&1; kaohe run files/small.kh sheets -o - 2> /dev/null | cmp - a.csv
## What somebody may have filled in is not written over.
$ kaohe template files/small.kh -o sheets
kaohe: sheets/Office.csv is there already and may have been filled in; choose another name, or delete it
? 2
## With the units known: a line for each decision on each of them; undecided ones are open.
$ kaohe template files/open.kh files/open -o open
open: 2 tables to fill in
$ tail -c +4 open/decision.csv
unit,subject,row,value,reason,authority,date
A,1.2,,,,board,
A,1.2,,,,office,
B,1.2,,,,board,
B,1.2,,,,office,
C,1.2,,,,board,
C,1.2,,,,office,
$ cp files/open/office.csv open/office.csv; kaohe run files/open.kh open -o - | cut -d , -f 1,4,7
name,1.2,state
A,,open
B,,open
C,,open
## A line that names nobody, or nothing that is judged, is wrong all the same.
$ sed -i 's/^A,1.2,,,,board/X,1.2,,,,board/; s/^B,1.2,,,,board/B,1.1,,,,board/' open/decision.csv; kaohe run files/open.kh open -o - 2>&1 | grep -v hint
open/decision.csv:2: column "unit": "X": not in the list of those assessed (office)
open/decision.csv:4: column "subject": "1.1": this part is computed, not judged: nobody can decide its marks
$ kaohe template files/open.kh
kaohe: say where to: -o FILE.xlsx for a workbook, -o FOLDER for CSV files
? 2
$ kaohe template files/open.kh files/data -o x.xlsx
kaohe: files/data has no table of those assessed, or its key column is missing
? 3
