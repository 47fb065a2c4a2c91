-- reads: contact, source  gives: one line a contact that says where it happened, whoever it was about
WITH kinds AS (
    SELECT kind, row_number() OVER (ORDER BY kind) - 1 AS code FROM (SELECT DISTINCT kind FROM contact)
)
SELECT c.address, c.contact_id, c.source_id, k.code::SMALLINT AS kind, c.has_length, s.kind AS source_kind,
       (c.starts::DATE - DATE '1970-01-01')::INTEGER AS first_day,
       coalesce((c.ends::DATE - DATE '1970-01-01')::INTEGER, 1000000) AS last_day
FROM contact AS c
JOIN source AS s USING (source_id)
JOIN kinds AS k ON k.kind = c.kind
WHERE trim(coalesce(c.address, '')) <> ''
ORDER BY c.contact_id
