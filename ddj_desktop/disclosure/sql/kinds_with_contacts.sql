-- reads: source, contact  gives: kinds of source that hold contacts
SELECT DISTINCT s.kind FROM source AS s SEMI JOIN contact AS c USING (source_id) ORDER BY s.kind
