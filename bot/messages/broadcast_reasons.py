"""Why somebody got what organisers told many, and how to hear no more of it: said over a button below the message."""

from __future__ import annotations

from dataclasses import dataclass

from bot.broadcasts import Audience, AudienceKind
from bot.i18n import LOCALES, language_name, localizer
from bot.messages.formatting import cut
from bot.messages.outgoing import ButtonRows
from bot.messages.payload import Payload
from bot.messages.view import View
from content.agenda import Session, Speaker

MAX_NAME = 60  # an alert holds 200 characters


@dataclass(frozen=True, slots=True)
class WhyTold(Payload, code="wy"):
    """Why this message came: the kind and the value of its audience."""

    kind: str
    value: str


def why_button(audience: Audience, language: str) -> ButtonRows:
    """Return the row below a message to many; the message itself stays as its author wrote it."""
    label = localizer(language).plain.pgettext("button", "Why do I get this?")
    return ((WhyTold(audience.kind.value, audience.value).button(label),),)


def why_told(payload: WhyTold, view: View) -> str:
    """Return the alert that says to whom it was sent, and what ends it."""
    t, target = view.t.plain, view.agenda.by_handle.get(payload.value)
    match payload.kind, target:
        case AudienceKind.FOLLOWERS, Session():
            return t.gettext(
                "You get this because it is in your agenda: %(name)s. Unfollow or mute it on its card.",
                name=cut(view.words(target.title), MAX_NAME),
            )
        case AudienceKind.FOLLOWERS, Speaker():
            return t.gettext(
                "You get this because you follow: %(name)s. Unfollow on the speaker’s card.",
                name=cut(target.name, MAX_NAME),
            )
        case AudienceKind.FOLLOWERS, _:
            return t.gettext("You get this because you followed what is no longer in the agenda.")
        case AudienceKind.SPEAKERS, _:
            return t.gettext("You get this because you are on the programme.")
        case AudienceKind.LANGUAGE, _ if payload.value in LOCALES:
            return t.gettext(
                "The organisers sent this to all who read: %(language)s."
                " To get nothing more at all, block this chat or send /forget.",
                language=language_name(payload.value),
            )
        case _:
            return t.gettext(
                "The organisers sent this to everybody who uses this guide."
                " To get nothing more at all, block this chat or send /forget."
            )
