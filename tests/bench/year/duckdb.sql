-- The four files read by DuckDB itself, with declared types: it parses on all its threads, and so checks dates, numbers, lists
-- and yes or no. Ranges, steps, unknown units, and units named twice it does not check.
set preserve_insertion_order = false; -- results.sql puts units in order
create type region as enum ('north', 'east', 'south', 'west', 'centre', 'coast', 'hills', 'islands');
create type trouble as enum ('complaint', 'petition', 'delay', 'breach', 'accident', 'fire');
create type level_of_award as enum ('county', 'city', 'province', 'nation');
create table office as select * from read_csv('FOLDER/office.csv', header = true, auto_detect = false, columns = {
    'code': 'varchar', 'region': 'region', 'kind': 'varchar', 'staff': 'integer', 'plan': 'boolean', 'summary': 'boolean'});
create table s as
select code, count(*) as sessions, count(*) filter (present * 5 < expected * 4) as low, count(*) filter (unexcused > 2) as unexcused,
    sum(present)::bigint as came, sum(expected)::bigint as called, (2 * sum(hours))::bigint as halves
from read_csv('FOLDER/session.csv', header = true, auto_detect = false, columns = {
    'code': 'varchar', 'held': 'date', 'present': 'integer', 'expected': 'integer', 'unexcused': 'integer', 'hours': 'decimal(3,1)'})
where held between '2024-01-01' and '2024-12-31'
group by code;
create table e as
select code, sum(case when grave then 0 else cost end)::bigint as mild, sum(case when grave then 2 * cost else 0 end)::bigint as grave,
    count(*) filter (grave and cost >= 150) as serious, (100 * sum(loss))::bigint as lost
from (
    select *, case what when 'complaint' then 25 when 'petition' then 50 when 'delay' then 10 when 'breach' then 100
        when 'accident' then 150 else 200 end as cost
    from read_csv('FOLDER/event.csv', header = true, auto_detect = false, quote = '"', escape = '"', columns = {
        'code': 'varchar', 'noted': 'date', 'what': 'trouble', 'grave': 'boolean', 'loss': 'decimal(8,2)', 'note': 'varchar'})
    where noted between '2024-01-01' and '2024-12-31'
)
group by code;
create table a as
select code, sum(worth)::bigint as worth
from (
    select code, topic, max(case level when 'county' then 50 when 'city' then 100 when 'province' then 200 else 400 end) as worth
    from read_csv('FOLDER/award.csv', header = true, auto_detect = false, quote = '"', escape = '"', columns = {
        'code': 'varchar', 'given_on': 'date', 'level': 'level_of_award', 'topic': 'varchar'})
    where given_on between '2024-01-01' and '2024-12-31'
    group by code, topic
)
group by code;
