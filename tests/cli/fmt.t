## kaohe fmt: one canonical form, either language, comments kept.
$ cat > raw.kh <<'END'
> # kept
> scheme "Raw"
> unit office "机关"
>   name "名称" text key
>   late "迟到" yes/no   # this one, too
> item 1 "Time" worth 5
>   -2 if late
> END
$ kaohe fmt raw.kh | tee once.kh
# kept
scheme "Raw"

unit office "机关"
  name  "名称"  text key
  late  "迟到"  yes/no  # this one, too

item 1 "Time" worth 5
  -2 if late
$ kaohe fmt once.kh | cmp - once.kh
$ kaohe fmt - < raw.kh | cmp - once.kh
$ kaohe fmt --check raw.kh once.kh
raw.kh
? 1
$ kaohe fmt --to zh raw.kh | tee zh.kh
# kept
方案 “Raw”

考核对象 机关 “office”
  名称  “name”  文字 主键
  迟到  “late”  是否  # this one, too

项目 1 “Time” 满分 5分
  若 迟到：扣2分
$ kaohe fmt --to en zh.kh | cmp - once.kh
$ cp raw.kh w.kh; kaohe fmt -w w.kh; cmp w.kh once.kh; touch -d 2020-01-01 w.kh; kaohe fmt -w w.kh; find w.kh -newermt 2021-01-01
## Errors of meaning do not hinder it, errors of syntax do.
$ kaohe fmt files/wrong.kh | grep plans
  -2 if not plans
$ kaohe fmt -w files/syntax.kh > out 2>&1; echo $?; grep -c 'syntax.kh:9:8: 错误' out
1
1
$ mkdir locked; cp raw.kh locked/; chmod 555 locked; ln -s raw.kh link.kh; kaohe fmt -w link.kh; test -L link.kh && cmp raw.kh once.kh
## The shipped schemes are canonical.
$ kaohe fmt --check schemes/*/*.kh
