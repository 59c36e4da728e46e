## use: declarations shared by several schemes. A finding names the file that it is in, with line and caret.
$ cp -r files/use u; cd u; kaohe check monthly.kh; kaohe test monthly.kh yearly.kh
monthly.kh: no findings
ok    a province's award
monthly.kh: 1 example, 0 wrong; 0 rules never fired
通过  省级表彰
yearly.kh：1个例，0个不符；0条规则未触发
## The English scheme uses a Chinese file, whose names are then the headings; fmt leaves the line and the file alone.
$ cd u; kaohe fmt --to zh monthly.kh | sed -n '5p;10,11p'; kaohe fmt --check monthly.kh yearly.kh shared/*.kh && echo canonical
引用 “shared/awards.kh”
加分 1 “表彰” 最多 10分
  每项 表彰：加 按 表彰级别（县级 1，市级 2，省级 3）
canonical
## Each file reprinted on its own: together they are the same scheme again.
$ mkdir -p u/en/shared && cd u && kaohe fmt --to en yearly.kh > en/yearly.kh && kaohe fmt --to en shared/awards.kh > en/shared/awards.kh
> kaohe fmt --to en shared/levels.kh > en/shared/levels.kh; kaohe test en/yearly.kh && kaohe fmt --to zh en/yearly.kh | cmp - yearly.kh && echo "there and back"
ok    省级表彰
en/yearly.kh: 1 example, 0 wrong; 0 rules never fired
there and back
## A mistake in a used file is shown there; a name declared in both files names both.
$ mkdir b && cp -r u/shared u/monthly.kh b/ && cd b && echo '设 加倍 = 倍' >> shared/levels.kh; kaohe check monthly.kh
shared/levels.kh:2:11: error E200: there is no "倍"
    2 | 设 加倍 = 倍
      |           ^^
  hint: names are written exactly as they are declared; a word that is text stands in quotation marks
monthly.kh: 1 error
? 1
$ cd b && cp ../u/shared/levels.kh shared && echo 'let level = 3' >> monthly.kh; kaohe check monthly.kh
monthly.kh:19:5: error E213: "level" is declared twice (first on line 1 of shared/levels.kh)
   19 | let level = 3
      |     ^^^^^
  see shared/levels.kh line 1:
    1 | 值表 级别 “level” 取值 县级 “county” < 市级 “city” < 省级 “province”
      |      ^^^^
  hint: give one of them another name
monthly.kh: 1 error
? 1
## What belongs into the scheme; a syntax error; files that use each other.
$ mkdir c && cp -r u/shared u/monthly.kh c/ && cd c && printf '方案 “乙”\n值表 甲 取值 一、二\n项目 1 “x” 满分 5\n' > shared/levels.kh; kaohe check monthly.kh
shared/levels.kh:1:6: error E395: the scheme's own line belongs into the scheme itself: a file that is used holds declarations only
    1 | 方案 “乙”
      |      ^^^^
  hint: it may hold values, unit, table, view, let, choose, grid, question, ranking, grades, outcome, use
shared/levels.kh:3:6: error E395: a section, item or bonus belongs into the scheme itself: a file that is used holds declarations only
    3 | 项目 1 “x” 满分 5
      |      ^
  hint: it may hold values, unit, table, view, let, choose, grid, question, ranking, grades, outcome, use
monthly.kh: 2 errors
? 1
$ cd c && printf '引用 “awards.kh”\n' > shared/levels.kh; kaohe check monthly.kh --lang zh
shared/levels.kh:1:6: 错误 E394：几个文件互相引用成圈：shared/awards.kh → shared/levels.kh → shared/awards.kh
    1 | 引用 “awards.kh”
      |      ^^^^^^^^^^^
  提示：请把共同的内容另存一个文件，由它们分别引用
monthly.kh：1个错误
? 1
## A shared file by itself is no scheme: there is nothing wrong with it, and nothing to run.
$ cd u; kaohe check shared/awards.kh; kaohe test shared/awards.kh
shared/awards.kh:1:6: 提醒 N307：本文件只有供方案引用的声明，检查引用它的方案时一并检查
    1 | 引用 “levels.kh”
      |      ^^^^^^^^^^^
  提示：方案的第一行是：方案 “名称”
shared/awards.kh：1个提醒
shared/awards.kh：没有例
$ cd u; kaohe run shared/awards.kh data > /dev/null 2>&1
? 1
## What is written beside a result names the used files; a change of one is told.
$ cd u; kaohe run monthly.kh data -o r.csv; sed -n 's/^used [0-9a-f]*//p' r.csv.run; cat r.csv
r.csv: 2 units (2 final), from 4 rows
  shared/awards.kh
  shared/levels.kh
