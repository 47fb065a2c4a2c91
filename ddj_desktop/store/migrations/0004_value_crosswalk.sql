-- What a source means by its own codes. A code is read by its own source's lines only: the same letter means
-- different things in different systems.

CREATE TABLE value_crosswalk (
    source_id INTEGER NOT NULL,
    field VARCHAR NOT NULL,                 -- race ethnicity sex charge kind_code nature disposition living_situation
    code VARCHAR NOT NULL,                  -- capitals, single spaces
    meaning VARCHAR NOT NULL,               -- a name of registers/crosswalks; several of race, parted by semicolons
    decided_by VARCHAR NOT NULL, decided_at TIMESTAMP NOT NULL,
    PRIMARY KEY (source_id, field, code)
);
