-- reads: person_contact  gives: contacts of people on the list by kind of source and month, the people behind them, and
-- the two people with the most
WITH member AS (SELECT DISTINCT unnest($members::BIGINT[]) AS person_id),
each_person AS (
    SELECT source_kind AS kind, date_trunc('month', starts)::DATE AS month, person_id, count(*) AS n
    FROM person_contact JOIN member USING (person_id)
    WHERE starts::DATE BETWEEN $first::DATE AND $last::DATE
    GROUP BY source_kind, date_trunc('month', starts)::DATE, person_id
)
SELECT kind, month, sum(n)::BIGINT AS of_list, count(*) AS people, list(n ORDER BY n DESC)[:2] AS top
FROM each_person
GROUP BY kind, month
ORDER BY kind, month
