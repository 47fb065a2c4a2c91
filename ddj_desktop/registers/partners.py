"""Partners: the agencies that may receive something."""

from __future__ import annotations

from dataclasses import dataclass

from ddj_desktop.registers.errors import NoName, NoSuchPartner
from ddj_desktop.store.lane import Lane

_COLUMNS = "partner_id, name, agency, contact, active"


@dataclass(frozen=True)
class Partner:
    """An agency that may receive something."""

    partner_id: int
    name: str
    agency: str | None
    contact: str | None
    active: bool


def add_partner(lane: Lane, name: str, agency: str | None = None, contact: str | None = None) -> Partner:
    """Keep a partner, or bring what is kept of the one with that name (capitals do not matter) up to date; a partner
    that was put aside is active again. Raises NoName."""
    name = " ".join(name.split())
    if not name:
        raise NoName(thing="partner")
    kept = next((found for found in all_partners(lane) if found.name.casefold() == name.casefold()), None)
    if kept:
        lane.run(
            "UPDATE partner SET agency = $agency, contact = $contact, active = true WHERE partner_id = $number",
            agency=agency or kept.agency, contact=contact or kept.contact, number=kept.partner_id,
        )  # fmt: skip
        return partner(lane, kept.name)
    number = lane.value("SELECT coalesce(max(partner_id), 0) + 1 FROM partner")
    lane.run(
        "INSERT INTO partner VALUES ($number, $name, $agency, $contact, true)",
        number=number, name=name, agency=agency, contact=contact,
    )  # fmt: skip
    return Partner(number, name, agency, contact, True)


def all_partners(lane: Lane) -> list[Partner]:
    """Every partner, by name."""
    return [Partner(*row) for row in lane.rows(f"SELECT {_COLUMNS} FROM partner ORDER BY lower(name), partner_id")]


def partner(lane: Lane, name: str) -> Partner:
    """The partner of that name; capitals and outer spaces do not matter. Raises NoSuchPartner."""
    wanted = " ".join(name.split()).casefold()
    for found in all_partners(lane):
        if found.name.casefold() == wanted:
            return found
    raise NoSuchPartner(which=f"named {name!r}")


def partner_numbered(lane: Lane, partner_id: int) -> Partner:
    """The partner with that number. Raises NoSuchPartner."""
    found = lane.rows(f"SELECT {_COLUMNS} FROM partner WHERE partner_id = $number", number=partner_id)
    if not found:
        raise NoSuchPartner(which=f"number {partner_id}")
    return Partner(*found[0])


def put_aside(lane: Lane, partner_id: int) -> Partner:
    """Stop giving anything to a partner; what it received stays on record. Raises NoSuchPartner."""
    partner_numbered(lane, partner_id)
    lane.run("UPDATE partner SET active = false WHERE partner_id = $number", number=partner_id)
    return partner_numbered(lane, partner_id)
