## kaohe run --record: results as the next scheme reads them, without editing. Figures by hand: in the first quarter Archive has one
## session of three, 6 - 2, 4 for opinion, 3 for awards: 11. Bureau has no plan (-2), two sessions short (-2), 7 of 10 (-1), and is last
## in opinion: 1. Culture as Archive, one award of the county: 4 + 4 + 2. In the third quarter Culture has no session: 3 + 4 + 2.
$ kaohe run files/small.kh files/data --period 2024-Q1 -o q1.csv --record quarters.csv 2> /dev/null
q1.csv: 3 units (3 final), from 14 rows, 5 left for the next period
quarters.csv: 3 units recorded; of other runs, kept: 0 rows
$ cat quarters.csv
unit,period,total,grade,place,from_last
Archive,2024-01-01,11,good,1,3
Bureau of Statistics,2024-01-01,1,poor,3,1
Culture,2024-01-01,10,good,2,2
## The third quarter, then the second: it goes in between. The second once more: in place of itself.
$ kaohe run files/small.kh files/data --period 2024-Q3 --record quarters.csv > /dev/null 2>&1
$ for again in 1 2; do kaohe run files/small.kh files/data --period 2024-Q2 --record quarters.csv 2> /dev/null | tail -n 1; done
quarters.csv: 3 units recorded; of other runs, kept: 6 rows
quarters.csv: 3 units recorded; of other runs, kept: 6 rows
$ cut -d, -f1-3 quarters.csv
unit,period,total
Archive,2024-01-01,11
Bureau of Statistics,2024-01-01,1
Culture,2024-01-01,10
Archive,2024-04-01,11
Bureau of Statistics,2024-04-01,1
Culture,2024-04-01,10
Archive,2024-07-01,11
Bureau of Statistics,2024-07-01,1
Culture,2024-07-01,9
## The next scheme reads it as it stands: (10 + 10 + 9) / 3 for Culture.
$ mkdir next && mv quarters.csv next/ && printf 'name\nArchive\nBureau of Statistics\nCulture\n' > next/office.csv
$ kaohe run files/year.kh next 2> /dev/null
name                     1  total  grade  state
Archive                 11     11         final
Bureau of Statistics     1      1         final
Culture               29/3   29/3         final
## Rows of units that this run does not know stay; headings in the other tongue and another order are the same columns.
$ printf '总分,对象,考核期\n7,丙,2024-01-01\n8,"Quoted",2024-01-01\n' > mixed.csv
$ printf 'name,given,parts\nQuoted,9,4\n' > office.csv && printf 'unit,subject,row,value,reason,authority,date\n' > decision.csv
$ mkdir thirds && mv office.csv decision.csv thirds/ && kaohe run files/thirds.kh thirds --period 2024 --record mixed.csv && cat mixed.csv
name       1  2  total  grade  state
Quoted  2.25                   open
mixed.csv: 1 unit recorded; of other runs, kept: 1 row
unit,period,total
丙,2024-01-01,7
Quoted,2024-01-01,
## Of two rankings the one by total; who is not assessed has no row; an open total leaves total and places blank.
$ mkdir 记入 && printf '单位名称,新设,得票\n甲,否,50\n乙,是,90\n丙,否,80\n' > 记入/单位.csv
$ printf '对象,事项,行,结论,理由,裁定人,日期\n甲,1,,9,好,考核办,2024-12-01\n丙,1,,8,可,考核办,2024-12-01\n' > 记入/裁定.csv
$ kaohe run files/record.zh.kh 记入 -o 全年.csv --record 年考.csv && cat 年考.csv
全年.csv：3个单位（定2个，不参评1个），读5行
年考.csv：记入2个单位；保留其他各次的0行
对象,考核期,总分,名次,倒数名次
甲,2024-01-01,9,1,2
丙,2024-01-01,8,2,1
$ sed -i '/^丙/d' 记入/裁定.csv && kaohe run files/record.zh.kh 记入 --record 年考.csv > /dev/null && cat 年考.csv
对象,考核期,总分,名次,倒数名次
甲,2024-01-01,9,,
丙,2024-01-01,,,
## What cannot be recorded: nothing is written then.
$ kaohe run files/thirds.kh files/thirds --record new.csv > /dev/null; test -e new.csv && echo written
files/thirds.kh: error E510: results of no period cannot be recorded: the next scheme goes by the first day of theirs
  hint: write a period line in the head of the scheme, or run with --period 2014-03
? 1
$ kaohe run files/thirds.kh files/thirds --period 2024 --record new.csv > /dev/null
files/thirds.kh: error E512: the total of "Quoted" \ back is 13/3: what is recorded is read as a decimal of at most 6 places
  hint: let the scheme say how the total is rounded, in its head: round 2 places half up
? 3
$ kaohe run files/thirds.kh files/thirds --period 2024 --record next/quarters.csv > /dev/null
next/quarters.csv:1: the columns here are others than those of this run: unit,period,total,grade,place,from_last; this run records unit,period,total
  hint: name another file; or delete this one, and record every period again
? 3
$ printf 'unit,period,total\nArchive,March,5\n' > bad.csv; kaohe run files/thirds.kh thirds --period 2024 --record bad.csv > /dev/null; cat bad.csv
bad.csv:2: column "period": "March": not a date
  hint: write it like 2007-01-31 or 2007年1月31日
unit,period,total
Archive,March,5
$ kaohe run files/thirds.kh thirds --period 2024 --record new.txt
kaohe: --record writes CSV; name a file that ends in .csv, not new.txt
? 2
$ kaohe run files/thirds.kh thirds --period 2024 --record no/such/new.csv > /dev/null
no/such/new.csv: it cannot be written: the folder does not exist
  hint: make the folder first, or choose another
? 4
## A year end to end: twelve months of two monthly schemes are the data of the yearly one, as it is shipped.
$ for month in 01 02 03 04 05 06 07 08 09 10 11 12; do
>     for pair in street:街道月考 organ:区直月考; do
>         kaohe run schemes/district-org/${pair%:*}.kh schemes/district-org/data/${pair%:*} --period 2014-$month \
>             --record ${pair#*:}.csv > /dev/null 2>&1 || echo wrong $month $pair
>     done
> done
$ cmp 街道月考.csv schemes/district-org/data/year/街道月考.csv && cmp 区直月考.csv schemes/district-org/data/year/区直月考.csv
$ mkdir 年 && cp schemes/district-org/data/year/*.csv 年 && mv 街道月考.csv 区直月考.csv 年
$ kaohe run schemes/district-org/year.kh 年 -o 全年.csv 2> /dev/null
全年.csv：53个单位（定51个，否决2个），读711行，其中1行留待下期
$ head -n 3 全年.csv
单位名称,1,2,3,4,总分,等次,年度排序,状态,优先推荐,单位不评先,干部优先评优,领导不评先,组织约谈,书面报告
东关街道,38.3,20,0,96.41,154.71,,1,定,否,否,否,否,否,否
西关街道,38.69,10,0,92.33,141.02,,2,定,是,否,,否,否,否
