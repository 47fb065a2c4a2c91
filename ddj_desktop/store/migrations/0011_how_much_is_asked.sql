-- Step 11: pairs that could be asked about stay beside those that are, so that a county can choose how much it wants
-- to be asked; and a second person's look at what the first one decided.

CREATE TABLE kept_pair (
    left_record BIGINT NOT NULL, right_record BIGINT NOT NULL, weight DOUBLE NOT NULL,  -- bits
    probability DOUBLE NOT NULL, band VARCHAR NOT NULL,    -- same review apart
    evidence VARCHAR NOT NULL,              -- JSON list of {field, level, weight}; empty where nobody is ever asked
    askable BOOLEAN NOT NULL,               -- is asked about at some place of the slider
    in_lot BOOLEAN NOT NULL                 -- one of the pairs left apart the blind sample draws from
);
INSERT INTO kept_pair SELECT *, band = 'review', band = 'apart' FROM match_pair;
DROP TABLE match_pair;
ALTER TABLE kept_pair RENAME TO match_pair;

CREATE TABLE second_look (                  -- a second person's answer, given without seeing the first one's
    decision_id BIGINT PRIMARY KEY, left_record BIGINT NOT NULL, right_record BIGINT NOT NULL,
    verdict VARCHAR NOT NULL,               -- same different not_sure
    looked_by VARCHAR NOT NULL, looked_at TIMESTAMP NOT NULL,
    settled_by VARCHAR, settled_at TIMESTAMP            -- where the two differed and the first answer was kept
);
