## Data in other formats, made by hand. Figures as in run.t: Archive 13, Bureau 1, Culture 11.
$ kaohe run files/small.kh files/data -o csv.csv > /dev/null 2>&1
## JSON, an object of tables: a row may leave out nothing but what may be blank; true is yes; 77.0 is 77.
$ cat > data.json << 'END'
> {"made by": "hand",
>  "office": [{"Name": "Archive", "Plan": true, "Opinion": 91.5},
>             {"Name": "Bureau of Statistics", "plan": "no", "opinion": 77.0},
>             {"Name": "Culture", "Plan": "yes", "Opinion": "88.2"}],
>  "Awards": [{"Name": "Archive", "Level": "nation", "Granted": "2024-04-01"},
>             {"Name": "Archive", "Level": "town", "Granted": "2024-08-08"},
>             {"Name": "Culture", "Level": "county", "Granted": "20241001"}],
>  "session": [{"Name": "Archive", "Held": "2024-02-01", "Present": 10, "Expected": 10},
>              {"Name": "Archive", "Held": "2024/5/1", "Present": 9, "Expected": 10},
>              {"Name": "Archive", "Held": "2024-09-01", "Present": 8, "Expected": 10},
>              {"Name": "Bureau of Statistics", "Held": "2024-03-05", "Present": 7, "Expected": 10},
>              {"Name": "Bureau of Statistics", "Held": "2025-01-10", "Present": 10, "Expected": 10},
>              {"Name": "Culture", "Held": "2024-02-02", "Present": 20, "Expected": 20},
>              {"Name": "Culture", "Held": "2024-06-02", "Present": 20, "Expected": 20},
>              {"Name": "Culture", "Held": "2024-11-02", "Present": 15, "Expected": 20}]}
> END
$ kaohe run files/small.kh data.json -o json.csv
data.json[office]: the columns "Plan" and "plan" mean the same
  hint: keep one of them
data.json[office]: the columns "Opinion" and "opinion" mean the same
  hint: keep one of them
data.json[session]:12: notice: rows after the period, which ends on 2024-12-31, are left for the next one: 1; the first is on this line
? 3
$ sed -i 's/"plan"/"Plan"/; s/"opinion"/"Opinion"/' data.json; kaohe run files/small.kh data.json -o json.csv; cmp csv.csv json.csv
data.json[session]:12: notice: rows after the period, which ends on 2024-12-31, are left for the next one: 1; the first is on this line
json.csv: 3 units (3 final), from 14 rows, 1 left for the next period
## A folder in which each table has its own format.
$ mkdir mixed && tr , '\t' < files/data/office.csv > mixed/office.tsv && tr , ';' < files/data/award.csv > mixed/Awards.csv
$ sed -n 's/.*\({"Name"[^}]*}\).*/\1/p' data.json | grep Held > mixed/session.jsonl
$ kaohe run files/small.kh mixed -o mixed.csv; cmp csv.csv mixed.csv
mixed/Awards.csv:1: notice: the columns are separated by ;, and were read so
mixed/office.tsv:1: notice: the columns are separated by TAB, and were read so
mixed/session.jsonl:5: notice: rows after the period, which ends on 2024-12-31, are left for the next one: 1; the first is on this line
mixed.csv: 3 units (3 final), from 14 rows, 1 left for the next period
$ cp files/data/award.csv mixed; kaohe run files/small.kh mixed 2>&1 | head -n 2
mixed: Awards.csv and award.csv are both files of one table
  hint: keep one of them, or put all rows into one
## What cannot be misread is put right, and said.
$ mkdir right && cp files/data/*.csv right && sed -i 's/,yes,91.5/,√,９１．５/; s/,no,/,×,/; s/Bureau of Statistics/Bureau of  Statistics/' right/office.csv && sed -i 's/2024-02-01,10/２０２４年２月１日,１０/' right/session.csv
$ kaohe run files/small.kh right -o right.csv
right/office.csv:2: notice: column "Plan": "√": read as yes
right/office.csv:2: notice: column "Opinion": "９１．５": read as 91.5
right/office.csv:3: notice: column "Plan": "×": read as no
right/session.csv:2: notice: column "Held": "２０２４年２月１日": read as 2024-02-01
right/session.csv:2: notice: column "Present": "１０": read as 10
right/session.csv:5: notice: column "Name": "Bureau of Statistics": read as Bureau of  Statistics
right/session.csv:6: notice: rows after the period, which ends on 2024-12-31, are left for the next one: 1; the first is on this line
right.csv: 3 units (3 final), from 14 rows, 1 left for the next period
$ sed 's/Bureau of  Statistics/Bureau of Statistics/' right.csv | cmp - csv.csv
## What is no data, or is not there.
$ sed -i 's/"Awards"/"Award"/' data.json; kaohe run files/small.kh data.json 2>&1 | grep -v notice
data.json: there is no table "Awards" in it
  hint: is it data.json[Award]? Then rename it to Awards
$ kaohe run files/small.kh files/small.kh
files/small.kh: this is neither a folder nor a file of data
  hint: name the folder that holds the tables, or a file with one of these endings: .csv .tsv .xlsx .json .jsonl .db
? 4
$ cp files/small.kh old.xls; kaohe run files/small.kh old.xls
old.xls: files of this kind are not read
  hint: save it as a workbook (.xlsx) or as "CSV UTF-8 (comma delimited)"
? 4
