## The walk from regulation to scheme shows schemes/hewan whole: its last scheme is that file, in both pages.
$ for page in docs/from-regulation-to-scheme.md docs/from-regulation-to-scheme.zh.md; do
> awk '/^```kaohe$/ { text = ""; inside = 1; next } /^```/ { inside = 0 } inside { text = text $0 "\n" } END { printf "%s", text }' $page |
> diff - schemes/hewan/scheme.kh; done
## And each of its transcripts of either page is of the same commands.
$ for page in md zh.md; do sed -n 's/^\$ //p' docs/from-regulation-to-scheme.$page > $page; done; diff md zh.md
## The English reprint gives the same marks.
$ cp -r schemes/hewan/data data; kaohe fmt --to en schemes/hewan/scheme.kh > en.kh
$ kaohe run schemes/hewan/scheme.kh data -o - 2> /dev/null | cut -d , -f 1-9 | tail -n +2 > zh.csv
$ kaohe run en.kh data -o - 2> /dev/null | cut -d , -f 1-9 | tail -n +2 | diff - zh.csv
