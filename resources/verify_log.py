"""Check an exported log of acts. Needs Python 3.9 or newer and nothing else.

    python verify_log.py "audit log.jsonl" [--head 41-9f3c2b...]... [--key HEX]

Each line of the log holds the hash of the line before it, so that a changed, missing, added or moved line shows. A log
that was cut off, or made anew from some line on, is whole in itself: it shows only against a head that was written down
elsewhere. Heads stand in the footer of every packet and in every manifest that left the building: give one or more
with --head; those in a file heads.txt beside the log are checked too. With --key the second seal of each line is
checked as well; only the county can give that key. Ends with 0 where everything holds, else with 1.
"""

import hashlib
import hmac
import sys
from pathlib import Path

NOTHING_BEFORE = "0" * 64
START, SEAL, ROW = '{"hash": "', '", "mac": "', '", "row": '


def check(lines, heads=(), key=None):
    """Go through the lines (without line ends). Gives how many there are, the head, and what is wrong first, or ''."""
    before, number, wanted = NOTHING_BEFORE, 0, {}
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
        before = line[10:74]
        if number in wanted and not all(before.startswith(digits) for digits in wanted.pop(number)):
            return number, before, f"line {number} is not the line whose head was written down"
    if wanted:
        return number, before, f"the log ends before line {min(wanted)}, whose head was written down"
    return number, before, ""


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
    paths, heads, key = [], [], None
    rest = iter(words)
    for word in rest:
        if word == "--head":
            heads.append(next(rest, ""))
        elif word == "--key":
            key = bytes.fromhex(next(rest, ""))
        else:
            paths.append(Path(word))
    if len(paths) != 1:
        sys.stderr.write(__doc__)
        return 2
    beside = paths[0].with_name("heads.txt")
    if beside.is_file():
        heads += [line for line in beside.read_text("utf-8").splitlines() if line.strip()]
    with open(paths[0], encoding="utf-8", newline="\n") as log:
        number, head, wrong = check((line.rstrip("\n") for line in log), heads, key)
    if wrong:
        sys.stdout.write(f"NOT WHOLE: {wrong}.\n")
        return 1
    sys.stdout.write(f"The log is whole: {number} lines, {len(heads)} heads held. Its head is {number}-{head[:16]}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
