"""What can go wrong with a county file, each in one sentence."""

from __future__ import annotations

from ddj_desktop.kernel.errors import PersonCanFix


class NoSuchFile(PersonCanFix):
    sentence = "There is no county file at {file}. Check the name, or make one with `new`."


class AlreadyThere(PersonCanFix):
    sentence = "{file} is already there and was left as it is. Choose another name."


class NoKeyFile(PersonCanFix):
    sentence = "The key file {file} is missing. Put it back beside the county file, or use the recovery sheet."


class BadKeyFile(PersonCanFix):
    sentence = "The key file {file} is damaged. Put back a copy of it, or use the recovery sheet."


class WrongPassphrase(PersonCanFix):
    sentence = "That passphrase does not open {file}. Check capital letters and try again, or use the recovery sheet."


class DoorLocked(PersonCanFix):
    sentence = (
        "{file} is locked: five wrong passphrases were tried within fifteen minutes, so no passphrase opens it now. "
        "The recovery code of the printed sheet does: press “Use the recovery code” where the window asks for the "
        "passphrase, or use the command `restore {file} --recovery-code-file`. Find out who tried."
    )


class WeakPassphrase(PersonCanFix):
    sentence = "The passphrase is too short. Use at least 8 characters; four or more words are best."


class WrongKey(PersonCanFix):
    sentence = "The key beside {file} belongs to another county file. Put the right key file back."


class NotACountyFile(PersonCanFix):
    sentence = "{file} is not a county file, or it is damaged. Choose another file, or restore a backup."


class Damaged(PersonCanFix):
    sentence = "{file} is damaged: {where} can not be read. Nothing was changed. Restore the last good backup."


class InUse(PersonCanFix):
    sentence = "{file} is open by {holder} since {since}. Close it there first."


class FileTooNew(PersonCanFix):
    sentence = "{file} was made by a newer version of this program. Install that version to open it."


class DiskFull(PersonCanFix):
    sentence = "The disk is full. The work was taken back; the county file is as it was. Free some space and try again."


class CannotWrite(PersonCanFix):
    sentence = "{file} can not be written. Check that its folder is there and that you may write to it."


class BadRecoveryCode(PersonCanFix):
    sentence = "The recovery code is not right: {where}. Check it against the recovery sheet."


class BadBackup(PersonCanFix):
    sentence = "The backup {file} can not be used: {why}. The county file was not touched."
