"""People as organisers see them: by their Telegram id, which leads to their profile."""

from __future__ import annotations

from bot.i18n import Html
from bot.messages.formatting import profile_link
from bot.messages.view import View


def person_by_id(chat_id: int, view: View) -> Html:
    """Return the id as a link; in words if it is 0, which is left of whoever was forgotten."""
    if not chat_id:
        return view.t.pgettext("in place of a person’s id", "forgotten")
    return profile_link(str(chat_id), chat_id)
