"""An attendee asks in their own words, in four languages, and reads the answer in the language of their interface."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.services.agenda import built_in_event
from tests.scenarios.conversation import LANGUAGES, Conversation, a_conversation

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass(frozen=True, slots=True)
class Subject:
    """Ways to ask for one thing, the answer's first line in each language, and facts that follow in all of them."""

    questions: tuple[str, ...]
    first_line: dict[str, str]
    facts: tuple[str, ...] = ()


def in_each(en: str, ro: str, uk: str) -> dict[str, str]:
    return {"en": en, "ro": ro, "uk": uk}


PANEL_AHEAD = in_each(
    "Today, 11:30–13:00 · in 1\u00a0h 25\u00a0min",
    "Astăzi, 11:30–13:00 · peste 1\u00a0h 25\u00a0min",
    "Сьогодні, 11:30–13:00 · через 1\u00a0год 25\u00a0хв",
)
FOLLOWS_SPEAKER = in_each(
    "You follow this speaker: all their sessions are in your agenda. I remind you 10 minutes before.",
    "Urmăriți acest vorbitor: toate sesiunile sale sunt în agenda dumneavoastră. Vă reamintesc cu 10 minute înainte.",
    "Ви стежите за виступами цієї людини: усі вони є у вашій програмі. Нагадаю за 10 хвилин до початку.",
)
MATCHMAKING_AHEAD = in_each(
    "Today, 16:00–18:30 · in 5\u00a0h 55\u00a0min",
    "Astăzi, 16:00–18:30 · peste 5\u00a0h 55\u00a0min",
    "Сьогодні, 16:00–18:30 · через 5\u00a0год 55\u00a0хв",
)

SUBJECTS = {
    "when somebody with this surname speaks": Subject(
        (
            "When does Venturini speak?",
            "când vorbește Venturini",
            "Коли виступає Вентуріні?",
            "когда выступает Вентурини",
        ),
        PANEL_AHEAD,
        ("Enrico Venturini",),
    ),
    "when somebody speaks twice": Subject(
        ("when does cosnita speak", "Când vorbește Coșniță?", "коли виступає Кошніце", "когда выступает Кошница?"),
        in_each(
            "Today, 09:30–10:15 · on now", "Astăzi, 09:30–10:15 · în desfășurare", "Сьогодні, 09:30–10:15 · триває"
        ),
        ("10:40–11:00", "Daniel Coșniță"),
    ),
    "when somebody speaks, with a typing mistake": Subject(
        (
            "when does vnturini speak",
            "cand vorbeste venturinni",
            "коли виступає Вентурінні",
            "когда выступет Вентурини",
        ),
        PANEL_AHEAD,
        ("Enrico Venturini",),
    ),
    "when an organisation speaks": Subject(
        (
            "when does Steinbeis speak",
            "când vorbește Steinbeis?",
            "коли виступає Штайнбайс",
            "когда выступает Штайнбайс",
        ),
        PANEL_AHEAD,
        ("Miljana Cosic",),
    ),
    "what is on now": Subject(
        ("What is on now?", "ce e acum?", "Що зараз?", "что сейчас?"),
        in_each("On now", "Acum", "Зараз"),
        ("09:30–10:15", "10:15–11:00"),
    ),
    "what is next": Subject(
        ("what's next", "Ce urmează?", "Що далі?", "что дальше?"),
        in_each("Next · in 10 minutes", "Urmează · peste 10 minute", "Далі · через 10 хвилин"),
        ("10:15–11:00",),
    ),
    "the agenda of a day": Subject(
        ("programme on Thursday", "agenda de joi", "розклад на четвер", "программа на 23 ноября"),
        in_each("Thursday, 23 November", "Joi, 23 noiembrie", "Четвер, 23 листопада"),
        ("08:45–09:15", "09:15–11:00"),
    ),
    "what is on in a room": Subject(
        (
            "what is on in workshop room 2",
            "Ce este în sala de ateliere 2?",
            "що у залі для воркшопів 2",
            "что в зале 2",
        ),
        in_each("Workshop Room 2", "Sala de ateliere 2", "Зала для воркшопів 2"),
        ("09:15–11:00",),
    ),
    "a topic": Subject(
        ("circular economy", "economia circulară", "циркулярна економіка", "циркулярная экономика"),
        in_each(
            "P2GreenEST: support services for EU SMEs and clusters working on the circular economy transition, "
            "targeting Moldova and Ukraine",
            "P2GreenEST: servicii de sprijin pentru IMM-uri și clustere din UE implicate în tranziția către economia "
            "circulară, cu accent pe Republica Moldova și Ucraina",
            "P2GreenEST: послуги підтримки для МСП і кластерів ЄС на шляху до циркулярної економіки, орієнтовані на "
            "Молдову й Україну",
        ),
        ("14:00–14:10", "Cristina Colonna d’Istria"),
    ),
    "somebody's slides": Subject(
        ("slides of Kramer", "prezentarea lui Kramer", "слайди Крамера", "слайды Крамера"),
        in_each(
            "Presentation by Jan-Philipp Kramer, ECCP",
            "Prezentare – Jan-Philipp Kramer, ECCP",
            "Презентація — Jan-Philipp Kramer, ECCP",
        ),
    ),
    "the venue": Subject(
        ("Where is the venue?", "unde are loc evenimentul?", "де проходить захід?", "где проходит конференция?"),
        in_each("Venue", "Locul de desfășurare", "Місце проведення"),
        ("Piața Unirii 5, 700056 Iași", "+40 232 205 000"),
    ),
    "the matchmaking sectors": Subject(
        ("matchmaking sectors", "care sunt sectoarele de matchmaking", "сектори метчмейкінгу", "секторы матчмейкинга"),
        MATCHMAKING_AHEAD,
    ),
    "to follow a session": Subject(
        ("remind me about the panel", "amintește-mi de panel", "нагадай про панель", "напомни о панели"),
        in_each(
            "In your agenda. I remind you 10 minutes before.",
            "Adăugat în agenda dumneavoastră. Vă reamintesc cu 10 minute înainte.",
            "Додано до вашої програми. Нагадаю за 10 хвилин до початку.",
        ),
        ("11:30–13:00", "Enrico Venturini"),
    ),
    "to follow a speaker": Subject(
        ("follow Venturini", "urmărește-l pe Venturini", "стежити за Вентуріні", "следить за Вентурини"),
        FOLLOWS_SPEAKER,
        ("11:30–13:00", "Enrico Venturini"),
    ),
}


