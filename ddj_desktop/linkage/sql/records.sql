-- reads: record  gives: every mention of a person with what it can be compared by, in the order of its id
SELECT
    record_id, source_id,
    coalesce(record_key, '') AS record_key,
    coalesce(full_name, '') AS full_name,
    coalesce(first_name, '') AS first,
    coalesce(middle_name, '') AS middle,
    coalesce(last_name, '') AS last,
    coalesce(suffix, '') AS suffix,
    coalesce(year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date), 0) AS birth,
    coalesce(birth_year_low, birth_year_high, 0) AS birth_low,
    coalesce(birth_year_high, birth_year_low, 0) AS birth_high,
    coalesce(sex, '') AS sex,
    coalesce(ssn, '') AS ssn,
    coalesce(address, '') AS address,
    coalesce(city, '') AS city,
    coalesce(zip, '') AS zip,
    coalesce(phone, '') AS phone
FROM record
ORDER BY record_id
