"""The page that agencies sign holds the rule's sentence, who agreed, and no figures; a draft holds lines to fill in."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from pypdf import PdfReader

from ddj_desktop.cohort.definitions import Definition
from ddj_desktop.cohort.templates import templates
from ddj_desktop.cohort.words import in_words
from ddj_desktop.outputs.definition_page import fingerprint, write_definition_page

MADE = datetime(2026, 11, 3, 9, 42)


def text_of(path: Path) -> str:
    pages = PdfReader(io.BytesIO(path.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_every_template_fits_and_reads(tmp_path: Path) -> None:
    for template in templates():
        draft = Definition(
            1, template.name, 1, "draft", template.text, in_words(template.rule), MADE, "Dana", None, None, None
        )
        out = tmp_path / f"{template.key}.pdf"
        write_definition_page(out, "Pine", "KS", draft, MADE)
        text = text_of(out)
        assert f"{template.name}, version 1" in text
        assert " ".join(template.sentence.split()) in text
        assert "nobody has agreed to it yet" in text
        assert fingerprint(draft) in text
        assert len(PdfReader(out).pages) <= 2


def test_an_agreed_one_says_who_where_and_when(tmp_path: Path) -> None:
    template = templates()[0]
    agreed = replace(
        Definition(1, "D", 3, "agreed", template.text, "S.", MADE, "Dana", MADE, date(2026, 6, 12), "DDJ team"),
        agencies="Sheriff, EMS <and> hospital", meeting="June meeting",
    )  # fmt: skip
    out = tmp_path / "agreed.pdf"
    write_definition_page(out, "Pine", "KS", agreed, MADE, demo=True)
    text = text_of(out)
    for said in ("DDJ team", "Sheriff, EMS <and> hospital", "June meeting", "Jun 12, 2026", "made-up people"):
        assert said in text
    assert fingerprint(agreed) != fingerprint(replace(agreed, rule_text=agreed.rule_text + " "))
