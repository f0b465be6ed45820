"""The buttons of an agenda that is sent to the chat."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages.payload import Payload


@dataclass(frozen=True, slots=True)
class OpenImport(Payload, code="ia"):
    """How to send a new agenda."""


@dataclass(frozen=True, slots=True)
class PublishImport(Payload, code="ip"):
    """Publish the file that was previewed: the beginning of its hash, and the version it was compared with."""

    sha: str
    version: int


@dataclass(frozen=True, slots=True)
class OpenUndone(Payload, code="il"):
    """All changes made in the chat that the previewed file would undo; ``sha`` as in `PublishImport`."""

    sha: str


@dataclass(frozen=True, slots=True)
class DiscardImport(Payload, code="id"):
    """Do not publish it."""


@dataclass(frozen=True, slots=True)
class UndoImport(Payload, code="iu"):
    """Go back to the version before this one, if this one is still current. ``again``: it takes back an undoing."""

    version: int
    again: int = 0


@dataclass(frozen=True, slots=True)
class OpenVersions(Payload, code="ih"):
    """The latest versions of the agenda."""


@dataclass(frozen=True, slots=True)
class CheckAgenda(Payload, code="ik"):
    """What is doubtful about the agenda."""
