-- reads: second_look, link_decision  gives: second answers that were sure, how many said what the first did, and not sure
SELECT count(*) FILTER (WHERE l.verdict <> 'not_sure') AS looked,
       count(*) FILTER (WHERE l.verdict = d.verdict) AS agreed,
       count(*) FILTER (WHERE l.verdict = 'not_sure') AS not_sure
FROM second_look AS l JOIN link_decision AS d USING (decision_id)
