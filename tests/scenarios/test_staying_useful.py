"""What people rely on: old buttons, restarts, deep links, their language, being left alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.i18n import localizer
from bot.messages.deep_links import deep_link
from bot.messages.notices import target_gone
from bot.services.agenda import built_in_event
from tests.scenarios.conversation import LANGUAGES, Conversation, a_conversation, labels


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


async def test_an_old_button_works_after_a_restart(conversation: Conversation) -> None:
    person = conversation.person("uk")
    async with conversation.ghid():
        await person.asks("/agenda")
        before = await person.taps("Середа, 22 листопада")

    async with conversation.ghid():
        after = await person.taps("10:15", before)

    assert after["message_id"] == before["message_id"]
    assert after["text"].startswith("Ключові доповіді")


async def test_a_button_pressed_while_ghid_is_down_is_answered_when_it_is_up(conversation: Conversation) -> None:
    person = conversation.person("ro")
    async with conversation.ghid():
        await person.asks("/start")
    await person.presses("Vorbitori")

    async with conversation.ghid():
        shown = await person.waits_for(lambda message: "25 de vorbitori" in message["text"])

    assert len(person.replies) == 1
    assert shown["edit_date"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_old_button_works_after_a_new_agenda_or_says_that_its_target_is_gone(
    conversation: Conversation, language: str
) -> None:
    person = conversation.person(language)
    async with conversation.ghid() as bot:
        await person.asks("/agenda")
        day = await person.taps(labels(person.replies[-1])[1])
        kept, dropped = labels(day)[2], labels(day)[3]
        agenda = built_in_event()
        shorter = replace(agenda, sessions=tuple(each for each in agenda.sessions if each.kind != "break"))
        await bot.services.agenda.import_agenda(shorter, author="test", note="")

        gone = await person.waits_for_answer(await person.presses(dropped, day))
        opened = await person.taps(kept, day)

    assert (gone["text"], gone["show_alert"]) == (target_gone(localizer(language)), True)
    assert "Jan-Philipp Kramer" in opened["text"]


async def test_a_button_of_an_unknown_version_says_so_and_shows_the_menu(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        keyboard = {"inline_keyboard": [[{"text": "Forged", "callback_data": "zz:1"}]]}
        await bot.application.bot.send_message(person.id, "An old message", reply_markup=keyboard)  # type: ignore[arg-type]

        alert = await person.waits_for_answer(await person.presses("Forged"))
        shown = await person.waits_for(
            lambda message: message["text"].startswith("Clusters") and "edit_date" in message
        )

    assert (alert["text"], alert["show_alert"]) == ("This button is too old. Here is the menu instead.", True)
    assert labels(shown)[0] == "On now"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_deep_links_open_a_session_a_speaker_a_room_and_a_material(
    conversation: Conversation, language: str
) -> None:
    person = conversation.person(language)
    async with conversation.ghid() as bot:
        agenda = bot.services.agenda.current.agenda
        targets = (
            (agenda.session_by_id["keynote-speeches"], "Jan-Philipp Kramer"),
            (agenda.speaker_by_id["daniel-cosnita"], "Daniel Coșniță"),
            (agenda.room_by_id["plenary-hall"], "09:30–10:15"),
            (agenda.material_by_id["input-paper"], ""),
        )
        for target, expected in targets:
            payload = deep_link("ghid_bot", target).split("=")[1]
            answer = await person.asks(f"/start {payload}")  # what a phone sends when the link is opened
            assert expected in answer["text"]


async def test_a_deep_link_to_what_is_gone_says_so_and_offers_the_menu(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid():
        await person.opens("s_00000000")
        answer = await person.waits_for(1)

    assert answer["text"].startswith("This is no longer in the agenda.")
    assert labels(answer)[0] == "On now"


async def test_a_phone_in_another_language_is_asked_first(conversation: Conversation) -> None:
    person = conversation.person("de")
    async with conversation.ghid():
        asked = await person.asks("/start")
        chosen = await person.taps("Română")
        now = await person.asks("/now")

    assert asked["text"].split("\n") == ["Choose your language:", "Alegeți limba:", "Виберіть мову:"]
    assert labels(asked)[:3] == ["English", "Română", "Українська"]
    assert chosen["text"].startswith("De acum vorbesc cu dumneavoastră în română.")
    assert now["text"].startswith("Acum")


async def test_the_command_menu_follows_the_chosen_language(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid():
        await person.asks("/language")
        await person.taps("Українська")

        described = {command["command"]: command["description"] for command in person.commands}

    assert described["now"] == "Що відбувається зараз"


async def test_a_chosen_language_is_remembered_after_a_restart(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid():
        await person.asks("/language")
        await person.taps("Română")

    async with conversation.ghid():
        assert (await person.asks("/next"))["text"].startswith("Urmează")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_file_is_answered_with_what_can_be_read(conversation: Conversation, language: str) -> None:
    person = conversation.person(language)
    async with conversation.ghid():
        await person.asks("/start")
        await person.sends_file("slides.pdf", b"%PDF-1.4")
        answer = await person.waits_for(2)

    said = {"en": "I can read only text", "ro": "Deocamdată", "uk": "Поки що"}
    assert answer["text"].startswith(said[language])


async def test_somebody_who_blocked_the_bot_is_served_again_when_they_write(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        person.blocks()
        await bot.intake.idle()
        person.unblocks()

        assert (await person.asks("/now"))["text"].startswith("On now")


async def test_the_day_after_the_event_the_slides_stand_first(conversation: Conversation) -> None:
    person = conversation.person("en")
    conversation.clock.moves_to("2023-11-24 09:00")
    async with conversation.ghid():
        menu = await person.asks("/start")
        now = await person.asks("/now")

    assert "The event is over. The slides and documents stay here." in menu["text"]
    assert "what is on now" not in menu["text"]
    assert labels(menu)[0] == "Slides and documents"
    assert now["text"] == "The event is over: its last day was Thursday, 23 November."


async def test_a_group_is_not_answered(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        sender = {"id": person.id, "is_bot": False, "first_name": "Ana"}
        group = {"id": -100123, "type": "supergroup", "title": "Corridor"}
        message = {"message_id": 5, "date": 1700640300, "chat": group, "from": sender, "text": "/now"}
        await bot.intake.accept([{"update_id": 900_001, "message": message}])
        await bot.intake.idle()

    sent = [call for call in conversation.telegram.calls if call.method == "sendMessage"]
    assert len(sent) == 1
