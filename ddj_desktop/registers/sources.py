"""Sources: the systems of agencies that files come from, each with its kind and its legal class."""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.kernel import clock
from ddj_desktop.registers.errors import KeptUnderOtherKind, NoName, NoSuchSource, UnknownKind, UnknownLegalClass
from ddj_desktop.store.lane import Lane

# Who is regulated by default (domain research 6.4). Hospitals and most ambulance services are covered by HIPAA,
# substance use treatment by 42 CFR Part 2 (the strictest reading, until the county says otherwise), shelters by the
# HMIS standards; sheriff, police, 911, courts and probation are justice agencies. A co-responder's record holds what
# a clinician saw, so it is taken as HIPAA.
LEGAL_CLASS_OF = {
    "jail": "justice", "arrest": "justice", "dispatch": "justice", "co_responder": "hipaa", "ems": "hipaa",
    "hospital": "hipaa", "shelter": "hmis", "treatment": "part2", "court": "justice", "probation": "justice",
}  # fmt: skip
SOURCE_KINDS = tuple(LEGAL_CLASS_OF)
LEGAL_CLASSES = ("justice", "hipaa", "part2", "hmis", "victim_services", "other")
"""victim_services: providers under VAWA, FVPSA or VOCA, whose rows about people never leave (domain research 6.4)."""
_COLUMNS = "source_id, name, kind, agency, legal_class"


@dataclass(frozen=True)
class Source:
    """One system of one agency."""

    source_id: int
    name: str
    kind: str
    agency: str | None
    legal_class: str


def source(lane: Lane, name: str, kind: str) -> Source:
    """The source of that name (capitals and outer spaces do not matter), made with its kind's legal class if new.

    Raises NoName, UnknownKind, and KeptUnderOtherKind when the name is kept under another kind.
    """
    name = " ".join(name.split())
    if not name:
        raise NoName(thing="source")
    if kind not in SOURCE_KINDS:
        raise UnknownKind(kind=kind, known=", ".join(SOURCE_KINDS))
    kept = next((found for found in all_sources(lane) if found.name.casefold() == name.casefold()), None)
    if kept:
        if kept.kind != kind:
            raise KeptUnderOtherKind(name=kept.name, kept=kept.kind, asked=kind)
        return kept
    number = lane.value("SELECT coalesce(max(source_id), 0) + 1 FROM source")
    lane.run(
        "INSERT INTO source VALUES ($number, $name, $kind, NULL, $legal_class, $at)",
        number=number, name=name, kind=kind, legal_class=LEGAL_CLASS_OF[kind], at=clock.now(),
    )  # fmt: skip
    return Source(number, name, kind, None, LEGAL_CLASS_OF[kind])


def all_sources(lane: Lane) -> list[Source]:
    """Every source, in the order they came."""
    return [Source(*row) for row in lane.rows(f"SELECT {_COLUMNS} FROM source ORDER BY source_id")]


def source_numbered(lane: Lane, source_id: int) -> Source:
    """The source with that number. Raises NoSuchSource."""
    found = lane.rows(f"SELECT {_COLUMNS} FROM source WHERE source_id = $source_id", source_id=source_id)
    if not found:
        raise NoSuchSource(which=source_id)
    return Source(*found[0])


def source_called(lane: Lane, name: str) -> Source:
    """The source of that name; capitals and outer spaces do not matter. Raises NoSuchSource."""
    wanted = " ".join(name.split()).casefold()
    found = next((kept for kept in all_sources(lane) if kept.name.casefold() == wanted), None)
    if found is None:
        raise NoSuchSource(which=f"named {name!r}")
    return found


def set_legal_class(lane: Lane, source_id: int, legal_class: str) -> Source:
    """Say which law a source's records are under: justice, hipaa, part2, hmis, victim_services or other.

    Raises NoSuchSource, UnknownLegalClass.
    """
    if legal_class not in LEGAL_CLASSES:
        raise UnknownLegalClass(legal_class=legal_class, known=", ".join(LEGAL_CLASSES))
    source_numbered(lane, source_id)
    lane.run("UPDATE source SET legal_class = $c WHERE source_id = $s", c=legal_class, s=source_id)
    return source_numbered(lane, source_id)


def set_agency(lane: Lane, source_id: int, agency: str | None) -> Source:
    """Say whose system it is; None or blanks take the name away. Raises NoSuchSource."""
    source_numbered(lane, source_id)
    lane.run("UPDATE source SET agency = $a WHERE source_id = $s", a=(agency or "").strip() or None, s=source_id)
    return source_numbered(lane, source_id)
