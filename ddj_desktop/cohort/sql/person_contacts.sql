-- reads: contact, person_record  gives: one line a contact of a known person, days as whole days since Jan 1, 1970,
-- the kind as its place in the alphabetical list of kinds, in order of person and start
WITH kinds AS (
    SELECT kind, row_number() OVER (ORDER BY kind) - 1 AS code FROM (SELECT DISTINCT kind FROM contact)
)
SELECT pr.person_id AS unit_id, c.contact_id, c.source_id, k.code::SMALLINT AS kind, c.has_length,
       (c.starts::DATE - DATE '1970-01-01')::INTEGER AS first_day,
       coalesce((c.ends::DATE - DATE '1970-01-01')::INTEGER, 1000000) AS last_day,
       coalesce(c.age, -1)::SMALLINT AS age
FROM contact AS c
JOIN person_record AS pr USING (record_id)
JOIN kinds AS k USING (kind)
ORDER BY pr.person_id, c.starts::DATE, c.contact_id
