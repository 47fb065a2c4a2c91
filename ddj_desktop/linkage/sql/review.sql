-- reads: match_pair, standing_decision  gives: pairs to look at, most doubtful first; those somebody was not sure of last
SELECT p.left_record, p.right_record, p.weight, p.probability, p.evidence, coalesce(d.verdict, '') = 'not_sure' AS not_sure
FROM match_pair AS p
LEFT JOIN standing_decision AS d ON d.left_record = p.left_record AND d.right_record = p.right_record
WHERE p.band = 'review' AND coalesce(d.verdict, 'withdrawn') IN ('withdrawn', 'not_sure')
ORDER BY coalesce(d.verdict, '') = 'not_sure', abs(p.weight), p.left_record, p.right_record
