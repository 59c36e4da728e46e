## kaohe fmt --diff: the change that it would make, as patch takes it; nothing for a file that is canonical.
$ kaohe fmt --diff files/ragged.kh
--- files/ragged.kh
+++ files/ragged.kh
@@ -1,16 +1,19 @@
 scheme "X"
+
 unit office
-  name text
-  a count
-  b count
-  c count
-  d count
-  e count
+  name  text
+  a     count
+  b     count
+  c     count
+  d     count
+  e     count
+
 item 1 "A" worth 10
   - a
-  -b
-  -c
-  -d
-  -e
+  - b
+  - c
+  - d
+  - e
+
 item 2 "B" worth 5
-  -1 if a>3
\ No newline at end of file
+  -1 if a > 3
? 1
$ kaohe fmt --diff schemes/hewan/scheme.kh
$ kaohe fmt --diff -w files/ragged.kh
kaohe: --diff and --write do not go together
? 2
$ kaohe fmt --diff --check files/ragged.kh --lang zh
kaohe: --diff与--check不能同用
? 2
