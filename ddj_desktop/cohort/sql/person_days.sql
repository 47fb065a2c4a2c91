-- reads: person_contact  gives: one line an unbroken stretch of days of a person in stays of one source kind, clipped to
-- $first to $last: person_id, source_kind, first_day, last_day, days, open. The rule of a day is that of cohort.counts:
-- every calendar day touched, both ends included; a stay without an end or with a later one lasts to $as_of and is open;
-- days that overlap or touch count once. Stays of the kinds in $exclude (a list) are left out.
WITH stay AS (
    SELECT person_id, source_kind, greatest(starts::DATE, $first::DATE) AS first_day,
           least(greatest(coalesce(ends::DATE, $as_of::DATE), starts::DATE), $as_of::DATE, $last::DATE) AS last_day,
           coalesce(ends::DATE > $as_of::DATE, true) AS open
    FROM person_contact
    WHERE has_length AND starts::DATE <= $as_of::DATE AND NOT list_contains($exclude::VARCHAR[], kind)
), inside AS (
    SELECT *, max(last_day) OVER (
        PARTITION BY person_id, source_kind ORDER BY first_day, last_day
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reached
    FROM stay WHERE first_day <= last_day
), stretch AS (
    SELECT *, sum(CASE WHEN first_day <= reached + 1 THEN 0 ELSE 1 END) OVER (
        PARTITION BY person_id, source_kind ORDER BY first_day, last_day ROWS UNBOUNDED PRECEDING
    ) AS number
    FROM inside
)
SELECT person_id, source_kind, min(first_day) AS first_day, max(last_day) AS last_day,
       (max(last_day) - min(first_day) + 1)::INTEGER AS days, bool_or(open) AS open
FROM stretch
GROUP BY person_id, source_kind, number
ORDER BY person_id, source_kind, first_day
