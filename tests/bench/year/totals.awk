# The marks of scheme.kh without grades and places: awk -f totals.awk office.csv session.csv event.csv award.csv.
# In: the four files, in this order. Out: the first eleven columns of the results. Nothing is checked. Only the last column of a
# file may stand in quotes; as it is not looked at, or only compared, it is taken as it stands.
function most(a, b) { return a > b ? a : b }
function least(a, b) { return a < b ? a : b }
function marks(n) { return n % 100 == 0 ? n / 100 : n % 10 == 0 ? sprintf("%.1f", n / 100) : sprintf("%.2f", n / 100) }
BEGIN {
    FS = ","
    cost["complaint"] = 25; cost["petition"] = 50; cost["delay"] = 10; cost["breach"] = 100; cost["accident"] = 150; cost["fire"] = 200
    worth["county"] = 50; worth["city"] = 100; worth["province"] = 200; worth["nation"] = 400
}
FNR == 1 { table++; next }
table > 1 && $2 > "2024-12-31" { next }
table == 2 {
    sessions[$1]++
    if ($3 * 5 < $4 * 4) low[$1]++
    if ($5 > 2) unexcused[$1]++
    came[$1] += $3
    called[$1] += $4
    halves[$1] += 2 * $6
    next
}
table == 3 {
    if ($4 == "no") {
        mild[$1] += cost[$3]
    } else {
        grave[$1] += 2 * cost[$3]
        serious[$1] += cost[$3] >= 150
    }
    lost[$1] += int($5 * 100 + 0.5)
    next
}
table == 4 {
    group = $1 "," substr($0, length($1) + length($2) + length($3) + 4)
    if (worth[$3] > best[group]) {
        awards[$1] += worth[$3] - best[group]
        best[group] = worth[$3]
    }
    next
}
{
    code[++units] = $1
    staff[units] = $4
    plan[units] = $5
    summary[units] = $6
}
END {
    print "code,1,1.1,1.2,1.3,1.4,2,2.1,2.2,3,total"
    for (u = 1; u <= units; u++) {
        c = code[u]
        held = most(0, 1500 - least(1200, 100 * most(0, 12 - sessions[c])) - (plan[u] == "yes" ? 0 : 300))
        attendance = most(0, 2000 - least(1000, 50 * low[c]) - least(800, 25 * unexcused[c]) - 2 * most(0, called[c] - came[c] - staff[u]))
        mean = called[c] ? int((3000 * came[c] + called[c]) / (2 * called[c])) : 0
        hours = most(0, 1000 - int(most(0, 48 - halves[c] + 7) / 8) * 100 - (summary[u] == "yes" ? 0 : 100))
        events = most(0, 3000 - least(2000, mild[c]) - grave[c] - 100 * serious[c])
        losses = int((most(0, 100000 - 5 * most(0, lost[c] - 1000)) + 50) / 100)
        bonus = least(800, awards[c] + 0)
        print c "," marks(held + attendance + mean + hours) "," marks(held) "," marks(attendance) "," marks(mean) "," marks(hours) "," \
            marks(events + losses) "," marks(events) "," marks(losses) "," marks(bonus) "," \
            marks(held + attendance + mean + hours + events + losses + bonus)
    }
}
