-- reads: the engine's own list of columns  gives: every table of the county file that has one of these columns, with it
SELECT c.table_name, c.column_name
FROM duckdb_columns() AS c
JOIN duckdb_tables() AS t USING (database_name, table_name)
WHERE c.database_name = 'county' AND list_contains($columns::VARCHAR[], c.column_name)
ORDER BY c.table_name, c.column_name
