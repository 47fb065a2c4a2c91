-- reads: match_pair, record, source, standing_decision  gives: pairs to look at with both records, most doubtful first
SELECT
    p.left_record, p.right_record, p.weight, p.probability, p.evidence, coalesce(d.verdict, '') AS verdict,
    l.full_name AS l_full_name, l.first_name AS l_first_name, l.middle_name AS l_middle_name,
    l.last_name AS l_last_name, l.suffix AS l_suffix, l.birth_date AS l_birth_date,
    l.birth_year_low AS l_birth_year_low, l.birth_year_high AS l_birth_year_high, l.sex AS l_sex, l.ssn AS l_ssn,
    l.address AS l_address, l.city AS l_city, l.phone AS l_phone, l.record_key AS l_record_key, ls.name AS l_source,
    r.full_name AS r_full_name, r.first_name AS r_first_name, r.middle_name AS r_middle_name,
    r.last_name AS r_last_name, r.suffix AS r_suffix, r.birth_date AS r_birth_date,
    r.birth_year_low AS r_birth_year_low, r.birth_year_high AS r_birth_year_high, r.sex AS r_sex, r.ssn AS r_ssn,
    r.address AS r_address, r.city AS r_city, r.phone AS r_phone, r.record_key AS r_record_key, rs.name AS r_source
FROM match_pair AS p
JOIN record AS l ON l.record_id = p.left_record
JOIN record AS r ON r.record_id = p.right_record
JOIN source AS ls ON ls.source_id = l.source_id
JOIN source AS rs ON rs.source_id = r.source_id
LEFT JOIN standing_decision AS d ON d.left_record = p.left_record AND d.right_record = p.right_record
WHERE p.band = 'review' AND coalesce(d.verdict, 'withdrawn') IN ('withdrawn', 'not_sure')
ORDER BY coalesce(d.verdict, '') = 'not_sure', abs(p.weight), p.left_record, p.right_record
