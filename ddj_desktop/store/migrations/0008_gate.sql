-- Step 8: what the gate looks at before rows about people leave, and what it leaves behind.

ALTER TABLE agreement ADD COLUMN columns VARCHAR;      -- JSON list of extract columns it covers; null: none
ALTER TABLE agreement ADD COLUMN bases VARCHAR;        -- JSON list of legal bases it names; null: none

CREATE TABLE onward (                       -- how far a source's agency lets its data go on to one partner
    source_id INTEGER NOT NULL, partner_id INTEGER NOT NULL, level VARCHAR NOT NULL,
    stated_by VARCHAR NOT NULL, stated_on DATE NOT NULL, PRIMARY KEY (source_id, partner_id)
);
CREATE TABLE legal_basis (                  -- bases of the shipped list that the privacy officer approved
    basis VARCHAR PRIMARY KEY, reference VARCHAR, approved_by VARCHAR NOT NULL, approved_on DATE NOT NULL,
    until DATE NOT NULL
);
CREATE TABLE consent (                      -- a person's signed release of information
    consent_id INTEGER PRIMARY KEY,
    record_id BIGINT NOT NULL,              -- a mention of the person; whoever it belongs to now has consented
    recipients VARCHAR NOT NULL,            -- JSON list of partner ids
    purposes VARCHAR NOT NULL, data_classes VARCHAR NOT NULL, sources VARCHAR NOT NULL,   -- JSON lists
    covers_from DATE, signed_on DATE, expires DATE NOT NULL, expires_event VARCHAR,
    minor BOOLEAN NOT NULL, representative VARCHAR, witness VARCHAR, form_version VARCHAR NOT NULL,
    elements VARCHAR NOT NULL,              -- JSON list of the elements the signed form holds
    document_hash VARCHAR, kept_by VARCHAR NOT NULL, kept_at TIMESTAMP NOT NULL,
    revoked_on DATE, revoked_how VARCHAR
);
CREATE TABLE consent_use (                  -- which release rested on which consents: who must be told of a revocation
    release_id INTEGER NOT NULL, consent_id INTEGER NOT NULL, PRIMARY KEY (release_id, consent_id)
);
CREATE TABLE share_request (                -- somebody asks; somebody else approves; a release uses it up
    request_id INTEGER PRIMARY KEY, fingerprint VARCHAR NOT NULL, partner_id INTEGER NOT NULL, level VARCHAR NOT NULL,
    month VARCHAR, reason VARCHAR NOT NULL, asked_by VARCHAR NOT NULL, asked_at TIMESTAMP NOT NULL,
    approved_by VARCHAR, approved_at TIMESTAMP, withdrawn_at TIMESTAMP, release_id INTEGER
);
CREATE TABLE break_glass (                  -- one person's data given in imminent danger, to be reviewed in 72 hours
    break_id INTEGER PRIMARY KEY, partner_id INTEGER NOT NULL, reason VARCHAR NOT NULL, actor VARCHAR NOT NULL,
    done_at TIMESTAMP NOT NULL, release_id INTEGER NOT NULL,
    reviewed_by VARCHAR, reviewed_at TIMESTAMP, finding VARCHAR
);
CREATE TABLE erasure (                      -- that somebody's data were removed; nothing that says whose
    erasure_id INTEGER PRIMARY KEY, done_at TIMESTAMP NOT NULL, actor VARCHAR NOT NULL,
    ground VARCHAR NOT NULL, authority VARCHAR NOT NULL,
    rows INTEGER NOT NULL, contacts INTEGER NOT NULL, records INTEGER NOT NULL, consents INTEGER NOT NULL,
    backups_removed INTEGER NOT NULL, recipients VARCHAR NOT NULL     -- JSON list of partners to be told
);
CREATE TABLE pseudonym_key (                -- salts of the key that makes pseudonyms; useless without the data key
    version INTEGER PRIMARY KEY, salt VARCHAR, made_at TIMESTAMP NOT NULL, destroyed_at TIMESTAMP
);
