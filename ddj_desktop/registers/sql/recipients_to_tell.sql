-- reads: consent_use, release  gives: releases that rested on any of these consents, oldest first
SELECT DISTINCT r.release_id, r.recipient, r.released_at
FROM consent_use AS u
JOIN release AS r USING (release_id)
WHERE list_contains($consents::INTEGER[], u.consent_id)
ORDER BY r.release_id
