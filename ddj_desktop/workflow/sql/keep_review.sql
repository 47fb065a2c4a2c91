-- reads: break_glass  gives: nothing; keeps what the review of an emergency release found, and who made it
UPDATE break_glass
SET reviewed_by = $by, reviewer_id = $reviewer, reviewed_at = $at, finding = $finding
WHERE break_id = $id
