"""What the gate must say, written down a second time from the specification and from nothing of the gate's own.

A world is a plain dict; days are offsets from today, hours are hours before now. `verdict` gives the people whose rows
may go, or None for a refusal.
"""

from __future__ import annotations

from typing import Any

ORDER = {"table": 0, "extract": 1, "identified": 2}
LAWS_OF_BASIS = {
    "limited_data_set": ({"extract"}, {"hipaa"}),
    "expert_determination": ({"extract"}, {"hipaa", "part2", "hmis"}),
    "research": ({"extract", "identified"}, {"hipaa", "part2"}),
    "audit_evaluation": ({"extract", "identified"}, {"hipaa", "part2"}),
    "hmis_notice": ({"extract"}, {"hmis"}),
    "court_order": ({"identified"}, {"hipaa", "part2", "hmis", "justice", "other"}),
    "justice_duties": ({"identified"}, {"justice", "other"}),
}


def verdict(world: dict[str, Any]) -> list[int] | None:
    if world["partner"] != "active" or world["level"] not in ORDER or not world["kinds"]:
        return None
    if world["glass"] and world["level"] == "table":
        return None
    if world["level"] != "table":
        if world["overdue"]:
            return None
        if not set(world["kinds"]) <= {source["kind"] for source in world["sources"]}:
            return None
        if any(s["law"] == "victim_services" for s in world["sources"] if s["kind"] in world["kinds"]):
            return None
    if world["glass"]:
        fine = world["level"] == "identified" and len(world["people"]) == 1
        return list(world["people"]) if fine and world["glass"]["reason"].strip() and world["glass"]["again"] else None
    for paper in sorted(world["papers"], key=lambda one: (ORDER[one["level"]], -one["id"])):
        found = under(paper, world)
        if found is not None:
            return found
    return None


def under(paper: dict[str, Any], world: dict[str, Any]) -> list[int] | None:
    level = world["level"]
    signed = paper["signed"] is not None and paper["signed"] <= 0
    if ORDER[paper["level"]] < ORDER[level] or not (signed and paper["starts"] <= 0 <= paper["ends"]):
        return None
    if (
        not (paper["signatory"] or " ").strip()
        or not (paper["officer"] or " ").strip()
        or not set(world["kinds"]) <= set(paper["kinds"])
    ):
        return None
    if world["purpose"] is not None and world["purpose"] not in paper["purposes"]:
        return None
    if level == "table":
        return []
    if not paper["document"] or not world["columns"] or not set(world["columns"]) <= set(paper["columns"]):
        return None
    mine = [source for source in world["sources"] if source["kind"] in world["kinds"]]
    if any(ORDER[source["onward"]] < ORDER[level] for source in mine):
        return None
    if any(not (name in world["bases"] and world["bases"][name][0] <= 0 <= world["bases"][name][1])
           for name in paper["bases"]):  # fmt: skip
        return None
    free = {"justice", "other"} if level == "extract" else set()
    for name in paper["bases"]:
        levels, laws = LAWS_OF_BASIS[name]
        free |= laws if level in levels else set()
    needing = {source["kind"] for source in mine if source["law"] not in free}
    people = [person for person in world["people"] if not needing or signs(person, needing, paper, world)]
    if len(set(people)) < (55 if level == "extract" else 1) or not second_yes(world):
        return None
    return people


def signs(person: int, needing: set[str], paper: dict[str, Any], world: dict[str, Any]) -> bool:
    reached: set[str] = set()
    for form in world["forms"].get(person, []):
        stands = form["signed"] is not None and form["signed"] <= 0 <= form["expires"]
        stands = stands and (form["revoked"] is None or form["revoked"] > 0)
        whole = form["complete"] and (not form["minor"] or form["other_signs"])
        whole = whole and (person not in world["minors"] or form["other_signs"])
        wanted = world["purpose"] or next(iter(paper["purposes"]), "none")
        fits = 1 in form["recipients"] and wanted in form["purposes"] and set(world["classes"]) <= set(form["classes"])
        since = form["covers"] if form["covers"] is not None else form["signed"]
        early = world["data_from"] is not None and since is not None and world["data_from"] >= since
        if stands and whole and fits and early and world["classes"]:
            reached |= set(form["kinds"])
    return needing <= reached


def second_yes(world: dict[str, Any]) -> bool:
    asked = world["asked"]
    if asked is None:
        return False
    one = world["approvers"].get(asked["by"])
    own = one and asked["asker"] in {str(word).strip().lower() for word in one}
    if asked["approved"] is not None and one and not own:
        return bool(asked["hours"] >= asked["approved"] >= 0 and asked["approved"] <= 30 * 24)
    return bool(world["office"] and asked["hours"] >= 24)
