-- reads: person_record, match_pair, standing_decision, quality_pair
-- gives: people, possible matches nobody has decided, pairs answered blind, and how many of these stand as answered
WITH answered AS (
    SELECT (l.person_id = r.person_id) = (q.verdict = 'same') AS agreed
    FROM quality_pair AS q
    JOIN person_record AS l ON l.record_id = q.left_record
    JOIN person_record AS r ON r.record_id = q.right_record
    WHERE q.verdict IN ('same', 'different')
)
SELECT (SELECT count(DISTINCT person_id) FROM person_record) AS people,
       (SELECT count(*) FROM match_pair AS p
        LEFT JOIN standing_decision AS d ON d.left_record = p.left_record AND d.right_record = p.right_record
        WHERE p.band = 'review' AND coalesce(d.verdict, 'withdrawn') IN ('withdrawn', 'not_sure')) AS review,
       (SELECT count(*) FROM answered) AS answers,
       (SELECT count(*) FROM answered WHERE agreed) AS agreed
