## Once per topic at its highest: line 3 counts, line 5 is as high and is named; another unit's row of that topic is its own.
$ kaohe run files/ties.kh files/ties 2> notices; grep -v notices notices
name      1  total  grade  state
Archive   7      7         final
Treasury  5      5         final
files/ties/award.csv:5: notice: this row ties with an earlier one for the highest: the earlier one counts
   10 | view best = award once per topic at highest value
      |      ^^^^
