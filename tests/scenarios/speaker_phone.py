"""What a speaker does with their phone in scenario tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.application import RunningBot
from bot.local_telegram import Person
from content.agenda import Session, Speaker
from tests.scenarios.conversation import Conversation
from tests.scenarios.organiser_phone import label

SPEAKER = "daniel-cosnita"


def the_speaker(bot: RunningBot, speaker_id: str = SPEAKER) -> Speaker:
    """Return somebody of the current agenda."""
    return bot.services.agenda.current.agenda.speaker_by_id[speaker_id]


async def a_claim_link(bot: RunningBot, speaker_id: str = SPEAKER) -> str:
    """Return the /start command behind a new one-time link."""
    return f"/start claim_{await bot.services.speakers.codes.make(the_speaker(bot, speaker_id).handle)}"


async def a_speaker(bot: RunningBot, conversation: Conversation, language: str, speaker_id: str = SPEAKER) -> Person:
    """Let somebody in who has claimed this profile."""
    person = conversation.person(language)
    await person.asks("/start")
    await person.asks(await a_claim_link(bot, speaker_id))
    await person.taps(label(language, "Yes, that is me"))
    return person


async def publish_moved(bot: RunningBot, session_id: str, minutes: int, **fields: Any) -> None:
    """Publish an agenda in which this session, with its speakers' own minutes, is so much later."""
    agenda, later = bot.services.agenda.current.agenda, timedelta(minutes=minutes)

    def moved(session: Session) -> Session:
        parts = tuple(
            replace(part, starts_at=part.starts_at + later, ends_at=part.ends_at + later)
            if part.starts_at and part.ends_at
            else part
            for part in session.speakers
        )
        changed: dict[str, Any] = {
            "starts_at": session.starts_at + later,
            "ends_at": session.ends_at + later,
            "speakers": parts,
        }
        return replace(session, **(changed | fields))

    sessions = tuple(moved(each) if each.id == session_id else each for each in agenda.sessions)
    await bot.services.agenda.import_agenda(replace(agenda, sessions=sessions), author="Ioana", note="")
