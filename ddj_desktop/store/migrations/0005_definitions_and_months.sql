-- Who agreed on a definition, in which meeting; and months that were closed, with the list as it stood.
ALTER TABLE definition ADD COLUMN agencies VARCHAR;
ALTER TABLE definition ADD COLUMN meeting VARCHAR;
ALTER TABLE definition ADD COLUMN proposed_at TIMESTAMP;
ALTER TABLE definition ADD COLUMN retired_at TIMESTAMP;

CREATE TABLE closed_month (                 -- added to; the last one of a month that was not opened again stands
    close_id INTEGER PRIMARY KEY, month VARCHAR NOT NULL, closed_at TIMESTAMP NOT NULL, closed_by VARCHAR NOT NULL,
    definition_id INTEGER NOT NULL, as_of DATE NOT NULL,
    base INTEGER NOT NULL,                  -- people with any contact by then
    left_known BOOLEAN NOT NULL,            -- false where a source did not cover the month: who left could not be said
    notes VARCHAR NOT NULL,                 -- JSON list of sentences on what the data could not say
    figures VARCHAR NOT NULL,               -- JSON: the figures of the month
    reopened_at TIMESTAMP, reopened_by VARCHAR
);
CREATE TABLE closed_person (                -- on the list, or no longer on it, when the month was closed
    close_id INTEGER NOT NULL, person_id BIGINT NOT NULL,
    movement VARCHAR NOT NULL,              -- new continuing returned left not_seen
    tier VARCHAR NOT NULL, reason VARCHAR NOT NULL
);
