"""What a speaker does with their phone in scenario tests."""

from __future__ import annotations

from bot.application import RunningBot
from bot.local_telegram import Person
from content.agenda import Speaker
from tests.scenarios.conversation import Conversation, Message
from tests.scenarios.organiser_phone import label

SPEAKER = "daniel-cosnita"


def the_speaker(bot: RunningBot, speaker_id: str = SPEAKER) -> Speaker:
    """Return somebody of the current agenda."""
    return bot.services.agenda.current.agenda.speaker_by_id[speaker_id]


async def a_claim_link(bot: RunningBot, speaker_id: str = SPEAKER) -> str:
    """Return the /start command behind a new one-time link."""
    return f"/start claim_{await bot.services.speaker_codes.make(the_speaker(bot, speaker_id).handle)}"


async def a_speaker(bot: RunningBot, conversation: Conversation, language: str, speaker_id: str = SPEAKER) -> Person:
    """Let somebody in who has claimed this profile."""
    person = conversation.person(language)
    await person.asks("/start")
    await person.asks(await a_claim_link(bot, speaker_id))
    await person.taps(label(language, "Yes, that is me"))
    return person


def desk_of(person: Person) -> Message:
    """Return the latest message of the bot."""
    return person.replies[-1]
