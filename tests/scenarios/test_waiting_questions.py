"""Questions that wait: what organisers hear of them, what they set aside, and how much one person may ask."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.messages.question_buttons import ConfirmAnswer, OpenKnownAnswer
from tests.scenarios.conversation import Conversation, a_conversation, labels
from tests.scenarios.organiser_phone import an_attendee, an_organiser, everything_sent, label
from tests.scenarios.question_desk import QUESTION, alerted, answers, is_told, opens_questions, passes_on, writes


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


async def test_who_waits_hears_that_a_question_was_set_aside_and_may_bring_it_back(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        asker, other = [await an_attendee(conversation, "en") for _ in range(2)]
        await passes_on(asker, "en")
        await opens_questions(organiser, "en")
        await organiser.taps(f"1. {QUESTION['en']}")
        asked = await organiser.taps(label("en", "Set aside"))
        done = await organiser.taps(label("en", "Yes, set aside"))
        await everything_sent(bot)
        empty = await opens_questions(organiser, "en")
        await other.asks(QUESTION["en"])  # counts, and comes back only when somebody wants to know
        still_empty = await opens_questions(organiser, "en")
        await other.taps(label("en", "Ask the organisers"))
        back = await opens_questions(organiser, "en")

        assert "1 person waits and is told" in asked["text"]
        assert "1 person is told so." in done["text"]
        await is_told(asker, "The organisers will not answer this question here:")
        assert "No question waits for an answer." in empty["text"]
        assert empty["text"] == still_empty["text"]
        assert QUESTION["en"] in back["text"]


async def test_organisers_hear_of_waiting_questions_once_an_hour(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        asker = await an_attendee(conversation, "en")

        async def heard() -> int:
            await bot.services.question_alarm.tick()
            await everything_sent(bot)
            return sum("for your answer" in reply["text"] for reply in organiser.replies)

        await asker.asks(QUESTION["en"])
        nobody_waits = await heard()
        await asker.taps(label("en", "Ask the organisers"))
        first = await heard()
        await passes_on(asker, "en", "Can I bring my dog to the dinner?")
        within_the_hour = await heard()
        conversation.clock.moves_to("2023-11-22 11:06")
        second = await heard()
        conversation.clock.moves_to("2023-11-22 12:30")
        nothing_new = await heard()
        conversation.clock.moves_to("2023-11-22 23:30")
        await passes_on(asker, "en", "Where can I park a tractor overnight?")
        by_night = await heard()
        conversation.clock.moves_to("2023-11-23 07:01")
        in_the_morning = await heard()

    assert [nobody_waits, first, within_the_hour, second, nothing_new, by_night, in_the_morning] == [
        0, 1, 1, 2, 2, 2, 3
    ]  # fmt: skip


async def test_five_questions_a_day_are_passed_on(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        asker = await an_attendee(conversation, "en")
        animals = ("dog", "tortoise", "hamster", "canary", "goldfish", "iguana")
        for animal in animals[:5]:
            await passes_on(asker, "en", f"May I bring a {animal}?")
        await asker.asks(f"May I bring a {animals[5]}?")
        said_over = await asker.waits_for_answer(await asker.presses(label("en", "Ask the organisers")))
        conversation.clock.moves_to("2023-11-23 10:00")
        next_day = await passes_on(asker, "en", f"May I bring a {animals[5]}?")
        groups = await bot.services.organiser_answers.groups()

    assert said_over["text"].startswith("You passed on 5 questions today")
    assert next_day["text"].startswith("Your question is with the organisers.")
    assert sum(group.waiting for group in groups) == 6


@pytest.mark.parametrize(
    "text",
    [
        "🦊🦊🦊",
        "ха" * 2048,
        "<b>&</b> where </i> is &lt;the zoo&gt;? " * 100,
        "Z̴̧̢̛͖̳̤̈́a̷̢̛͇͎͊l̵̡̛̲̍g̸̨̛o where?",
        "\u202eمرحبا hotelissimo",
    ],
)
async def test_whatever_is_asked_can_be_passed_on_and_read(conversation: Conversation, text: str) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "uk")
        asker = await an_attendee(conversation, "ro")
        reply = await asker.asks(text[:4096])
        if label("ro", "Ask the organisers") in labels(reply):
            await asker.taps(label("ro", "Ask the organisers"))
            await opens_questions(organiser, "uk")
            await organiser.taps("1. ")
            await organiser.taps(label("uk", "Answer"))
            await writes(organiser, "uk", {"uk": "так"})
            await organiser.taps(label("uk", "Send the answer"))
            await everything_sent(bot)
            await is_told(asker, "так")
        assert [call for call in conversation.telegram.calls if not call.ok] == []


async def test_the_agenda_answers_first_and_an_old_answer_says_that_it_was_forgotten(
    conversation: Conversation,
) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        person = await an_attendee(conversation, "en")
        await person.asks("What is the wifi password?")  # the programme says that nobody published it
        await person.taps(label("en", "Ask the organisers"))
        await answers(organiser, "en", "What is the wifi password?", {"en": "clusters2023"})
        await everything_sent(bot)
        known = await person.asks("wi-fi password?")
        agenda = await person.asks("when does Cosnita speak?")
        forgotten = await alerted(conversation, organiser, OpenKnownAnswer(99).pack())
        closed = await alerted(conversation, organiser, ConfirmAnswer("none", 1).pack())

    assert known["text"].startswith("clusters2023")
    assert agenda["text"].startswith("Today, 09:30–10:15")
    assert forgotten == "This answer was forgotten."
    assert closed == "This draft is closed: the answer was given or discarded."
