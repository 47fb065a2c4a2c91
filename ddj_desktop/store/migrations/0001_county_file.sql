-- The county file at its first step. No foreign keys and no indexes: both have defects in the pinned engine;
-- `check` looks after what they would. Times are UTC. Once released, a step is never edited; a new one is added.

CREATE TABLE county (
    name VARCHAR NOT NULL, state VARCHAR NOT NULL, population INTEGER, file_id VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL, created_by VARCHAR NOT NULL
);
CREATE TABLE setting (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE audit (
    seq BIGINT PRIMARY KEY, done_at TIMESTAMP NOT NULL, actor VARCHAR NOT NULL, event VARCHAR NOT NULL,
    facts VARCHAR NOT NULL, hash VARCHAR NOT NULL, mac VARCHAR NOT NULL
);

-- registers -------------------------------------------------------------------------------------------------
CREATE TABLE source (                       -- a system of an agency
    source_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL UNIQUE,
    kind VARCHAR NOT NULL,                  -- jail arrest dispatch co_responder ems hospital shelter treatment court probation
    agency VARCHAR, legal_class VARCHAR NOT NULL,  -- justice hipaa part2 hmis other
    created_at TIMESTAMP NOT NULL
);
CREATE TABLE layout_profile (               -- how one source lays out its files, learned at an import
    source_id INTEGER NOT NULL, signature VARCHAR NOT NULL, mapping VARCHAR NOT NULL,  -- JSON
    used INTEGER NOT NULL, last_used TIMESTAMP NOT NULL, PRIMARY KEY (source_id, signature)
);
CREATE TABLE partner (
    partner_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL UNIQUE, agency VARCHAR, contact VARCHAR,
    active BOOLEAN NOT NULL
);
CREATE TABLE agreement (
    agreement_id INTEGER PRIMARY KEY, partner_id INTEGER NOT NULL, title VARCHAR NOT NULL,
    level VARCHAR NOT NULL,                 -- table extract identified
    purpose VARCHAR NOT NULL, sources VARCHAR NOT NULL,  -- JSON list of source kinds covered
    starts DATE NOT NULL, ends DATE NOT NULL, signed_on DATE, document_hash VARCHAR,
    signatory VARCHAR, privacy_officer VARCHAR
);
CREATE TABLE unit_cost (
    source_kind VARCHAR NOT NULL, unit VARCHAR NOT NULL,   -- contact day
    dollars DECIMAL(12, 2) NOT NULL, year INTEGER NOT NULL, payer VARCHAR, stated_by VARCHAR,
    PRIMARY KEY (source_kind, unit, year)
);

-- intake ----------------------------------------------------------------------------------------------------
CREATE TABLE import (                       -- one file taken in
    import_id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL, file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL, bytes BIGINT NOT NULL, format VARCHAR NOT NULL, mapping VARCHAR NOT NULL,  -- JSON
    imported_at TIMESTAMP NOT NULL, imported_by VARCHAR NOT NULL,
    rows INTEGER NOT NULL, new INTEGER NOT NULL, changed INTEGER NOT NULL, already_here INTEGER NOT NULL,
    set_aside INTEGER NOT NULL, not_data INTEGER NOT NULL,
    first_day DATE, last_day DATE,          -- days its contacts start on
    removed_at TIMESTAMP, removed_by VARCHAR
);
CREATE TABLE row_text (                     -- the words of a row, once each
    text_id BIGINT NOT NULL, cells VARCHAR NOT NULL        -- JSON list, each cell as the text the file held
);
CREATE TABLE source_row (                   -- every row of every import
    row_id BIGINT NOT NULL, import_id INTEGER NOT NULL, sheet VARCHAR NOT NULL,
    row_number INTEGER NOT NULL,            -- the line number a spreadsheet program shows
    status VARCHAR NOT NULL,                -- new changed already_here set_aside not_data
    reason VARCHAR,                         -- why set aside or not data
    text_id BIGINT NOT NULL,
    row_key BIGINT,                         -- which thing of the source the row is about; null unless data
    group_id BIGINT,                        -- the event (booking, incident, stay) the row belongs to
    who_id BIGINT,                          -- the source's own person id, where the row gives one
    content_id BIGINT,                      -- what the columns taken in say; the same for a row that did not change
    lead_row_id BIGINT                      -- the first line of its group, which fills its blank cells
);
CREATE TABLE current_row (                  -- the row that stands for each row_key now, and what it became
    source_id INTEGER NOT NULL, row_key BIGINT NOT NULL, row_id BIGINT NOT NULL,
    contact_id BIGINT, record_id BIGINT
);
CREATE TABLE record (                       -- a mention of a person in a source
    record_id BIGINT PRIMARY KEY, source_id INTEGER NOT NULL, record_key VARCHAR,
    full_name VARCHAR, first_name VARCHAR, middle_name VARCHAR, last_name VARCHAR, suffix VARCHAR,
    birth_date DATE, birth_year_low INTEGER, birth_year_high INTEGER,   -- an interval where only an age is known
    sex VARCHAR, ssn VARCHAR,               -- sex M F X; ssn nine digits or the last four
    address VARCHAR, city VARCHAR, state VARCHAR, zip VARCHAR, phone VARCHAR,
    race VARCHAR, ethnicity VARCHAR,        -- the source's own codes
    alias VARCHAR                           -- other names the source gives, parted by semicolons
);
CREATE TABLE contact (
    contact_id BIGINT PRIMARY KEY, source_id INTEGER NOT NULL, contact_key VARCHAR,
    kind VARCHAR NOT NULL,                  -- booking protective_custody federal_hold weekender arrest citation call run visit stay ...
    starts TIMESTAMP NOT NULL, ends TIMESTAMP,             -- ends null: still open, or an event without length
    has_length BOOLEAN NOT NULL,            -- a stay counts days; a call does not
    record_id BIGINT,                       -- null where the source names nobody
    address VARCHAR,                        -- where it happened
    age INTEGER,                            -- at the contact, where the source says it
    attributes VARCHAR NOT NULL             -- JSON: disposition, agency, nature, release_type ...
);
CREATE TABLE contact_flag (                 -- yes or no; unknown is not written
    contact_id BIGINT NOT NULL, name VARCHAR NOT NULL,     -- homeless mental_health substance_use veteran ...
    value VARCHAR NOT NULL
);
CREATE TABLE charge (
    contact_id BIGINT NOT NULL, ordinal INTEGER NOT NULL, description VARCHAR, code VARCHAR, severity VARCHAR,
    charge_group VARCHAR NOT NULL
);

-- linkage ---------------------------------------------------------------------------------------------------
CREATE TABLE match_run (
    run_id INTEGER PRIMARY KEY, run_at TIMESTAMP NOT NULL, actor VARCHAR NOT NULL, records INTEGER NOT NULL,
    people INTEGER NOT NULL, pairs_compared BIGINT NOT NULL, pairs_to_review INTEGER NOT NULL,
    changed_people INTEGER NOT NULL, seconds DOUBLE NOT NULL, model VARCHAR NOT NULL      -- JSON: m, u, prior
);
CREATE TABLE person (
    person_id BIGINT PRIMARY KEY, person_key VARCHAR NOT NULL, made_in_run INTEGER NOT NULL,
    merged_into BIGINT                      -- set when a later run found two to be one; the older stays
);
CREATE TABLE person_record (record_id BIGINT PRIMARY KEY, person_id BIGINT NOT NULL);
CREATE TABLE person_history (
    run_id INTEGER NOT NULL, record_id BIGINT NOT NULL, from_person BIGINT, to_person BIGINT,
    cause VARCHAR NOT NULL                  -- new returned merge split moved removed
);
CREATE TABLE match_pair (                   -- pairs that hold a person together, and pairs to look at
    left_record BIGINT NOT NULL, right_record BIGINT NOT NULL, weight DOUBLE NOT NULL,  -- bits
    probability DOUBLE NOT NULL, band VARCHAR NOT NULL,    -- same review
    evidence VARCHAR NOT NULL               -- JSON list of {field, level, weight}
);
CREATE TABLE link_decision (                -- added to, never changed; the last one of a pair stands
    decision_id BIGINT PRIMARY KEY, left_record BIGINT NOT NULL, right_record BIGINT NOT NULL,
    verdict VARCHAR NOT NULL,               -- same different not_sure withdrawn
    decided_by VARCHAR NOT NULL, decided_at TIMESTAMP NOT NULL, note VARCHAR
);

-- cohort ----------------------------------------------------------------------------------------------------
CREATE TABLE definition (
    definition_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, version INTEGER NOT NULL,
    state VARCHAR NOT NULL,                 -- draft proposed agreed retired
    rule VARCHAR NOT NULL,                  -- TOML
    sentence VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL, created_by VARCHAR NOT NULL,
    agreed_at TIMESTAMP, agreed_on DATE, agreed_by VARCHAR
);

-- what left the building ------------------------------------------------------------------------------------
CREATE TABLE release (
    release_id INTEGER PRIMARY KEY, released_at TIMESTAMP NOT NULL, actor VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,                  -- packet table extract list crosswalk
    recipient VARCHAR NOT NULL, level VARCHAR NOT NULL, month VARCHAR, definition_id INTEGER, reason VARCHAR,
    files VARCHAR NOT NULL,                 -- JSON list of {name, sha256}
    figures VARCHAR NOT NULL                -- JSON: the protected tables as printed
);

CREATE VIEW standing_decision AS
SELECT left_record, right_record, verdict, decided_by, decided_at, note, decision_id
FROM link_decision
QUALIFY row_number() OVER (PARTITION BY left_record, right_record ORDER BY decision_id DESC) = 1;

-- One line a contact of a known person. A contact whose record no match has placed yet has no person here.
CREATE VIEW person_contact AS
SELECT c.contact_id, c.source_id, s.name AS source, s.kind AS source_kind, c.contact_key, c.kind, c.starts, c.ends,
       c.has_length, c.record_id, pr.person_id, c.address, c.age
FROM contact AS c
JOIN source AS s USING (source_id)
JOIN person_record AS pr USING (record_id);

-- The days each stay adds to what its person's earlier stays in the same kind of source already covered: stretches
-- of days, both ends included, that never overlap, so that sums of them count no day of a person twice. A stay whose
-- earlier ones cover it adds none (first_day after last_day). An open stay runs to the end of time; readers clip it.
CREATE VIEW stay_days AS
WITH stay AS (
    SELECT c.contact_id, c.source_id, s.kind AS source_kind, pr.person_id,
           c.starts::DATE AS starts_on, greatest(coalesce(c.ends::DATE, DATE '9999-12-31'), c.starts::DATE) AS ends_on
    FROM contact AS c
    JOIN source AS s USING (source_id)
    LEFT JOIN person_record AS pr USING (record_id)
    WHERE c.has_length
)
SELECT contact_id, source_id, source_kind, person_id, starts_on, ends_on,
       greatest(starts_on, coalesce(max(ends_on) OVER before, DATE '1000-01-01') + 1) AS first_day,
       ends_on AS last_day
FROM stay
WINDOW before AS (
    PARTITION BY source_kind, coalesce(person_id, -contact_id) ORDER BY starts_on, ends_on, contact_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
);
