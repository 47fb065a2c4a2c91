"""The county file: one encrypted DuckDB database, its key, its migrations, its audit chain, its backups.

Only home of duckdb, argon2 and cryptography.
"""
