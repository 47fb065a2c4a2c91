"""The catalogue: what each figure and table of a month counts, in plain words. Names are stable for scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ddj_desktop.measures.people import CHARACTERISTICS, FLAG_NOTE
from ddj_desktop.measures.use import TOP_PERCENTS

LIST_FIGURES = (
    "people_on_list", "people_on_list_last_month", "people_continuing", "people_new", "people_returned", "people_left",
)  # fmt: skip
CHARACTERISTIC_TABLES = tuple(table.name for table in CHARACTERISTICS if table.name != "systems")
OVERLAP_TABLES = ("systems", "combinations", "pairs")
SERIES_TABLES = ("by_month", "jail_days_by_month", "contacts_by_month")
BOOKING_SHARES = tuple(f"concentration_bookings_top_{percent}" for percent in TOP_PERCENTS)
JAIL_DAY_SHARES = tuple(f"concentration_jail_days_top_{percent}" for percent in TOP_PERCENTS)
MATCHING_FIGURES = ("records", "people_known", "pairs_to_review")

_ALL = "every source"
_LAST_12 = "Contacts count on their start day, in the twelve months up to the month's last day."
_DAYS = (
    "Every calendar day a stay touches counts, once for a person and kind of source, clipped to the period; "
    "a stay without an end lasts to the month's last day. Stays that name nobody are left out."
)
_LIST = "The list is made by the definition in force, on the month's last day."


@dataclass(frozen=True)
class Entry:
    """What one figure or table means. `<kind>` in a name stands for a source kind the county has."""

    name: str
    words: str
    unit: str
    numerator: str
    denominator: str
    """'' where the figure is a bare count."""
    sources: str
    exclusions: str
    sql: tuple[str, ...]
    """Files of `measures/sql` that count it; those of the list itself are in `cohort`."""


CATALOGUE: tuple[Entry, ...] = (
    Entry("people_on_list", "People on the list", "people", "people who meet the definition on the month's last day",
          "everyone with a contact in the twelve months, or on the list", "as the definition says", _LIST, ("people",)),
    Entry("people_on_list_last_month", "People on the list a month ago", "people",
          "people who met the definition on the last day of the month before", "", "as the definition says", _LIST, ()),
    Entry("people_continuing", "Stayed on the list since last month", "people", "on both lists", "last month's list",
          "as the definition says", _LIST, ()),
    Entry("people_new", "New on the list", "people", "on the list now, and on none of the 25 month lists before",
          "people on the list", "as the definition says", _LIST, ()),
    Entry("people_returned", "Returned to the list", "people",
          "on the list now, not last month, and on one of the 24 month lists before that", "people on the list",
          "as the definition says", _LIST, ()),
    Entry("people_left", "Left the list since last month", "people", "on last month's list and not on this one",
          "last month's list", "as the definition says",
          "No answer in a month that a source of the definition does not cover.", ()),
    Entry("people_<kind>", "People on the list with a contact there", "people",
          "people on the list with at least one contact in the twelve months", "people on the list", "<kind>", _LAST_12,
          ("people",)),
    Entry("contacts_<kind>", "Contacts of people on the list", "contacts", "contacts of people on the list",
          "contacts of everyone known", "<kind>",
          f"{_LAST_12} Every kind of contact counts, holds included. Contacts that name nobody are left out.",
          ("contacts_by_kind",)),
    Entry("days_<kind>", "Days of people on the list", "days", "days of people on the list", "days of everyone known",
          "<kind>", _DAYS, ("rows_days",)),
    Entry("concentration_bookings_top_<percent>", "Jail bookings of those who had most", "contacts",
          "jail contacts of the top percent of people booked, rounded up to whole people",
          "jail contacts of everyone known", "jail", _LAST_12, ("contacts_by_person",)),
    Entry("concentration_jail_days_top_<percent>", "Days in jail of those who had most", "days",
          "days in jail of the top percent of people with a day in jail, rounded up to whole people",
          "days in jail of everyone known", "jail", _DAYS, ("rows_days",)),
    Entry("bookings_mental_health", "Bookings of people with a mental health need recorded", "contacts",
          "bookings of people with a mental health need recorded in the twelve months", "all bookings of known people",
          "jail", f"{_LAST_12} Holds are left out.", ("jail_contacts", "people_flagged")),
    Entry("connected_mental_health", "Seen by treatment after release", "people",
          "of those, people with a treatment contact from the day of release to 30 days later",
          "people with a mental health need released from jail at least 30 days before the month's last day",
          "jail, treatment", "From each person's first release; no answer without a treatment source.",
          ("jail_contacts", "people_flagged", "days_of_kind")),
    Entry("rebooked_mental_health", "Booked again within a year, people with a mental health need", "people",
          "of those, people booked again within 365 days",
          "people with a mental health need recorded, released from jail in the twelve months before these", "jail",
          "Holds are left out; a booking within a day of a release continues the stay.",
          ("jail_contacts", "people_flagged")),
    Entry("records", "Records matched", "records", "records that belong to a person", "", _ALL,
          "As the file stands today.", ("matching",)),
    Entry("people_known", "People they make", "people", "people of any time", "", _ALL, "As the file stands today.",
          ("matching",)),
    Entry("pairs_to_review", "Possible matches nobody has decided yet", "pairs", "pairs in the review queue", "", _ALL,
          "As the file stands today.", ("matching",)),
    Entry("by_month", "The list, month by month", "people", "the list at each month's end, and how it moved", "",
          "as the definition says", "No answer for months whose windows begin before the data do.", ()),
    Entry("list_flow", "The list over two years", "people", "the list at each month's end, and how it moved", "",
          "as the definition says", "No answer for months whose windows begin before the data do. It stays in the "
          "building.", ()),
    *(
        Entry(table.name, table.words, "people", "people on the list, by group", "everyone else known, by group", _ALL,
              table.note, ("people",))
        for table in CHARACTERISTICS
    ),
    Entry("flag_<flag>", "What contacts say besides housing, mental health and alcohol or drugs", "people",
          "people on the list, by what their contacts say", "everyone else known, likewise", _ALL,
          f"{FLAG_NOTE} It stays in the building.", ("flags_other",)),
    Entry("combinations", "Which systems people on the list were in contact with", "people",
          "people on the list with contacts in exactly these kinds of source", "", _ALL, _LAST_12, ("people",)),
    Entry("pairs", "People on the list known to both of two systems", "people",
          "people on the list with contacts in both", "", _ALL, _LAST_12, ("people",)),
    Entry("attrition", "How the definition makes the list", "people", "people left after each step", "",
          "as the definition says", "", ()),
    Entry("contacts_by_month", "Contacts of people on the list, by month", "contacts",
          "contacts that started in the month, of people on the list on the last month's last day", "", _ALL,
          "No answer for a month a source did not deliver. It stays in the building.", ("contacts_by_month",)),
    Entry("jail_days_by_month", "Days in jail, by month", "days", "days in jail of people on the list",
          "days in jail of everyone else known", "jail",
          f"{_DAYS} Those of everyone else stay in the building.", ("rows_days",)),
    Entry("jail_kinds", "What brought people into jail", "contacts", "jail contacts of people on the list, by kind",
          "those of everyone else known", "jail", _LAST_12, ("jail_contacts",)),
    Entry("jail_stay_lengths", "How long stays that ended lasted", "contacts",
          "bookings of people on the list that ended in the twelve months, by days from the first date to the last",
          "those of everyone else known", "jail", "Holds, and stays that have not ended, are left out.",
          ("jail_contacts",)),
    Entry("jail_charges", "Gravest charge of each booking", "contacts", "bookings of people on the list",
          "those of everyone else known", "jail", f"{_LAST_12} Holds are left out.", ("jail_contacts",)),
    Entry("returns", "How soon people released from jail were booked again", "people",
          "people on the list, by days from their first release in 24 months to the next booking",
          "everyone else known", "jail",
          "Holds are left out; a booking within a day of a release continues the stay.", ("jail_contacts",)),
    Entry("hours_<kind>", "When people on the list were in contact", "contacts",
          "contacts of people on the list, by day of the week and three hours", "", "<kind>",
          f"{_LAST_12} It stays in the building.", ("hours",)),
    Entry("cost_<basis>_<kind>_<unit>", "Cost of people on the list", "dollars",
          "contacts or days of people on the list, times the unit cost that holds in the year",
          "those of everyone known, times the same", "<kind>",
          "Average and marginal costs are never added. What has no price costs nothing.",
          ("contacts_by_kind", "rows_days")),
    Entry("outcome_<programme>_<cohort>_<part>", "Use before and after enrolment", "a year at risk",
          "contacts or days of the outcome fixed for the programme", "person-years at risk: days in jail left out",
          "the outcome's", "Only people whose days before and after are all covered. Beside an as-if cohort: on the "
          "list a year before, not enrolled.", ("outcome_contacts", "outcome_days")),
    Entry("outcome_<programme>_<cohort>_change", "Use after enrolment over use before", "ratio",
          "the rate after", "the rate before", "the outcome's", "Regression to the mean is part of it.",
          ("outcome_contacts", "outcome_days")),
    Entry("outcome_<programme>_compared", "Change of those enrolled over that of the as-if cohort", "ratio",
          "after over before of people enrolled", "after over before of the as-if cohort", "the outcome's",
          "1 is no difference that can be seen. Interval: Altman and Bland, 2003.",
          ("outcome_contacts", "outcome_days")),
    Entry("outcome_followed_<programme>_<cohort>", "People followed before and after", "people",
          "people whose days before and after the index day are all covered",
          "people enrolled; or on the list a year before, not enrolled", "the outcome's", "", ("rows_people",)),
    *(
        Entry(f"outcome_{unit}_<programme>", "Use before and after, people enrolled and the as-if cohort", unit,
              f"{unit} of the outcome fixed for the programme, of people followed", "", "the outcome's",
              "Regression to the mean is part of any change.", (f"outcome_{unit}",))
        for unit in ("contacts", "days")
    ),
    Entry("outcome_jail_<programme>", "Days in jail before and after, no days at risk", "days",
          "days in jail of people followed", "", "jail", "Left out of the days at risk.", ("outcome_days",)),
    Entry("race_stages", "Race and ethnicity, stage by stage", "people",
          "people known to any system, booked into jail, booked and on the list, by group", "", _ALL,
          f"{_LAST_12} Asian and Pacific Islander are one row where a source leaves them undivided.",
          ("people", "race_codes", "race_said")),
    Entry("race_capability", "What each source's codes can say", "records", "records whose codes mean a group", "",
          _ALL, "Records of any time. It stays in the building.", ("race_codes",)),
    Entry("race_rules", "People on the list by race, under each rule for what systems say", "people",
          "people on the list, by group, under each rule", "", _ALL, "It stays in the building.", ("race_said",)),
    Entry("race_1997", "Race by the standard of 1997", "people", "people on the list, by race", "everyone else known",
          _ALL, "Whatever the ethnicity. It stays in the building.", ("race_said",)),
    Entry("ethnicity_1997", "Ethnicity by the standard of 1997", "people", "people on the list, by ethnicity",
          "everyone else known", _ALL, "It stays in the building.", ("race_said",)),
    Entry("race_in_combination", "Race and ethnicity, alone or in combination", "people",
          "people on the list of whom any record names the group", "everyone else known", _ALL,
          "Somebody of whom two groups are named is in both rows. It stays in the building.", ("race_said",)),
    Entry("race_at_contact", "Race as written down at the contact itself", "contacts",
          "contacts, by the codes of their own record", "", "sources whose staff write what they see",
          f"{_LAST_12} It stays in the building.", ("race_at_contact",)),
    Entry("race_agreement_<source>_<source>", "Race of the same people in two systems", "people",
          "people of whom both systems say something clear, by what each says", "", "the two",
          "It stays in the building.", ("race_said",)),
    Entry("race_kappa_<source>_<source>", "Agreement on race of two systems", "kappa",
          "people of whom both say the same", "people of whom both say something clear", "the two",
          "Cohen's kappa.", ("race_said",)),
    Entry("race_known_<group>", "Known to any system, of residents", "per 1,000", "people of the group known",
          "residents of the group", _ALL, "No answer until residents are entered. Exact Poisson interval.",
          ("race_said",)),
    Entry("race_booked_<group>", "Booked into jail, of residents", "per 1,000", "people of the group booked",
          "residents of the group", "jail", "No answer until residents are entered. Exact Poisson interval.",
          ("race_said",)),
    Entry("race_listed_<group>", "On the list, of people booked", "%", "people of the group booked and on the list",
          "people of the group booked", "jail", "Wilson interval.", ("race_said",)),
    Entry("race_ratio_<stage>_<group>", "A group's rate over that of White people", "ratio",
          "people of the group at the stage", "residents at first contact, people booked after it", "jail",
          "Log interval, mid-P below five on either side; unstable below 20 on either side.", ("race_said",)),
    Entry("returned_within_<days>_<side>", "Booked again within so many days of release", "%",
          "people booked again by then", "people released from jail, by Kaplan-Meier", "jail",
          "From the first release in 24 months; holds are left out.", ("jail_contacts",)),
    Entry("stay_mean_<side>", "Average length of a stay", "days", "days of bookings that ended in the twelve months",
          "those bookings", "jail", "Holds, and stays that have not ended, are left out.", ("jail_contacts",)),
    Entry("coverage", "Contacts taken in, by source and month", "contacts", "all contacts, named or not", "", _ALL,
          "No answer for a month a source did not deliver. It stays in the building.", ("coverage",)),
)  # fmt: skip


def entry(name: str) -> Entry | None:
    """What a figure, table or estimate of a month means; None for a name the catalogue does not have.

    Of several entries whose name fits, the one that says most of it.
    """
    fitting = [found for found in CATALOGUE if _pattern(found.name).fullmatch(name)]
    return max(fitting, key=lambda found: len(re.sub(r"<\w+>", "", found.name)), default=None)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(".+".join(map(re.escape, re.split(r"<\w+>", name))))
