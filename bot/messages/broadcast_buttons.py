"""The buttons of a broadcast: those of a draft carry its key, so that an old message cannot act on a new draft."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages.payload import Payload


@dataclass(frozen=True, slots=True)
class WriteBroadcast(Payload, code="bn"):
    """Go on with the draft, or begin one."""


@dataclass(frozen=True, slots=True)
class TellFollowers(Payload, code="bt"):
    """Begin a draft to the followers of this session or speaker."""

    handle: str


@dataclass(frozen=True, slots=True)
class WriteText(Payload, code="bw"):
    """What is sent next is the text in this language."""

    key: str
    language: str


@dataclass(frozen=True, slots=True)
class OpenTexts(Payload, code="bx"):
    """Which languages have a text of their own."""

    key: str


@dataclass(frozen=True, slots=True)
class DropFile(Payload, code="bi"):
    """The texts alone, without the photo or the document."""

    key: str


@dataclass(frozen=True, slots=True)
class OpenAudience(Payload, code="ba"):
    """Who gets it."""

    key: str


@dataclass(frozen=True, slots=True)
class SendToEverybody(Payload, code="be"):
    """Everybody gets it."""

    key: str


@dataclass(frozen=True, slots=True)
class SendToLanguage(Payload, code="bg"):
    """Those who read this language get it."""

    key: str
    language: str


@dataclass(frozen=True, slots=True)
class OpenAudienceSessions(Payload, code="bs"):
    """A page of sessions whose followers may get it."""

    key: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenAudienceSpeakers(Payload, code="bq"):
    """A page of speakers whose followers may get it: of one first letter or, if it is empty, of all."""

    key: str
    letter: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class SendToFollowers(Payload, code="bf"):
    """The followers of this session or speaker get it."""

    key: str
    handle: str


@dataclass(frozen=True, slots=True)
class SendToSpeakers(Payload, code="bb"):
    """The speakers who have claimed their profile get it."""

    key: str


@dataclass(frozen=True, slots=True)
class PreviewBroadcast(Payload, code="bv"):
    """See it in each language, with head-counts."""

    key: str


@dataclass(frozen=True, slots=True)
class TryBroadcast(Payload, code="bm"):
    """Send it to the organiser alone."""

    key: str


@dataclass(frozen=True, slots=True)
class SetUrgent(Payload, code="bu"):
    """Urgent (1) passes the quiet hours; not urgent (0) waits."""

    key: str
    on: int


@dataclass(frozen=True, slots=True)
class AskTime(Payload, code="bh"):
    """What is typed next is the time of sending."""

    key: str


@dataclass(frozen=True, slots=True)
class SendAtOnce(Payload, code="bo"):
    """Drop the time of sending."""

    key: str


@dataclass(frozen=True, slots=True)
class ConfirmBroadcast(Payload, code="by"):
    """Send it, or put it down for its time.

    ``revision``: of the draft that was shown. ``repeat`` (1): though the same text went out just now.
    """

    key: str
    revision: int
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class DiscardBroadcast(Payload, code="bd"):
    """Drop the draft."""

    key: str


@dataclass(frozen=True, slots=True)
class OpenBroadcasts(Payload, code="bl"):
    """The latest broadcasts."""


@dataclass(frozen=True, slots=True)
class OpenBroadcast(Payload, code="bp"):
    """How far this broadcast is."""

    id: int


@dataclass(frozen=True, slots=True)
class PauseBroadcast(Payload, code="bz"):
    """Hold what is not sent yet."""

    id: int


@dataclass(frozen=True, slots=True)
class ResumeBroadcast(Payload, code="br"):
    """Go on sending."""

    id: int


@dataclass(frozen=True, slots=True)
class AskCancelBroadcast(Payload, code="bc"):
    """Ask whether the rest shall not be sent."""

    id: int


@dataclass(frozen=True, slots=True)
class CancelBroadcast(Payload, code="bk"):
    """Send the rest to nobody."""

    id: int
