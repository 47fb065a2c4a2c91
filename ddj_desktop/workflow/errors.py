"""What can stop an action of the line, each in one sentence."""

from __future__ import annotations

from ddj_desktop.kernel.errors import PersonCanFix


class LayoutUnclear(PersonCanFix):
    sentence = "{file} was not taken in: {missing}. Nothing was changed. Say which column holds it, or ask for another export."


class NoDefinition(PersonCanFix):
    sentence = "No definition is kept yet, so nobody can be on a list. Make one with `define`, or on the Define page."


class NoSuchDefinition(PersonCanFix):
    sentence = "No definition is called {name}. The names are: {names}."


class NotMatched(PersonCanFix):
    sentence = "Nothing was matched yet, so people are not known. Take files in, then match."


class NoSuchTemplate(PersonCanFix):
    sentence = "No template is called {name}. See the names with `define --templates`."


class FolderMissing(PersonCanFix):
    sentence = "The folder {folder} can not be made or written. Choose another one."


class NoPackets(PersonCanFix):
    sentence = "{month} holds no contacts and no earlier month does. Take in the files of that month first."


class Inconsistent(PersonCanFix):
    sentence = "{file} does not agree with itself: {what}. Restore the last good backup, and tell your helper."
