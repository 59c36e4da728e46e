## kaohe doc: each rule as a sentence, worked out by hand from the scheme; in both tongues.
$ kaohe doc files/prose.kh | sed -n '/id="rules"/,/<\/section>/s/.*<span lang="en">\([^<]*\)<.*/\1/p'
If plan is no, 2 marks are deducted.
At least 6 rows of session are asked for: for each missing, 2 marks are deducted, at most 10 marks in all; from the 3rd time on, veto.
For each session where present ÷ expected is below 80%, 1 mark is deducted.
Filed should reach 95%: for each 5% missing (an unfinished step does not count), 1 mark is deducted.
If staff is over 3 and seen is not filled in, 1 mark is deducted; the grade cannot be good.
If seen (or 2021-01-01 if blank) is after 2021-06-30, 3 marks are deducted.
Factor × crowd is added.
$ kaohe doc schemes/hewan/scheme.kh | sed -n '/id="rules"/,/<\/section>/s/.*<span lang="zh-CN">\([^<]*\)<.*/\1/p'
收文中用时超过10的，每次扣2分，本条累计不超过20分。
收文中用时超过30的，满3次的，一票否决。
有审核制度为“否”的，扣5分。
半年总结为“否”，或年度总结为“否”的，扣2分。
半年总结为“否”的，扣2分。
年度总结为“否”的，扣2分。
退文每次扣3分。
已归档 ÷ 应归档应达到95%，每少1%（不足一档的不计）扣1分。
计分推广每次按分值加分。
$ kaohe doc schemes/hewan/scheme.kh --lang en --bilingual | grep -c '<th role="columnheader" scope="col">Rule in Chinese</th>'
1
## Titles are escaped; what a reading not taken would say is marked; examples show what came.
$ kaohe doc files/prose.kh | grep -o 'Work &lt;&amp;&gt;' | head -n 1
Work &lt;&amp;&gt;
$ kaohe doc files/prose.kh | grep -c '<tr role="row" class="other">'
1
$ kaohe doc files/prose.kh | grep -o 'not as expected<br>total 21, good\|total 23, good'
total 23, good
not as expected<br>total 21, good
$ kaohe doc files/prose.kh -o page.html && head -n 2 page.html
<!doctype html>
<html lang="en">
$ kaohe doc files/wrong.kh 2>&1 | tail -n 1
  write: -2 if not plan
$ kaohe doc files/prose.kh -o nowhere/page.html
kaohe: nowhere/page.html: it cannot be written: the folder does not exist
  hint: make the folder first, or choose another
? 4
## What the scheme says in another language than the page is marked so, for those who hear it read.
$ kaohe doc schemes/hewan/scheme.kh --lang en | grep -o '<h1>.*</h1>' | sed 's/>[^<]*</></g'; kaohe doc schemes/hewan/scheme.kh --lang zh | grep -c '<h1><span'
<h1><span lang="zh-CN"></span></h1>
0
? 1
## A grid with yes and no at its edge, a question with a heading in the other tongue, a line of two questions.
$ cat > edge.kh <<'END'
> 方案 “边”
> 考核对象 单位
>   名称 文字
>   台账 “ledger” 是否
> 表 获奖 “award”
>   获奖级别 “at” 取值 县级 “county”，市级 “city”
> 疑义 两次 “twice” “扣几次？” 取值 一次 “once”，每件计 “each” 采用 每件计
> 疑义 并列 “ties” “并列怎么算？” 取值 都算 “all”，都不算 “none_” 采用 都算
> 对照表 奖分 “bonus_of” 按 获奖级别，台账
>        是   否
>   县级 1    0.5
>   市级 2    1
> 加分 2 “获奖” 最多 8
>   每项 获奖：加 奖分(获奖级别，台账) 当 两次 为 每件计 当 并列 为 都算
>   若 有 获奖 符合 获奖级别 为 市级：加1分 当 两次 为 每件计 当 并列 为 都不算
> END
$ kaohe doc edge.kh -o edge.html; sed -n '/id="figures"/,/id="examples"/s/<[^>]*>/ /gp' edge.html | grep -A3 '县级\|台账' | tr -s ' \n' '  '; echo
 获奖级别 \ 台账 是 否 县级 1 0.5 市级 2 1 
$ kaohe doc edge.kh --lang en | grep -o '([^(]*\(holds because\|would hold if\)[^)]*)' | sed 's/<[^>]*>//g' | sort -u
(holds because “twice” is read as “each” and “ties” is read as “all”)
(would hold if “twice” were read as “each” and “ties” were read as “none”)
