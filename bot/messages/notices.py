"""Short texts that are no screen: alerts over a button, troubles, a flood."""

from __future__ import annotations

from bot.i18n import Localizer


def target_gone(t: Localizer) -> str:
    """Return the alert for a button whose target left the agenda."""
    return t.plain.gettext("This is no longer in the agenda. Write me what you look for, or open the menu.")


def old_button(t: Localizer) -> str:
    """Return the alert for a button that this version does not know."""
    return t.plain.gettext("This button is too old. Here is the menu instead.")


def something_failed(t: Localizer) -> str:
    """Return what a person reads when their message could not be answered through our own fault."""
    return t.gettext("Something went wrong on my side, and the organisers’ log says what. Please ask again.")


def too_many_messages(t: Localizer) -> str:
    """Return what a person reads once when they send more than can be answered."""
    return t.gettext(
        "That is too many messages at once: I answer the first ones and leave the rest. Please wait a moment."
    )


def only_text(t: Localizer) -> str:
    """Return what a person reads after a photo, a voice message or anything else that is no text."""
    return t.gettext("I can read only text so far. Please write your question.")
