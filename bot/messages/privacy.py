"""/privacy and /forget: what is kept about a person, in plain words, and erasing it."""

from __future__ import annotations

from datetime import date

from bot.i18n import Html, Localizer
from bot.messages import privacy_buttons as buttons
from bot.messages.formatting import bold, lines, paragraphs
from bot.messages.outgoing import OutgoingMessage
from bot.messages.sessions import menu_button
from bot.messages.view import View
from bot.privacy import REGISTER
from bot.privacy.kinds import Topic


def privacy_message(view: View, erased_on: date) -> OutgoingMessage:
    """Return what is kept, why and how long. ``erased_on``: the day on which everything goes."""
    t = view.t
    text = paragraphs(
        lines(
            bold(t.gettext("What I keep about you")),
            t.gettext("All of it is tied to your Telegram id. I keep no user name and no phone number."),
        ),
        lines(*(Html(f"• {words}") for words in dict.fromkeys(topic_words(topic, t) for topic in personal_topics()))),
        lines(
            t.gettext(
                "I erase all of it on %(day)s, 90 days after the event; what comes later, a week after your last "
                "visit.",
                day=t.day(erased_on, year=True),
            ),
            t.gettext(
                "/mydata sends you everything as a file. /forget erases it at once, and again if the organisers ever "
                "restore an older backup."
            ),
        ),
    )
    return OutgoingMessage(
        text,
        (
            (buttons.SendMyData().button(t.plain.pgettext("button", "Send me my data")),),
            (buttons.AskForget().button(t.plain.pgettext("button", "Forget me")),),
            (menu_button(view),),
        ),
    )


def forget_question(view: View) -> OutgoingMessage:
    """Ask before somebody is forgotten, and say what that means."""
    t = view.t
    text = paragraphs(
        bold(t.gettext("Shall I forget you?")),
        t.gettext(
            "I erase all that I keep about you: what you follow, your reminders and wishes, your language. "
            "No reminder and no notice will come any more."
        ),
        t.gettext("You would no longer be an organiser either.") if view.organiser else None,
        t.gettext("It cannot be undone. You can write to me again at any time, as if for the first time."),
    )
    yes = buttons.ConfirmForget(int(view.now.timestamp() // 60))
    return OutgoingMessage(
        text,
        (
            (yes.button(t.plain.pgettext("button", "Yes, forget me")),),
            (buttons.OpenPrivacy().button(t.plain.pgettext("button", "No, keep my data")),),
        ),
    )


def forgotten_message(view: View) -> OutgoingMessage:
    """Return the last thing that somebody reads before they are a stranger."""
    text = view.t.gettext("I have forgotten you: nothing about you is stored any more. All the best!")
    return OutgoingMessage(text, ((menu_button(view),),))


def personal_topics() -> tuple[Topic, ...]:
    """Return what is kept about people, in the register's order."""
    return tuple(dict.fromkeys(stored.topic for stored in REGISTER if stored.people_columns))


def topic_words(topic: Topic, t: Localizer) -> Html:
    """Return what is kept under this topic, what for and how long, to whom it is about; some topics share the words.

    Raises:
        ValueError: nothing about people is kept under it.
    """
    match topic:
        case Topic.VISIT:
            return t.gettext("Your language, and the days of your first and latest message.")
        case Topic.FOLLOWING | Topic.NOTICES:
            return t.gettext(
                "What you follow, how you want to be told, and what you were told: so that each comes once."
            )
        case Topic.ARRIVING | Topic.TALKING:
            return t.gettext(
                "Your messages: until they are answered, a moment later; one that fails through my own fault: 14 days. "
                "What you are in the middle of: until it is done."
            )
        case Topic.MATERIALS | Topic.QUESTIONS:
            return t.gettext(
                "Questions that you asked me to pass on: until two weeks after the answer. Files that you sent, slides "
                "that you wait for: to pass them on, to tell you."
            )
        case Topic.ORGANISING | Topic.SPEAKING:
            return t.gettext(
                "If you are a speaker or an organiser: that you are one, and what you did as one. A speaker’s Telegram "
                "name: until the organisers decide."
            )
        case _:
            raise ValueError(f"{topic} has nothing to do with a person")
