-- reads: standing_decision, decided_record, record, record_mark, record_row, current_row, source_row, link_decision
-- gives: decisions on records that are gone, for the records that took their place. A pair decided already is left out,
-- unless the event is the same and the decision on the record that is gone is the later word (a correction taken back).
-- A record takes another's place in its source when name or birth date is the same and so is the event of one of its
-- rows, the source's own number, or both of them.
WITH gone AS (
    SELECT d.* FROM decided_record AS d ANTI JOIN record USING (record_id)
), alike AS (
    SELECT g.record_id AS gone, m.record_id AS heir,
           coalesce(g.name_mark = m.name_mark, false) AS name, coalesce(g.birth_mark = m.birth_mark, false) AS birth,
           coalesce(g.key_mark = m.key_mark, false) AS key
    FROM gone AS g JOIN record_mark AS m USING (source_id)
    WHERE g.name_mark = m.name_mark OR g.birth_mark = m.birth_mark
), events AS (
    SELECT DISTINCT r.record_id AS gone, s.group_id
    FROM record_row AS r JOIN source_row AS s USING (row_key)
    WHERE r.record_id IN (SELECT record_id FROM gone)
), at_event AS (
    SELECT DISTINCT e.gone, c.record_id AS heir
    FROM events AS e JOIN source_row AS s USING (group_id) JOIN current_row AS c ON c.row_id = s.row_id
), heirs AS (
    SELECT a.gone, a.heir, e.heir IS NOT NULL AS sure
    FROM alike AS a LEFT JOIN at_event AS e USING (gone, heir)
    WHERE a.key OR e.heir IS NOT NULL OR (a.name AND a.birth)
), sides AS (
    SELECT gone, heir, sure FROM heirs UNION ALL SELECT record_id, record_id, true FROM record
), fresh AS (
    SELECT least(l.heir, r.heir) AS left_record, greatest(l.heir, r.heir) AS right_record, d.verdict, d.decided_by,
           d.note, d.decision_id, l.sure AND r.sure AS sure
    FROM standing_decision AS d
    JOIN sides AS l ON l.gone = d.left_record
    JOIN sides AS r ON r.gone = d.right_record
    WHERE l.heir <> r.heir AND (l.heir <> l.gone OR r.heir <> r.gone)
)
SELECT f.left_record, f.right_record, f.verdict, f.decided_by, f.note, f.decision_id
FROM fresh AS f
LEFT JOIN standing_decision AS k USING (left_record, right_record)
WHERE CASE WHEN k.decision_id IS NULL THEN f.verdict <> 'withdrawn'
           ELSE f.sure AND f.decision_id > k.decision_id AND f.verdict <> k.verdict END
QUALIFY row_number() OVER (PARTITION BY left_record, right_record ORDER BY f.decision_id DESC) = 1
ORDER BY f.decision_id, left_record, right_record
