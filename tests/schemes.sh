#!/bin/sh
# The schemes that are shipped: each is free of errors, canonical, and its own examples hold. Shared parts (a file that
# only others `use`) count as schemes, too.
#
# In: KAOHE, scheme files. Out: a line for each that is not, then the counts.

passed=0 failed=0
verdict() { # status, words
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "RED: $2"
    fi
}
for file; do
    "$KAOHE" check "$file"; verdict $? "$file has errors"
    "$KAOHE" fmt --check "$file"; verdict $? "$file is not in canonical form"
    "$KAOHE" test "$file"; verdict $? "$file: an example is wrong"
done
echo "schemes: $passed passed, $failed failed"
test "$failed" -eq 0
