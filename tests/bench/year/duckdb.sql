-- The four files read by DuckDB itself, with declared types: it parses on all its threads, and so checks dates, numbers, lists,
-- yes or no, and UTF-8. What else the scheme asks of the data is checked while rows are added up, and the first thing that is
-- wrong ends it, as it does C by hand.
set preserve_insertion_order = false; -- results.sql puts units in order
create type region as enum ('north', 'east', 'south', 'west', 'centre', 'coast', 'hills', 'islands');
create type kind_of_office as enum ('bureau', 'street', 'school');
create type trouble as enum ('complaint', 'petition', 'delay', 'breach', 'accident', 'fire');
create type level_of_award as enum ('county', 'city', 'province', 'nation');
create table office as select * from read_csv('FOLDER/office.csv', header = true, auto_detect = false, columns = {
    'code': 'varchar', 'region': 'region', 'kind': 'kind_of_office', 'staff': 'integer', 'plan': 'boolean', 'summary': 'boolean'});
create table s as
select code, count(*) as sessions, count(*) filter (present * 5 < expected * 4) as low, count(*) filter (unexcused > 2) as unexcused,
    sum(present)::bigint as came, sum(expected)::bigint as called, (2 * sum(hours))::bigint as halves,
    bool_and(coalesce(held >= '2024-01-01' and present >= 0 and expected between 1 and 500 and present <= expected
        and unexcused between 0 and 500 and hours between 0.5 and 8 and 2 * hours = floor(2 * hours), false)) as sound
from read_csv('FOLDER/session.csv', header = true, auto_detect = false, columns = {
    'code': 'varchar', 'held': 'date', 'present': 'integer', 'expected': 'integer', 'unexcused': 'integer', 'hours': 'decimal(4,2)'})
where held <= '2024-12-31' or held is null
group by code;
create table e as
select code, sum(case when grave then 0 else cost end)::bigint as mild, sum(case when grave then 2 * cost else 0 end)::bigint as grave,
    count(*) filter (grave and cost >= 150) as serious, (100 * sum(loss))::bigint as lost,
    bool_and(coalesce(noted >= '2024-01-01' and what is not null and grave is not null and loss between 0 and 10000
        and 100 * loss = floor(100 * loss), false)) as sound
from (
    select *, case what when 'complaint' then 25 when 'petition' then 50 when 'delay' then 10 when 'breach' then 100
        when 'accident' then 150 else 200 end as cost
    from read_csv('FOLDER/event.csv', header = true, auto_detect = false, quote = '"', escape = '"', columns = {
        'code': 'varchar', 'noted': 'date', 'what': 'trouble', 'grave': 'boolean', 'loss': 'decimal(9,3)', 'note': 'varchar'})
    where noted <= '2024-12-31' or noted is null
)
group by code;
create table a as
select code, sum(worth)::bigint as worth, bool_and(sound) as sound
from (
    select code, topic, max(case level when 'county' then 50 when 'city' then 100 when 'province' then 200 else 400 end) as worth,
        bool_and(coalesce(given_on >= '2024-01-01' and level is not null and topic is not null, false)) as sound
    from read_csv('FOLDER/award.csv', header = true, auto_detect = false, quote = '"', escape = '"', columns = {
        'code': 'varchar', 'given_on': 'date', 'level': 'level_of_award', 'topic': 'varchar'})
    where given_on <= '2024-12-31' or given_on is null
    group by code, topic
)
group by code;
select error('an office is named twice, or a cell of it is wrong') from office
having count(*) <> count(distinct code)
    or not bool_and(coalesce(staff between 1 and 100000 and region is not null and kind is not null and plan is not null and summary is not null, false));
select error('a row is of no office: ' || code) from (select code from s union all select code from e union all select code from a)
where code is null or code not in (select code from office where code is not null) limit 1;
select error('a row is wrong, of ' || code) from (select code, sound from s union all select code, sound from e union all select code, sound from a)
where not sound limit 1;
