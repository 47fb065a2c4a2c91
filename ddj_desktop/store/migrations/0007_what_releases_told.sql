-- What each release told its readers, number by number, with the truth of the time: the next release is held against it.
CREATE TABLE release_told (
    release_id INTEGER PRIMARY KEY,
    told VARCHAR NOT NULL                   -- JSON: disclosure/held.py
);
