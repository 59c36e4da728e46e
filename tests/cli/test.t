## kaohe test: examples, and the rules that none of them fired.
$ kaohe test files/expectation.kh
FAIL  no plan (line 12)
      line 14 expects item 1 = 2; it is 1
        item 1  Study  1 of 3
            starts at 3
            line 9  −2  -2 if not plan
no example fires line 10: -1 if late
files/expectation.kh: 1 example, 1 wrong; 1 rule never fired
? 1
$ kaohe test files/expectation.kh --lang zh | tail -n 1
files/expectation.kh：1个例，1个不符；1条规则未触发
$ kaohe test files/small.kh
ok    nothing to deduct
ok    one session short, one badly attended
no example fires line 26: -2 if not plan
no example fires line 33: per award: + by level (town 1, county 2, nation 3)
files/small.kh: 2 examples, 0 wrong; 2 rules never fired
$ kaohe test files/warned.kh
files/warned.kh: 1 warning; to see them: kaohe check files/warned.kh
no example fires line 8: -5 if not plan
files/warned.kh: no examples
$ kaohe test files/wrong.kh
files/wrong.kh:8:13: error E201: there is no "plans"; did you mean "plan" (line 5)?
    8 |   -2 if not plans
      |             ^^^^^
  see line 5:
    5 |   plan yes/no
      |   ^^^^
  write: -2 if not plan
? 1
$ kaohe test schemes/*/scheme.kh | grep -c '^\(ok\|通过\)' | awk '{ print ($1 >= 50) }'
1
