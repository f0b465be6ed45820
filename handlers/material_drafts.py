"""A material while it is prepared, as the dialog's row keeps it: a restart changes nothing."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from telegram import Message

from bot.context import BotContext
from bot.materials import ChatMaterial, Embargo, MaterialContent, MaterialDraft, MaterialSource
from bot.models import Media, MediaKind
from bot.services.materials import MAX_TITLE, usable_link

KIND = "material"
KIND_OF_SPEAKERS = "slides"
AWAITS_OWNER = "owner"
AWAITS_CONTENT = "content"
AWAITS_TITLE = "title"
AWAITS_TIME = "time"
SHOWN_LASTS = timedelta(minutes=10)
_KEY_BYTES = 6
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_AROUND_TITLE = " \n\t:–—-"


@dataclass(frozen=True, slots=True)
class OpenMaterialDraft:
    """A draft and where its author stands.

    ``material``: the handle of what is being changed; empty: it is new. ``seen``: the mark of what that was when its
    author last saw it. ``awaits``: what a typed line means now;
    empty: nothing. ``offered``: a title to be taken by a tap. ``revision`` counts the changes, so that an old screen
    cannot confirm what it does not show; ``shown_at``: when the author last saw what they would confirm.
    """

    key: str
    draft: MaterialDraft
    material: str = ""
    awaits: str = AWAITS_CONTENT
    offered: str = ""
    revision: int = 0
    shown_at: datetime | None = None
    source: MaterialSource = MaterialSource.ORGANISER
    seen: str = ""

    @property
    def by_speaker(self) -> bool:
        """Whether a speaker prepares it, for the organisers to look at."""
        return self.source is MaterialSource.SPEAKER

    def with_draft(self, draft: MaterialDraft) -> OpenMaterialDraft:
        """Change what it will be: whatever was shown before is out of date."""
        return replace(self, draft=draft, awaits="", revision=self.revision + 1, shown_at=None)

    def was_shown(self, revision: int, now: datetime) -> bool:
        """Whether the author saw this very draft within the last ten minutes."""
        return revision == self.revision and self.shown_at is not None and now - self.shown_at <= SHOWN_LASTS


def new_draft(
    belongs_to: str | None, *, awaits: str = AWAITS_CONTENT, source: MaterialSource = MaterialSource.ORGANISER
) -> OpenMaterialDraft:
    """Return an empty draft of something for this session or speaker, or for the event."""
    return OpenMaterialDraft(_new_key(), MaterialDraft(belongs_to), awaits=awaits, source=source)


def draft_from(
    material: ChatMaterial, *, awaits: str = "", source: MaterialSource = MaterialSource.ORGANISER
) -> OpenMaterialDraft:
    """Return a draft that changes this material, or takes its place."""
    draft = material.draft
    return OpenMaterialDraft(_new_key(), draft, material.handle, awaits, source=source, seen=draft.mark)


def draft_of(context: BotContext) -> OpenMaterialDraft | None:
    """Return the draft that the speaking person has open; None: none."""
    dialog = context.services.dialogs.of(context.attendee.chat_id)
    if dialog is None or dialog.kind not in {KIND, KIND_OF_SPEAKERS}:
        return None
    source = MaterialSource.SPEAKER if dialog.kind == KIND_OF_SPEAKERS else MaterialSource.ORGANISER
    return replace(_read(dialog.state), source=source)


async def keep(opened: OpenMaterialDraft, context: BotContext) -> OpenMaterialDraft:
    """Write down where it stands, and return it."""
    kind = KIND_OF_SPEAKERS if opened.by_speaker else KIND
    await context.services.dialogs.put(context.attendee.chat_id, kind, _written(opened))
    return opened


def content_of(message: Message) -> tuple[MaterialContent, str] | None:
    """Return the link or file of a message, and the title that it suggests (may be empty); None: it has neither."""
    caption = _one_line(message.caption or "")
    if message.photo:
        return MaterialContent(media=Media(MediaKind.PHOTO, message.photo[-1].file_id)), caption
    if message.document:
        name = _one_line(PurePath(message.document.file_name or "").stem.replace("_", " "))
        return MaterialContent(media=Media(MediaKind.DOCUMENT, message.document.file_id)), caption or name
    return _link_of((message.text or "").strip())


def _new_key() -> str:
    return secrets.token_urlsafe(_KEY_BYTES)


def _link_of(text: str) -> tuple[MaterialContent, str] | None:
    """Return the only address in a text, with the words around it; one without its "https://" must stand alone."""
    addresses = _ADDRESS.findall(text)
    if len(addresses) == 1 and usable_link(addresses[0]):
        return MaterialContent(url=addresses[0]), _one_line(text.replace(addresses[0], " "))
    if not addresses and "." in text and usable_link(f"https://{text}"):
        return MaterialContent(url=f"https://{text}"), ""
    return None


def _one_line(text: str) -> str:
    words = " ".join(text.split()).strip(_AROUND_TITLE)
    return words if len(words) <= MAX_TITLE else ""


def _written(opened: OpenMaterialDraft) -> dict[str, Any]:
    draft, content = opened.draft, opened.draft.content
    return {
        "key": opened.key,
        "belongs_to": draft.belongs_to,
        "speaker": draft.speaker,
        "url": content.url,
        "media": [content.media.kind.value, content.media.file_id] if content.media else None,
        "title": draft.title,
        "until": draft.embargo.until.isoformat() if draft.embargo.until else None,
        "after_session": draft.embargo.after_session,
        "material": opened.material,
        "awaits": opened.awaits,
        "offered": opened.offered,
        "revision": opened.revision,
        "shown_at": opened.shown_at.isoformat() if opened.shown_at else None,
        "seen": opened.seen,
    }


def _read(state: Mapping[str, Any]) -> OpenMaterialDraft:
    media = Media(MediaKind(state["media"][0]), state["media"][1]) if state["media"] else None
    embargo = Embargo(_moment(state["until"]), state["after_session"])
    draft = MaterialDraft(
        state["belongs_to"], MaterialContent(state["url"], media), state["title"], embargo, state.get("speaker")
    )
    return OpenMaterialDraft(
        state["key"],
        draft,
        state["material"],
        state["awaits"],
        state["offered"],
        state["revision"],
        _moment(state["shown_at"]),
        seen=state.get("seen", ""),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
