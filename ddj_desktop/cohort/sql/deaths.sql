-- reads: contact, contact_flag, source  gives: the contacts at which a source calls somebody dead, by a flag or by how the contact
-- ended, with the day it was known. 'Expired' counts in a hospital only: in a jail a sentence expires.
-- The whole text is looked at first: few contacts say any of the words, and taking the JSON of all apart is slow.
SELECT c.contact_id, (greatest(coalesce(c.ends, c.starts), c.starts)::DATE - DATE '1970-01-01')::INTEGER AS day
FROM contact AS c JOIN source AS s USING (source_id)
WHERE (
        regexp_matches(c.attributes, '(?i)deceased|died|death|expired|morgue|doa')
        AND CASE
                WHEN s.kind = 'hospital' THEN regexp_matches(
                    concat_ws(' ', c.attributes ->> '$.release_type', c.attributes ->> '$.disposition'),
                    '(?i)\b(deceased|died|death|expired|morgue|doa)\b')
                ELSE regexp_matches(
                    concat_ws(' ', c.attributes ->> '$.release_type', c.attributes ->> '$.disposition'),
                    '(?i)\b(deceased|died|morgue|doa|death of (inmate|patient|subject|client))\b')
            END
      )
   OR EXISTS (SELECT 1 FROM contact_flag AS f WHERE f.contact_id = c.contact_id AND f.name = 'deceased' AND f.value = 'yes')
ORDER BY c.contact_id
