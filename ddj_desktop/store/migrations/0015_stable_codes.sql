-- Step 15: codes for people that stay the same within one agreement, where it says so, and what each file said of each.

ALTER TABLE agreement ADD COLUMN stable_months INTEGER;  -- months a person keeps one code; null: another in every file

CREATE TABLE stable_row (                   -- what a file with codes that stay said of one code; whose it is, only the
    release_id INTEGER NOT NULL,            -- person's random key can tell, and that goes with the person's data
    scope VARCHAR NOT NULL,                 -- agreement and period in which the code stays
    code VARCHAR NOT NULL,
    said VARCHAR NOT NULL,                  -- JSON: column to value, as written
    PRIMARY KEY (release_id, code)
);
