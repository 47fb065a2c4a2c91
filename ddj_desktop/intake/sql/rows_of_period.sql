-- reads: current_row, source_row, contact; $source, $first, $last (days)  gives: the standing rows whose contacts start in a period
SELECT current_row.row_key, current_row.row_id, source_row.group_id, source_row.import_id
FROM current_row
JOIN source_row USING (row_id)
JOIN contact ON contact.contact_id = current_row.contact_id
WHERE current_row.source_id = $source
  AND contact.starts::DATE BETWEEN $first AND $last
