-- reads: contact, record      gives: contacts that name a record which is not there
SELECT c.contact_id FROM contact AS c ANTI JOIN record AS m USING (record_id) WHERE c.record_id IS NOT NULL
