-- reads: import      gives: imports whose rows are not new + changed + already here + set aside + not data
SELECT import_id FROM import WHERE rows <> new + changed + already_here + set_aside + not_data
