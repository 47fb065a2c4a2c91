-- reads: record, person_record  gives: one line a person: the birth date most of their records give (of equally
-- frequent ones the later, so that nobody is taken for older than shown), and the latest birth year otherwise possible
WITH said AS (
    SELECT pr.person_id, r.birth_date, count(*) AS times
    FROM person_record AS pr JOIN record AS r USING (record_id)
    WHERE r.birth_date IS NOT NULL
    GROUP BY pr.person_id, r.birth_date
), best AS (
    SELECT person_id, birth_date FROM said
    QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY times DESC, birth_date DESC) = 1
), years AS (
    SELECT pr.person_id, max(r.birth_year_high) AS birth_year_high
    FROM person_record AS pr JOIN record AS r USING (record_id)
    GROUP BY pr.person_id
)
SELECT years.person_id, (best.birth_date - DATE '1970-01-01')::INTEGER AS born, years.birth_year_high
FROM years LEFT JOIN best USING (person_id)
ORDER BY years.person_id
