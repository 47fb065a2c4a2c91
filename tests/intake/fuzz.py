"""Files as chance makes them: workbooks whose parts are sound archives of unsound XML, and texts of every kind."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable

from tests.intake.bad_files import workbook

HOSTILE = (
    "=HYPERLINK(\"http://x?\"&A1)", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1", "<b>JOHN", "</para>", "A & B",
    "<unknown>", "' OR 1=1 --", "$1", "%s", "{0.__class__}", "{{7*7}}", "${x}", "a\u202eb", "zero\u200bwidth", "🙂",
    "Nguyễn Thị", "李小龍", "עברית", "J" + "\u0301" * 300, "１２３", "Jose\u0301", "NaN", "NULL", "1e999", "-0",
    "9223372036854775808", "9999-99-99", "1899-12-31", "01/02/34", "31/12/2024", "3.16808E+18", "00123", "\x00\x07",
    "x" * 33_000, '"', "''", "line\nbreak", "tab\there", "\ufffe", "#REF!", "Total: 3", "Page 1 of 2", "-----", " ",
)  # fmt: skip
HEADINGS = (
    "Booking No", "Name", "Last Name", "First Name", "DOB", "Sex", "Race", "Booked", "Booking Date", "Release Date",
    "Charge", "Address", "Incident #", "Call Time", "Nature", "Role", "", "Xqz", "a\"; DROP TABLE person; --",
)  # fmt: skip


def _value(dice: random.Random) -> str:
    kind = dice.randrange(9)
    if kind == 0:
        return dice.choice(HOSTILE)
    if kind == 1:
        return f"{dice.randint(1, 12):02d}/{dice.randint(1, 28):02d}/{dice.randint(1930, 2026)}"
    if kind == 2:
        return f"ROE{dice.choice('ABCDEFG')}, {dice.choice(('JAN', 'KIM', 'LEE'))}"
    if kind == 3:
        return ""
    return str(dice.randrange(10 ** dice.randint(1, 12)))


def table(dice: random.Random) -> list[list[str]]:
    """Rows as a report prints them: titles, headings (or none), lines, groups, headings again, a footer."""
    width = dice.randint(1, 14)
    head = [dice.choice(HEADINGS) for _ in range(width)]
    rows = [[dice.choice(("PINE COUNTY", "Run date 01/02/2024", ""))] for _ in range(dice.randrange(4))]
    if dice.random() < 0.85:
        rows.append(head)
    grouped = dice.random() < 0.3
    for number in range(dice.randrange(40)):
        line = [_value(dice) for _ in range(max(1, width + dice.choice((0, 0, 0, -1, 1, 3))))]
        if dice.random() < 0.1:
            line[: width // 2] = [""] * (width // 2)
        rows.append(line)
        if number % 15 == 14 and dice.random() < 0.5:
            rows.append(head)
        if grouped and dice.random() < 0.2:
            rows.append(
                [f"{dice.choice(HEADINGS)}: {_value(dice)}", *dice.choice(((), ("", "Officer:", _value(dice))))]
            )
    if dice.random() < 0.3:
        rows.append([f"Total: {dice.randrange(50)}"])
    return rows


def text_file(seed: int) -> bytes:
    """A text of rows in some encoding, cut by some mark, with bytes changed now and then."""
    dice = random.Random(f"text {seed}")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dice.choice(",\t|;"), lineterminator=dice.choice(("\n", "\r\n", "\r")),
                        quoting=dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)))  # fmt: skip
    writer.writerows(table(dice))
    text = out.getvalue()
    if dice.random() < 0.15:
        text = text.replace('"', "", dice.randrange(1, 4))
    if dice.random() < 0.1:
        text = f"<html><table>{text}</table>" if dice.random() < 0.5 else _page(table(dice))
    coding = dice.choice(("utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"))
    return _changed(text.encode(coding, "replace"), dice) if dice.random() < 0.5 else text.encode(coding, "replace")


def _page(rows: list[list[str]]) -> str:
    return "<table>" + "".join("<tr>" + "".join(f"<td colspan={len(c) % 3}>{c}" for c in row) for row in rows)


def _changed(data: bytes, dice: random.Random) -> bytes:
    """A few bytes changed, put in or taken out."""
    changed = bytearray(data)
    for _ in range(dice.randrange(1, 8)):
        if changed:
            place = dice.randrange(len(changed))
            changed[place : place + dice.randrange(3)] = dice.randbytes(dice.randrange(3))
    return bytes(changed)


def workbook_file(seed: int) -> bytes:
    """A workbook whose sheet is drawn at random and then bent, in its XML, in its parts or in its bytes."""
    dice = random.Random(f"workbook {seed}")
    rows = "".join(
        f'<row r="{number}">{"".join(_cell(dice, column, number, text) for column, text in enumerate(cells))}</row>'
        for number, cells in enumerate(table(dice), start=dice.choice((1, 1, 3)))
    )
    for _ in range(dice.choice((0, 0, 0, 1, 1, 3))):
        rows = dice.choice(_BENDS)(rows, dice)
    shared = "".join(f"<si><t>{_escaped(_value(dice))}</t></si>" for _ in range(20 if dice.random() < 0.95 else 0))
    extra: dict[str, str | bytes] = {}
    if shared:
        extra["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{shared}</sst>'
    if dice.random() < 0.5:
        extra["xl/styles.xml"] = _styles(dice)
    dimension = dice.choice(("", "", '<dimension ref="A1"/>', '<dimension ref="A1:XFD1048576"/>'))
    data = workbook(rows, dimension=dimension, extra=extra)
    if dice.random() < 0.15:
        data = _without_a_part(data, dice)
    return _changed(data, dice) if dice.random() < 0.15 else data


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _styles(dice: random.Random) -> str:
    codes = ["00000", "mm/dd/yyyy", "[h]:mm", "000\\-00\\-0000", "General", "@"]
    formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    cells = "".join(f'<xf numFmtId="{164 + dice.randrange(6)}"/>' for _ in range(8))
    return f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>'


def _escaped(text: str) -> str:
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", "", text)
    return kept.replace("&", "&amp;").replace("<", "&lt;")


def _cell(dice: random.Random, column: int, row: int, text: str) -> str:
    address = f"{chr(65 + column % 26)}{row}"
    kind = dice.randrange(12)
    if not text and kind < 8:
        return ""
    if kind < 6:
        return f'<c r="{address}" t="inlineStr"><is><t>{_escaped(text)}</t></is></c>'
    if kind == 6:
        return f'<c r="{address}" t="s"><v>{dice.choice((0, 3, 19)) if dice.random() < 0.9995 else 99}</v></c>'
    if kind == 7:
        return f'<c r="{address}" t="e"><v>#N/A</v></c>'
    if kind == 8:
        return f'<c r="{address}"><f>A1</f></c>'
    if kind == 9:
        return f'<c r="{address}" t="b"><v>1</v></c>'
    number = dice.choice(("1", "45000.5", "0.25", "1e999", "-0", "60", "9223372036854775808", "2958466"))
    if dice.random() < 0.01:
        number = "abc"
    return f'<c r="{address}" s="{dice.randrange(9)}"><v>{number}</v></c>'


def _cut(xml: str, dice: random.Random) -> str:
    place = dice.randrange(len(xml) + 1)
    return xml[:place] + xml[place + dice.randrange(1, 60) :]


def _twice(xml: str, dice: random.Random) -> str:
    rows = re.findall(r"<row.*?</row>", xml, re.DOTALL)
    return xml + dice.choice(rows) if rows else xml


def _renumbered(xml: str, dice: random.Random) -> str:
    return re.sub(
        r'r="([A-Z]*)\d+"', lambda found: f'r="{found[1]}{dice.choice((1, 2, 1048576, 0, 99999999))}"', xml, count=1
    )


def _without_addresses(xml: str, dice: random.Random) -> str:
    return re.sub(r' r="[A-Z]+\d+"', lambda found: found[0] if dice.random() < 0.5 else "", xml)


def _no_rows(xml: str, _: random.Random) -> str:
    return re.sub(r"</?row[^>]*>", "", xml)


_BENDS: tuple[Callable[[str, random.Random], str], ...] = (_cut, _twice, _renumbered, _without_addresses, _no_rows)


def _without_a_part(data: bytes, dice: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        left_out = dice.choice(whole.namelist())
        for name in whole.namelist():
            if name != left_out:
                archive.writestr(name, whole.read(name))
    return out.getvalue()
