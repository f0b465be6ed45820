"""An organiser says what changes: from the desk, by typing, with what clashes; a file says which changes it undoes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.i18n import localizer
from tests.scenarios.conversation import LANGUAGES, Conversation, a_conversation, labels
from tests.scenarios.editing import KEYNOTES, PANEL, PITCHES, opens_the_menu, session
from tests.scenarios.organiser_phone import an_organiser, label, said

FILE = Path(__file__).parents[2] / "content" / "data" / "iasi-2023.yaml"


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_time_a_room_and_a_name_can_be_typed(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, language)
        await opens_the_menu(bot, organiser, PANEL, language)
        await organiser.taps(label(language, "Other time"))
        not_understood = await organiser.asks("later")
        await organiser.asks("23.11 12:10")
        await organiser.taps(label(language, "Yes, change it"))
        await opens_the_menu(bot, organiser, PANEL, language)
        await organiser.taps(label(language, "Other room"))
        await organiser.asks("Aula <Magna>")
        await organiser.taps(label(language, "Yes, change it"))
        await opens_the_menu(bot, organiser, PANEL, language)
        await organiser.taps(label(language, "Who speaks"))
        await organiser.taps(label(language, "Add a speaker"))
        found = await organiser.asks("kramer")
        await organiser.asks("Ștefana Nouă")
        await organiser.taps(localizer(language).plain.gettext("New: %(name)s", name="Ștefana Nouă"))
        await organiser.taps(label(language, "Yes, change it"))
        await opens_the_menu(bot, organiser, PANEL, language)
        people = await organiser.taps(label(language, "Who speaks"))
        await organiser.taps(labels(people)[0])
        await organiser.taps(label(language, "Remove from the session"))
        await organiser.taps(label(language, "Yes, change it"))
        card = await organiser.asks(f"/start s_{session(bot, PANEL).handle}")
        version = bot.services.agenda.current.version

    assert not_understood["text"].startswith(said(language, "I do not understand this time."))
    assert "Jan-Philipp Kramer" in labels(found)
    assert "12:10–13:40" in card["text"]
    assert "Aula <Magna>" in card["text"]
    assert "Ștefana Nouă" in card["text"]
    assert labels(people)[0] not in card["text"]
    assert version == 5
    assert [call.description for call in conversation.telegram.calls if not call.ok] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_desk_leads_to_todays_sessions(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, language)
        await organiser.asks("/organiser")
        today = await organiser.taps(label(language, "Change the agenda"))
        rooms = await organiser.taps(label(language, "By room"))
        foyer = await organiser.taps(bot.services.agenda.current.agenda.room_by_id["foyer"].name.pick(language))
        await organiser.taps(labels(foyer)[-3], foyer)
        tomorrow = await organiser.taps(labels(today)[-3])

    assert labels(today)[0].startswith("09:30 ")  # what is over comes last
    assert len(labels(rooms)) == 5
    assert [text[:5] for text in labels(foyer)[:3]] == ["11:00", "15:45", "08:30"]
    assert labels(tomorrow)[0].startswith("08:45 ")


async def test_clashes_are_named_before_the_yes(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        await opens_the_menu(bot, organiser, KEYNOTES)
        await organiser.taps("Running late")
        await organiser.taps("Only this session")
        fine = await organiser.taps("+15")
        await organiser.taps("No, leave it")
        await opens_the_menu(bot, organiser, KEYNOTES)
        await organiser.taps("Other time")
        clash = await organiser.asks("11:00")

    assert "second look" not in fine["text"]
    assert "1 thing asks for a second look:" in clash["text"]
    assert "Plenary Hall is booked twice: “Panel discussion" in clash["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_file_names_the_changes_that_it_would_undo(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, language)
        for time in ("11:35", "11:40"):
            await opens_the_menu(bot, organiser, PANEL, language)
            await organiser.taps(label(language, "Other time"))
            await organiser.asks(time)
            await organiser.taps(label(language, "Yes, change it"))
        sessions = [each for each in bot.services.agenda.current.agenda.sessions if each.part_of == PITCHES]
        for each in sessions:
            await opens_the_menu(bot, organiser, each.id, language)
            await organiser.taps(label(language, "Cancel the session"))
            await organiser.taps(label(language, "Yes, change it"))
        await opens_the_menu(bot, organiser, "networking-dinner", language)
        await organiser.taps(label(language, "Other room"))
        await organiser.asks("Casa Nouă")
        await organiser.taps(label(language, "Yes, change it"))
        before = len(organiser.replies)
        await organiser.sends_file("agenda.yaml", FILE.read_bytes())
        preview = await organiser.waits_for(before + 1)
        listed = await organiser.taps(label(language, "All that it would undo"))

    changes = localizer(language).plain.ngettext(
        "It would undo %(num)s change made in the chat:", "It would undo %(num)s changes made in the chat:", 7
    )
    assert changes in preview["text"]  # the panel's first move was moved away itself
    assert "11:40" in preview["text"] or "Casa Nouă" in preview["text"]
    assert listed["document"]["file_name"] == "undone.txt"
