"""No message to many goes out by a wrong tap, and one that goes out can be held, resumed and stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local_telegram import Person
from bot.messages.broadcast_buttons import ConfirmBroadcast
from tests.scenarios.conversation import LANGUAGES, Conversation, Message, a_conversation, labels
from tests.scenarios.organiser_phone import an_attendee, an_organiser, everything_sent, forged, label, pressed, said

ROOM = "The panel is in the foyer now."


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


async def to_everybody(person: Person, text: str, language: str = "en") -> Message:
    """Write one text for all, up to the question whether it shall go out."""
    await person.asks("/organiser")
    await person.taps(label(language, "Tell everybody"))
    await person.asks(text)
    await person.taps(label(language, "Next: who gets it"))
    return await pressed(person, label(language, "Everybody"))


def got(person: Person, text: str) -> int:
    return sum(message.get("text") == text for message in person.replies)


async def test_a_double_tap_sends_it_once(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        attendee = await an_attendee(conversation, "en")
        question = await to_everybody(person, ROOM)
        taps = [await person.presses("Send now to 2 people", question) for _ in range(3)]
        for tap in taps:
            await person.waits_for_answer(tap)
        await everything_sent(bot)

    assert got(attendee, ROOM) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_same_text_again_is_asked_about(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, language)
        for _ in range(2):
            question = await to_everybody(person, ROOM, language)
            await person.taps(labels(question)[0])
            await everything_sent(bot)
        asked = next(each for each in person.replies if each["message_id"] == question["message_id"])
        sent_before_the_yes = len(await bot.services.broadcasts.latest())
        await person.taps(label(language, "Yes, send it again"))
        await everything_sent(bot)
        sent = len(await bot.services.broadcasts.latest())

    assert (
        said(language, "The same message was confirmed at %(time)s. Send it once more?", time="10:05")
        in (asked["text"])
    )
    assert (sent_before_the_yes, sent) == (1, 2)


async def test_a_question_older_than_ten_minutes_is_asked_again(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        await to_everybody(person, ROOM)
        conversation.clock.moves_to("2023-11-22 10:16")
        tap = await person.presses("Send now to 1 person")
        alert = await person.waits_for_answer(tap)
        await person.asks("anything")  # behind the tap: its preview is there
        none_yet = await bot.services.broadcasts.latest()
        await person.asks("/organiser")
        again = await to_everybody(person, ROOM)
        await person.taps("Send now to 1 person", again)
        one = await bot.services.broadcasts.latest()

    assert alert["text"].startswith("Nothing is sent yet")
    assert (len(none_yet), len(one)) == (0, 1)


async def test_an_old_screen_cannot_send_what_it_does_not_show(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        await an_attendee(conversation, "uk")
        question = await to_everybody(person, ROOM)
        await pressed(person, "Send to me alone", question)  # a second question below
        await person.taps("Make it urgent", person.replies[-1])
        alert = await person.waits_for_answer(await person.presses("Send now to 2 people", question))
        sent = await bot.services.broadcasts.latest()

    assert alert["text"].startswith("Nothing is sent yet")
    assert sent == ()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_held_resumed_and_stopped_and_the_numbers_add_up(conversation: Conversation, language: str) -> None:
    conversation.clock.moves_to("2023-11-21 23:00")  # quiet hours: it is under way until the morning
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, language)
        attendee = await an_attendee(conversation, "en")
        question = await to_everybody(person, ROOM, language)
        await person.taps(labels(question)[0], question)
        held = await person.taps(label(language, "Pause"))
        conversation.clock.moves_to("2023-11-22 07:30")
        await everything_sent(bot)
        by_then = got(attendee, ROOM)
        conversation.clock.moves_to("2023-11-22 23:30")
        resumed = await person.taps(label(language, "Resume"))
        await pressed(person, label(language, "Stop it"))
        await person.taps(label(language, "Yes, stop it"))
        await everything_sent(bot)
        report = person.replies[-1]
        conversation.clock.moves_to("2023-11-23 08:00")
        await everything_sent(bot)

    assert label(language, "Resume") in labels(held)
    assert label(language, "Pause") in labels(resumed)
    assert (by_then, got(attendee, ROOM)) == (0, 0)
    assert said(language, "stopped before their turn: %(count)s", count=2) in report["text"]


async def test_a_removed_organiser_can_neither_confirm_nor_write_on(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person, boss = await an_organiser(bot, conversation, "en"), await an_organiser(bot, conversation, "en")
        question = await to_everybody(person, ROOM)
        await bot.services.organisers.remove(person.id, boss.id)
        refused = await person.taps("Send now to 2 people", question)
        answer = await person.asks("when is the keynote?")
        sent = await bot.services.broadcasts.latest()
        draft = bot.services.dialogs.of(person.id)

    assert refused["text"].startswith("This is for organisers.")
    assert "eynote" in answer["text"]
    assert (sent, draft) == ((), None)


async def test_a_forged_key_of_another_ones_draft_sends_nothing(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        author, other = await an_organiser(bot, conversation, "en"), await an_organiser(bot, conversation, "en")
        await to_everybody(author, ROOM)
        dialog = bot.services.dialogs.of(author.id)
        assert dialog is not None
        await forged(conversation, other, ConfirmBroadcast(dialog.state["key"], dialog.state["revision"]).pack())
        sent = await bot.services.broadcasts.latest()

    assert sent == ()
