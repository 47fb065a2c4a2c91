"""The key file beside a county file, and the recovery code printed once at creation.

The data key is 32 random bytes and the engine is given its base64. The key file holds it wrapped by
Argon2id(passphrase) and AES-256-GCM; changing the passphrase rewrites the key file only.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ddj_desktop.kernel.errors import OurFault
from ddj_desktop.store.errors import (
    BadKeyFile,
    BadRecoveryCode,
    NoKeyFile,
    WeakPassphrase,
    WrongPassphrase,
)

TIME_COST, MEMORY_KIB, LANES = 3, 64 * 1024, 4
"""RFC 9106's second recommended choice."""

LEAST_PASSPHRASE = 8
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_GROUP = 4


def key_path(county_file: Path) -> Path:
    """Where the key file of a county file lies."""
    return county_file.with_name(county_file.name + ".key")


def new_data_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(32)


def key_text(data_key: bytes) -> str:
    """The form the engine is given: base64, so that no message about it can hold anything else of worth."""
    return base64.b64encode(data_key).decode("ascii")


def write_key_file(path: Path, data_key: bytes, passphrase: str) -> None:
    """Wrap the data key by the passphrase and write the key file in one step. Raises WeakPassphrase."""
    if len(passphrase) < LEAST_PASSPHRASE:
        raise WeakPassphrase
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapped = AESGCM(_stretch(passphrase, salt)).encrypt(nonce, data_key, b"ddj-key-1")
    content = {
        "ddj_key": 1,
        "kdf": {"name": "argon2id", "t": TIME_COST, "m": MEMORY_KIB, "p": LANES},
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "wrapped": wrapped.hex(),
    }
    temporary = path.with_name(path.name + ".tmp")
    with open(temporary, "w", encoding="ascii") as out:
        json.dump(content, out)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, path)


@dataclass(frozen=True)
class WrappedKey:
    """What a key file holds."""

    county_file: str
    """Its name, for the sentence about a wrong passphrase."""
    salt: bytes
    nonce: bytes
    wrapped: bytes
    costs: tuple[int, int, int]
    """Argon2's passes, KiB and lanes."""

    def unwrap(self, passphrase: str) -> bytes:
        """The data key; takes a tenth of a second and 64 MiB on purpose. Raises WrongPassphrase."""
        try:
            return AESGCM(_stretch(passphrase, self.salt, *self.costs)).decrypt(self.nonce, self.wrapped, b"ddj-key-1")
        except InvalidTag:
            raise WrongPassphrase(file=self.county_file) from None


def wrapped_key(path: Path) -> WrappedKey:
    """Read a key file, before any passphrase is tried. Raises NoKeyFile, BadKeyFile."""
    try:
        content = json.loads(path.read_text("ascii"))
        kdf = content["kdf"]
        salt, nonce, wrapped = (bytes.fromhex(content[name]) for name in ("salt", "nonce", "wrapped"))
        costs = int(kdf["t"]), int(kdf["m"]), int(kdf["p"])
    except FileNotFoundError:
        raise NoKeyFile(file=path.name) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise BadKeyFile(file=path.name) from None
    return WrappedKey(path.name.removesuffix(".key"), salt, nonce, wrapped, costs)


def read_key_file(path: Path, passphrase: str) -> bytes:
    """The data key. Raises NoKeyFile, BadKeyFile, WrongPassphrase."""
    return wrapped_key(path).unwrap(passphrase)


def _stretch(passphrase: str, salt: bytes, t: int = TIME_COST, m: int = MEMORY_KIB, p: int = LANES) -> bytes:
    if not (1 <= t <= 20 and 8 <= m <= 4 * 1024 * 1024 and 1 <= p <= 16):
        raise OurFault(what="key settings out of range")
    return hash_secret_raw(passphrase.encode("utf-8"), salt, t, m, p, 32, Type.ID)


def recovery_groups(data_key: bytes) -> list[str]:
    """The data key as 13 groups of four letters or digits and one check letter each, for the printed sheet."""
    letters = base64.b32encode(data_key).decode("ascii").rstrip("=")
    groups = [letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP)]
    return [group + _check_letter(position, group) for position, group in enumerate(groups)]


def data_key_from(code: str) -> bytes:
    """Read the recovery code back, with or without spaces and hyphens. Raises BadRecoveryCode naming the group."""
    letters = [c for c in code.upper().replace("0", "O").replace("1", "I").replace("8", "B") if c in _ALPHABET]
    groups = ["".join(letters[i : i + _GROUP + 1]) for i in range(0, len(letters), _GROUP + 1)]
    if len(groups) != 13 or len(groups[-1]) != _GROUP + 1:
        raise BadRecoveryCode(where=f"it has {len(groups)} groups and needs 13 of five")
    for position, group in enumerate(groups):
        if _check_letter(position, group[:-1]) != group[-1]:
            raise BadRecoveryCode(where=f"group {position + 1} has a slip of the pen")
    return base64.b32decode("".join(group[:-1] for group in groups) + "====")


def _check_letter(position: int, group: str) -> str:
    """Odd weights modulo 32: any one wrong letter of a group, and any two swapped groups, give another letter."""
    values = (_ALPHABET.index(letter) for letter in group)
    return _ALPHABET[(position + sum((2 * place + 1) * value for place, value in enumerate(values))) % 32]
