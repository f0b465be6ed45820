"""An attendee walks through the agenda by commands and buttons, in their own language."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.i18n import localizer
from bot.messages.profile import command_menu
from tests.scenarios.conversation import LANGUAGES, Conversation, a_conversation, callback_labels, labels

LANGUAGE_NAMES = {"English", "Română", "Українська"}
COMMANDS = (
    "start",
    "agenda",
    "now",
    "next",
    "speakers",
    "materials",
    "matchmaking",
    "venue",
    "my",
    "changes",
    "language",
    "help",
)

# The first line of each command's answer: the fact asked for, in the person's language.
FIRST_LINES = {
    "en": {
        "start": "Clusters Meet Regions – Iași, Romania",
        "agenda": "Clusters Meet Regions – Iași, Romania",
        "now": "On now",
        "next": "Next · in 10 minutes",
        "speakers": "Speakers from A to Z · 25 speakers",
        "materials": "Slides and documents · 23 items",
        "matchmaking": "Today, 16:00–18:30 · in 5\u00a0h 55\u00a0min",
        "venue": "Venue",
        "my": "My agenda",
        "changes": "What changed in the agenda",
        "language": "Choose your language:",
        "help": "Ask in your own words, for example:",
    },
    "ro": {
        "start": "Clusters Meet Regions – Iași, România",
        "agenda": "Clusters Meet Regions – Iași, România",
        "now": "Acum",
        "next": "Urmează · peste 10 minute",
        "speakers": "Vorbitori în ordine alfabetică · 25 de vorbitori",
        "materials": "Prezentări și documente · 23 de materiale",
        "matchmaking": "Astăzi, 16:00–18:30 · peste 5\u00a0h 55\u00a0min",
        "venue": "Locul de desfășurare",
        "my": "Agenda mea",
        "changes": "Ce s-a schimbat în agendă",
        "language": "Choose your language:",
        "help": "Întrebați cu propriile cuvinte, de exemplu:",
    },
    "uk": {
        "start": "Clusters Meet Regions — Ясси, Румунія",
        "agenda": "Clusters Meet Regions — Ясси, Румунія",
        "now": "Зараз",
        "next": "Далі · через 10 хвилин",
        "speakers": "Доповідачі за абеткою · 25 доповідачів",
        "materials": "Презентації та документи · 23 матеріали",
        "matchmaking": "Сьогодні, 16:00–18:30 · через 5\u00a0год 55\u00a0хв",
        "venue": "Місце проведення",
        "my": "Моя програма",
        "changes": "Що змінилося в програмі",
        "language": "Choose your language:",
        "help": "Запитуйте своїми словами, наприклад:",
    },
}


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation, conversation.ghid():
        yield conversation


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_command_answers_in_the_persons_language(conversation: Conversation, language: str) -> None:
    person = conversation.person(language)
    await person.asks("/start")

    first_lines = {name: (await person.asks(f"/{name}"))["text"].split("\n")[0] for name in COMMANDS}

    assert first_lines == FIRST_LINES[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["/settings", "/stop"])
async def test_the_usual_words_for_settings_and_silence_lead_to_the_switches(
    conversation: Conversation, command: str, language: str
) -> None:
    person = conversation.person(language)

    message = await person.asks(command)

    t = localizer(language).plain
    assert t.gettext("Reminders and notices") in message["text"]
    assert t.pgettext("button", "Do not tell me of changes") in labels(message)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_command_of_the_menu_is_answered(conversation: Conversation, language: str) -> None:
    assert {command for command, _ in command_menu(localizer(language))} == set(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_button_of_every_menu_screen_edits_the_one_message(
    conversation: Conversation, language: str
) -> None:
    person = conversation.person(language)
    pressed = 0
    for label in callback_labels(await person.asks("/start")):
        for inner in callback_labels(await person.taps(label)):
            if inner in LANGUAGE_NAMES:
                continue  # the walk stays in its language; choosing one has a test of its own
            menu = await person.asks("/start")
            await person.taps(label, menu)
            shown = await person.taps(inner, menu)
            pressed += 1
            assert shown["message_id"] == menu["message_id"]

    assert pressed > 40
    assert [call.description for call in conversation.telegram.calls if not call.ok] == []


async def test_from_the_agenda_to_the_slides_of_a_keynote_speaker(conversation: Conversation) -> None:
    person = conversation.person("en")
    await person.asks("/agenda")

    day = await person.taps("Wednesday, 22 November")
    session = await person.taps("10:15")
    speaker = await person.taps("Daniel Coșniță")
    slides = await person.taps("Slides and documents")

    assert day["text"].startswith("Wednesday, 22 November\n5 sessions · 09:30–18:30\nPage 1 of 2")
    assert "Speakers: Jan-Philipp Kramer (10:15–10:40) and Daniel Coșniță (10:40–11:00)" in session["text"]
    assert "Today, 10:40–11:00 · in 35 minutes" in speaker["text"]
    assert "We do not have the file’s own address: look for it on the event page." in slides["text"]
    assert labels(slides)[0] == "Event page"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Thursday, 23 November\n5 sessions · 09:15–13:15"),
        ("ro", "Joi, 23 noiembrie\n5 sesiuni · 09:15–13:15"),
        ("uk", "Четвер, 23 листопада\n5 сесій · 09:15–13:15"),
    ],
)
async def test_the_first_lines_of_a_day_say_when_it_ends(conversation: Conversation, language: str, said: str) -> None:
    person = conversation.person(language)

    overview = await person.asks("/agenda")
    day = await person.taps(said.splitlines()[0])

    assert said in overview["text"]
    assert day["text"].startswith(said)
    assert [len(re.findall("illustrat|exemplu|приклад", one["text"])) for one in (overview, day)] == [1, 1]


async def test_pages_turn_there_and_back(conversation: Conversation) -> None:
    person = conversation.person("uk")
    first = await person.asks("/speakers")

    second = await person.taps("Наступна сторінка")
    again = await person.taps("Попередня сторінка")

    assert second["text"] != first["text"]
    assert again["text"] == first["text"]


async def test_illustrative_times_are_marked_once_a_message(conversation: Conversation) -> None:
    person = conversation.person("en")
    await person.asks("/agenda")

    day = await person.taps("Thursday")

    assert day["text"].count("illustrative") == 1


async def test_a_pressed_button_stops_spinning(conversation: Conversation) -> None:
    person = conversation.person("ro")
    await person.asks("/start")

    query = await person.presses("Vorbitori")

    assert await person.waits_for_answer(query) is not None
