"""An organiser says what changes: from the desk, by typing, with what clashes; a file says which changes it undoes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.i18n import localizer
from bot.publishing import ConfirmedEdit
from content.edits import AgendaEdit, Cancel, ChangeRoom, Move
from tests.scenarios.conversation import LANGUAGES, Conversation, Message, a_conversation, labels
from tests.scenarios.editing import KEYNOTES, PANEL, PITCHES, opens_the_menu, session
from tests.scenarios.organiser_phone import an_organiser, label

FILE = Path(__file__).parents[2] / "content" / "data" / "iasi-2023.yaml"


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


async def test_a_time_of_another_day_can_be_typed(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        await opens_the_menu(bot, organiser, PANEL)
        await organiser.taps("Other time")
        not_understood = await organiser.asks("later")
        await organiser.asks("23.11 12:10")
        await organiser.taps("Yes, change it")
        card = await organiser.taps("Open the session")

    assert not_understood["text"].startswith("I do not understand this time.")
    assert "Thursday, 23 November, 12:10–13:40" in card["text"]


async def test_a_room_can_be_typed(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "ro")
        await opens_the_menu(bot, organiser, PANEL, "ro")
        await organiser.taps(label("ro", "Other room"))
        preview = await organiser.asks("Aula <Magna>")
        await organiser.taps(label("ro", "Yes, change it"))
        card = await organiser.taps(label("ro", "Open the session"))

    assert "Sala: Sala de plen → Aula <Magna>" in preview["text"]
    assert "Aula <Magna>" in card["text"]


async def test_a_name_can_be_typed_and_somebody_removed(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "uk")
        await opens_the_menu(bot, organiser, PANEL, "uk")
        await organiser.taps(label("uk", "Who speaks"))
        await organiser.taps(label("uk", "Add a speaker"))
        found = await organiser.asks("крамер")
        await organiser.asks("Ștefana Nouă")
        await organiser.taps(localizer("uk").plain.gettext("New: %(name)s", name="Ștefana Nouă"))
        await organiser.taps(label("uk", "Yes, change it"))
        await opens_the_menu(bot, organiser, PANEL, "uk")
        people = await organiser.taps(label("uk", "Who speaks"))
        await organiser.taps(labels(people)[0])
        await organiser.taps(label("uk", "Remove from the session"))
        await organiser.taps(label("uk", "Yes, change it"))
        card = await organiser.taps(label("uk", "Open the session"))

    assert "Jan-Philipp Kramer" in labels(found)
    assert "Ștefana Nouă" in card["text"]
    assert labels(people)[0] not in card["text"]
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
    assert len(labels(rooms)) == 7  # four rooms, the day, the desk, the menu
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


async def test_a_file_names_the_changes_that_it_would_undo(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        panel = session(bot, PANEL)
        blocks = [each for each in bot.services.agenda.current.agenda.sessions if each.part_of == PITCHES]
        edits: list[AgendaEdit] = [
            *(Move(panel.handle, panel.starts_at + timedelta(minutes=by)) for by in (5, 10)),
            *(Cancel(each.handle) for each in blocks),
            ChangeRoom(panel.handle, name="Casa Nouă"),
        ]
        for number, edit in enumerate(edits, 1):
            await bot.services.edits.confirm(ConfirmedEdit(edit, str(number)), note="", expected_version=number)
        seen: dict[str, tuple[Message, Message]] = {}
        for language in LANGUAGES:
            organiser = await an_organiser(bot, conversation, language)
            before = len(organiser.replies)
            await organiser.sends_file("agenda.yaml", FILE.read_bytes())
            preview = await organiser.waits_for(before + 1)
            seen[language] = preview, await organiser.taps(label(language, "All that it would undo"))

    for language, (preview, listed) in seen.items():
        # One less than there are: the panel's first move was moved away itself.
        changes = localizer(language).plain.ngettext(
            "It would undo %(num)s change made in the chat:",
            "It would undo %(num)s changes made in the chat:",
            len(edits) - 1,
        )
        assert changes in preview["text"]
        assert "Casa Nouă" in preview["text"]
        assert listed["document"]["file_name"] == f"{localizer(language).plain.pgettext('file name', 'undone')}.txt"
