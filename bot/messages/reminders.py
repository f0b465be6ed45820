"""The reminder of a session, as it comes unasked."""

from __future__ import annotations

from datetime import timedelta

from bot.i18n import Html
from bot.messages import buttons
from bot.messages.follows import followed_speakers, mute_button
from bot.messages.formatting import beside, bold, capitalised, italic, lines, paragraphs, rows
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.sessions import cut_title, illustrative_note
from bot.messages.view import View
from content.agenda import Session


def reminder_message(session: Session, view: View) -> OutgoingMessage:
    """Return what, where, when and in how many minutes; why it came, and how to stop it with one tap."""
    t = view.t
    left = session.starts_at - view.now
    soon = t.gettext("Starts now") if left < timedelta(minutes=1) else Html(capitalised(t.distance(left)))
    room = view.room_of(session)
    text = paragraphs(
        lines(
            beside(bold(soon), view.hours(session.starts_at, session.ends_at)),
            bold(cut_title(session, view)),
            view.text(room.name) if room else None,
        ),
        lines(italic(_why(session, view)), illustrative_note([session], view, one=True)),
    )
    around: list[Button] = [buttons.OpenSession(session.handle).button(t.plain.pgettext("button", "Open the session"))]
    if any(material.is_there(view.now) for material in view.agenda.materials_of_session(session.id)):
        around.append(buttons.OpenMaterialsOf(session.handle).button(t.plain.gettext("Slides and documents")))
    settings = buttons.OpenReminders().button(t.plain.pgettext("button", "Reminders and notices"))
    return OutgoingMessage(text, (*rows(around), (mute_button(session, view),), (settings,)))


def _why(session: Session, view: View) -> Html:
    if session.handle in view.follows.sessions:
        return view.t.gettext("You get this because you follow this session.")
    names = followed_speakers(session, view)
    return view.t.gettext("You get this because you follow: %(names)s", names=view.t.listed(names))
