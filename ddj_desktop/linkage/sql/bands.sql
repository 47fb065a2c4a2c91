-- reads: match_pair, person_record, standing_decision; $sure, $far
-- gives: for one place of the slider: links accepted unasked, questions, pairs left apart unasked, and the mistakes to be
-- expected in the first and in the last
WITH open_pair AS (
    SELECT p.weight, p.probability, p.askable, l.person_id = r.person_id AS together,
           p.askable AND CASE WHEN l.person_id = r.person_id THEN p.weight < $sure::DOUBLE
                              ELSE p.weight >= $far::DOUBLE END AS asked
    FROM match_pair AS p
    JOIN person_record AS l ON l.record_id = p.left_record
    JOIN person_record AS r ON r.record_id = p.right_record
    WHERE NOT EXISTS (
        SELECT 1 FROM standing_decision AS d
        WHERE d.left_record = p.left_record AND d.right_record = p.right_record AND d.verdict IN ('same', 'different'))
)
SELECT count(*) FILTER (WHERE together AND NOT asked) AS accepted,
       count(*) FILTER (WHERE asked) AS asked,
       count(*) FILTER (WHERE askable AND NOT together AND NOT asked) AS apart,
       coalesce(sum(1 - probability) FILTER (WHERE together AND NOT asked), 0) AS wrong,
       coalesce(sum(probability) FILTER (WHERE askable AND NOT together AND NOT asked), 0) AS missed
FROM open_pair
