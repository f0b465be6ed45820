"""What each button means: one payload type a button.

Sessions, speakers, rooms, tracks and materials are named by handle, so that a button goes on working after a restart, a
new agenda version or a month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.messages.payload import Payload, UnknownPayloadError, parse
from content.questions.question import Intent

__all__ = ["Payload", "UnknownPayloadError", "parse"]


@dataclass(frozen=True, slots=True)
class OpenSession(Payload, code="s"):
    """A session's card."""

    handle: str


@dataclass(frozen=True, slots=True)
class OpenSpeaker(Payload, code="p"):
    """A speaker's card."""

    handle: str


@dataclass(frozen=True, slots=True)
class OpenMaterial(Payload, code="m"):
    """A material's card."""

    handle: str


@dataclass(frozen=True, slots=True)
class OpenAgenda(Payload, code="a"):
    """The ways into the agenda: a page of its days, rooms, tracks."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenDay(Payload, code="d"):
    """A page of a day's sessions."""

    day: date
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenRooms(Payload, code="ar"):
    """A page of the list of rooms."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenRoom(Payload, code="r"):
    """A page of a room's sessions."""

    handle: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenTracks(Payload, code="at"):
    """A page of the list of tracks."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenTrack(Payload, code="t"):
    """A page of a track's sessions."""

    handle: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenNow(Payload, code="now"):
    """What is on now."""


@dataclass(frozen=True, slots=True)
class OpenNext(Payload, code="next"):
    """What comes next."""


@dataclass(frozen=True, slots=True)
class OpenSpeakers(Payload, code="sp"):
    """A page of the speakers, of one first letter (upper case) or, if it is empty, of all."""

    letter: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenMaterials(Payload, code="ms"):
    """A page of the materials."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenMaterialsOf(Payload, code="mo"):
    """The materials of one session or speaker."""

    handle: str


@dataclass(frozen=True, slots=True)
class WaitForMaterials(Payload, code="mw"):
    """Tell when something of this session or speaker can be had; done twice it is done once."""

    handle: str


@dataclass(frozen=True, slots=True)
class StopWaiting(Payload, code="mx"):
    """Do not tell of the materials of this session or speaker."""

    handle: str


@dataclass(frozen=True, slots=True)
class OpenVenue(Payload, code="v"):
    """Where the event is, and the practical topics."""


@dataclass(frozen=True, slots=True)
class OpenFact(Payload, code="f"):
    """One practical topic."""

    topic: str


@dataclass(frozen=True, slots=True)
class OpenMatchmaking(Payload, code="mm"):
    """The matchmaking."""


@dataclass(frozen=True, slots=True)
class OpenLanguages(Payload, code="l"):
    """The choice of language."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Payload, code="lc"):
    """Speak this language from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class OpenHelp(Payload, code="h"):
    """What can be asked."""


@dataclass(frozen=True, slots=True)
class OpenStart(Payload, code="st"):
    """The main menu."""


@dataclass(frozen=True, slots=True)
class Follow(Payload, code="fo"):
    """Follow this session or speaker; done twice it is done once."""

    handle: str


@dataclass(frozen=True, slots=True)
class Unfollow(Payload, code="un"):
    """Follow this session or speaker no more."""

    handle: str


@dataclass(frozen=True, slots=True)
class OpenMine(Payload, code="my"):
    """A page of the personal agenda."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenChanges(Payload, code="ch"):
    """A page of what changed in the agenda."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenReminders(Payload, code="re"):
    """How and when to be told."""


@dataclass(frozen=True, slots=True)
class SetLead(Payload, code="le"):
    """Remind so many minutes before every session; 0: never."""

    minutes: int


@dataclass(frozen=True, slots=True)
class OpenSessionLead(Payload, code="sl"):
    """How long before this session to be reminded."""

    handle: str


@dataclass(frozen=True, slots=True)
class SetSessionLead(Payload, code="sm"):
    """Remind so many minutes before this session; 0: never."""

    handle: str
    minutes: int


@dataclass(frozen=True, slots=True)
class SessionLeadAsAll(Payload, code="sa"):
    """Remind of this session as of all others."""

    handle: str


@dataclass(frozen=True, slots=True)
class Mute(Payload, code="mu"):
    """Say nothing more about this session."""

    handle: str


@dataclass(frozen=True, slots=True)
class Unmute(Payload, code="um"):
    """Speak of this session again."""

    handle: str


@dataclass(frozen=True, slots=True)
class SetChanges(Payload, code="nc"):
    """Tell of changes (1), or do not (0)."""

    on: int


@dataclass(frozen=True, slots=True)
class SetQuietHours(Payload, code="nq"):
    """Keep the quiet hours (1), or do not (0)."""

    on: int


@dataclass(frozen=True, slots=True)
class SendCalendar(Payload, code="ic"):
    """Send the personal agenda as a calendar file."""


@dataclass(frozen=True, slots=True)
class SendSessionCalendar(Payload, code="is"):
    """Send one session as a calendar file."""

    handle: str


@dataclass(frozen=True, slots=True)
class AnswerAbout(Payload, code="q"):
    """The choice among things equally meant: the same question, about this one."""

    intent: Intent
    handle: str
