-- reads: quality_pair; $month  gives: the month's sample, without what the program said of it
SELECT place, left_record, right_record, 0.0 AS weight, 0.5 AS probability, '[]' AS evidence, false AS not_sure,
       coalesce(verdict, '') AS verdict
FROM quality_pair
WHERE month = $month
ORDER BY place
