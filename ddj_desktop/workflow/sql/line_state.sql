-- reads: import, source, record, person_record, match_run, match_pair, standing_decision, audit, release, contact
-- gives: one line that says how far the county is
SELECT (SELECT count(*) FROM import WHERE removed_at IS NULL) AS imports,
       (SELECT count(*) FROM source) AS sources,
       (SELECT coalesce(sum(new + changed), 0) FROM import WHERE removed_at IS NULL) AS rows,
       (SELECT count(*) FROM contact) AS contacts,
       (SELECT count(*) FROM record) AS records,
       (SELECT count(DISTINCT person_id) FROM person_record) AS people,
       (SELECT count(*) FROM record ANTI JOIN person_record USING (record_id)) AS records_not_matched,
       (SELECT max(run_at) FROM match_run) AS matched_at,
       (SELECT count(*) FROM match_pair AS p WHERE band = 'review' AND NOT EXISTS (
            SELECT 1 FROM standing_decision AS d
            WHERE d.left_record = p.left_record AND d.right_record = p.right_record AND d.verdict IN ('same', 'different')
        )) AS pairs_to_review,
       (SELECT max(done_at) FROM audit) AS last_saved,
       (SELECT max(released_at) FROM release WHERE kind = 'packet') AS last_packet_at,
       (SELECT arg_max(month, released_at) FROM release WHERE kind = 'packet') AS last_packet_month,
       (SELECT max(starts) FROM contact) AS last_contact
