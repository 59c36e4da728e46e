## kaohe pending: what is missing before the close. A has no group, no staff and no visits; the mayor has not judged B; C's two visits
## are open by the scheme's own words, and nobody has answered on its relief; D is not assessed; E has no staff, so no relief either.
$ kaohe pending files/pending.kh files/pending
A
  item 1  Organisation (clause 1)
    not there: leading group
    not there: full-time staff
    proof: the order that set it up (by personnel office)
  item 2  Site (clause 2)
    not filled in: Visits
    proof: the counter of the site (by press office)
B
  item 3  Team
    not judged yet: mayor
C
  item 4  Study
    open, until a decision on 4
  outcome Relief
    not decided yet: the board
E
  item 1  Organisation (clause 1)
    not there: full-time staff
    proof: the order that set it up (by personnel office)
4 of 5 units: 7 missing
$ kaohe pending files/pending.zh.kh files/pending --unit C
C
  项目 4  Study
    待定，须由裁定表定分，事项写 4
  结果运用 Relief
    尚未裁定：the board
1个单位中1个有所缺，共2项
$ kaohe pending files/pending.kh files/pending --unit D
nothing is missing: 1 unit
$ kaohe pending files/pending.kh files/pending --unit DD
there is no "DD"; did you mean "D"?
? 2
$ kaohe pending files/small.kh files/broken 2>&1 | tail -n 1
files/broken/session.csv:1: notice: columns that the scheme does not ask for, not read: Weather
