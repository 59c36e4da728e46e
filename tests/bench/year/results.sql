-- The marks of scheme.kh from office (a table), s, e and a (sums for each unit): for DuckDB, and with / for // for SQLite.
-- All figures are hundredths in whole numbers; what stands in it is what direct.c does, as one statement.
create table results as
with parts as (
    select o.code, o.region, coalesce(s.halves, 0) as halves, coalesce(s.unexcused, 0) as unexcused,
        coalesce(e.serious, 0) as serious, coalesce(e.lost, 0) as lost,
        greatest(0, 1500 - least(1200, 100 * greatest(0, 12 - coalesce(s.sessions, 0))) - case when o.plan then 0 else 300 end) as held,
        greatest(0, 2000 - least(1000, 50 * coalesce(s.low, 0)) - least(800, 25 * coalesce(s.unexcused, 0))
            - 2 * greatest(0, coalesce(s.called - s.came, 0) - o.staff)) as attendance,
        case when coalesce(s.called, 0) = 0 then 0 else (3000 * s.came + s.called) // (2 * s.called) end as mean,
        greatest(0, 1000 - greatest(0, 48 - coalesce(s.halves, 0) + 7) // 8 * 100 - case when o.summary then 0 else 100 end) as hours,
        greatest(0, 3000 - least(2000, coalesce(e.mild, 0)) - coalesce(e.grave, 0) - 100 * coalesce(e.serious, 0)) as events,
        (greatest(0, 100000 - 5 * greatest(0, coalesce(e.lost, 0) - 1000)) + 50) // 100 as losses,
        least(800, coalesce(a.worth, 0)) as awards
    from office o left join s on s.code = o.code left join e on e.code = o.code left join a on a.code = o.code
), totals as (
    select *, held + attendance + mean + hours as study, events + losses as conduct,
        held + attendance + mean + hours + events + losses + awards as total
    from parts
), ordered as (
    select *, count(*) over (partition by region order by total desc) as above, count(*) over (partition by region) as units,
        rank() over (partition by region order by total desc, halves desc) as place
    from totals
), best as (
    select *, case when total >= 8500 and above <= units // 5 then 1 else 0 end as excellent from ordered
), good as (
    select *, case when excellent = 0 and total >= 7500
        and above - sum(excellent) over (partition by region) <= units * 2 // 5 then 1 else 0 end as good
    from best
), graded as (
    select *, case when serious >= 3 then 'poor'
        when total < 6000 then 'poor'
        when serious = 2 then 'fair'
        when excellent = 1 and unexcused < 20 then 'excellent'
        when excellent = 1 or good = 1 then 'good'
        else 'fair' end as grade
    from good
)
select code, rtrim(rtrim(printf('%.2f', study / 100.0), '0'), '.') as "1", rtrim(rtrim(printf('%.2f', held / 100.0), '0'), '.') as "1.1",
    rtrim(rtrim(printf('%.2f', attendance / 100.0), '0'), '.') as "1.2", rtrim(rtrim(printf('%.2f', mean / 100.0), '0'), '.') as "1.3",
    rtrim(rtrim(printf('%.2f', hours / 100.0), '0'), '.') as "1.4", rtrim(rtrim(printf('%.2f', conduct / 100.0), '0'), '.') as "2",
    rtrim(rtrim(printf('%.2f', events / 100.0), '0'), '.') as "2.1", rtrim(rtrim(printf('%.2f', losses / 100.0), '0'), '.') as "2.2",
    rtrim(rtrim(printf('%.2f', awards / 100.0), '0'), '.') as "3", rtrim(rtrim(printf('%.2f', total / 100.0), '0'), '.') as total,
    grade, place as best, 'final' as state, case when grade = 'poor' or lost > 100000 then 'yes' else 'no' end as talk
from graded order by code;
