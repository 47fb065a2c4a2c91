-- reads: stay_days  gives: one line a stay of a known person begun up to the last day, in one of the kinds of source
-- given: the kind's place, and the first and last day it adds to earlier stays (days since 1970, clipped to the last
-- day; the last may lie before the first)
SELECT person_id, list_position($kinds::VARCHAR[], source_kind)::BIGINT - 1 AS kind,
       (first_day - DATE '1970-01-01')::BIGINT AS first,
       (least(last_day, $last::DATE) - DATE '1970-01-01')::BIGINT AS last
FROM stay_days
WHERE person_id IS NOT NULL AND starts_on <= $last::DATE AND list_contains($kinds::VARCHAR[], source_kind)
ORDER BY person_id
