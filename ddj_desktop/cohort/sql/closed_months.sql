-- reads: closed_month  gives: the months that stand closed, the latest first
SELECT close_id, month, closed_at, closed_by, definition_id, as_of, base, left_known, notes, figures
FROM closed_month
WHERE reopened_at IS NULL
ORDER BY month DESC, close_id DESC
