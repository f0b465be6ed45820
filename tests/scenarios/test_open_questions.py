"""A question that the programme does not answer: asked, passed on, answered once, known from then on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local_telegram import Person
from bot.messages.question_buttons import AskOrganisers, ConfirmAnswer, OpenKnownAnswer, TakeQuestionBack
from tests.scenarios.conversation import LANGUAGES, Conversation, Message, a_conversation, labels
from tests.scenarios.organiser_phone import an_attendee, an_organiser, everything_sent, forged, label, pressed, said

QUESTION = {
    "en": "Is there a prayer room?",
    "ro": "Există o cameră de rugăciune?",
    "uk": "Чи є кімната для молитви?",
}
ALIKE = {
    "en": "do you have a prayer room",
    "ro": "Aveți cameră de rugăciune?",
    "uk": "підкажіть, чи є у вас кімната для молитви",
}
ANSWER = {
    "en": "Yes: room 12, first floor <&>",
    "ro": "Da: camera 12, etajul întâi",
    "uk": "Так: кімната 12, перший поверх",
}
NAMES = {"en": "English", "ro": "Română", "uk": "Українська"}


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


async def passes_on(person: Person, language: str, question: str = "") -> Message:
    """Ask, and tap "ask the organisers"."""
    await person.asks(question or QUESTION[language])
    return await person.taps(label(language, "Ask the organisers"))


async def opens_questions(person: Person, language: str) -> Message:
    await person.asks("/organiser")
    return await person.taps(said(language, "Questions (%(count)s)", count="")[:-1])


async def writes(person: Person, language: str, texts: dict[str, str]) -> Message:
    """Write these texts, see the preview, and return the question whether the answer shall go out."""
    for number, (each, text) in enumerate(texts.items()):
        if number or each != language:
            if not number:
                await person.taps(label(language, "Other languages"))
            await person.taps(said(language, "Add: %(language)s", language=NAMES[each]))
        await person.asks(text)
    return await pressed(person, label(language, "Next: preview"))


async def answers(person: Person, language: str, question: str, texts: dict[str, str]) -> Message:
    """Answer this question, from the desk to "answered"."""
    await opens_questions(person, language)
    await person.taps(question[:30])
    await person.taps(label(language, "Answer"))
    await writes(person, language, texts)
    return await person.taps(label(language, "Send the answer"))


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
        text = asker.replies[-1]["text"]

    assert text.startswith(said("uk", "The organisers answered your question:"))
    assert ANSWER["ro"] in text


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
        await organiser.taps(QUESTION["en"])
        await organiser.taps(label("en", "Answer"))
        await writes(organiser, "en", {"en": ANSWER["en"]})
        await organiser.taps(label("en", "Send the answer"))
        await everything_sent(bot)
        late = await forged(conversation, other, AskOrganisers(key).pack())
        gone = await _alert(conversation, other, TakeQuestionBack("0" * 32).pack())

        assert again["text"] == first["text"]
        assert back["text"].startswith("Taken back: no answer will come to you.")
        assert "asked 2 times · 1 person waits" in listed["text"]
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
            await organiser.taps(QUESTION["en"])
            await organiser.taps(label("en", "Answer"))
            await writes(organiser, "en", {"en": f"By {organiser.id}"})
        await first.taps(label("en", "Send the answer"))
        late = await second.taps(label("en", "Send the answer"))
        stale = await second.asks("/organiser")
        await everything_sent(bot)

        assert late["text"].startswith(f"Answered meanwhile by {first.id}, Wed 22 Nov at 10:05:")
        assert f"By {first.id}" in late["text"]
        assert "Organisers’ desk" in stale["text"]
        assert [reply["text"].count("By ") for reply in asker.replies[-2:]] == [0, 1]
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
        assert asker.replies[-1]["text"].startswith("The organisers corrected their answer to your question:")
        assert "Room 14" in asker.replies[-1]["text"]
        assert known["text"].startswith("Room 14")


async def test_who_waits_hears_that_a_question_was_set_aside_and_may_bring_it_back(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        asker, other = [await an_attendee(conversation, "en") for _ in range(2)]
        await passes_on(asker, "en")
        await opens_questions(organiser, "en")
        await organiser.taps(QUESTION["en"])
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
        assert asker.replies[-1]["text"].startswith("The organisers will not answer this question here:")
        assert "None waits for an answer." in empty["text"]
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
            await organiser.taps((await bot.services.organiser_answers.groups())[0].first.wording[:20])
            await organiser.taps(label("uk", "Answer"))
            await writes(organiser, "uk", {"uk": "так"})
            await organiser.taps(label("uk", "Send the answer"))
            await everything_sent(bot)
            assert "так" in asker.replies[-1]["text"]
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
        forgotten = await _alert(conversation, organiser, OpenKnownAnswer(99).pack())
        closed = await _alert(conversation, organiser, ConfirmAnswer("none", 1).pack())

    assert known["text"].startswith("clusters2023")
    assert agenda["text"].startswith("Today, 09:30–10:15")
    assert forgotten == "This answer was forgotten."
    assert closed == "This draft is closed: the answer was given or discarded."


async def _alert(conversation: Conversation, person: Person, data: str) -> str:
    """Press a button that no message has, and return what stands in the window over it."""
    before = set(conversation.telegram.state.queries)
    await forged(conversation, person, data)
    (query,) = set(conversation.telegram.state.queries) - before
    return str((await person.waits_for_answer(query))["text"])
