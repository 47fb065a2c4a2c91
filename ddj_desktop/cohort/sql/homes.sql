-- reads: contact, record  gives: the contacts whose record gives a town or a ZIP code, and whether it is one of $places
-- (towns in small letters, ZIP codes of five digits)
SELECT c.contact_id,
       list_contains($places::VARCHAR[], lower(trim(r.city))) OR list_contains($places::VARCHAR[], left(trim(r.zip), 5))
           AS inside
FROM contact AS c JOIN record AS r USING (record_id)
WHERE trim(coalesce(r.city, '')) <> '' OR trim(coalesce(r.zip, '')) <> ''
ORDER BY c.contact_id