HELP_EXAMPLES_ANSWERED = {
    "en": [
        "On now",
        "Today, 10:15–10:40 · in 10 minutes",
        "Presentation by Lídia Morcillo, Catalan Fashion Cluster",
        "Thursday, 23 November · morning",
        FOLLOWS_SPEAKER["en"],
    ],
    "ro": [
        "Acum",
        "Astăzi, 10:15–10:40 · peste 10 minute",
        "Prezentare – Lídia Morcillo, Clusterul Catalan al Modei",
        "Joi, 23 noiembrie · dimineața",
        FOLLOWS_SPEAKER["ro"],
    ],
    "uk": [
        "Зараз",
        "Сьогодні, 10:15–10:40 · через 10 хвилин",
        "Презентація — Lídia Morcillo, Catalan Fashion Cluster",
        "Четвер, 23 листопада · вранці",
        FOLLOWS_SPEAKER["uk"],
    ],
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def conversation(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Conversation]:
    """One Ghid for all the questions here: each is asked in a chat of its own."""
    async with a_conversation(tmp_path_factory.mktemp("asking")) as conversation, conversation.ghid():
        yield conversation


@pytest.mark.parametrize("subject", SUBJECTS)
async def test_a_question_in_any_language_is_answered_in_the_persons_own(
    conversation: Conversation, subject: str
) -> None:
    asked = SUBJECTS[subject]
    expected = {
        (language, question): asked.first_line[language] for language in LANGUAGES for question in asked.questions
    }
    people = {language: conversation.person(language) for language in LANGUAGES}

    answers = {(language, question): (await people[language].asks(question))["text"] for language, question in expected}

    assert {key: text.split("\n")[0] for key, text in answers.items()} == expected
    assert [(key, fact) for key, text in answers.items() for fact in asked.facts if fact not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_eight_matchmaking_sectors_are_named(conversation: Conversation, language: str) -> None:
    sectors = built_in_event().fact_by_topic["sectors"].text.texts[language]
    said = await conversation.person(language).asks(SUBJECTS["the matchmaking sectors"].questions[0])

    assert sectors in said["text"]
    assert sectors.count("•") == 8


@pytest.mark.parametrize("language", LANGUAGES)
async def test_slides_without_a_known_address_lead_to_the_event_page(conversation: Conversation, language: str) -> None:
    said = await conversation.person(language).asks("slides of Kramer")

    first = said["reply_markup"]["inline_keyboard"][0][0]
    assert first["text"] == in_each("Event page", "Pagina evenimentului", "Сторінка заходу")[language]
    assert first["url"] == "https://clustercollaboration.eu/content/clusters-meet-regions-iasi-romania"


async def test_before_the_event_a_time_is_said_with_its_date(tmp_path: Path) -> None:
    async with a_conversation(tmp_path) as conversation, conversation.ghid():
        conversation.clock.moves_to("2023-11-02 12:00")
        said = await conversation.person("en").asks("when does Venturini speak?")

    assert said["text"].split("\n")[0] == "Wednesday, 22 November, 11:30–13:00"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_example_of_the_help_typed_as_it_stands_is_answered(
    conversation: Conversation, language: str
) -> None:
    person = conversation.person(language)
    examples = (await person.asks("/help"))["text"].split("\n\n")[0].split("\n")[1:]

    answers = [(await person.asks(example))["text"].split("\n")[0] for example in examples]

    assert answers == HELP_EXAMPLES_ANSWERED[language]
