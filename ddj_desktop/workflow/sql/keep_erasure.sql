-- reads: nothing  gives: one line more in the register of erasures
INSERT INTO erasure (erasure_id, done_at, actor, ground, authority, rows, contacts, records, consents, backups_removed,
                     recipients)
VALUES ($number, $at, $actor, $ground, $authority, $rows, $contacts, $records, $consents, $backups, $recipients)
