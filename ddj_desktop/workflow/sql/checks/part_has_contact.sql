-- reads: charge, contact_flag, contact      gives: charges and flags of contacts that are not there
SELECT contact_id FROM charge ANTI JOIN contact USING (contact_id)
UNION ALL
SELECT contact_id FROM contact_flag ANTI JOIN contact USING (contact_id)
