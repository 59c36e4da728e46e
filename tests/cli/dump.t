## kaohe dump: each representation prints itself. The forms may change; what is looked for here is that all is there.
$ kaohe dump --tokens files/expectation.kh | head -n 3
1:1      SCHEME           scheme
1:8      STRING           "Expectation"
1:21     NL
$ kaohe dump --ast files/expectation.kh | head -n 4
FILE [0,196) at [0,196)
  SCHEME / "Expectation" [0,20) at [7,20)
  UNIT "office" [22,77) at [27,33)
    FIELD +key "name" [36,49) at [36,40)
$ kaohe dump --scheme files/expectation.kh | head -n 4
unit office
  name: text, key
  plan: yes or no
  late: yes or no
$ kaohe dump --program files/expectation.kh | grep -c 'LEDGER_N rule'
2
$ kaohe dump --program files/wrong.kh > out 2> err; echo $?; cat out; grep -c E201 err
1
1
$ kaohe dump --ast files/wrong.kh > out 2> err; echo $?; grep -c 'NAME "plans"' out; grep -c E201 err
1
1
1
