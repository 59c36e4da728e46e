-- The four files imported into SQLite and added up there. Nothing is checked: a column takes whatever stands in the file.
.bail on
pragma journal_mode = off;
pragma synchronous = off;
pragma temp_store = memory;
pragma cache_size = -1000000;
create table office_in (code text, region text, kind text, staff integer, plan text, summary text);
create table session (code text, held text, present integer, expected integer, unexcused integer, hours real);
create table event (code text, noted text, what text, grave text, loss real, note text);
create table award (code text, given_on text, level text, topic text);
.mode csv
.import --skip 1 FOLDER/office.csv office_in
.import --skip 1 FOLDER/session.csv session
.import --skip 1 FOLDER/event.csv event
.import --skip 1 FOLDER/award.csv award
create table office as select code, region, staff, plan = 'yes' as plan, summary = 'yes' as summary from office_in;
create table s as
select code, count(*) as sessions, sum(present * 5 < expected * 4) as low, sum(unexcused > 2) as unexcused, sum(present) as came,
    sum(expected) as called, cast(2 * sum(hours) as integer) as halves
from session where held between '2024-01-01' and '2024-12-31' group by code;
create table e as
select code, sum(case when grave = 'yes' then 0 else cost end) as mild, sum(case when grave = 'yes' then 2 * cost else 0 end) as grave,
    sum(grave = 'yes' and cost >= 150) as serious, sum(cents) as lost
from (
    select code, grave, cast(round(loss * 100) as integer) as cents, case what when 'complaint' then 25 when 'petition' then 50
        when 'delay' then 10 when 'breach' then 100 when 'accident' then 150 else 200 end as cost
    from event where noted between '2024-01-01' and '2024-12-31'
)
group by code;
create table a as
select code, sum(worth) as worth
from (
    select code, max(case level when 'county' then 50 when 'city' then 100 when 'province' then 200 else 400 end) as worth
    from award where given_on between '2024-01-01' and '2024-12-31' group by code, topic
)
group by code;
create index of_s on s (code);
create index of_e on e (code);
create index of_a on a (code);
