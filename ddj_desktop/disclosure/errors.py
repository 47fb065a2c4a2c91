"""What can keep a figure or a file from leaving, each in one sentence: the rule, and who can mend it."""

from __future__ import annotations

from ddj_desktop.kernel.errors import PersonCanFix


class CannotProtect(PersonCanFix):
    sentence = (
        "{table} can not be made safe: {why}. Nothing was written. Use the next coarser table instead: {coarser}."
    )


class NotACountTable(PersonCanFix):
    sentence = "{file} is not a table of counts: {why}. {what_to_do}"


class NoSuchHeading(PersonCanFix):
    sentence = "{file} has no column {column}. Its columns are: {columns}."


class BadThreshold(PersonCanFix):
    sentence = "The smallest count shown can not be {threshold}. {why}"


class Refused(PersonCanFix):
    """The gate said no. `rule` names what stands in the way, `mend` who can mend it and how."""

    sentence = "Nothing was shared. {rule} {mend}"


class NotSafeAsRows(PersonCanFix):
    sentence = (
        "Nothing was shared. Rows about these people can not be made safe: too few of them look alike, however coarse "
        "the columns. Share tables instead, or ask for fewer columns."
    )


class NotSafeTogether(PersonCanFix):
    sentence = (
        "Nothing was shared. Codes stay the same under this agreement, and beside {files} that the partner holds these "
        "rows would tell of too few people. Share tables instead, ask for fewer columns, or have an agreement under "
        "which every file has codes of its own."
    )


class ColumnMayNotLeave(PersonCanFix):
    sentence = "Nothing was kept or shared. These columns can not leave: {columns}. The columns there are: {known}."
