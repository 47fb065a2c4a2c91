-- reads: release, release_person
-- gives: who received rows with the names of any of these numbers of a person, or rows without names, which may be theirs
SELECT DISTINCT recipient
FROM release
WHERE kind = 'extract'
   OR release_id IN (SELECT release_id FROM release_person WHERE list_contains($people::BIGINT[], person_id))
