-- reads: person_record; $sure, $far  changes: match_pair
-- gives: nothing; asks about what this place of the slider asks about, and no more
UPDATE match_pair
SET band = CASE
    WHEN askable AND weight < $sure::DOUBLE AND together THEN 'review'
    WHEN askable AND weight >= $far::DOUBLE AND NOT together THEN 'review'
    WHEN together THEN 'same'
    ELSE 'apart' END
FROM (
    SELECT p.left_record AS a, p.right_record AS b, l.person_id = r.person_id AS together
    FROM match_pair AS p
    JOIN person_record AS l ON l.record_id = p.left_record
    JOIN person_record AS r ON r.record_id = p.right_record
    WHERE p.askable
) AS found
WHERE left_record = found.a AND right_record = found.b AND askable
