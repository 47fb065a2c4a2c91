-- reads: current_row, source_row, contact; $source, $groups (text of a list)  gives: which of these events stand, each with its first day
SELECT source_row.group_id, min(contact.starts)::DATE AS starts_on
FROM current_row
JOIN source_row USING (row_id)
JOIN contact ON contact.contact_id = current_row.contact_id
WHERE current_row.source_id = $source
  AND source_row.group_id IN (SELECT unnest(CAST($groups AS BIGINT[])))
GROUP BY source_row.group_id
