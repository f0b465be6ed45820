"""A question that the programme does not answer: asked, passed on, answered once, known from then on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.messages.question_buttons import AskOrganisers, TakeQuestionBack
from tests.scenarios.conversation import LANGUAGES, Conversation, a_conversation, labels
from tests.scenarios.organiser_phone import an_attendee, an_organiser, everything_sent, forged, label, pressed, said
from tests.scenarios.question_desk import (
    ALIKE,
    ANSWER,
    QUESTION,
    alerted,
    answers,
    is_told,
    opens_questions,
    passes_on,
    writes,
)


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_asked_gets_the_answer_and_so_does_who_asks_alike_until_it_is_forgotten(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, language)
        asker, later = [await an_attendee(conversation, language) for _ in range(2)]

        offered = await asker.asks(QUESTION[language])
        assert said(language, "The organisers may know: one tap passes your question on to them.") in offered["text"]
        confirmed = await asker.taps(label(language, "Ask the organisers"))
        assert said(language, "Their answer will come here. They do not see who asks.") in confirmed["text"]
        assert QUESTION[language] in confirmed["text"]

        given = await answers(organiser, language, QUESTION[language], {language: ANSWER[language]})
        assert said(language, "Answered.") in given["text"]
        await everything_sent(bot)
        await is_told(asker, ANSWER[language])
        told = [reply["text"] for reply in asker.replies if ANSWER[language] in reply["text"]]
        assert len(told) == 1
        assert QUESTION[language] in told[0]
        assert told[0].startswith(said(language, "The organisers answered your question:"))

        known = await later.asks(ALIKE[language])
        assert known["text"].startswith(ANSWER[language])
        day = {"en": "Wednesday, 22 November", "ro": "miercuri, 22 noiembrie", "uk": "середа, 22 листопада"}[language]
        assert said(language, "From the organisers, %(day)s.", day=day) in known["text"]

        await organiser.taps(label(language, "Open the answer"))
        await organiser.taps(label(language, "Forget"))
        await organiser.taps(label(language, "Yes, forget"))
        unknown = await later.asks(ALIKE[language])
        assert label(language, "Ask the organisers") in labels(unknown)


async def test_each_reads_the_answer_in_their_language_or_in_the_one_there_is(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "ro")
        people = {language: await an_attendee(conversation, language) for language in LANGUAGES}
        for language, person in people.items():
            await passes_on(person, language)
        await answers(organiser, "ro", QUESTION["ro"], {"ro": ANSWER["ro"]})
        await answers(organiser, "ro", QUESTION["uk"], ANSWER)
        await everything_sent(bot)

        for language in ("ro", "uk"):
            await is_told(people[language], ANSWER[language])
        read = {language: person.replies[-1]["text"] for language, person in people.items()}

    assert ANSWER["ro"] in read["ro"]
    assert ANSWER["uk"] in read["uk"]
    assert said("en", "Your question is with the organisers.") in read["en"]  # nobody answered the English one


async def test_an_answer_in_one_language_reaches_a_question_of_another(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        asker = await an_attendee(conversation, "uk")
        await passes_on(asker, "uk")
        await answers(organiser, "en", QUESTION["uk"], {"ro": ANSWER["ro"]})
        await everything_sent(bot)
        text = await is_told(asker, ANSWER["ro"])

    assert text.startswith(said("uk", "The organisers answered your question:"))
    assert QUESTION["uk"] in text


async def test_a_second_tap_asks_once_and_a_question_taken_back_gets_no_answer(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        one, other = [await an_attendee(conversation, "en") for _ in range(2)]
        first = await passes_on(one, "en")
        key = str(first["reply_markup"]["inline_keyboard"][0][0]["callback_data"]).removeprefix("qb:")
        again = await forged(conversation, one, AskOrganisers(key).pack())
        await passes_on(other, "en")
        back = await other.taps(label("en", "Take the question back"))
        listed = await opens_questions(organiser, "en")
        await organiser.taps(f"1. {QUESTION['en']}")
        await organiser.taps(label("en", "Answer"))
        await writes(organiser, "en", {"en": ANSWER["en"]})
        await organiser.taps(label("en", "Send the answer"))
        await everything_sent(bot)
        late = await forged(conversation, other, AskOrganisers(key).pack())
        gone = await alerted(conversation, other, TakeQuestionBack("0" * 32).pack())

        assert again["text"] == first["text"]
        assert back["text"].startswith("Taken back: no answer will come to you.")
        assert "asked 2 times · 1 person waits" in listed["text"]
        await is_told(one, ANSWER["en"])
        assert sum(ANSWER["en"] in reply["text"] for reply in one.replies) == 1
        assert ANSWER["en"] in late["text"]  # asked too late, the answer is shown at once
        assert gone == "I no longer have this question. Please write it once more."
        assert await bot.services.organiser_answers.groups() == ()


async def test_the_second_organiser_is_told_who_answered(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        first, second = [await an_organiser(bot, conversation, "en") for _ in range(2)]
        asker = await an_attendee(conversation, "en")
        await passes_on(asker, "en")
        for organiser in (first, second):
            await opens_questions(organiser, "en")
            await organiser.taps(f"1. {QUESTION['en']}")
            await organiser.taps(label("en", "Answer"))
            await writes(organiser, "en", {"en": f"By {organiser.id}"})
        await first.taps(label("en", "Send the answer"))
        late = await second.taps(label("en", "Send the answer"))
        stale = await second.asks("/organiser")
        await everything_sent(bot)

        assert late["text"].startswith(f"Answered meanwhile by {first.id}, Wed 22 Nov at 10:05:")
        assert f"By {first.id}" in late["text"]
        assert "Organisers’ desk" in stale["text"]
        await is_told(asker, f"By {first.id}")
        assert sum("By " in reply["text"] for reply in asker.replies) == 1
        trail = [(entry.actor, entry.action) for entry in await bot.services.organisers.trail(3)]
        assert trail[0] == (first.id, "answer question")


async def test_a_correction_reaches_those_who_had_the_answer(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        asker, later = [await an_attendee(conversation, "en") for _ in range(2)]
        await passes_on(asker, "en")
        await answers(organiser, "en", QUESTION["en"], {"en": "Room 12"})
        await everything_sent(bot)
        await organiser.taps(label("en", "Open the answer"))
        await organiser.taps(label("en", "Correct"))
        await organiser.taps(said("en", "Rewrite: %(language)s", language="English"))
        await organiser.asks("Room 14")
        asked = await pressed(organiser, label("en", "Next: preview"))
        await organiser.taps(label("en", "Send the answer"))
        await everything_sent(bot)
        known = await later.asks(ALIKE["en"])

        assert "1 person gets it now." in asked["text"]
        corrected = await is_told(asker, "Room 14")
        assert corrected.startswith("The organisers corrected their answer to your question:")
        assert known["text"].startswith("Room 14")
