"""What can go wrong while a paper or a sheet is written, each in one sentence."""

from __future__ import annotations

from ddj_desktop.kernel.errors import PersonCanFix


class CannotSave(PersonCanFix):
    sentence = (
        "{file} can not be written. Check that its folder is there and that you may write to it, and close the file "
        "if it is open in another program. What was there before is unchanged."
    )


class NoRoom(PersonCanFix):
    sentence = (
        "The disk is full, so {file} was not written. What was there before is unchanged. "
        "Free some space and try again."
    )


class NotAsWritten(PersonCanFix):
    sentence = (
        "{file} did not read back as it was written, so it was not kept. Check the disk, or choose another folder."
    )
