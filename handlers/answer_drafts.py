"""An organiser's answer while it is written, as the dialog's row keeps it: a restart changes nothing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from bot.context import BotContext

KIND = "answer"
_KEY_BYTES = 6


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """An answer to the questions ``keys``, or a correction of the known answer ``corrects``.

    ``question``: the words that the screens quote. ``awaits``: the language of the text that is sent next; empty: none
    is awaited. ``revision`` counts the changes and ``shown`` is the one that was previewed last, so that an old screen
    cannot confirm what it does not show. ``sources``: the author's message that each text came from, by language.
    ``seen``: the mark of the corrected answer when its author last saw it.
    """

    key: str
    question: str
    keys: tuple[str, ...] = ()
    corrects: int | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    awaits: str = ""
    revision: int = 0
    shown: int = -1
    sources: Mapping[str, int] = field(default_factory=dict)
    seen: str = ""

    def with_text(self, language: str, text: str, source: int) -> AnswerDraft:
        """Take a text: whatever was shown before is out of date."""
        return replace(
            self,
            texts={**self.texts, language: text},
            sources={**self.sources, language: source},
            awaits="",
            revision=self.revision + 1,
        )


def new_key() -> str:
    """Return a name for a new draft."""
    return secrets.token_urlsafe(_KEY_BYTES)


def draft_of(context: BotContext) -> AnswerDraft | None:
    """Return the answer that the speaking person is writing; None: none."""
    dialog = context.services.dialogs.of(context.attendee.chat_id)
    if dialog is None or dialog.kind != KIND:
        return None
    return AnswerDraft(**{**dialog.state, "keys": tuple(dialog.state["keys"])})


async def keep(draft: AnswerDraft, context: BotContext) -> AnswerDraft:
    """Write down where it stands, and return it."""
    await context.services.dialogs.put(context.attendee.chat_id, KIND, asdict(draft))
    return draft
