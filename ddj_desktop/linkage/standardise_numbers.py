"""Numbers that name a person, made comparable: social security, phone, e-mail; placeholders give ""."""

from __future__ import annotations

import re

# Numbers the Social Security Administration never issued or that stood in advertisements; and keyboard runs.
FALSE_SSNS = frozenset({"123456789", "987654321", "078051120", "219099999", "457555462", "012345678", "111223333"})
SEXES = {"M": "M", "MALE": "M", "MAN": "M", "H": "M", "HOMBRE": "M", "F": "F", "FEMALE": "F", "WOMAN": "F", "W": "F"}

_NO_DIGIT = re.compile(r"[^0-9]")


def standard_ssn(text: str) -> str:
    """Digits of a number: nine, the last four, or as many as a source of another country has; "" for a placeholder.

    A placeholder: all digits alike, 123456789, area 000 or 666, serial 0000, last four 0000 or 9999; a last four
    alone also where it is 1234 or 6789.
    """
    digits = text if text.isdecimal() and text.isascii() else _NO_DIGIT.sub("", text.strip().removesuffix(".0"))
    if len(digits) == 8:  # a number cell that lost its leading zero
        digits = "0" + digits
    if not 4 <= len(digits) <= 9 or len(set(digits)) == 1 or digits in FALSE_SSNS or digits in ("1234", "6789"):
        return ""
    if digits[-4:] in ("0000", "9999") or (len(digits) == 9 and digits[:3] in ("000", "666")):
        return ""
    return digits


def standard_phone(text: str) -> str:
    """The last seven digits of a telephone number; fewer digits or a placeholder give ""."""
    digits = _NO_DIGIT.sub("", text)
    return "" if len(digits) < 7 or len(set(digits[-7:])) == 1 or digits[-7:] == "1234567" else digits[-7:]


def standard_email(text: str) -> str:
    """An e-mail address in small letters; without an @ it is none."""
    plain = text.strip().lower()
    return plain if "@" in plain and not plain.startswith(("none@", "unknown@", "noemail@", "na@")) else ""


def standard_sex(text: str) -> str:
    """M or F; anything else is worth nothing either way."""
    return SEXES.get(text.strip().upper(), "")
