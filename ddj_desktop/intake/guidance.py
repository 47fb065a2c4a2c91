"""What each problem of an import does to the results, and what to ask the sender."""

from __future__ import annotations

from collections.abc import Mapping

_NOT_COUNTED = "These rows are kept with the import and counted nowhere."
_NO_DAYS = "The contacts are counted; their days are missing from every sum of days."
_WEAKER = "These people are matched by the rest of what is known of them, less surely."

_GUIDANCE: Mapping[str, tuple[str, str]] = {
    "lost_digits": ("Different numbers have become one, so the column is not used for these rows.",
                    "Export the column as text, so that every digit is there."),
    "no_start": (_NOT_COUNTED, "Fill the date in, or say why a row has none."),
    "unreadable_start": (_NOT_COUNTED, "Write every date one way, for example 2026-10-31."),
    "no_person": (_NOT_COUNTED, "Add the name or the person number to every row."),
    "no_number": (_NOT_COUNTED, "Add the number of the contact to every row."),
    "nothing": (_NOT_COUNTED, ""),
    "end_before_start": (_NO_DAYS, "Correct the dates of these rows."),
    "unreadable_end": (_NO_DAYS, "Write every date one way, for example 2026-10-31."),
    "unreadable_time": ("The contacts are counted on their day, not by their hour.", "Write times as 14:05."),
    "start_in_future": ("The contacts count only once their day has come.", "Check the order of day and month."),
    "unreadable_birth": (_WEAKER, "Write every birth date one way, for example 1991-03-04."),
    "birth_too_late": (_WEAKER, "Correct these birth dates; two digits of a year may have been read wrongly."),
    "placeholder_birth": (_WEAKER, "Leave the birth date blank where it is not known."),
    "short_years": ("", "Write the year of birth with four digits."),
    "look_alike": (_WEAKER, "Type these names again with plain letters."),
    "ragged": ("What stands in the wrong column is read as what that column holds.",
               "Put every value that holds the parting mark into quotation marks, or send Excel."),
    "placeholder_ssn": (_WEAKER, ""),
    "odd_ssn": (_WEAKER, "Export Social Security numbers as text, so that leading zeros stay."),
    "odd_phone": (_WEAKER, ""),
    "odd_zip": ("", ""),
    "odd_age": (_WEAKER, "Give ages as whole numbers."),
    "odd_sex": ("These people count as not recorded by sex until their code is given a meaning.",
                "Ask what the code stands for, and say so under Codes."),
    "odd_flag": ("These contacts count as not known.", "Ask what these entries mean; yes or no is enough."),
    "not_a_person": ("The contacts count without a person.", ""),
    "shared_numbers": ("Contacts are told apart by person and start date as well.",
                       "Add the number that each single contact has."),
    "no_end_column": (_NO_DAYS, "Add the column for the end."),
    "one_night": ("Each row adds one day.", ""),
    "control_total": ("If rows were lost, every figure of this source is too low.",
                      "Send the report again, or say what its total counts."),
    "control_total_agrees": ("", ""),
    "at_jail": ("They say more of the jail than of the people it holds.", ""),
    "same_time_place": ("One event may be counted more than once.",
                        "Add the number of the event that the services' own numbers belong to."),
    "new_codes": ("They are counted by the words they hold until somebody says what they mean.",
                  "Ask what the new codes stand for, and say so under Codes."),
    "volume": ("If the file is not whole, the figures of its period are too low.",
               "Ask whether the file is whole and covers the usual period and places."),
    "missing_days": ("These days count as days without anybody, which may be wrong.",
                     "Ask for the missing days; a day not exported is not a quiet day."),
    "missing_months": ("A month not delivered is not a quiet month: rates over it are too low.",
                       "Ask for the files of the missing months."),
}  # fmt: skip


def effect(code: str) -> str:
    """What a problem does to the results; blank where it does nothing."""
    return _GUIDANCE[code][0]


def ask(code: str) -> str:
    """What to ask the sender; blank where nothing is to be asked."""
    return _GUIDANCE[code][1]


def shape(text: str) -> str:
    """A value with its digits as 9 and its letters as A or a: what it looks like without what it says."""
    marks = ("9" if mark.isdigit() else "A" if mark.isupper() else "a" if mark.isalpha() else mark for mark in text)
    shaped = "".join(marks)
    return shaped if len(shaped) <= 24 else shaped[:23] + "…"
