"""What a file is, by its first bytes; never by its name's ending (an .xls is often a web page or plain text)."""

from __future__ import annotations

from ddj_desktop.intake.errors import HtmlTable, NotATable
from ddj_desktop.kernel.errors import PersonCanFix

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"PK\x05\x06", "an empty archive"),
)


def sniff(data: bytes, file: str) -> str:
    """`zip`, `ole` or `text`. Raises NotATable or HtmlTable for what cannot hold a table we read."""
    if data.startswith(ZIP):
        return "zip"
    if data.startswith(OLE):
        return "ole"
    wrong = _wrong_type(data, file)
    if wrong:
        raise wrong
    return "text"


def _wrong_type(data: bytes, file: str) -> PersonCanFix | None:
    for magic, what in _OTHERS:
        if data.startswith(magic):
            return NotATable(file=file, what=what)
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").removeprefix(b"\xff\xfe").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<style")):
        return HtmlTable(file=file)
    if start.startswith(b"<?xml") or (start.startswith(b"<") and b">" in start[:200]):
        return HtmlTable(file=file) if b"<html" in start else NotATable(file=file, what="an XML file")
    if start.startswith((b'{"', b"[{", b"{\n", b"{\r\n")):
        return NotATable(file=file, what="a JSON file")
    return None
