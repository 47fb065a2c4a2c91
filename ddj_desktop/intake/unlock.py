"""Workbooks under a password, opened and put under one in memory: nothing readable is ever written to a disk."""

from __future__ import annotations

import io

from ddj_desktop.intake.errors import DamagedFile, HasPassword, WrongPassword

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What the directory of an encrypted workbook names."""
_SILENT = "VelvetSweatshop"
"""The password Excel itself tries first: workbooks protected against changes carry it, unknown to the sender."""


def unlocked(data: bytes, file: str, password: str | None) -> bytes:
    """The workbook behind the password; the same bytes where there is none.

    Raises HasPassword where one is needed and none was given, WrongPassword where the one given does not fit.
    """
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import InvalidKeyError

    try:
        office = OfficeFile(io.BytesIO(data))
        if not office.is_encrypted():
            return data
    except Exception as error:  # the package raises many kinds for what it does not know
        if ENCRYPTED in data and password is None:
            raise HasPassword(file=file) from error
        raise DamagedFile(file=file, why="it is no whole workbook") from error
    for attempt in [password, _SILENT] if password else [_SILENT]:
        out = io.BytesIO()
        try:
            office.load_key(password=attempt, verify_password=True)
            office.decrypt(out)
        except InvalidKeyError:
            continue
        except Exception as error:
            if password is None:
                raise HasPassword(file=file) from error
            raise DamagedFile(file=file, why="it does not open with its password") from error
        return out.getvalue()
    raise WrongPassword(file=file) if password else HasPassword(file=file)


def locked(data: bytes, password: str) -> bytes:
    """The workbook under a password: ECMA-376 agile encryption, AES with 256 bits, the key from the password by 100,000
    rounds of SHA-512; office programs open it (MS-OFFCRYPTO 2.3.4.10)."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()
