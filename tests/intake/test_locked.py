"""A workbook put under a password, opened here by the specification alone (MS-OFFCRYPTO 2.3.4) and not by the library
that locked it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import struct
from xml.etree import ElementTree

import olefile
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from openpyxl import Workbook

from ddj_desktop.intake.errors import WrongPassword
from ddj_desktop.intake.unlock import locked, unlocked

PASSWORD = "SHAKU-MELXK-NE7BP-HARLB-HSEYP"
PART = "{http://schemas.microsoft.com/office/2006/encryption}"
BY_PASSWORD = "{http://schemas.microsoft.com/office/2006/keyEncryptor/password}encryptedKey"
VERIFY, VERIFIED, VALUE = "fea7d2763b4b9e79", "d7aa0f6d3061344e", "146e0be7abacd0d6"
HMAC_KEY, HMAC_VALUE = "5fb2ad010cb9e1f6", "a0677f02b22c8433"
"""The specification's own constants, one for each key (2.3.4.11 to 2.3.4.14)."""


def sha512(*parts: bytes) -> bytes:
    return hashlib.sha512(b"".join(parts)).digest()


def opened(key: bytes, iv: bytes, data: bytes) -> bytes:
    made = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return made.update(data) + made.finalize()


def by_specification(data: bytes, password: str) -> bytes:
    """The workbook; AssertionError where anything is not as the specification has it."""
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE) as container:
        streams = {"/".join(name) for name in container.listdir()}
        info = container.openstream("EncryptionInfo").read()
        package = container.openstream("EncryptedPackage").read()
    assert {"\x06DataSpaces/Version", "\x06DataSpaces/DataSpaceMap", "EncryptionInfo", "EncryptedPackage"} <= streams
    assert info[:8] == struct.pack("<HHI", 4, 4, 0x40)
    tree = ElementTree.fromstring(info[8:])
    shared, by_password = tree.find(f"{PART}keyData"), next(tree.iter(BY_PASSWORD))
    integrity = tree.find(f"{PART}dataIntegrity")
    assert shared is not None
    assert integrity is not None
    for one in (shared, by_password):
        said = [
            one.get(name) for name in ("cipherAlgorithm", "cipherChaining", "hashAlgorithm", "keyBits", "blockSize")
        ]
        assert said == ["AES", "ChainingModeCBC", "SHA512", "256", "16"]
    rounds = int(by_password.get("spinCount", "0"))
    assert rounds >= 100_000

    def part(element: ElementTree.Element, name: str) -> bytes:
        return base64.b64decode(element.get(name, ""))

    salt, package_salt = part(by_password, "saltValue"), part(shared, "saltValue")
    made = sha512(salt, password.encode("utf-16-le"))
    for number in range(rounds):
        made = sha512(struct.pack("<I", number), made)

    def behind(block: str, name: str) -> bytes:
        return opened(sha512(made, bytes.fromhex(block))[:32], salt, part(by_password, name))

    assert sha512(behind(VERIFY, "encryptedVerifierHashInput")) == behind(VERIFIED, "encryptedVerifierHashValue")
    key = behind(VALUE, "encryptedKeyValue")
    secret, value = (
        opened(key, sha512(package_salt, bytes.fromhex(block))[:16], part(integrity, name))
        for block, name in ((HMAC_KEY, "encryptedHmacKey"), (HMAC_VALUE, "encryptedHmacValue"))
    )
    assert hmac.digest(secret, package, "sha512") == value
    (size,) = struct.unpack("<Q", package[:8])
    pieces = [package[at : at + 4096] for at in range(8, len(package), 4096)]
    plain = [opened(key, sha512(package_salt, struct.pack("<I", n))[:16], piece) for n, piece in enumerate(pieces)]
    return b"".join(plain)[:size]


def workbook(rows: int) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for number in range(rows):
        book.active.append([f"Zq{hashlib.sha256(str(number).encode()).hexdigest()}"])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("rows", [1, 3_000])
def test_it_is_locked_as_the_specification_says(rows: int) -> None:
    plain = workbook(rows)
    data = locked(plain, PASSWORD)
    assert by_specification(data, PASSWORD) == plain
    assert unlocked(data, "x", PASSWORD) == plain
    with pytest.raises(WrongPassword):
        unlocked(data, "x", PASSWORD.lower())
    with pytest.raises(AssertionError):
        by_specification(data, PASSWORD.lower())
    assert locked(plain, PASSWORD) != data, "every file has keys and salts of its own"
