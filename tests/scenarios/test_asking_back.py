"""What Ghid asks back, what it does not know, and the language a person wants: over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.scenarios.conversation import LANGUAGES, Conversation, a_conversation, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")

# How a person asks in this language, and the first line of the answer.
WHICH_ONE = {
    "en": "Which one do you mean?",
    "ro": "La care dintre aceste variante vă referiți?",
    "uk": "Який варіант ви маєте на увазі?",
}
NOT_FOUND = {
    "en": "I did not find that in the programme.",
    "ro": "Nu am găsit asta în agendă.",
    "uk": "У програмі такого не знайшлося.",
}
WAYS_TO_LOOK = {
    "en": ["Agenda", "Speakers", "Help"],
    "ro": ["Agenda", "Vorbitori", "Ajutor"],
    "uk": ["Програма", "Доповідачі", "Допомога"],
}
NOW_SPEAKS = {
    "en": "I speak English with you now.",
    "ro": "De acum vorbesc cu dumneavoastră în română.",
    "uk": "Відтепер я спілкуюся з вами українською.",
}
ON_NOW = {"en": "On now", "ro": "Acum", "uk": "Зараз"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def conversation(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Conversation]:
    """One Ghid for all the questions here: each is asked in a chat of its own."""
    async with a_conversation(tmp_path_factory.mktemp("asking")) as conversation, conversation.ghid():
        yield conversation


@pytest.mark.parametrize(
    ("language", "question", "time_of_morcillo"),
    [
        ("en", "when does Lidia speak?", "Today, 15:35–15:40 · in 5\u00a0h 30\u00a0min"),
        ("ro", "când vorbește Lidia?", "Astăzi, 15:35–15:40 · peste 5\u00a0h 30\u00a0min"),
        ("uk", "коли виступає Лідія?", "Сьогодні, 15:35–15:40 · через 5\u00a0год 30\u00a0хв"),
        ("uk", "когда выступает Лидия?", "Сьогодні, 15:35–15:40 · через 5\u00a0год 30\u00a0хв"),
    ],
)
async def test_a_first_name_of_two_people_is_asked_back_and_the_choice_answers_the_question(
    conversation: Conversation, language: str, question: str, time_of_morcillo: str
) -> None:
    person = conversation.person(language)

    asked = await person.asks(question)
    chosen = await person.taps("Lídia Morcillo", asked)

    assert asked["text"] == WHICH_ONE[language]
    assert sorted(labels(asked)) == ["Lidia Betoaea", "Lídia Morcillo"]
    assert chosen["message_id"] == asked["message_id"]
    assert chosen["text"].split("\n")[0] == time_of_morcillo


@pytest.mark.parametrize(
    ("language", "question", "slides"),
    [
        ("en", "slides of Lidia", "Presentation by Lidia Betoaea"),
        ("ro", "prezentarea Lidiei", "Prezentare – Lidia Betoaea"),
        ("uk", "слайди Лідії", "Презентація — Lidia Betoaea"),
    ],
)
async def test_the_choice_answers_with_slides_when_slides_were_asked_for(
    conversation: Conversation, language: str, question: str, slides: str
) -> None:
    person = conversation.person(language)

    await person.asks(question)
    chosen = await person.taps("Lidia Betoaea")

    assert chosen["text"].startswith(slides)


@pytest.mark.parametrize(
    ("language", "question", "asked_back", "days"),
    [
        ("en", "day 1", "Which date do you mean by day 1?", ["Tuesday, 21 November", "Wednesday, 22 November"]),
        (
            "ro",
            "ziua 1",
            "La ce dată vă referiți când spuneți „ziua 1”?",
            ["Marți, 21 noiembrie", "Miercuri, 22 noiembrie"],
        ),
        ("uk", "день 1", "«День 1» — яку дату ви маєте на увазі?", ["Вівторок, 21 листопада", "Середа, 22 листопада"]),
        (
            "uk",
            "программа дня 1",
            "«День 1» — яку дату ви маєте на увазі?",
            ["Вівторок, 21 листопада", "Середа, 22 листопада"],
        ),
    ],
)
async def test_a_bare_day_1_is_asked_back(
    conversation: Conversation, language: str, question: str, asked_back: str, days: list[str]
) -> None:
    person = conversation.person(language)

    asked = await person.asks(question)
    chosen = await person.taps(days[1], asked)

    assert asked["text"] == asked_back
    assert labels(asked)[:2] == days
    assert chosen["text"].startswith(days[1])


@pytest.mark.parametrize(
    ("language", "questions"),
    [
        ("en", ["asdfgh jkl", "session on quantum computing", "price of solar panels", "🙃", "12345"]),
        ("ro", ["asdfgh jkl", "sesiune despre calcul cuantic", "prețul panourilor solare", "🙃", "12345"]),
        ("uk", ["фівапр йцукен", "сесія про квантові обчислення", "ціна сонячних панелей", "🙃", "12345"]),
        ("uk", ["сессия о квантовых вычислениях", "цена солнечных панелей"]),
    ],
)
async def test_what_the_programme_does_not_have_is_said_with_ways_to_look(
    conversation: Conversation, language: str, questions: list[str]
) -> None:
    person = conversation.person(language)

    answers = {question: await person.asks(question) for question in questions}

    expected = (NOT_FOUND[language], WAYS_TO_LOOK[language])
    said = {
        question: (text["text"].split("\n")[0], [each for each in labels(text) if each in WAYS_TO_LOOK[language]])
        for question, text in answers.items()
    }
    assert said == dict.fromkeys(questions, expected)


@pytest.mark.parametrize(
    ("language", "question", "nearest"),
    [
        ("en", "when does Daniel Popescu speak", "Daniel Coșniță"),
        ("en", "Miljana Petrovic", "Miljana Cosic"),
        ("ro", "când vorbește Daniel Popescu", "Daniel Coșniță"),
        ("ro", "cine e Carmen Popescu", "Carmen Mihai"),
        ("uk", "коли виступає Даніель Попеску", "Daniel Coșniță"),
        ("uk", "когда выступает Даниэль Попеску", "Daniel Coșniță"),
    ],
)
async def test_a_near_name_gets_no_other_persons_time_but_the_nearest_to_choose(
    conversation: Conversation, language: str, question: str, nearest: str
) -> None:
    person = conversation.person(language)

    said = await person.asks(question)
    opened = await person.taps(nearest, said)

    assert said["text"].startswith(NOT_FOUND[language])
    assert "Coșniță" not in said["text"]
    assert labels(said)[0] == nearest
    assert opened["text"].startswith(nearest)


@pytest.mark.parametrize(
    ("before", "wish", "after"),
    [
        ("en", "speak Romanian please", "ro"),
        ("en", "Українською, будь ласка", "uk"),
        ("ro", "vorbește în engleză", "en"),
        ("ro", "schimbă limba în ucraineană", "uk"),
        ("uk", "говори англійською", "en"),
        ("uk", "румунською, будь ласка", "ro"),
        ("uk", "говори по-румынски", "ro"),
    ],
)
async def test_the_language_changes_on_a_word_and_stays(
    conversation: Conversation, before: str, wish: str, after: str
) -> None:
    person = conversation.person(before)

    said = await person.asks(wish)
    now = await person.asks("Що зараз?")

    assert said["text"].startswith(NOW_SPEAKS[after])
    assert now["text"].startswith(ON_NOW[after])
    described = {command["command"]: command["description"] for command in person.commands}
    assert described["now"] == {"en": "What is on now", "ro": "Ce are loc acum", "uk": "Що відбувається зараз"}[after]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_language_that_ghid_does_not_speak_gets_the_choice(conversation: Conversation, language: str) -> None:
    said = await conversation.person(language).asks("говори по-русски")

    assert said["text"].split("\n") == ["Choose your language:", "Alegeți limba:", "Виберіть мову:"]
    assert labels(said)[:3] == ["English", "Română", "Українська"]
