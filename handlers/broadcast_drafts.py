"""A broadcast while it is written, as the dialog's row keeps it: a restart changes nothing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.broadcasts import Audience, AudienceKind, BroadcastDraft
from bot.context import BotContext
from bot.models import Media, MediaKind

KIND = "broadcast"
SHOWN_LASTS = timedelta(minutes=10)
AWAITS_TIME = "time"
_AWAITS_TEXT = "text:"
_KEY_BYTES = 6


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft and where its author stands.

    ``awaits``: what a typed line means now; empty: nothing. ``revision`` counts the changes, so that an old screen
    cannot confirm what it does not show. ``shown_at``: when the author last saw what they would confirm. ``sources``:
    the author's message that each text came from, by language.
    """

    key: str
    draft: BroadcastDraft
    awaits: str = ""
    revision: int = 0
    shown_at: datetime | None = None
    sources: Mapping[str, int] = field(default_factory=dict)

    @property
    def awaited_language(self) -> str | None:
        """The language of the text that is to be sent next; None: no text is awaited."""
        return self.awaits.removeprefix(_AWAITS_TEXT) if self.awaits.startswith(_AWAITS_TEXT) else None

    def awaiting_text(self, language: str) -> OpenDraft:
        """Take what is sent next as the text in this language."""
        return replace(self, awaits=_AWAITS_TEXT + language)

    def with_draft(self, draft: BroadcastDraft) -> OpenDraft:
        """Change what will be sent: whatever was shown before is out of date."""
        return replace(self, draft=draft, awaits="", revision=self.revision + 1, shown_at=None)

    def was_shown(self, revision: int, now: datetime) -> bool:
        """Whether the author saw this very draft within the last ten minutes."""
        return revision == self.revision and self.shown_at is not None and now - self.shown_at <= SHOWN_LASTS


def new_draft(language: str, audience: Audience | None = None) -> OpenDraft:
    """Return an empty draft that awaits its first text, in this language."""
    draft = BroadcastDraft(audience=audience or Audience())
    return OpenDraft(secrets.token_urlsafe(_KEY_BYTES), draft).awaiting_text(language)


def draft_of(context: BotContext) -> OpenDraft | None:
    """Return the draft that the speaking person has open; None: none."""
    dialog = context.services.dialogs.of(context.attendee.chat_id)
    return _read(dialog.state) if dialog is not None and dialog.kind == KIND else None


async def keep(opened: OpenDraft, context: BotContext) -> OpenDraft:
    """Write down where it stands, and return it."""
    await context.services.dialogs.put(context.attendee.chat_id, KIND, _written(opened))
    return opened


def _written(opened: OpenDraft) -> dict[str, Any]:
    draft = opened.draft
    return {
        "key": opened.key,
        "texts": dict(draft.texts),
        "media": [draft.media.kind.value, draft.media.file_id] if draft.media else None,
        "audience": [draft.audience.kind.value, draft.audience.value],
        "urgent": draft.urgent,
        "send_at": draft.send_at.isoformat() if draft.send_at else None,
        "awaits": opened.awaits,
        "sources": dict(opened.sources),
        "revision": opened.revision,
        "shown_at": opened.shown_at.isoformat() if opened.shown_at else None,
    }


def _read(state: Mapping[str, Any]) -> OpenDraft:
    kind, value = state["audience"]
    media = Media(MediaKind(state["media"][0]), state["media"][1]) if state["media"] else None
    draft = BroadcastDraft(
        state["texts"], media, Audience(AudienceKind(kind), value), state["urgent"], _moment(state["send_at"])
    )
    shown_at = _moment(state["shown_at"])
    return OpenDraft(state["key"], draft, state["awaits"], state["revision"], shown_at, state["sources"])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
