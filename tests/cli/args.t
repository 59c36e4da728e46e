## The command line: verbs, options, what is said when it is wrong.
$ kaohe --version
kaohe 0.1.0
$ kaohe
kaohe: say what to do: new, check, run, template, validate, explain, pending, questions, test, diff, doc, verify, fmt, dump. Type: kaohe --help
? 2
$ kaohe --help
Usage: kaohe VERB ... [OPTION...]

Scores organisations by an assessment scheme: exactly, and with a reason for every point.

  new       make a first scheme to start from
  check     find what is wrong in a scheme's text
  run       score every unit
  template  make the sheets to fill in for a scheme
  validate  list all that is wrong with the data
  explain   show where each point of one unit comes from
  pending   list what has still to be proved or decided
  questions show what other readings of doubtful clauses would change
  test      try the examples in a scheme
  diff      show what changed from one scheme to another, and for whom
  doc       write a scheme as a document to read and to print
  verify    say whether a result can be reproduced
  fmt       print a scheme in its one canonical form
  dump      print what the compiler makes of a scheme

Options (anywhere; -- ends them):
      --lang en|zh        the language of messages; otherwise that of the scheme
  -h, --help              this help
      --version           the version

Exit codes:
  0  all is well
  1  the scheme has errors, an example is wrong, or fmt --check found a file
  2  the command line is wrong, or asks for something that is not there
  3  the data has problems; there is no result
  4  out of memory, or a file or the output could not be read or written

More on each: kaohe VERB --help
$ LC_ALL=zh_CN.UTF-8 kaohe --help | head -n 5
用法：kaohe 动作 ... [选项...]

考核：按考核办法给单位计分，结果精确，每一分都有依据。

  new       新建一份可由此起步的方案
$ kaohe --lang zh run --help
用法：kaohe run 方案 数据 [选项...]

给每个单位计分。
数据为一个文件夹，方案的每个表一个文件（CSV、.xlsx、JSON、SQLite），也可以是含有各表的一个文件，
或PostgreSQL数据库的地址（postgresql://...）。不写-o时以表格打印；终端太窄时先列部分、后列项目，
并说明未列出的各列。数据有问题时全部列出，不写出结果。

选项（可写在任何位置，“--”之后不再是选项）：
  -o, --output 文件       写入文件（-：标准输出）；结果的格式随文件名的后缀
      --as 格式           文件名未表明格式时，指明格式：csv、json、jsonl、xlsx、html、db
      --record 文件       把本期结果记入文件（CSV），供下一方案以“引用结果”读取
  -q, --quiet             只说问题：不列提醒，不显进度，不作小结
      --sort 列           按总分、排名或某部分的编号排列单位
      --period 考核期     改用别的考核期：2014、2014-03、2014-Q1 或 2014-03-01..2014-03-31
      --threads 个数      用N个线程读取数据；不写则每个处理器一个
      --encoding 编码     CSV文件的编码（文件自带标记的除外）：UTF-8、GB18030、UTF-16LE、UTF-16BE；不写则自动识别
      --lang en|zh        信息所用的语言；不写则随方案
  -h, --help              本说明
      --version           版本

退出码：
  0  一切正常
  1  方案有错误，或例与预期不符，或 fmt --check 发现文件
  2  命令行有误，或所求之物不存在
  3  数据有问题，没有结果
  4  内存不足，或文件、输出无法读写
$ for verb in check run explain questions test fmt dump; do kaohe $verb --help | head -n 1; done
Usage: kaohe check SCHEME... [OPTION...]
Usage: kaohe run SCHEME DATA [OPTION...]
Usage: kaohe explain SCHEME DATA --unit KEY|--all [OPTION...]
Usage: kaohe questions SCHEME DATA [OPTION...]
Usage: kaohe test SCHEME... [OPTION...]
Usage: kaohe fmt SCHEME... [OPTION...]
Usage: kaohe dump SCHEME --tokens|--ast|--scheme|--program [OPTION...]
$ kaohe help fmt | head -n 3
Usage: kaohe fmt SCHEME... [OPTION...]

To print a scheme in its one canonical form.
$ kaohe chekc x.kh
kaohe: there is no "chekc"; did you mean "check"?
? 2
$ kaohe frobnicate
kaohe: there is no "frobnicate". Type: kaohe --help
? 2
$ kaohe files/small.kh
kaohe: say what to do with files/small.kh: kaohe check files/small.kh
? 2
$ kaohe run --outptu x files/small.kh files/data
kaohe: there is no option --outptu; did you mean --output?
? 2
$ kaohe run --unitt Archive files/small.kh files/data
kaohe: there is no option --unitt; did you mean --unit?
? 2
$ kaohe run files/small.kh files/data --colour
kaohe: there is no option --colour. Type: kaohe run --help
? 2
$ kaohe check -x files/small.kh
kaohe: there is no option -x. Type: kaohe check --help
? 2
$ kaohe run --unit Archive files/small.kh files/data
kaohe: --unit does not go with run, only with explain, pending
? 2
$ kaohe run files/small.kh files/data -o
kaohe: -o needs a value: -o FILE
? 2
$ kaohe fmt --check=yes files/small.kh
kaohe: --check takes no value
? 2
$ kaohe explain files/small.kh files/data --unit A --unit B
kaohe: --unit is given twice
? 2
$ kaohe check --lang fr files/small.kh
kaohe: --lang is en or zh, not "fr"
? 2
$ kaohe fmt --to latin files/small.kh
kaohe: --to is en or zh, not "latin"
? 2
$ kaohe fmt --check -w files/small.kh
kaohe: --check and --write do not go together
? 2
$ kaohe fmt -w -
kaohe: what came from standard input cannot be written back; leave out --write
? 2
$ kaohe check
kaohe: SCHEME is missing. Type: kaohe check SCHEME...
? 2
$ kaohe run files/small.kh
kaohe: DATA is missing. Type: kaohe run SCHEME DATA
? 2
$ kaohe run files/small.kh files/data more
kaohe: "more" is one too many. Type: kaohe run SCHEME DATA
? 2
$ kaohe explain files/small.kh files/data
kaohe: say which unit: --unit KEY; or --all -o FOLDER
? 2
$ kaohe dump files/small.kh
kaohe: say one of --tokens, --ast, --scheme, --program
? 2
$ kaohe dump --ast --tokens files/small.kh
kaohe: say one of --tokens, --ast, --scheme, --program
? 2
$ LANG=zh_CN.UTF-8 LC_ALL= kaohe dump --ast
kaohe: 缺少方案。用法：kaohe dump 方案 --tokens|--ast|--scheme|--program
? 2
