"""What a file is, by its first bytes; never by its name's ending (an .xls is often a web page or plain text)."""

from __future__ import annotations

import re

from ddj_desktop.intake.errors import NotATable

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
    """`zip`, `ole`, `html`, `xml` or `text`. Raises NotATable for what cannot hold a table we read."""
    if data.startswith(ZIP):
        return "zip"
    if data.startswith(OLE):
        return "ole"
    for magic, what in _OTHERS:
        if data.startswith(magic):
            raise NotATable(file=file, what=what)
    return _marked_up(_start(data), file) or "text"


def _start(data: bytes) -> bytes:
    """The beginning in small letters, without byte-order mark, blanks and comments; UTF-16 looks like ASCII in it."""
    start = data[:16_384].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return _COMMENTS.sub(b"", start.replace(b"\x00", b"")).lstrip().lower()


def _marked_up(start: bytes, file: str) -> str | None:
    if start.startswith(_PAGE) or (start.startswith(b"mime-version:") and b"text/html" in start):
        return "html"
    if start.startswith(b"<?xml") or (start.startswith(b"<") and b">" in start[:200]):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in start and b"<html" not in start:
            return "xml"
        if b"<html" in start or b"<table" in start:
            return "html"
        raise NotATable(file=file, what="an XML file")
    if start.startswith((b'{"', b"[{", b"{\n", b"{\r\n")):
        raise NotATable(file=file, what="a JSON file")
    return None


_COMMENTS = re.compile(rb"^(?:\s*<!--.*?-->)+", re.DOTALL)
_PAGE = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<style", b"<div", b"<title", b"<tr")
