"""Content to PDF, XLSX, charts and extract files."""
