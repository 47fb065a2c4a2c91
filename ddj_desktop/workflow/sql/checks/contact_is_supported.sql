-- reads: contact, current_row      gives: contacts that rest on no current row
SELECT c.contact_id FROM contact AS c ANTI JOIN current_row AS w USING (contact_id)
