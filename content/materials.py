"""Slides, documents and pages: those of the agenda, and those that people added beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from content.localized_text import LocalizedText


class MaterialKind(StrEnum):
    """What sort of material this is."""

    PRESENTATION = "presentation"
    DOCUMENT = "document"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that somebody else keeps for us under ``key``. ``photo``: to be shown as a picture."""

    key: str
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Addition:
    """What is only known of a material that was added beside the agenda: no version of the agenda holds it.

    ``opens_at`` (aware): before it the thing itself is given to nobody; None: given at once. ``after_session``: that
    moment is the end of its session.
    """

    file: KeptFile | None = None
    opens_at: datetime | None = None
    after_session: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """Slides, a document or a page, of speakers, of sessions or (with neither) of the event.

    ``url`` is the thing itself; ``found_at`` the page to look on while the thing's own address is not known.
    """

    id: str
    title: LocalizedText
    kind: MaterialKind = MaterialKind.PRESENTATION
    url: str | None = None
    found_at: str | None = None
    speaker_ids: tuple[str, ...] = ()
    session_ids: tuple[str, ...] = ()
    language: str | None = None
    aliases: tuple[str, ...] = ()
    unknown: frozenset[str] = frozenset()
    handle: str = field(default="", compare=False)
    added: Addition | None = None

    @property
    def file(self) -> KeptFile | None:
        """The file itself, if it was added as one."""
        return self.added.file if self.added else None

    def is_open(self, now: datetime) -> bool:
        """Whether people may have it at this moment."""
        return self.added is None or self.added.opens_at is None or self.added.opens_at <= now

    def is_there(self, now: datetime) -> bool:
        """Whether people who ask for it now get something: the thing itself, or the page to look on."""
        return self.is_open(now) and bool(self.file or self.url or self.found_at)
