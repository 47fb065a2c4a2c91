-- reads: person_record, match_pair, standing_decision  gives: records matched, people they make, possible matches nobody
-- has decided
SELECT (SELECT count(*) FROM person_record) AS records,
       (SELECT count(DISTINCT person_id) FROM person_record) AS people,
       (SELECT count(*) FROM match_pair AS p
        WHERE p.band = 'review' AND NOT EXISTS (
            SELECT 1 FROM standing_decision AS d
            WHERE d.left_record = p.left_record AND d.right_record = p.right_record
              AND d.verdict IN ('same', 'different'))) AS pairs
