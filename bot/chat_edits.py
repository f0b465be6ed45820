"""What organisers change in the agenda by buttons: the values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from content.agenda import Agenda
from content.edit_doubts import EditDoubt
from content.edit_effects import Effect
from content.edits import AgendaEdit
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
