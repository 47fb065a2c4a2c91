"""Members and contacts to figures, each with its rows."""
