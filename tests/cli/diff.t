## kaohe diff: by meaning, not by line; with data, worked out by hand. Before: A 10 + 10 + 1, B 8 + 9, C 10 + 5, D 8 + 1.
## After: A 12 + 10 + 1, B 7 + 9, C 12 + 5, D 7 + 0 (10 - 9 - 3 is below the floor: the new rule takes 1 only).
$ kaohe diff files/diff/old.kh files/diff/new.kh files/diff/data
[1] changed in scheme "Upkeep"
    − line 2  edition 2020
    + line 3  edition 2021
[2] changed in section 1 Work
    − line 7  section 1 "Work" worth 20
    + line 12  section 1 "Work" worth 22
[3] changed in item 1.1 Plan
    − line 8  item 1.1 "Plan" worth 10
    + line 13  item 1.1 "Plan" worth 12
[4] changed in item 1.1 Plan
    − line 9  -2 if not plan  source "1(1)"
    + line 14  -5 if not plan  source "1(1)"
[5] new in item 1.2 Replies
    + line 17  -3 if late > 8  because "very late"  source "1(3)"
[6] new in item 1.2 Replies (nothing is computed from it)
    + line 18  note "replies are counted by the registry"
[7] changed in bonus 3 Letters
    − line 12  bonus 2 "Letters" up to 5
    + line 10  bonus 3 "Letters" up to 5

4 units: 2 gain, together +4; 2 lose, together −3

by change:
  [1] touches nobody
  [4] 2 lose, together −6; 1 with the same total, but another grade, place, state or outcome
  [5] 1 lose, together −1
  [7] touches nobody
  [2]+[3] 4 gain, together +8

by unit:
  A  total 21 → 23 (+2)
      [2]+[3] +2
  B  total 17 → 16 (−1)  best 2 → 3
      [4] −3
      [2]+[3] +2
  C  total 15 → 17 (+2)  best 3 → 2
      [2]+[3] +2
  D  total 9 → 7 (−2)
      [4] −3
      [5] −1
      [2]+[3] +2
## A field that is asked for anew, a choose that changed as a whole, a rule narrowed and one added.
$ kaohe diff files/diff/old.zh.kh files/diff/new.zh.kh files/diff/data.zh
[1] 新增  考核对象 单位
    + 第5行  告知 是否
[2] 改动  判定 应扣
    − 第6行  若 迟报 > 5：4
    + 第7行  若 迟报 > 5：5
[3] 改动  项目 1 报送
    − 第10行  扣 应扣  依据 “一(1)”
    + 第11行  若 未 告知：扣 应扣  依据 “一(1)”
[4] 新增  项目 1 报送
    + 第12行  若 告知 且 迟报 > 8：扣1分  依据 “一(2)”
[5] 改动  例 “不迟”（不影响结果）
    − 第12行  已知 迟报 0
    + 第14行  已知 迟报 0，告知 是

4个单位：1个增分，合计 +3；1个减分，合计 −1

按改动：
  [1] 不影响任何单位
  [2] 2个减分，合计 −2
  [3] 1个增分，合计 +5
  [4] 1个减分，合计 −1

按单位：
  乙  总分 6 → 9（+3）
      [2] −1
      [3] +5
      [4] −1
  丙  总分 6 → 5（−1）
      [2] −1
## The tongue, the layout and the order of rules are no change; nothing is counted where a scheme does not fit the data.
$ kaohe diff schemes/wenzhou/scheme.kh schemes/wenzhou/scheme.en.kh
the two schemes say the same
$ kaohe diff files/diff/new.kh files/diff/new.kh files/diff/data --lang zh
两份方案意思相同

4个单位：不影响任何单位
$ kaohe diff files/diff/old.kh files/diff/wider.kh files/diff/data | tail -n 4; kaohe diff files/diff/old.kh files/diff/wider.kh files/diff/data > /dev/null
the new scheme cannot be run on this data:
files/diff/data/office.csv:1: there is no column "staff"
  hint: add it; the headings stand on the first line
files/diff/data/office.csv:1: notice: columns that the scheme does not ask for, not read: late
? 3
$ kaohe diff files/diff/old.kh
kaohe: NEW is missing. Type: kaohe diff OLD NEW [DATA]
? 2
$ kaohe diff files/wrong.kh files/diff/old.kh > /dev/null 2>&1
? 1
## A rule rewritten throughout: by its clause, or, without one, as the only one left on either side of its item.
$ kaohe diff files/diff/rewritten-old.kh files/diff/rewritten-new.kh
[1] changed in item 1 A
    − line 10  -2 if not plan  source "1(1)"
    + line 10  per missing session of 3: -4, cap 8  source "1(1)"
[2] changed in item 1 A
    − line 12  - visits  source "1(3)"
    + line 12  -2 if visits > 4 and late > 1  source "1(3)"
[3] changed in item 2 B
    − line 14  -3 if late > 2
    + line 14  per session where ok: -0.5
## Four rules rewritten throughout, none with a clause, in another order: each is known by what it is about.
$ cat > before.kh <<'END'
> scheme "x"
> unit office
>   name text
>   plan yes/no
>   summary yes/no
>   late count 0 to 50
> table session
>   hours number 0 to 8 step 0.5
> item 1 "A" worth 40
>   -5 if not plan
>   -3 if not summary
>   per session where hours < 2: -1
>   -1 * late
> grades
>   good from 30
>   poor otherwise
> END
$ sed '10,13d' before.kh | sed '9a\  if late > 20: -10\n  if not summary and late > 3: -6, bar good\n  if (count of session where hours >= 2) < 4: -8\n  forfeit if not plan' > after.kh
$ kaohe diff before.kh after.kh
[1] changed in item 1 A
    − line 10  -5 if not plan
    + line 13  forfeit if not plan
[2] changed in item 1 A
    − line 11  -3 if not summary
    + line 11  if not summary and late > 3: -6, bar good
[3] changed in item 1 A
    − line 12  per session where hours < 2: -1
    + line 12  -8 if (count of session where hours >= 2) < 4
[4] changed in item 1 A
    − line 13  -1 * late
    + line 10  -10 if late > 20
