-- reads: match_pair, person_record, link_decision, match_run; $seed, $month, $joined, $apart
-- gives: a month's sample in an order that tells nothing: pairs, whether the program joined them, and of how many
WITH open_pair AS (
    SELECT p.left_record, p.right_record, l.person_id = r.person_id AS joined,
           md5(concat_ws('|', $seed::VARCHAR, $month::VARCHAR, p.left_record, p.right_record)) AS lot
    FROM match_pair AS p
    JOIN person_record AS l ON l.record_id = p.left_record
    JOIN person_record AS r ON r.record_id = p.right_record
    WHERE ((p.in_lot AND p.band = 'apart') OR l.person_id = r.person_id)
      AND NOT EXISTS (SELECT 1 FROM link_decision AS d
                      WHERE d.left_record = p.left_record AND d.right_record = p.right_record)
), drawn AS (
    SELECT *, CASE WHEN joined THEN count(*) OVER (PARTITION BY joined)
                   ELSE (SELECT coalesce(arg_max(pairs_apart, run_id), 0) FROM match_run) END AS drawn_from
    FROM open_pair
    QUALIFY row_number() OVER (PARTITION BY joined ORDER BY lot) <= CASE WHEN joined THEN $joined::INTEGER
                                                                         ELSE $apart::INTEGER END
)
SELECT left_record, right_record, joined, drawn_from
FROM drawn
ORDER BY md5(lot)
