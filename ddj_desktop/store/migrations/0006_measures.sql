-- What figures are worked out with besides contacts: unit costs with ranges, average and marginal apart; residents by
-- group; who says the race a source holds; programmes, their fixed outcome and who was enrolled.

CREATE TABLE unit_price (
    source_kind VARCHAR NOT NULL, unit VARCHAR NOT NULL,   -- contact day
    basis VARCHAR NOT NULL,                 -- average marginal
    dollars DECIMAL(12, 2) NOT NULL, low DECIMAL(12, 2), high DECIMAL(12, 2),  -- the stated range, where there is one
    year INTEGER NOT NULL, payer VARCHAR,
    source VARCHAR,                         -- where the number is from: budget, contract, report
    stated_by VARCHAR,
    PRIMARY KEY (source_kind, unit, basis, year)
);
INSERT INTO unit_price
SELECT source_kind, unit, 'average', dollars, NULL, NULL, year, payer, NULL, stated_by FROM unit_cost;
DROP TABLE unit_cost;

CREATE TABLE residents (                    -- of the county, by group, of one year
    race VARCHAR PRIMARY KEY,               -- a name of registers/crosswalks, field race
    people INTEGER NOT NULL, year INTEGER NOT NULL, source VARCHAR NOT NULL,
    stated_by VARCHAR NOT NULL, stated_at TIMESTAMP NOT NULL
);
CREATE TABLE race_source (                  -- who says the race a source holds
    source_id INTEGER PRIMARY KEY, self_reported BOOLEAN NOT NULL,
    decided_by VARCHAR NOT NULL, decided_at TIMESTAMP NOT NULL
);
CREATE TABLE programme (
    programme_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL UNIQUE, agency VARCHAR, starts DATE NOT NULL, ends DATE,
    outcome_kind VARCHAR, outcome_unit VARCHAR,            -- a source kind; contact day
    outcome_days INTEGER,                   -- days before and after enrolment that are compared
    outcome_fixed_at TIMESTAMP, outcome_fixed_by VARCHAR
);
CREATE TABLE enrolment (
    programme_id INTEGER NOT NULL, person_id BIGINT NOT NULL, starts DATE NOT NULL, ends DATE, left_because VARCHAR,
    PRIMARY KEY (programme_id, person_id, starts)
);
