## only if: command -v iconv
## The same data in other encodings and with other separators gives the same results, and says what it was.
$ kaohe run schemes/hewan/scheme.kh schemes/hewan/data -o utf8.csv
utf8.csv: …
$ mkdir gb && for f in schemes/hewan/data/*.csv; do iconv -f UTF-8 -t GB18030 "$f" > gb/"${f##*/}"; done
$ kaohe run schemes/hewan/scheme.kh gb -o gb.csv 2>&1 | head -n 1; cmp utf8.csv gb.csv
gb/推广.csv: 提醒：文件是 GB18030 编码，已照此读取
$ mkdir tabs && for f in schemes/hewan/data/*.csv; do { printf '\377\376'; tr , '\t' < "$f" | iconv -f UTF-8 -t UTF-16LE; } > tabs/"$(basename "$f" .csv)".tsv; done
$ kaohe run schemes/hewan/scheme.kh tabs -o tabs.csv 2>&1 | head -n 2; cmp utf8.csv tabs.csv
tabs/推广.tsv: 提醒：文件是 UTF-16LE 编码，已照此读取
tabs/推广.tsv:1: 提醒：各列之间用“TAB”分隔，已照此读取
## Named wrongly, it is no text; named rightly, nothing need be said.
$ kaohe run schemes/hewan/scheme.kh gb --encoding utf-8 2>&1 > table | grep -c '不是 UTF-8 编码的文字'
5
$ kaohe run schemes/hewan/scheme.kh gb --encoding gbk -o gbk.csv 2>&1 | grep -c 编码; cmp utf8.csv gbk.csv
0
$ kaohe run schemes/hewan/scheme.kh gb --encoding big5
kaohe: “big5”不是可用的编码，请写 UTF-8、GB18030、UTF-16LE 或 UTF-16BE
? 1
$ kaohe run schemes/hewan/scheme.kh gb/推广.csv
gb/推广.csv: …
…
? 3
