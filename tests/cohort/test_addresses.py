"""Lists of addresses: one spelling each, institutions left out, the same counting as for people."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

from ddj_desktop.cohort.addresses import one_spelling
from ddj_desktop.cohort.contacts import load
from ddj_desktop.cohort.evaluate import evaluate
from ddj_desktop.cohort.templates import template
from ddj_desktop.store.county_file import CountyFile
from tests.cohort.counties import OneContact, SmallCounty, put, random_county
from tests.cohort.oracle import Oracle
from tests.cohort.random_rules import random_rule

AS_OF = date(2026, 10, 31)
SPELLED = {
    "12 Elm Street": "12 ELM ST", "12 ELM ST.": "12 ELM ST", "40 Oak Ave": "40 OAK AVE", "7 Main": "7 MAIN",
    "1 Law Way": "1 LAW WAY", "County Jail": "", None: "",
}  # fmt: skip


def test_one_spelling() -> None:
    for text, spelled in SPELLED.items():
        assert one_spelling(text or "") == spelled
    assert one_spelling("456 north main street apt. 2") == "456 N MAIN ST"
    assert one_spelling("Pine Valley Hospital, 3 Hill Rd") == ""


def call(address: str | None, source: int = 1, person: int | None = None) -> OneContact:
    return OneContact(person, source, "call", datetime(2026, 9, 9), address=address)


def test_the_busiest_addresses_without_institutions(county: CountyFile) -> None:
    """The jail's own address is where most of its bookings happen; calls to it do not count. A shelter that writes
    other places has no own address. Contacts of nobody count."""
    lane = county.lane()
    contacts = (
        *(call("1 Law Way") for _ in range(9)), *(call("1 Law Way", source=2, person=5) for _ in range(4)),
        call("8 Pine Rd", source=2, person=5),
        *(call(f"{number} First St", source=3) for number in range(10)), call("12 Elm St", source=3),
        *(call("12 Elm Street") for _ in range(3)), call("12 ELM ST", person=7), call("7 Main"), call(None),
        call("General Delivery"),
    )  # fmt: skip
    sources = ((1, "911", "dispatch"), (2, "Pine jail", "jail"), (3, "Pine shelter", "shelter"))
    put(lane, SmallCounty(sources, contacts))
    found = evaluate(lane, template("addressiq").rule, AS_OF)
    assert [(m.address, m.values["top"], m.reason.split(",")[0]) for m in found.members] == [
        ("12 ELM ST", 4, "4 EMS runs or 911 calls (the list begins at 4)"),
    ]  # fmt: skip
    assert found.base == 13
    assert found.cut is not None
    assert found.cut.sentence == "The top 10% here means 4 or more EMS runs or 911 calls: 1 of 2 addresses."
    assert load(lane, "address").left_out == ("1 LAW WAY",)


def test_rules_over_addresses_give_the_oracles_list(county: CountyFile) -> None:
    lane = county.lane()
    for seed in range(10):
        random = Random(seed)
        small = random_county(random, AS_OF)
        put(lane, small)
        spelled = [(SPELLED[c.address], c) for c in small.contacts]
        left_out = load(lane, "address").left_out
        names = sorted({name for name, _ in spelled if name and name not in left_out})
        moved = tuple(
            OneContact(**{**vars(c), "person": names.index(name) + 1}) for name, c in spelled if name in names
        )
        oracle = Oracle(SmallCounty(small.sources, moved, {}, small.costs), AS_OF)
        for _ in range(8):
            rule = random_rule(random, AS_OF)
            if (rule.top and rule.top.ties == "cap") or rule.min_age:
                continue  # a cap follows the addresses' own numbers; addresses have no age
            over = type(rule)(rule.name, "address", rule.combine, rule.clauses, None, rule.top, rule.tiers)
            expected, _ = oracle.members(over)
            found = evaluate(lane, over, AS_OF)
            assert sorted(m.address for m in found.members) == [names[place - 1] for place in expected], (seed, rule)
