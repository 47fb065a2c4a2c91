"""What can go wrong while a file is taken in, each in one sentence. File names, columns and line numbers only."""

from __future__ import annotations

from ddj_desktop.kernel.errors import OurFault, PersonCanFix


class NoSuchSpreadsheet(PersonCanFix):
    sentence = "There is no file {file}. Check the name and try again."


class CannotOpen(PersonCanFix):
    sentence = "{file} cannot be opened ({why}). Close it in other programs, or save a copy and add the copy."


class OwnersMark(PersonCanFix):
    sentence = (
        "{file} holds no rows: a spreadsheet program leaves it beside a workbook that is open. "
        "Close {workbook} there and add that."
    )


class EmptyFile(PersonCanFix):
    sentence = "{file} is empty. Ask the sender for it again."


class NotATable(PersonCanFix):
    sentence = "{file} cannot be read as a table. It is {what}. Ask the sender for Excel or CSV."


class HtmlTable(PersonCanFix):
    sentence = (
        "{file} is a web page without a table of rows in it, whatever its name says. "
        "Open it in Excel, save it as .xlsx, and add that copy."
    )


class Archive(PersonCanFix):
    sentence = (
        "{file} is a zip archive without a spreadsheet in it that can be read. Take the files out of it and add them."
    )


class HasPassword(PersonCanFix):
    sentence = (
        "{file} is protected with a password. Give the password, or open the file in Excel, "
        "save a copy without it, and add the copy."
    )


class WrongPassword(PersonCanFix):
    sentence = "The password given does not open {file}. Type it again, or ask the sender for it."


class DamagedFile(PersonCanFix):
    sentence = "{file} is damaged or cut short ({why}). Ask the sender for it again."


class UnsafeFile(PersonCanFix):
    sentence = (
        "{file} was not opened: {why}. A spreadsheet does not need that. "
        "Open it in Excel, save it as a new .xlsx, and add the copy."
    )


class TooLarge(PersonCanFix):
    sentence = "{file} is too large to read ({why}). Ask for it in smaller parts, such as one month a file."


class TooWide(PersonCanFix):
    sentence = (
        "{file} has more cells than can be read from a workbook ({why}; the most is 12 million). Delete its empty rows "
        "and columns in Excel, or save it as CSV, which may hold 33 million, or in parts by month; then add it again."
    )


class ReaderStopped(PersonCanFix):
    sentence = (
        "{file} could not be read: the reader stopped. It may be damaged or built to do harm. "
        "Open it in Excel, save it as a new .xlsx, and add the copy."
    )


class TooSlow(PersonCanFix):
    sentence = "{file} was still not read after {seconds} seconds and was given up. Ask for it in smaller parts."


class OpenQuote(PersonCanFix):
    sentence = (
        "{file} has a quotation mark in the record on line {line} that is not closed as it should be, "
        "so the lines after it cannot be told apart. Correct that line, or ask for the file as Excel."
    )


class LongCell(PersonCanFix):
    sentence = (
        "{file} has a cell near line {line} that is longer than any real value. "
        "A quotation mark may be missing there. Correct that line, or ask for the file as Excel."
    )


class NoSuchTime(PersonCanFix):
    sentence = (
        "{file} has a cell on line {line} that is formatted as a time and holds a number no time has. "
        "Format its column as a number in Excel, save it, and add it again."
    )


class NoRows(PersonCanFix):
    sentence = "{file} holds no rows of data. Ask the sender for it again."


class NoHeadings(PersonCanFix):
    sentence = "No row with column names was found in {file}. Add a row that names the columns above the data."


class OtherKind(PersonCanFix):
    sentence = (
        "The source {source} is of the kind {kind}, and this sheet was taken for {other}. "
        "Choose another source, or correct the kind of the sheet."
    )


class NoSuchImport(PersonCanFix):
    sentence = "There is no import number {import_id} in this county file. Look it up in the list of imports."


class AlreadyRemoved(PersonCanFix):
    sentence = "The import of {file} was removed before, on {day}. Nothing was changed."


class DoesNotAddUp(OurFault):
    sentence = (
        "The rows of the sheet do not add up ({rows} read, {parts} accounted for). Nothing was taken in. "
        "Please save a report for your helper."
    )
