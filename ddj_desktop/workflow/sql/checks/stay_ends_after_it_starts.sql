-- reads: contact      gives: contacts that end before they start
SELECT contact_id FROM contact WHERE ends < starts
