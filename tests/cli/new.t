## kaohe new: canonical, without findings, wholly covered, and it runs; in both tongues. Harbour: 40 - 10, 60 - 4 * 5 - 2.
$ kaohe new en --lang en
en/scheme.kh, en/data: try  kaohe test en/scheme.kh  and  kaohe run en/scheme.kh en/data
$ kaohe fmt --check en/scheme.kh; kaohe check --strict en/scheme.kh
en/scheme.kh: no findings
$ kaohe test en/scheme.kh --threshold 100 | tail -n 1
en/scheme.kh: 6 examples, 0 wrong; 0 rules never fired
$ kaohe run en/scheme.kh en/data -o - | cut -d , -f 1,3,4,6,7
name,1.1,1.2,total,grade
Archive,40,60,102,good
Harbour,30,38,68,poor
Library,40,51,91,good
$ kaohe new zh --lang zh
zh/scheme.kh、zh/data：可试 kaohe test zh/scheme.kh 与 kaohe run zh/scheme.kh zh/data
$ kaohe fmt --check zh/scheme.kh; kaohe check --strict zh/scheme.kh; kaohe test zh/scheme.kh --threshold 100 | tail -n 1
zh/scheme.kh：没有问题
zh/scheme.kh：6个例，0个不符；0条规则未触发
$ kaohe run zh/scheme.kh zh/data -o - | tail -n 2
港务局,68,30,38,0,68,较差,定,是
图书馆,91,40,51,0,91,良好,定,否
$ kaohe new en
kaohe: en/data/office.csv is there already; choose another folder
? 2
$ kaohe new
kaohe: FOLDER is missing. Type: kaohe new FOLDER
? 2
