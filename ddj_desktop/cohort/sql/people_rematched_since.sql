-- reads: person_history, match_run  gives: the people whose records a match joined, parted or moved since a moment
SELECT h.from_person, h.to_person
FROM person_history AS h JOIN match_run AS r USING (run_id)
WHERE r.run_at > $since::TIMESTAMP AND h.cause NOT IN ('new', 'returned', 'corrected')
