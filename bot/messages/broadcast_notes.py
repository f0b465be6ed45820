"""What is said in front of the texts of a broadcast when something else happened than its author may think."""

from __future__ import annotations

from bot.i18n import language_name
from bot.messages.outgoing import MAX_TEXT_LENGTH
from bot.messages.view import View


def not_taken(view: View, *, perhaps_cut: bool) -> str:
    """Say that what was sent just now is no part of the message.

    ``perhaps_cut``: a text in hand is about as long as Telegram's apps let a message be; they send longer ones in two.
    """
    if perhaps_cut:
        return view.t.gettext(
            "I did not take what you just sent. If it is the rest of your text: Telegram cuts a text of more than"
            " %(limit)s characters in two, and only the first part is in the message. Please write a shorter one.",
            limit=MAX_TEXT_LENGTH,
        )
    return view.t.gettext("I did not take what you just sent: to change a text, first press its button.")


def file_replaced(view: View) -> str:
    """Say that there is one photo or document for all languages."""
    return view.t.gettext(
        "Everybody gets the same photo or document: this one takes the place of the one you sent before."
    )


def draft_in_hand(view: View) -> str:
    """Say that another message is being written, which is not thrown away for a new one."""
    return view.t.gettext(
        "You are writing a message already. Send or discard it first, or choose who gets it further on."
    )


def other_too_long(language: str, length: int, limit: int, view: View) -> str:
    """Say that with this file a text written before is too long."""
    return view.t.gettext(
        "I did not take this file: below a photo or a document %(limit)s characters fit, and the text in %(language)s"
        " has %(length)s. Shorten that text first.",
        limit=limit,
        language=language_name(language),
        length=length,
    )
