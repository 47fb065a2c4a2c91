"""What can go wrong with a definition, in words its reader can act on."""

from __future__ import annotations

from ddj_desktop.kernel.errors import PersonCanFix


class RuleMistakes(PersonCanFix):
    """The rule file holds mistakes. Facts: `mistakes`, one plain sentence each in the order of the file, and `listed`,
    all of them in one text."""

    sentence = "This definition cannot be used yet. {listed}"

    @property
    def mistakes(self) -> tuple[str, ...]:
        """One plain sentence for each mistake."""
        found = self.facts.get("mistakes", ())
        return found if isinstance(found, tuple) else ()


class NoSuchTemplate(PersonCanFix):
    """No shipped definition has that name."""

    sentence = "There is no template named {name!r}. The templates are: {known}."


class NoDefinition(PersonCanFix):
    """The county file holds no definition that could stand."""

    sentence = "This county file has no definition yet. Choose a template or write a rule file, and save it first."


class NoSuchDefinition(PersonCanFix):
    """No definition of that name or number."""

    sentence = "There is no definition {which} in this county file. Look at the list of definitions for its name."


class AgreedIsReadOnly(PersonCanFix):
    """An agreed definition was to be changed."""

    sentence = (
        "Version {version} of {name!r} is agreed and stays as it is, because packets name it. "
        "Save the change as a new version."
    )


class RetiredDefinition(PersonCanFix):
    """A retired definition was to be agreed."""

    sentence = "Version {version} of {name!r} is retired. Save it again as a new version to agree on it."


class WhoAndWhen(PersonCanFix):
    """A sign-off did not say who agreed."""

    sentence = "The sign-off names nobody. Say who agreed and when, for example 'Pine County DDJ team, 2026-06-12'."


class NotACountClause(PersonCanFix):
    """A grid was asked for over a clause that has no threshold to move."""

    sentence = (
        "Clause {number} has no threshold of the form 'at least so many', so it cannot be an axis of the grid. "
        "Choose two different clauses that count contacts, days, systems, kinds or cost."
    )


class DifferentUnits(PersonCanFix):
    """A list of people was to be compared with a list of addresses."""

    sentence = "One definition lists people and the other addresses. Choose two of the same unit to compare."


class MonthNotOver(PersonCanFix):
    """A month was to be closed before it was over."""

    sentence = (
        "{month} is not over yet, so its list can still change. Close it from the first day of the next month on."
    )


class AlreadyClosed(PersonCanFix):
    """A month was to be closed twice."""

    sentence = "{month} is closed already. Open it again first if its list must be frozen anew."


class NotClosed(PersonCanFix):
    """A month that is not closed was to be opened again."""

    sentence = "{month} is not closed. Only a closed month can be opened again."


class NotAgreed(PersonCanFix):
    """A month was to be closed by a definition nobody agreed on."""

    sentence = (
        "Version {version} of {name!r} is not agreed yet, and a closed month names the definition it was counted by. "
        "Have it agreed on the Define page first."
    )
