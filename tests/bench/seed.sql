-- What tests/bench/seed.py runs, one statement after the other; a title stands before each. Parameters: contracts, months,
-- reviews, newest, share; raw and file: SHA-256 of the mail and the file that those which wait for a person came with.

-- contracts
insert into contracts (number, organization, address, inn, heat_load, language, status)
select lpad(g::text, 5, '0'),
       'ООО «Потребитель ' || lpad(g::text, 5, '0') || '»',
       'г. Ташкент, ул. Навои, ' || (g %% 300 + 1),
       (200000000 + g)::text,
       round((0.05 + (g %% 90) / 100.0)::numeric, 4),
       (array['ru', 'uz', 'uz_cyrl'])[g %% 3 + 1],
       'active'
from generate_series(0, %(contracts)s - 1) as g;

-- addresses
insert into contract_emails (contract_number, address, position)
select number, 'c' || number || '@customers.example', 0 from contracts;

-- accounts: nobody knows their passwords
insert into consumer_accounts (contract_number, password_hash, issued_at, first_login_at, changed_at)
select number, '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAA', now(), now(), now() from contracts;

-- meters
insert into meters (contract_number, serial, model, kind, unit, point)
select number, 'T' || number, 'ТЭМ-104', 'heat', 'Gcal', 'Тепловой узел' from contracts
union all
select number, 'W' || number, 'ВСТ', 'hot_water', 'm3', 'Тепловой узел' from contracts where number::int %% 2 = 0;

-- opening readings
insert into opening_readings (id, contract_number, serial, unit, reading_date, index)
select row_number() over (), contract_number, serial, unit,
       %(newest)s::date - make_interval(months => %(months)s) + interval '20 days',
       1000.00
from meters;

-- months reported: most by mail, a quarter of the newest month still missing, the last of it waiting for a person
create temporary table month as
select m::bigint * %(contracts)s + g + 1 as id,
       lpad(g::text, 5, '0') as number,
       m,
       to_char(first_day, 'YYYY-MM') as period,
       first_day::date as first_day,
       (first_day + make_interval(days => 17 + (g * 7 + m) %% 8, secs => (g * 37) %% 40000 + 14400)) at time zone 'UTC' as received_at,
       (g * 31 + m * 17) %% 100 < %(share)s as by_mail,
       m = %(months)s - 1 and g >= %(contracts)s - %(reviews)s as waits
from generate_series(0, %(months)s - 1) as m,
     lateral (select %(newest)s::date - make_interval(months => %(months)s - 1 - m) as first_day) as day,
     generate_series(0, %(contracts)s - 1) as g
where not (m = %(months)s - 1 and g < %(contracts)s / 4);

-- messages
insert into messages (id, mailbox, uidvalidity, uid, uid_number, version, size, internal_date, raw_sha256, file_name, headers_only, kept_at, queued_at,
                      received_at, state, attempts, decided_at, outcome, reply, reasons, content_sha256, sender, message_id)
select id, 'INBOX', 1, id::text, id, '40000 -', 40000, received_at,
       case when waits then %(raw)s else md5(id::text) || md5(id::text) end, id || '.eml', false, received_at, received_at,
       received_at, 'DECIDED', 1, received_at + interval '20 s', case when waits then 'review' else 'accepted' end, 'receipt', '[]',
       md5('c' || id) || md5('d' || id), 'c' || number || '@customers.example', '<' || id || '@customers.example>'
from month where by_mail;

-- submissions
insert into submissions (id, source, message, part, cabinet_id, contract_number, period, reading_date, outcome, bound_by, sender, trusted, meters,
                         report, received_at, settled_at)
select id,
       case when by_mail then 'email' else 'cabinet' end,
       case when by_mail then id end,
       1,
       case when not by_mail then 'K' || id end,
       number, period, first_day + 20,
       case when waits then 'review' else 'accepted' end,
       'page', 'c' || number || '@customers.example', true,
       json_build_array(json_build_object('serial', 'T' || number, 'kind', 'heat', 'unit', 'Gcal', 'previous', (1000 + m * 20)::text || '.00',
                                          'current', (1020 + m * 20)::text || '.00', 'consumption', '20.00', 'reading_date', null)),
       null, received_at, received_at + interval '20 s'
from month;

-- files
insert into submission_files (submission, position, name, sha256)
select id, 0, 'отчёт.pdf', case when outcome = 'review' then %(file)s else md5('f' || id) || md5('g' || id) end
from submissions where source = 'email';

-- readings
insert into readings (id, submission, contract_number, serial, period, status, version, kind, unit, reading_date, index, previous, consumption, gcal,
                      index_text, previous_text, consumption_text)
select row_number() over (), id, number, serial, period,
       case when waits then 'pending' else 'booked' end,
       case when waits then null else 1 end,
       kind, unit, first_day + 20,
       1020 + m * 20 + 0.00, 1000 + m * 20 + 0.00, 20.00, case when kind = 'heat' then 20.00 end,
       (1020 + m * 20)::text || '.00', (1000 + m * 20)::text || '.00', '20.00'
from month join meters on meters.contract_number = month.number;

-- decisions
insert into decisions (id, message, submission, outcome, findings, decided_by, decided_at)
select id, message, id, outcome,
       case when outcome = 'review'
            then json_build_array(json_build_object('rule', 'consumption_unusual', 'severity', 'review', 'values',
                     json_build_object('serial', 'T' || contract_number, 'number', '20.00', 'largest_number', '6.00')))
            else '[]'::json end,
       'hisobot', settled_at
from submissions;

-- reviews
insert into reviews (submission, kind, contract_number, period, sender, source, received_at, due_on, certainty, state, version)
select id, 'review', contract_number, period, sender, source, received_at, (received_at + interval '3 days')::date, id %% 100, 'open', 1
from submissions where outcome = 'review';

-- reasons
insert into review_reasons (submission, rule)
select submission, unnest(array['consumption_unusual', 'conflict']) from reviews;
