-- Step 17: whose rows with names went out in which release, so that an erasure can say who received them.

CREATE TABLE release_person (
    release_id INTEGER NOT NULL,
    person_id BIGINT NOT NULL,
    PRIMARY KEY (release_id, person_id)
);
