-- reads: nothing  gives: one line more in the register of releases of information
INSERT INTO consent (consent_id, record_id, recipients, purposes, data_classes, sources, covers_from, signed_on, expires,
                     expires_event, minor, representative, witness, form_version, elements, document_hash, kept_by,
                     kept_at)
VALUES ($number, $record, $recipients, $purposes, $data_classes, $sources, $covers_from, $signed_on, $expires,
        $expires_event, $minor, $representative, $witness, $form_version, $elements, $document_hash, $actor, $at)
