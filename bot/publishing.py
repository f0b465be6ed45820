"""What a new version of the agenda would change, from a file or by buttons, and what was changed by buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from content.agenda import Agenda
from content.changes import AgendaChanges
from content.edit_doubts import EditDoubt
from content.edit_effects import Effect
from content.edits import AgendaEdit
from content.formats.problems import Problem
from content.notices import SessionNews


@dataclass(frozen=True, slots=True)
class ConfirmedEdit:
    """An edit that an organiser said yes to. ``token``: of the preview, so that two taps are one edit."""

    edit: AgendaEdit
    token: str


@dataclass(frozen=True, slots=True)
class EditEffects:
    """A confirmed edit with what it set, to be kept with the version that it makes."""

    confirmed: ConfirmedEdit
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class ChatEdit:
    """A version of the agenda that an organiser made by buttons, and what it set."""

    version: int
    made_at: datetime
    edit: AgendaEdit
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class EditPreview:
    """What an edit would do to version ``version``; ``agenda`` is the next one.

    ``news``: what followers would read, what is still to come first; ``told``: how many people that is.
    """

    version: int
    edit: AgendaEdit
    agenda: Agenda
    news: tuple[SessionNews, ...]
    told: int
    doubts: tuple[EditDoubt, ...]


@dataclass(frozen=True, slots=True)
class AgendaPreview:
    """What publishing ``agenda``, from the file ``name``, would do to version ``version``.

    ``news``: what its followers would read, what is still to come first; ``told``: how many people that is.
    ``removed`` of ``total`` sessions would go. ``doubts``: the first of ``doubts_in_all``. ``undoes``: the edits made
    in the chat of which something would be as it was, the latest first.
    """

    version: int
    name: str
    agenda: Agenda
    changes: AgendaChanges
    news: tuple[SessionNews, ...]
    told: int
    removed: int
    total: int
    doubts: tuple[Problem, ...]
    doubts_in_all: int
    undoes: tuple[ChatEdit, ...] = ()

    @property
    def removes_most(self) -> bool:
        """Whether more than half of the sessions would go, which looks like a mistake."""
        return self.removed * 2 > self.total
