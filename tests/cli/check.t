## kaohe check: findings on stdout, a line of counts for each file, exit code 1 for errors.
$ kaohe check files/small.kh
files/small.kh:25:6: notice N312: the rules of item 1.1 can take 7 of its 6 marks: what goes beyond is not counted
   25 | item 1.1 "Study" worth 6 source "1.1"
      |      ^^^
  clause 1.1
  hint: where the regulation says so, write: until none left
files/small.kh: 1 notice
$ kaohe check files/wrong.kh
files/wrong.kh:8:13: error E201: there is no "plans"; did you mean "plan" (line 5)?
    8 |   -2 if not plans
      |             ^^^^^
  see line 5:
    5 |   plan yes/no
      |   ^^^^
  write: -2 if not plan
files/wrong.kh: 1 error
? 1
$ kaohe check files/wrong.kh --lang zh
files/wrong.kh:8:13: 错误 E201：没有“plans”，是否为“plan”（第5行）？
    8 |   -2 if not plans
      |             ^^^^^
  参见第5行：
    5 |   plan yes/no
      |   ^^^^
  请写：-2 if not plan
files/wrong.kh：1个错误
? 1
$ kaohe check files/warned.kh files/wrong.kh 2> /dev/null | grep '^files/[a-z]*.kh: '
files/warned.kh: 1 warning
files/wrong.kh: 1 error
$ kaohe check files/warned.kh > /dev/null
$ kaohe check --strict files/warned.kh > /dev/null
? 1
$ kaohe check - < files/small.kh
stdin:25:6: notice N312: the rules of item 1.1 can take 7 of its 6 marks: what goes beyond is not counted
   25 | item 1.1 "Study" worth 6 source "1.1"
      |      ^^^
  clause 1.1
  hint: where the regulation says so, write: until none left
stdin: 1 notice
$ kaohe check files/small.kh nowhere.kh files/wrong.kh > /dev/null
kaohe: nowhere.kh: there is no such file
  hint: check the name
? 4
$ kaohe check files
kaohe: files: this is a folder, not a file
  hint: name a file
? 4
$ printf 'scheme "x"\nunit u\n  k text key\nlet a = \377\n' > bytes.kh; kaohe check bytes.kh > out; echo $?; grep -c '^bytes.kh:4:9: error' out
1
1
$ : > empty.kh; kaohe check empty.kh > out; echo $?; grep -c '^empty.kh.* error E218: ' out
1
1
## Every shipped scheme is in order: neither errors nor warnings; what the regulation's own text leaves in doubt is noticed.
$ kaohe check --strict schemes/lexington/scheme.kh
schemes/lexington/scheme.kh:13:3: notice N320: nothing reads establishment
…
schemes/lexington/scheme.kh: 2 notices
$ kaohe check schemes/wenzhou/scheme.kh | tail -n 1
schemes/wenzhou/scheme.kh：10个提醒
$ kaohe check --strict schemes/*/*.kh > /dev/null
