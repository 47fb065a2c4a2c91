-- reads: person_contact, stay_days  gives: for everyone with a contact or a day of one kind of source in the window: how
-- many of each, and in how many stays the days are
WITH contacts AS (
    SELECT person_id, count(*) AS contacts FROM person_contact
    WHERE source_kind = $kind AND starts::DATE BETWEEN $first::DATE AND $last::DATE
    GROUP BY person_id
),
days AS (
    SELECT person_id, sum(least(last_day, $last::DATE) - greatest(first_day, $first::DATE) + 1)::BIGINT AS days,
           count(*) AS stays
    FROM stay_days
    WHERE source_kind = $kind AND person_id IS NOT NULL
      AND first_day <= least(last_day, $last::DATE) AND last_day >= $first::DATE
    GROUP BY person_id
)
SELECT person_id, coalesce(contacts, 0)::BIGINT AS contacts, coalesce(days, 0)::BIGINT AS days, coalesce(stays, 0) AS stays
FROM contacts FULL JOIN days USING (person_id)
ORDER BY person_id
