-- reads: stay_days  gives: days of known people in one kind of source by month, of those on the list and of everyone
-- else, the people behind them, and the two people with the most
WITH member AS (SELECT DISTINCT unnest($members::BIGINT[]) AS person_id),
month AS (
    SELECT unnest(generate_series($first::DATE, $last::DATE, INTERVAL 1 MONTH))::DATE AS month
),
each_person AS (
    SELECT m.month, s.person_id,
           sum(least(s.last_day, last_day(m.month)) - greatest(s.first_day, m.month) + 1) AS n
    FROM stay_days AS s
    JOIN month AS m ON s.first_day <= last_day(m.month) AND s.last_day >= m.month
    WHERE s.source_kind = $kind AND s.first_day <= s.last_day AND s.person_id IS NOT NULL
    GROUP BY m.month, s.person_id
)
SELECT e.month, m.person_id IS NOT NULL AS on_list, sum(e.n)::BIGINT AS days, count(*) AS people,
       list(e.n ORDER BY e.n DESC)[:2] AS top
FROM each_person AS e LEFT JOIN member AS m USING (person_id)
GROUP BY e.month, m.person_id IS NOT NULL
ORDER BY e.month, on_list
