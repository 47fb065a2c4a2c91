"""Words every package shares: errors, ids, clock, dates, progress. Imports nothing of ours."""
