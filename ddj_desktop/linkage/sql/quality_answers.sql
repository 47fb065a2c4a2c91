-- reads: quality_pair; $first, $last (YYYY-MM)  gives: for each lot how many were drawn and how they were answered
SELECT joined, count(*) AS drawn,
       count(*) FILTER (WHERE verdict = CASE WHEN joined THEN 'same' ELSE 'different' END) AS agreed,
       count(*) FILTER (WHERE verdict = CASE WHEN joined THEN 'different' ELSE 'same' END) AS wrong,
       count(*) FILTER (WHERE verdict = 'not_sure') AS not_sure,
       arg_max(drawn_from, month) AS drawn_from
FROM quality_pair
WHERE month BETWEEN $first::VARCHAR AND $last::VARCHAR
GROUP BY joined
