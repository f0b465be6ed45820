"""The ways back from the organisers' screens: whatever was opened from the desk leads to it, and to the menu."""

from __future__ import annotations

from bot.messages.desk_buttons import OpenDesk
from bot.messages.outgoing import Button
from bot.messages.sessions import menu_button
from bot.messages.view import View


def organisers_desk_button(view: View) -> Button:
    """Return the button that leads to the organisers' desk."""
    return OpenDesk().button(view.t.plain.pgettext("button", "Organisers’ desk"))


def desk_and_menu(view: View) -> tuple[Button, ...]:
    """Return the row that leads to the desk, and to the main menu."""
    return (organisers_desk_button(view), menu_button(view))
