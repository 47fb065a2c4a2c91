"""DDJ Desktop: from a county's spreadsheets to the packet on the table, on one computer, without a network."""

__version__ = "0.1.0"
