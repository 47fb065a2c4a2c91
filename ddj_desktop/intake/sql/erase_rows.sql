-- reads: source_row; $rows (text of a list), $reason, $empty  gives: these lines without words and without any key
UPDATE source_row
SET status = 'set_aside', reason = $reason, text_id = $empty, row_key = NULL, group_id = NULL, who_id = NULL,
    content_id = NULL, lead_row_id = NULL
WHERE list_contains(CAST($rows AS BIGINT[]), row_id)
