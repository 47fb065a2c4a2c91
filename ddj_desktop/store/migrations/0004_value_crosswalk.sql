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

CREATE TABLE code_seen (                    -- the codes of an import's coded columns
    import_id INTEGER NOT NULL, field VARCHAR NOT NULL, code VARCHAR NOT NULL, rows INTEGER NOT NULL
);

-- Rows that stood until an import that replaced everything of its period; they come back when it is removed.
CREATE TABLE replaced_row (import_id INTEGER NOT NULL, row_key BIGINT NOT NULL, row_id BIGINT NOT NULL);
