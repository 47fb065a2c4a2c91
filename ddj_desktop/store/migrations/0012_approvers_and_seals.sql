-- Step 12: who may approve what another asked for, and the seals of the log, whose keys change with every line.

CREATE TABLE approver (                     -- somebody who may say yes to what another asked for
    approver_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL,
    login VARCHAR,                          -- their log-in on this computer, where they have one
    verifier VARCHAR NOT NULL,              -- Argon2id of their own phrase
    enrolled_at TIMESTAMP NOT NULL, enrolled_by VARCHAR NOT NULL,
    vouched_by VARCHAR NOT NULL,            -- what let them in: the recovery sheet, or another approver
    ended_at TIMESTAMP
);
ALTER TABLE share_request ADD COLUMN approver_id INTEGER;   -- null: nobody with a phrase of their own
ALTER TABLE break_glass ADD COLUMN reviewer_id INTEGER;

CREATE TABLE seal (                         -- the log's seals; the key changes one way with every line
    seal INTEGER PRIMARY KEY, first_seq BIGINT NOT NULL, begun_at TIMESTAMP NOT NULL,
    next_key VARCHAR                        -- of the line that comes next; null once another seal was begun
);

CREATE TABLE code_question (                -- a partner asked whose code of an extract this is: two persons, one answer
    question_id INTEGER PRIMARY KEY, release_id INTEGER NOT NULL, person_id BIGINT, reason VARCHAR NOT NULL,
    asked_by VARCHAR NOT NULL, approver_id INTEGER NOT NULL, answered_at TIMESTAMP NOT NULL
);
