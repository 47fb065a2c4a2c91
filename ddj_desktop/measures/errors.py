"""What can keep a month from being counted, each in one sentence."""

from __future__ import annotations

from ddj_desktop.kernel.errors import PersonCanFix


class CountsAddresses(PersonCanFix):
    sentence = (
        "The definition {name} makes a list of addresses, and the month's figures count people. "
        "Agree on a definition of people for the packet; the list of addresses can be written with `list`."
    )


class NoSuchRows(PersonCanFix):
    sentence = "The rows behind that number can not be found. Count the month again and open it from there."
