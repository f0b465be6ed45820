"""What changed and who speaks, asked in people's own words, show the same lists as the commands; in each language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.services.agenda import built_in_event
from tests.scenarios.conversation import LANGUAGES, Conversation, a_conversation, labels

CHANGES = [
    ("en", "what changed in the agenda?"),
    ("en", "any cancellations?"),
    ("ro", "ce s-a schimbat în agendă?"),
    ("uk", "що змінилося в програмі?"),
    ("uk", "что изменилось?"),
]
SPEAKERS = [
    ("en", "speakers"),
    ("en", "who speaks"),
    ("ro", "vorbitori"),
    ("uk", "доповідачі"),
    ("uk", "докладчики"),
]


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_changed_is_told_as_by_its_command(conversation: Conversation, language: str) -> None:
    person = conversation.person(language)
    async with conversation.ghid() as bot:
        await person.asks("/start")
        agenda = built_in_event()
        moved = tuple(
            replace(each, room_id="foyer") if each.id == "panel-discussion" else each for each in agenda.sessions
        )
        await bot.services.agenda.import_agenda(replace(agenda, sessions=moved), author="Ioana", note="")
        by_command = await person.asks("/changes")
        in_words = [await person.asks(words) for spoken, words in CHANGES if spoken == language]

    title = agenda.session_by_id["panel-discussion"].title.texts[language]
    assert title[:20] in by_command["text"]
    assert [(said["text"], labels(said)) for said in in_words] == [(by_command["text"], labels(by_command))] * len(
        in_words
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_speaks_is_told_as_by_its_command(conversation: Conversation, language: str) -> None:
    person = conversation.person(language)
    async with conversation.ghid():
        await person.asks("/start")
        by_command = await person.asks("/speakers")
        in_words = [await person.asks(words) for spoken, words in SPEAKERS if spoken == language]

    assert len(labels(by_command)) > 5
    assert [(said["text"], labels(said)) for said in in_words] == [(by_command["text"], labels(by_command))] * len(
        in_words
    )
