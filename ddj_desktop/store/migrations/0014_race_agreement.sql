-- That agencies agreed on what the county's sources mean by race and ethnicity, and how it is settled.

CREATE TABLE race_agreement (               -- added to; the last one stands, for as long as its content is in force
    agreement_id INTEGER PRIMARY KEY,
    content VARCHAR NOT NULL,               -- JSON: rule, what each source's codes mean, which sources ask
    agreed_on DATE, agreed_by VARCHAR NOT NULL, agencies VARCHAR NOT NULL, meeting VARCHAR NOT NULL,
    kept_by VARCHAR NOT NULL, kept_at TIMESTAMP NOT NULL
);
