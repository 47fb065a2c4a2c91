-- reads: code_seen, import; $source  gives: the codes the imports of a source that stand had, by field
SELECT DISTINCT code_seen.field, code_seen.code
FROM code_seen
JOIN import USING (import_id)
WHERE import.source_id = $source
  AND import.removed_at IS NULL
