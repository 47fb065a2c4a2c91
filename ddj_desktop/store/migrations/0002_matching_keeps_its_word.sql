-- Decisions that outlive the record they were made on, batches, every merge and split with its cause, the blind
-- sample, and what matching learned. Digests below are md5 of what a record says; they compare and tell nothing.

ALTER TABLE link_decision ADD COLUMN batch_id INTEGER;
ALTER TABLE link_decision ADD COLUMN carried_from BIGINT;   -- the decision it repeats for a record that took another's place
ALTER TABLE match_run ADD COLUMN last_decision BIGINT;      -- the last decision the run knew
ALTER TABLE match_run ADD COLUMN training_id INTEGER;       -- what it weighed by
ALTER TABLE match_run ADD COLUMN pairs_apart BIGINT;        -- records whose nearest stranger was left apart

CREATE TABLE decision_batch (               -- decisions made as one: a named pattern, an undo
    batch_id INTEGER PRIMARY KEY, pattern VARCHAR NOT NULL, pairs INTEGER NOT NULL,
    made_by VARCHAR NOT NULL, made_at TIMESTAMP NOT NULL,
    withdrawn_by VARCHAR, withdrawn_at TIMESTAMP
);
CREATE VIEW record_mark AS
SELECT record_id, source_id,
       md5(record_key) AS key_mark,
       md5(coalesce(nullif(concat_ws('|', upper(last_name), upper(first_name), upper(suffix)), ''), upper(full_name)))
           AS name_mark,
       md5(birth_date::VARCHAR) AS birth_mark
FROM record;
CREATE TABLE decided_record (               -- what a record was when a decision was made on it
    record_id BIGINT NOT NULL, source_id INTEGER NOT NULL,
    key_mark VARCHAR, name_mark VARCHAR, birth_mark VARCHAR
);
INSERT INTO decided_record
SELECT record_id, source_id, key_mark, name_mark, birth_mark
FROM record_mark
WHERE record_id IN (SELECT left_record FROM link_decision UNION SELECT right_record FROM link_decision);

CREATE TABLE record_row (                   -- the record each row of a source made when people were last matched
    row_key BIGINT NOT NULL, record_id BIGINT NOT NULL
);
INSERT INTO record_row SELECT row_key, record_id FROM current_row WHERE record_id IS NOT NULL;

CREATE TABLE person_change (                -- every merge and split; what went from whom to whom, and why
    change_id BIGINT PRIMARY KEY, run_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,                  -- merge split moved
    from_person BIGINT NOT NULL, to_person BIGINT NOT NULL, records INTEGER NOT NULL,
    cause VARCHAR NOT NULL,                 -- decision new_records gone_records training evidence
    decision_id BIGINT,
    left_record BIGINT, right_record BIGINT, evidence VARCHAR,  -- the pair that speaks loudest for the change
    undone_at TIMESTAMP, undone_by VARCHAR
);
CREATE TABLE training (                     -- what matching learned, each time somebody asked it to
    training_id INTEGER PRIMARY KEY, made_at TIMESTAMP NOT NULL, made_by VARCHAR NOT NULL,
    model VARCHAR NOT NULL, report VARCHAR NOT NULL             -- JSON
);
CREATE TABLE checked_person (               -- "check these people": somebody looked, and all is well
    person_id BIGINT NOT NULL, flag VARCHAR NOT NULL, size INTEGER NOT NULL,
    checked_by VARCHAR NOT NULL, checked_at TIMESTAMP NOT NULL
);
CREATE TABLE quality_pair (                 -- the blind sample of a month
    month VARCHAR NOT NULL, place INTEGER NOT NULL, left_record BIGINT NOT NULL, right_record BIGINT NOT NULL,
    joined BOOLEAN NOT NULL,                -- what the program said; not shown before the answer
    drawn_from INTEGER NOT NULL,            -- how many pairs it was drawn from
    verdict VARCHAR, answered_by VARCHAR, answered_at TIMESTAMP
);
