"""The buttons of speakers, of those who say that they are one, and of organisers about speakers.

The server checks at each press who is pressing, whatever the button says.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages.payload import Payload


@dataclass(frozen=True, slots=True)
class OpenSpeakerDesk(Payload, code="sd"):
    """The speaker's desk: a page of their appearances."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmClaim(Payload, code="cy"):
    """Yes, that is me: the one-time code is used up."""

    secret: str


@dataclass(frozen=True, slots=True)
class DeclineClaim(Payload, code="cn"):
    """No, that is somebody else: nothing happens."""


@dataclass(frozen=True, slots=True)
class AskToSpeak(Payload, code="ca"):
    """I am this speaker, said without a code."""

    handle: str


@dataclass(frozen=True, slots=True)
class SendRequest(Payload, code="cs"):
    """Ask the organisers whether I am this speaker."""

    handle: str


@dataclass(frozen=True, slots=True)
class ListSpeakers(Payload, code="ks"):
    """For organisers: a page of the speakers of one `ListOf`."""

    which: str = "all"
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenAccess(Payload, code="ka"):
    """For organisers: who has claimed this speaker, and the codes for it."""

    handle: str


@dataclass(frozen=True, slots=True)
class MakeCode(Payload, code="kc"):
    """For organisers: a new one-time link and QR code of this speaker."""

    handle: str


@dataclass(frozen=True, slots=True)
class RevokeCodes(Payload, code="kr"):
    """For organisers: withdraw every code of this speaker."""

    handle: str


@dataclass(frozen=True, slots=True)
class AskUndo(Payload, code="ku"):
    """For organisers: ask whether this person shall not be this speaker any more."""

    handle: str
    chat_id: int


@dataclass(frozen=True, slots=True)
class UndoClaim(Payload, code="kx"):
    """For organisers: this person is not this speaker."""

    handle: str
    chat_id: int


@dataclass(frozen=True, slots=True)
class ConfirmRequest(Payload, code="ky"):
    """For organisers: who asked is this speaker."""

    number: int


@dataclass(frozen=True, slots=True)
class RefuseRequest(Payload, code="kn"):
    """For organisers: who asked is not this speaker."""

    number: int


@dataclass(frozen=True, slots=True)
class SendSlots(Payload, code="si"):
    """Send my appearances as a calendar file."""


@dataclass(frozen=True, slots=True)
class OpenSpeakerReminders(Payload, code="so"):
    """Which reminders of my appearances I get."""


@dataclass(frozen=True, slots=True)
class SetSpeakerReminder(Payload, code="sr"):
    """Remind me so (1), or do not (0)."""

    reminder: str
    on: int


@dataclass(frozen=True, slots=True)
class SeenChange(Payload, code="sv"):
    """I have seen what this version changed for me."""

    version: int


@dataclass(frozen=True, slots=True)
class AskCall(Payload, code="sb"):
    """Ask whether I really cannot come, before the organisers hear it."""


@dataclass(frozen=True, slots=True)
class CallOrganisers(Payload, code="sh"):
    """Let every organiser hear it: one `CallKind`."""

    kind: str


@dataclass(frozen=True, slots=True)
class AnswerCall(Payload, code="kz"):
    """For organisers: one `CallAnswer` to a speaker's call."""

    number: int
    answer: str


@dataclass(frozen=True, slots=True)
class RemindUnseen(Payload, code="kw"):
    """For organisers: ask every speaker again who has not tapped "seen"."""
