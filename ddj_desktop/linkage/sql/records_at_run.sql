-- reads: person_history, record; $run, $person, $came_from
-- gives: the records of a person right after a run that are still in the file, and whether each came in it from another
SELECT record_id, arg_max(run_id, run_id) = $run AND arg_max(from_person, run_id) IS NOT DISTINCT FROM $came_from::BIGINT
           AND arg_max(cause, run_id) IN ('merge', 'split', 'moved') AS came
FROM person_history
WHERE run_id <= $run AND record_id IN (SELECT record_id FROM record)
GROUP BY record_id
HAVING arg_max(coalesce(to_person, -1), run_id) = $person
ORDER BY record_id
