"""What can stop an action of the line, each in one sentence."""

from __future__ import annotations

from ddj_desktop.kernel.errors import PersonCanFix


class LayoutUnclear(PersonCanFix):
    sentence = "{file} was not taken in. {missing} Do that on the Import page, or ask the sender for another export."


class NotMatched(PersonCanFix):
    sentence = "Nothing was matched yet, so people are not known. Take files in, then match."


class FolderMissing(PersonCanFix):
    sentence = "The folder {folder} can not be made or written. Choose another one."


class NoCareAgreement(PersonCanFix):
    sentence = (
        "No agreement with {partner} is in force today, so no care team paper can be for it. Add the agreement first."
    )


class NoPackets(PersonCanFix):
    sentence = "{month} and the eleven months before it hold no contacts. Take in the files of that time first."


class CannotRead(PersonCanFix):
    sentence = "{file} can not be read. Choose the file of the signed paper."


class PassphraseAgain(PersonCanFix):
    sentence = (
        "This needs the passphrase again: it was entered more than five minutes ago, and somebody else may sit at the "
        "computer now. Enter it and go on."
    )


class TooManyPassphrases(PersonCanFix):
    sentence = "Five wrong passphrases were tried in fifteen minutes. Wait fifteen minutes, and find out who tried."


class UnknownGround(PersonCanFix):
    sentence = "There is no ground for erasing called {ground!r}. The grounds are: {known}."


class Inconsistent(PersonCanFix):
    sentence = "{file} does not agree with itself: {what}. Restore the last good backup, and tell your helper."


class NoContacts(PersonCanFix):
    sentence = "No contacts are here yet. Take files in, match, and then share."


class NoSuchExtract(PersonCanFix):
    sentence = "No rows about people left as release {number}. Look at the list of what left the building."


class CodeUnknown(PersonCanFix):
    sentence = (
        "The code stands for nobody in that release. Check its letters; if the key of the codes was destroyed since, "
        "or the person's data were erased, nobody can say it any more."
    )
