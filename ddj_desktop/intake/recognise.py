"""Which kind of source a sheet comes from: from its headings, its values and its file's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ddj_desktop.intake.columns import Column
from ddj_desktop.intake.fields import KINDS, unmet
from ddj_desktop.intake.mapping import suggest_columns
from ddj_desktop.intake.types import ColumnGuess, Sure
from ddj_desktop.intake.words import key, words

# Words that only, or mostly, one kind of system prints; three marks each for words no other prints.
_HINTS: Mapping[str, tuple[str, str]] = {
    "jail": ("booking inmate jail jacket detainee cell bond hold custody", "release mni arresting charge housing bail "
             "commit prisoner released held intake subject offense statute"),
    "arrest": ("arrestee nibrs arrests citation", "arrest offense incident statute officer suspect badge charge"),
    "dispatch": ("cad cfs dispatch tycod esn proqa beat radio psap 911 e911 calls", "call incident nature priority "
                 "unit zone cleared clear caller disposition district agency fire latitude create close enroute"),
    "co_responder": ("clinician coresponder crisis suicidal 988 mobile cit", "co responder behavioral escalation "
                     "medication referral observed followup follow mental therapist participant concern "
                     "experiencing enforcement"),
    "ems": ("pcr epcr ems ambulance impression medic nemsis transported transport runs", "run patient scene "
            "destination unit triage trip chief complaint crew loaded mileage"),
    "hospital": ("mrn icd icd10 csn ed er esi hospital encounter empi", "diagnosis dx admit discharge arrival patient "
                 "triage account payer visit complaint acuity department drg attending"),
    "shelter": ("hmis shelter personal enrollment bed rapid", "client project entry exit living situation "
                "destination veteran household move homeless program disabling night prior residence guest stay coc"),
    "treatment": ("episode modality asam detox treatment sud mat", "program admit discharge client clinic care level "
                  "substance drug diagnosis counselor provider outpatient"),
    "court": ("court docket plea judge filing cause arraignment verdict courts", "case disposition hearing attorney "
              "defendant filed charge statute division trial fta"),
    "probation": ("probation probationer supervision caseload supervisee parole", "officer risk term case expiration "
                  "violation conditions termination start"),
}  # fmt: skip

_FILE_NAMES: Mapping[str, str] = {
    "jail": "jail carcel jms booking bookings inmate inmates detention corrections roster sheriff custody releases "
    "detainees",
    "arrest": "arrest arrests rms police citations pd",
    "dispatch": "cad 911 e911 dispatch cfs calls psap",
    "co_responder": "julota coresponder co responder crisis bhr cit mcrt mobile",
    "ems": "ambulancia ems ambulance epcr pcr runs medic fire",
    "hospital": "hospital ed er emergency encounters visits adt health clinic medical",
    "shelter": "refugio albergue hmis shelter housing homeless enrollment client coc exit stays",
    "treatment": "treatment behavioral substance sud detox cmhc",
    "court": "court courts docket cases filings",
    "probation": "probation supervision parole",
}


@cache
def _hints() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """Each kind's strong and weak words, said as headings are."""
    return {kind: (frozenset(words(strong)), frozenset(words(weak))) for kind, (strong, weak) in _HINTS.items()}


def kind_of(columns: Sequence[Column], *names: str) -> tuple[str, Sure, list[ColumnGuess]]:
    """The likeliest kind, how sure that is, and the columns as that kind reads them.

    `names` are the file's and the sheet's. Marks: 3 for each telling word among the headings, 1 for each ordinary
    one, 4 for a word of the file's name, then what the mapping bears out: 3 for meeting every need, 1 for each of the
    kind's own columns found. Ties go to the kind named first in `KINDS`.
    """
    spoken = {word for column in columns if column.named for word in words(column.header)}
    named = {word for name in names for word in words(name)}
    marks: dict[str, float] = {}
    readings: dict[str, list[ColumnGuess]] = {}
    for kind in KINDS:
        strong, weak = _hints()[kind]
        told = frozenset(key(_FILE_NAMES[kind]))
        reading = suggest_columns(columns, kind)
        readings[kind] = reading
        marks[kind] = (
            3 * len(spoken & strong) + len(spoken & weak) + 4 * min(len(named & told), 2) + _borne_out(kind, reading)
        )
    ranked = sorted(KINDS, key=lambda kind: -marks[kind])
    best, lead = ranked[0], marks[ranked[0]] - marks[ranked[1]]
    sure = Sure.SURE if lead >= 5 else Sure.LIKELY if lead >= 2 else Sure.GUESS
    return best, sure, readings[best]


def _borne_out(kind: str, reading: Iterable[ColumnGuess]) -> float:
    """What the mapping of a kind says for it."""
    firm = {guess.field for guess in reading if guess.field and guess.sure != Sure.GUESS}
    sure = {guess.field for guess in reading if guess.field and guess.sure == Sure.SURE}
    own = sure & {"contact_key", "starts", "ends", "record_key", "nature", "release_type", "full_name"}
    return (3.0 if not unmet(kind, firm) else 0.0) + len(own) + 0.2 * len(sure)
