-- Step 16: the smallest count of people an agreement lets be shown, where its paper asks for more than the county's own.

ALTER TABLE agreement ADD COLUMN least_count INTEGER;  -- null: the county's own 11
