-- reads: consent, person_record  gives: every release of information with the person its mention belongs to now
SELECT c.consent_id, c.record_id, pr.person_id, c.recipients, c.purposes, c.data_classes, c.sources, c.expires,
       c.signed_on, c.elements, c.covers_from, c.expires_event, c.minor, c.representative, c.witness, c.document_hash,
       c.form_version, c.kept_by, c.revoked_on, c.revoked_how
FROM consent AS c
LEFT JOIN person_record AS pr USING (record_id)
ORDER BY c.consent_id DESC
