-- reads: person_record, record, source  gives: one line a matched record
SELECT r.record_id, pr.person_id, s.name AS source, r.last_name, r.first_name, r.birth_date, r.sex
FROM person_record AS pr JOIN record AS r USING (record_id) JOIN source AS s USING (source_id)
ORDER BY pr.person_id, r.record_id
