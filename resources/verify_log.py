"""Check an exported log of acts. Needs Python 3.9 or newer and nothing else.

    python verify_log.py "audit log.jsonl" [--head 41-9f3c2b...]... [--seal 2-ABCDE-FGHIJ...]...

Each line of the log holds the hash of the line before it, so that a changed, missing, added or moved line shows. A log
that was cut off, or made anew from some line on, is whole in itself: it shows only against a head that was written down
elsewhere. Heads stand in the footer of every packet and in every manifest that left the building: give one or more
with --head; those in a file heads.txt beside the log are checked too. Each line also bears a seal whose key changes
one way with every line. With --seal and the code of the privacy officer's sheet the seals are checked: a log made anew
by somebody who holds the file, its passphrase and today's key does not bear them. Each seal holds to the line where
the next one begins. Ends with 0 where everything holds, else with 1.
"""

import base64
import hashlib
import hmac
import sys
from pathlib import Path

NOTHING_BEFORE = "0" * 64
START, SEAL, ROW = '{"hash": "', '", "mac": "', '", "row": '
BEGUN = ', "seal begun", '


def check(lines, heads=(), seals=()):
    """Go through the lines (without line ends). Gives how many there are, the head, and what is wrong first, or ''.

    `seals` are pairs of a line's number and the seal's first key, 32 bytes.
    """
    before, number, wanted, seals, key = NOTHING_BEFORE, 0, {}, dict(seals), None
    for head in heads:
        place, _, digits = head.strip().partition("-")
        if not place.isdigit() or len(digits) < 16:
            return 0, "", f"the head {head!r} is not of the form 41-9f3c2b0d11aa22bb"
        wanted.setdefault(int(place), set()).add(digits.lower())
    for line in lines:
        number += 1
        problem = _line(line, before, number, key)
        if problem:
            return number, before, f"line {number} {problem}"
        if BEGUN in line:
            key = seals.pop(number + 1, None)
        elif key is not None:
            key = hashlib.sha256(b"evolve" + key).digest()
        before = line[10:74]
        if number in wanted and not all(before.startswith(digits) for digits in wanted.pop(number)):
            return number, before, f"line {number} is not the line whose head was written down"
    if wanted:
        return number, before, f"the log ends before line {min(wanted)}, whose head was written down"
    if seals:
        return number, before, f"no seal begins with line {min(seals)}"
    return number, before, ""


def seal_of(text):
    """The line a seal begins with and its first key, from the code as the sheet has it; each group of five letters
    ends in a check letter."""
    line, _, code = text.strip().partition("-")
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    groups = [letters[at : at + 4] for at in range(0, len(letters), 5)]
    return int(line), base64.b32decode("".join(groups) + "====")


def _line(line, before, number, key):
    """What is wrong with one line, or ''."""
    found, rest = line[10:74], line[74:]
    seal, row = rest[len(SEAL) : len(SEAL) + 64], rest[len(SEAL) + 64 + len(ROW) : -1]
    if not (line.startswith(START) and rest.startswith(SEAL) and rest[len(SEAL) + 64 :].startswith(ROW)):
        return "is not a line of a log"
    if not row.startswith(f'["{before}", "{number}", ') or not line.endswith("]}"):
        return "does not follow the line before it"
    if hashlib.sha256(row.encode("ascii", "replace")).hexdigest() != found:
        return "was changed"
    if key is not None and not hmac.compare_digest(hmac.digest(key, found.encode("ascii"), "sha256").hex(), seal):
        return "does not bear the county's seal"
    return ""


def main(words):
    """Read the words of the command line, check, and say what was found."""
    paths, heads, seals = [], [], []
    rest = iter(words)
    for word in rest:
        if word == "--head":
            heads.append(next(rest, ""))
        elif word == "--seal":
            seals.append(seal_of(next(rest, "")))
        else:
            paths.append(Path(word))
    if len(paths) != 1:
        sys.stderr.write(__doc__)
        return 2
    beside = paths[0].with_name("heads.txt")
    if beside.is_file():
        heads += [line for line in beside.read_text("utf-8").splitlines() if line.strip()]
    with open(paths[0], encoding="utf-8", newline="\n") as log:
        number, head, wrong = check((line.rstrip("\n") for line in log), heads, seals)
    if wrong:
        sys.stdout.write(f"NOT WHOLE: {wrong}.\n")
        return 1
    sys.stdout.write(
        f"The log is whole: {number} lines, {len(heads)} heads and {len(seals)} seals held. "
        f"Its head is {number}-{head[:16]}.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
