## By when: 24 September 2018 and 5 days is a Saturday, 25 September and 5 days a Sunday: Monday 1 October. Where the day hangs on
## when the results are made known, the words alone.
$ kaohe explain files/due.kh files/due --unit A | sed -n 2,4p
total 10
outcome Explain in writing (line 10), due moved_to_workday(answered + 5 days): 2018-10-01, to the office
outcome Explain in person (line 11), due moved_to_workday(published + 5 days)
$ kaohe explain files/due.kh files/due --unit B | sed -n 2,4p
total 8
outcome Explain in writing (line 10), due moved_to_workday(answered + 5 days): 2018-10-01, to the office
outcome Explain in person (line 11), due moved_to_workday(published + 5 days)
$ kaohe fmt --to zh files/due.kh | grep 顺延
  若 answered > 顺延（asked + 10天）：扣2分
结果运用 in_writing “Explain in writing” 若 answered > asked + 10天，期限 顺延（answered + 5天），报送 “the office”
结果运用 in_person “Explain in person” 若 answered > asked + 10天，期限 顺延（公布日 + 5天）
