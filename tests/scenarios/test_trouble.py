"""What people see when something fails, and what they are not bothered with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.i18n import localizer
from bot.local_telegram.faults import Fault
from bot.messages.notices import something_failed, target_gone
from bot.services.agenda import built_in_event
from content.agenda import Link
from content.localized_text import LocalizedText
from tests.builders import a_fact
from tests.scenarios.conversation import LANGUAGES, Conversation, a_conversation, labels

GROUP = {"id": -100_123, "type": "supergroup", "title": "Corridor"}


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


@pytest.mark.parametrize("language", LANGUAGES)
async def test_whoever_could_not_be_answered_through_our_fault_is_told_so_once(
    conversation: Conversation, language: str
) -> None:
    person = conversation.person(language)
    async with conversation.ghid() as bot:
        await person.asks("/start")
        conversation.telegram.faults.next(
            "sendMessage", Fault(status=400, description="Bad Request: can't parse entities")
        )

        sorry = await person.asks("/venue")
        await bot.intake.idle()

    assert sorry["text"] == something_failed(localizer(language))
    assert len(person.replies) == 2


async def test_an_address_that_no_button_can_have_stands_in_the_text(conversation: Conversation) -> None:
    person = conversation.person("en")
    local = a_fact("venue", "In the old hall.", links=(Link(LocalizedText.of(en="Map"), "http://localhost:8000/map"),))
    async with conversation.ghid() as bot:
        agenda = replace(built_in_event(), facts=(local,))
        await bot.services.agenda.import_agenda(agenda, author="test", note="")
        await person.asks("/start")

        said = await person.asks("/venue")

    assert said["text"] == "Venue\nIn the old hall.\n\nMap\nhttp://localhost:8000/map"
    assert labels(said) == ["Menu"]


async def test_a_gone_target_is_told_in_a_message_when_the_press_is_too_old_to_be_answered(
    conversation: Conversation,
) -> None:
    person = conversation.person("uk")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        query = {
            "id": "77",
            "from": {"id": person.id, "is_bot": False, "first_name": "Ana", "language_code": "uk"},
            "chat_instance": "1",
            "data": "s:00000000",
            "message": {"message_id": 2, "date": 0, "chat": {"id": person.id, "type": "private"}},
        }
        await bot.intake.accept([{"update_id": 900_001, "callback_query": query}])

        said = await person.waits_for(2)

    assert said["text"] == target_gone(localizer("uk"))
    assert labels(said) == ["Меню"]


async def test_a_shared_position_that_goes_on_moving_is_answered_once(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        message = {
            "message_id": 50,
            "date": 1_700_640_300,
            "chat": {"id": person.id, "type": "private"},
            "from": {"id": person.id, "is_bot": False, "first_name": "Ana", "language_code": "en"},
            "location": {"latitude": 47.15, "longitude": 27.58, "live_period": 900},
        }
        moved = message | {"edit_date": 1_700_640_310}
        updates: list[dict[str, object]] = [{"update_id": 900_001, "message": message}]
        updates += [{"update_id": 900_002 + n, "edited_message": moved} for n in range(5)]
        await bot.intake.accept(updates)
        await bot.intake.idle()

    assert [reply["text"][:20] for reply in person.replies[1:]] == ["I can read only text"]


async def test_an_album_is_answered_once_and_so_is_the_next(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        photo = {
            "date": 1_700_640_300,
            "chat": {"id": person.id, "type": "private"},
            "from": {"id": person.id, "is_bot": False, "first_name": "Ana", "language_code": "en"},
            "photo": [{"file_id": "AgAC", "file_unique_id": "AQAD", "width": 90, "height": 90}],
        }
        albums = ["13"] * 10 + [None] * 2 + ["14"] * 10
        updates: list[dict[str, object]] = [
            {
                "update_id": 900_001 + n,
                "message": photo | {"message_id": 50 + n} | ({"media_group_id": id_} if id_ else {}),
            }
            for n, id_ in enumerate(albums)
        ]
        conversation.telegram.faults.next("sendMessage", Fault(status=500))  # the first picture is tried again
        await bot.intake.accept(updates)
        await bot.intake.idle()

    assert [reply["text"][:20] for reply in person.replies[1:]] == ["I can read only text"] * 4


async def test_a_flooding_group_is_neither_answered_nor_written_down(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        sender = {"id": person.id, "is_bot": False, "first_name": "Ana"}
        message = {"message_id": 5, "date": 1_700_640_300, "chat": GROUP, "from": sender, "text": "/now"}
        await bot.intake.accept([{"update_id": 900_001 + n, "message": message} for n in range(60)])
        await bot.intake.idle()
        await person.asks("/start")

    sent = [call for call in conversation.telegram.calls if call.method == "sendMessage"]
    addressed = {call.parameters["chat_id"] for call in sent}
    assert addressed == {str(person.id)}
