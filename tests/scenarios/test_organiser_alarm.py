"""What organisers must hear comes to all of them, at any hour, once; in each language."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.application import RunningBot
from bot.i18n import localizer
from bot.local_telegram import Person
from bot.local_telegram.faults import Fault
from tests.scenarios.conversation import LANGUAGES, Conversation, Message
from tests.scenarios.organiser_phone import an_attendee, an_organiser, everything_sent, label, pressed, said
from tests.scenarios.test_agenda_upload import moved, sends

REFUSED = Fault(status=400, description="Bad Request: can't parse entities")


def heard(person: Person, text: str) -> list[Message]:
    return [message for message in person.replies if text in message.get("text", "")]


async def fails_to_answer(conversation: Conversation, bot: RunningBot, person: Person) -> None:
    conversation.telegram.faults.next("sendMessage", REFUSED, chat_id=person.id)
    await person.asks("/venue")
    await bot.intake.idle()


async def the_minute_passes(bot: RunningBot) -> None:
    await bot.services.self_watch.tick()
    await everything_sent(bot)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_others_hear_by_night_that_an_agenda_was_published_and_taken_back(
    conversation: Conversation, language: str
) -> None:
    conversation.clock.moves_to("2023-11-21 23:30")
    async with conversation.ghid() as bot:
        author, other = await an_organiser(bot, conversation, "en"), await an_organiser(bot, conversation, language)
        attendee = await an_attendee(conversation, language)
        await sends(author, moved())
        published = await author.taps("Publish")
        await everything_sent(bot)
        await author.taps("Undo", published)
        await everything_sent(bot)
        alarms = other.replies[-2:]
        versions = await other.taps(label(language, "Versions of the agenda"), alarms[0])

    new, old = (
        said(language, text) for text in ("A new agenda was published", "The agenda was taken back to an earlier one")
    )
    why = said(language, "You get this because you are an organiser; all organisers hear it, by night too.")
    assert [message["text"].split("\n")[0] for message in alarms] == [new, old]
    assert str(author.id) in alarms[0]["text"]
    assert "23:30" in alarms[0]["text"]
    assert all(message["text"].endswith(why) for message in alarms)
    assert said(language, "Versions of the agenda") in versions["text"]
    assert not any(heard(person, text) for person in (author, attendee) for text in (new, old))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_could_not_be_answered_is_told_once_an_hour_with_a_count(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        organiser, attendee = await an_organiser(bot, conversation, language), await an_attendee(conversation, "en")
        await fails_to_answer(conversation, bot, attendee)
        await the_minute_passes(bot)
        first = organiser.replies[-1]
        for minute in range(3):
            conversation.clock.now += timedelta(minutes=1 + minute)
            await fails_to_answer(conversation, bot, attendee)
            await the_minute_passes(bot)
        within_the_hour = organiser.replies[-1]
    conversation.clock.now += timedelta(minutes=60)
    async with conversation.ghid() as bot:  # a restart tells nothing twice
        await the_minute_passes(bot)
        second = organiser.replies[-1]
        conversation.clock.now += timedelta(minutes=61)
        await the_minute_passes(bot)
        last = organiser.replies[-1]

    assert first["text"].split("\n")[0] == not_handled(language, 1)
    assert within_the_hour["message_id"] == first["message_id"]
    assert second["text"].split("\n")[0] == not_handled(language, 3)
    assert last["message_id"] == second["message_id"]


def not_handled(language: str, number: int) -> str:
    return str(
        localizer(language).plain.ngettext(
            "%(num)s message or tap could not be handled", "%(num)s messages or taps could not be handled", number
        )
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_broadcast_that_did_not_reach_all_is_told_to_the_other_organisers(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        author, other = await an_organiser(bot, conversation, "en"), await an_organiser(bot, conversation, language)
        attendee = await an_attendee(conversation, "ro")
        await author.asks("/organiser")
        await author.taps("Tell everybody")
        await author.asks("Lunch is served.")
        await author.taps("Next: who gets it")
        await pressed(author, "Everybody")
        conversation.telegram.faults.next("sendMessage", REFUSED, chat_id=attendee.id)
        await author.taps("Send now to 3 people")
        await everything_sent(bot)
        await everything_sent(bot)
        alarm = other.replies[-1]
        looked = await other.taps(label(language, "Look at it"), alarm)

    assert alarm["text"].startswith(said(language, "A message to many did not reach everybody"))
    person = localizer(language).plain.ngettext("%(num)s person", "%(num)s people", 1)
    assert said(language, "Failed: %(people)s", people=person) in alarm["text"]
    assert "Lunch is served." in looked["text"]
    assert heard(author, "did not reach") == []


async def test_whoever_is_an_organiser_no_more_hears_nothing_that_still_waits(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        author, other = await an_organiser(bot, conversation, "en"), await an_organiser(bot, conversation, "en")
        conversation.telegram.faults.next("sendMessage", Fault(status=500), chat_id=other.id)
        await sends(author, moved())
        await author.taps("Publish")
        await everything_sent(bot)  # Telegram failed: it waits
        await bot.services.organisers.remove(other.id, author.id)
        conversation.clock.now += timedelta(minutes=5)
        await everything_sent(bot)

    assert conversation.telegram.faults.waiting == 0
    assert heard(other, "A new agenda was published") == []
