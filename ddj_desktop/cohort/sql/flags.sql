-- reads: contact_flag  gives: the contacts at which one flag was recorded yes or no
SELECT contact_id, value = 'yes' AS yes
FROM contact_flag
WHERE name = $name AND value IN ('yes', 'no')
ORDER BY contact_id, value