name,1,total,grade,state,honoured
Harbour,3,3,,final,yes
North,1,1,,final,no
$ cd u; kaohe verify r.csv monthly.kh data; echo '# later' >> shared/levels.kh; kaohe verify r.csv monthly.kh data
r.csv: reproduced: scheme and data give the same table
  the scheme is the same
  the data is the same
  period 2014-01-01..2014-12-31
r.csv: reproduced: scheme and data give the same table
  shared/levels.kh has changed
  the data is the same
  period 2014-01-01..2014-12-31
## diff sees through to the shared lines, and names their file.
$ cp -r files/use d && sed -i 's/省级 “province”/国家级 “nation”/' d/shared/levels.kh; sed -i 's/province/nation/' d/monthly.kh; kaohe diff files/use/monthly.kh d/monthly.kh | head -n 3
[1] changed in values level "级别" one of county "县级" < city "市级"…
    − line 1 of files/use/shared/levels.kh  values level "级别" one of county "县级" < city "市级" < province "省级"
    + line 1 of d/shared/levels.kh  values level "级别" one of county "县级" < city "市级" < nation "国家级"
## At most eight files one after another; each of them counts from its own folder.
$ mkdir -p e/deep && cd e && for k in 1 2 3 4 5 6 7 8; do printf 'use "%s.kh"\nlet step%s = %s\n' $((k + 1)) $k $k > deep/$k.kh; done; echo 'let step9 = 9' > deep/9.kh
> printf 'scheme "A"\nuse "deep/2.kh"\nunit office\n  name text\nitem 1 "A" worth 9\n  -step9 if name = "x"\n' > fine.kh; sed 's/deep.2/deep\/1/' fine.kh > over.kh; kaohe check fine.kh over.kh
fine.kh:1:8: notice N306: the scheme has no grades, ranking or outcome: it gives marks only
    1 | scheme "A"
      |        ^^^
fine.kh: 1 notice
deep/8.kh:1:5: error E397: "9.kh" is used through more than 8 files one after another
    1 | use "9.kh"
      |     ^^^^^^
  hint: let the scheme use it itself
over.kh: 1 error
? 1
## No pipe is waited for.
$ mkdir f && cd f && mkfifo pipe && printf 'scheme "A"\nuse "pipe"\nunit office\n  name text\nitem 1 "A" worth 9\n  -1 if name = "x"\n' > s.kh && kaohe check s.kh | head -n 1
s.kh:2:5: error E392: "pipe" cannot be read: this is no ordinary file
## Columns that the language brings go by either of their names: a view of earlier results in a file of the other tongue found none.
$ kaohe test files/use/results/year.kh
通过  二月、三月算，一月、四月不算
files/use/results/year.kh：1个例，0个不符；0条规则未触发
## A row that breaks a rule of a used file: the place is in the data, the line in that file.
$ cp -r files/use g && cd g && echo '  须 表彰日期 >= 2014-02-01' >> shared/awards.kh && sed -i 's/2014-03-04/2014-01-04/' data/award.csv && kaohe run monthly.kh data
data/award.csv:2: the row breaks the rule below
  shared/awards.kh:
    6 |   须 表彰日期 >= 2014-02-01
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: correct the row; if it is right, correct the `must` line
? 3
## At most 64 files.
$ mkdir many && cd many && for k in $(seq 1 65); do echo "let v$k = $k" > $k.kh; done
> for n in 64 65; do { echo 'scheme "M"'; for k in $(seq 1 $n); do echo "use \"$k.kh\""; done; printf 'unit office\n  name text\nitem 1 "A" worth 5\n  -v1 if name = "x"\n'; } > of$n.kh; kaohe check of$n.kh | grep error; done
of65.kh:66:5: error E398: the scheme uses more than 64 files
of65.kh: 1 error
## Two files of different tongues both use a third, which the scheme's first one brings: its names were not found (E200). By hand: a
## city's award 2 and a county's 1, and 2 more for the county's. All that is translated file by file is the same scheme again.
$ cp -r files/use/three h; cd h; kaohe check scheme.kh; kaohe test scheme.kh; kaohe fmt --to zh scheme.kh > zh.kh; kaohe test zh.kh | tail -n 1; kaohe fmt --to en zh.kh | cmp - scheme.kh && echo "there and back"
scheme.kh: no findings
ok    a city's and a county's
scheme.kh: 1 example, 0 wrong; 0 rules never fired
zh.kh：1个例，0个不符；0条规则未触发
there and back
$ cd h; mkdir -p en; for f in *.kh; do kaohe fmt --to en $f > en/$f; done; kaohe test en/scheme.kh en/zh.kh | grep -v '^ok'; kaohe fmt --to en worth.kh | tail -n 4
en/scheme.kh: 1 example, 0 wrong; 0 rules never fired
en/zh.kh: 1 example, 0 wrong; 0 rules never fired
choose worth_of "奖分" in award
  1 if award_level is county
  factor if award_level is city
  otherwise 3
