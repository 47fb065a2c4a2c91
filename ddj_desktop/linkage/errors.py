"""What a person can mend in matching, each in one sentence."""

from __future__ import annotations

from ddj_desktop.kernel.errors import PersonCanFix


class UnknownRecord(PersonCanFix):
    sentence = (
        "Line {line} names a record that is not in this county file. Export the review sheet again and decide there. "
        "Nothing was changed."
    )


class UnknownVerdict(PersonCanFix):
    sentence = (
        "Line {line} holds a decision that is none of same, different, not_sure. Correct it, or leave it empty for "
        "later. Nothing was changed."
    )


class NotAReviewSheet(PersonCanFix):
    sentence = "The sheet has no column named {column}. Use a sheet made by `review --export`."


class NotAPair(PersonCanFix):
    sentence = "A decision is about two different records; one record was named twice. Nothing was changed."


class NoSuchBatch(PersonCanFix):
    sentence = "There is no batch of decisions with the number {batch} that still stands. Nothing was changed."


class NoSuchChange(PersonCanFix):
    sentence = "There is no merge or split with the number {change} that can be undone. Nothing was changed."


class NoEarlierTraining(PersonCanFix):
    sentence = "Matching was taught only once, so there is no earlier teaching to go back to. Nothing was changed."


class NoSample(PersonCanFix):
    sentence = "There is no pair to answer blind yet. Match people first, then draw the sample of the month."


class NoSuchColumn(PersonCanFix):
    sentence = "{file} has no column with the heading {header}. Check the spelling against the first line of the sheet."


class NoSuchField(PersonCanFix):
    sentence = "There is no field named {field}. The fields are: {known}."


class NothingToLinkBy(PersonCanFix):
    sentence = (
        "No column of {file} was recognised as something people can be told apart by, such as a name or a birth date. "
        "Name the columns with --columns, for example last=Surname."
    )


class NoSuchPlace(PersonCanFix):
    sentence = "There is no place named {place} between fewer questions and more care. The places are: {known}."


class NoSecondLook(PersonCanFix):
    sentence = "There is no decision of another person with that number to look at a second time. Nothing was changed."
