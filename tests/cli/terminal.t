## only if: script -qec true /dev/null
## A terminal: whole columns are left out, by name; sections first.
$ terminal() { script -qec "stty cols $1; kaohe run files/small.kh files/data" /dev/null < /dev/null | tr -d '\r' | grep -v notice; }
> terminal 200 | head -n 1; terminal 88 | head -n 1; terminal 70
Name                   1  1.1  1.2  2  total  grade  Liked  state  Talk with the leader
Name                   1  1.1  1.2  2  total  grade  Liked  state  Talk with the leader
Name                   1  1.1  1.2  2  total  grade  Liked  state
Archive               10    6    4  3     13  good       1  final
Bureau of Statistics   1    1    0  0      1  poor       3  final
Culture                9    5    4  2     11  good       2  final
Not shown, for want of room: Talk with the leader. With -o FILE every column is written.
$ terminal() { script -qec "stty cols $1; kaohe run files/small.kh files/data" /dev/null < /dev/null | tr -d '\r' | grep -v notice; }
> terminal 55; terminal 20 | head -n 1
Name                   1  2  total  grade  Liked  state
Archive               10  3     13  good       1  final
Bureau of Statistics   1  0      1  poor       3  final
Culture                9  2     11  good       2  final
Not shown, for want of room: 1.1, 1.2, Talk with the leader. With -o FILE every column is written.
Name                  total  grade  Liked  state
