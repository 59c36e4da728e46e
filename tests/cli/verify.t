## kaohe verify: what run -o wrote, and what has changed since. The hashes are those of sha256sum.
$ kaohe new w --lang en > /dev/null; kaohe run w/scheme.kh w/data -o r.csv > /dev/null; sed 's/[0-9a-f]\{64\}/HASH/' r.csv.run
# kaohe run 1
program 0.1.0
period 2025-01-01..2025-12-31
result HASH  r.csv
table HASH  table.csv
scheme HASH  scheme.kh
data HASH  office.csv
data HASH  session.csv
$ test "$(sed -n 's/^result //p' r.csv.run)" = "$(sha256sum r.csv)" && test "$(sed -n 's/^table \([^ ]*\).*/\1/p' r.csv.run)" = "$(sha256sum < r.csv | cut -d ' ' -f 1)" && echo same
same
$ kaohe verify r.csv w/scheme.kh w/data
r.csv: reproduced: scheme and data give the same table
  the scheme is the same
  the data is the same
  period 2025-01-01..2025-12-31
## A comment changes the scheme and no figure; a mark changes both.
$ cp w/scheme.kh s.kh; echo '# later' >> s.kh; kaohe verify r.csv s.kh w/data | head -n 2
r.csv: reproduced: scheme and data give the same table
  the scheme has changed
$ sed 's/-10 if not plan/-9 if not plan/' w/scheme.kh > t.kh; kaohe verify r.csv t.kh w/data 2> /dev/null
r.csv: NOT reproduced
  the table comes out otherwise
  the scheme has changed
  the data is the same
  period 2025-01-01..2025-12-31
? 1
$ cp -r w/data d; sed 's/Harbour,no/Harbour,yes/' w/data/office.csv > d/office.csv; rm d/session.csv; printf 'a,b\n1,2\n' > d/other.csv
> kaohe verify r.csv w/scheme.kh d > out 2> /dev/null
? 3
$ cp w/data/session.csv d; kaohe verify r.csv w/scheme.kh d 2> /dev/null
r.csv: NOT reproduced
  the table comes out otherwise
  the scheme is the same
  office.csv has changed
  other.csv was not there then
  period 2025-01-01..2025-12-31
? 1
$ kaohe run schemes/hewan/scheme.kh schemes/hewan/data -o h.csv > /dev/null 2>&1; sed -n 's/^decisions [0-9a-f]*//p' h.csv.run
  裁定.csv
## A result that somebody has touched; a workbook, sorted, in another order than the data.
$ sed 's/68,poor/98,good/' r.csv > x.csv; cp r.csv.run x.csv.run; kaohe verify x.csv w/scheme.kh w/data --lang zh
x.csv：不能重现
  x.csv写成之后被改动过
  方案未变
  数据未变
  考核期 2025-01-01..2025-12-31
? 1
$ kaohe run w/scheme.kh w/data --sort total -o r.xlsx > /dev/null; kaohe verify r.xlsx w/scheme.kh w/data | head -n 1
r.xlsx: reproduced: scheme and data give the same table
$ kaohe run w/scheme.kh w/data --period 2025-Q1 -o q.json > /dev/null 2>&1; grep period q.json.run; kaohe verify q.json w/scheme.kh w/data 2> /dev/null | head -n 1
period 2025-01-01..2025-03-31 given
q.json: reproduced: scheme and data give the same table
$ kaohe verify w/scheme.kh w/scheme.kh w/data
kaohe: there is no w/scheme.kh.run, which run -o w/scheme.kh writes beside it
? 2
$ cp w/scheme.kh b.csv; cp w/scheme.kh b.csv.run; kaohe verify b.csv w/scheme.kh w/data
kaohe: b.csv.run is not what this program writes beside a result
? 2
