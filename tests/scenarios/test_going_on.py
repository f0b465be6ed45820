"""Questions that go on from what was just shown, in the person's words: over real HTTP, across a restart."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.scenarios.conversation import DURING_THE_OPENING, LANGUAGES, Conversation, a_conversation, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")

OPENS = {
    "en": "when does Kramer speak?",
    "ro": "când vorbește Kramer?",
    "uk": "коли виступає Крамер?",
}
THEN_SLIDES = {"en": "and the slides?", "ro": "și prezentarea?", "uk": "а слайди?"}
THEN_FOLLOWED = {"en": "follow him", "ro": "urmărește-l", "uk": "стеж за ним"}
THEN_WHERE = {"en": "and where?", "ro": "și unde?", "uk": "а де?"}
ASKS_BACK = {
    "en": "Which session or person do you mean? Write the name or the title.",
    "ro": "La ce sesiune sau persoană vă referiți? Scrieți numele sau titlul.",
    "uk": "Яку сесію чи особу ви маєте на увазі? Напишіть ім’я або назву.",
}
HALL = {"en": "Plenary Hall", "ro": "Sala de plen", "uk": "Пленарна зала"}
UNFOLLOW = {"en": "Unfollow", "ro": "Nu mai urmăriți", "uk": "Більше не стежити"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def conversation(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Conversation]:
    """A Telegram on which Ghid is started as each test needs it."""
    async with a_conversation(tmp_path_factory.mktemp("going-on")) as conversation:
        yield conversation


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_asked_next_is_about_who_was_shown(conversation: Conversation, language: str) -> None:
    conversation.clock.moves_to(DURING_THE_OPENING)
    person = conversation.person(language)
    async with conversation.ghid():
        await person.asks(OPENS[language])
        slides = await person.asks(THEN_SLIDES[language])
        followed = await person.asks(THEN_FOLLOWED[language])
    assert "Jan-Philipp Kramer" in slides["text"]
    assert "Jan-Philipp Kramer" in followed["text"]
    assert any(UNFOLLOW[language] in label for label in labels(followed))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_opened_card_counts_and_a_restart_forgets_nothing(conversation: Conversation, language: str) -> None:
    conversation.clock.moves_to(DURING_THE_OPENING)
    person = conversation.person(language)
    async with conversation.ghid():
        found = await person.asks({"en": "keynote", "ro": "keynote", "uk": "ключові доповіді"}[language])
        await person.taps(next(label for label in labels(found) if "Kramer" in label), found)
    conversation.clock.moves_to("2023-11-22 10:14")
    async with conversation.ghid():
        answer = await person.asks(THEN_WHERE[language])
    assert "Jan-Philipp Kramer" in answer["text"]
    assert HALL[language] in answer["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_ten_minutes_it_is_asked_back_and_never_guessed(conversation: Conversation, language: str) -> None:
    conversation.clock.moves_to(DURING_THE_OPENING)
    person = conversation.person(language)
    async with conversation.ghid():
        stranger = await conversation.person(language).asks(THEN_WHERE[language])
        await person.asks(OPENS[language])
        conversation.clock.moves_to("2023-11-22 10:15")
        answer = await person.asks(THEN_WHERE[language])
    assert stranger["text"] == answer["text"] == ASKS_BACK[language]
