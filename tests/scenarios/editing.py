"""How an organiser comes to change a session, in scenario tests."""

from __future__ import annotations

from bot.application import RunningBot
from bot.local_telegram import Person
from content.agenda import Session
from tests.scenarios.conversation import Message
from tests.scenarios.organiser_phone import label

PANEL, PITCHES, KEYNOTES = "panel-discussion", "pitching-session", "keynote-speeches"


def session(bot: RunningBot, id_: str) -> Session:
    return bot.services.agenda.current.agenda.session_by_id[id_]


async def opens_the_menu(bot: RunningBot, person: Person, id_: str, language: str = "en") -> Message:
    """Open a session's card and, from it, what can be changed about it."""
    await person.asks(f"/start s_{session(bot, id_).handle}")
    return await person.taps(label(language, "Change the session"))
