## only if: command -v iconv
## The same data in other encodings and with other separators gives the same results, and says what it was.
$ kaohe run schemes/hewan/scheme.kh schemes/hewan/data -o utf8.csv
utf8.csv：6个单位（待定4个，定2个），读48行；待裁定1项
$ mkdir gb && for f in schemes/hewan/data/*.csv; do iconv -f UTF-8 -t GB18030 "$f" > gb/"${f##*/}"; done
$ kaohe run schemes/hewan/scheme.kh gb -o gb.csv 2>&1 | head -n 1; cmp utf8.csv gb.csv
gb/推广.csv: 提醒：文件是 GB18030 编码，已照此读取
$ mkdir tabs && for f in schemes/hewan/data/*.csv; do { printf '\377\376'; tr , '\t' < "$f" | iconv -f UTF-8 -t UTF-16LE; } > tabs/"$(basename "$f" .csv)".tsv; done
$ kaohe run schemes/hewan/scheme.kh tabs -o tabs.csv 2>&1 | head -n 2; cmp utf8.csv tabs.csv
tabs/推广.tsv: 提醒：文件是 UTF-16LE 编码，已照此读取
tabs/推广.tsv:1: 提醒：各列之间用“TAB”分隔，已照此读取
## UTF-16 without its mark is known by its line ends; a file with stray zeros is not taken for it.
$ for half in LE BE; do mkdir bare$half && for f in schemes/hewan/data/*.csv; do iconv -f UTF-8 -t UTF-16$half "$f" > bare$half/"${f##*/}"; done; done
$ kaohe run schemes/hewan/scheme.kh bareLE -o bare.csv 2>&1 | head -n 1; cmp utf8.csv bare.csv; kaohe run schemes/hewan/scheme.kh bareBE -o bare.csv 2>&1 | head -n 1; cmp utf8.csv bare.csv
bareLE/推广.csv: 提醒：文件是 UTF-16LE 编码，已照此读取
bareBE/推广.csv: 提醒：文件是 UTF-16BE 编码，已照此读取
$ mkdir zeros && cp schemes/hewan/data/* zeros && printf '\0\n\n\0' >> zeros/推广.csv; kaohe run schemes/hewan/scheme.kh zeros -o bare.csv 2>&1 | grep -o 空字符 | uniq
空字符
## Named wrongly, it is no text; named rightly, nothing need be said.
$ kaohe run schemes/hewan/scheme.kh gb --encoding utf-8 2>&1 > table | grep -c '不是 UTF-8 编码的文字'
5
$ kaohe run schemes/hewan/scheme.kh gb --encoding gbk -o gbk.csv 2>&1 | grep -c 编码; cmp utf8.csv gbk.csv
0
$ kaohe run schemes/hewan/scheme.kh gb --encoding big5
kaohe: "big5" is no encoding: write UTF-8, GB18030, UTF-16LE or UTF-16BE
? 2
$ kaohe run schemes/hewan/scheme.kh gb/推广.csv 2>&1 | head -n 2
gb/推广.csv: 这是单个表的文件，缺少表“机关”
  提示：请给出存放各表文件的文件夹
