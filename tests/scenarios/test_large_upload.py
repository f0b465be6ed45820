"""A schedule of hundreds of sessions is sent to the chat, published, looked at, taken back and put back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.application import RunningBot
from bot.i18n import localizer
from bot.local_telegram import Person
from tests.content.formats.frab_files import day, event, person, schedule
from tests.content.formats.shared_schedules import shared_file
from tests.scenarios.conversation import LANGUAGES, Conversation, Message, a_conversation, labels
from tests.scenarios.test_agenda_upload import an_organiser, everything_due, label, said

ROOMS, SLOTS = 30, 18
FAR = 77  # the number of the talk that somebody asks for
PATIENCE = 60.0  # seconds, on a machine that does much else
NAME = "fahrplan.xml"
OURS = "clusters-meet-regions-iasi-2023"


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


def a_large_schedule(sessions: int) -> bytes:
    """Return talks of a person each, in many rooms on the built-in event's second day and the next."""
    talks: dict[str, list[str]] = {"2023-11-22": [], "2023-11-23": []}
    for number in range(sessions):
        minutes = 9 * 60 + 30 * (number // ROOMS % SLOTS)
        talks["2023-11-22" if number % 2 else "2023-11-23"].append(
            event(
                str(number),
                title=f"Talk {number} of lamps",
                room=f"Pier {number % ROOMS}",
                start=f"{minutes // 60:02}:{minutes % 60:02}",
                duration="00:25",
                persons=person("Ilinca Far" if number == FAR else f"Keeper Number{number}", str(number)),
                abstract="<p>A lighthouse keeper talks of rope &amp; knots.</p>" * 12,
            )
        )
    days = [day(*listed, date=date, room=None) for date, listed in talks.items()]
    return schedule(*days, acronym=OURS, title="Harbour Days", time_zone_name="-")


async def shown(organiser: Person, language: str, button: str) -> Message:
    """Wait for a message with this button."""
    return await organiser.waits_for(lambda message: label(language, button) in labels(message), timeout=PATIENCE)


async def published(bot: RunningBot, organiser: Person, language: str, data: bytes) -> tuple[Message, Message]:
    """Send the file, publish it with the number of sessions that go; return the preview and what is said then."""
    gone = len(bot.services.agenda.current.agenda.sessions)
    await organiser.sends_file(NAME, data)
    preview = await shown(organiser, language, "Publish")
    await organiser.taps(label(language, "Publish"), preview, timeout=PATIENCE)
    await organiser.sends(str(gone))
    return preview, await shown(organiser, language, "Undo")


@pytest.mark.parametrize(
    ("sessions", "language", "counted"),
    [
        pytest.param(120, "en", "120"),
        *(
            pytest.param(1_100, language, counted, marks=pytest.mark.soak)
            for language, counted in zip(LANGUAGES, ("1,100", "1.100", "1\xa0100"), strict=True)
        ),
    ],
)
async def test_a_large_schedule_goes_all_the_way_and_back(
    conversation: Conversation, sessions: int, language: str, counted: str
) -> None:
    follower = conversation.person(language)
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, language)
        await follower.asks("/start")
        panel = bot.services.agenda.current.agenda.session_by_id["panel-discussion"]
        await follower.asks(f"/start f_{panel.handle}")
        preview, said_then = await published(bot, organiser, language, a_large_schedule(sessions))
        agenda = bot.services.agenda.current.agenda
        pier = next(room for room in agenda.rooms if room.name.pick("en") == "Pier 7")
        in_the_room = await follower.asks(f"/start r_{pier.handle}")
        found = await follower.asks("Ilinca Far")
        undone = await organiser.taps(label(language, "Undo"), said_then, timeout=PATIENCE)
        taken_back = len(bot.services.agenda.current.agenda.sessions)
        back = await organiser.taps(label(language, "Put it back"), undone, timeout=PATIENCE)
        await everything_due(bot)

        assert len(bot.services.agenda.current.agenda.sessions) == sessions
    assert said(language, "New sessions: %(number)s", number=counted) in preview["text"]
    one = localizer(language).plain.ngettext(
        "%(num)s person who follows this will be told.", "%(num)s people who follow this will be told.", 1
    )
    assert one in preview["text"]
    assert len(preview["text"]) < 2_000
    assert "of lamps" in in_the_room["text"]
    assert f"Talk {FAR} of lamps" in found["text"]
    assert said(language, "Undone: version %(version)s is what was before.", version=3) in undone["text"]
    assert taken_back == 26
    assert said(language, "Put back: version %(version)s is what was undone before.", version=4) in back["text"]
    assert label(language, "Undo") in labels(back)
    assert [call.description for call in conversation.telegram.calls if not call.ok] == []


@pytest.mark.soak
async def test_the_schedule_of_fosdem_is_read_published_and_browsed(conversation: Conversation) -> None:
    file = shared_file("frab-xml/fosdem-2023.xml")
    ours = file.replace(b"<conference>", f"<conference><acronym>{OURS}</acronym>".encode(), 1)
    guest = conversation.person("en")
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        await guest.asks("/start")
        preview, _ = await published(bot, organiser, "en", ours)
        in_the_room = await guest.asks("what is in Janson?")  # FOSDEM is over by the clock, and can be asked about
        found = await guest.asks("Richard Hartmann")

    assert "New sessions: 780" in preview["text"]
    assert "Welcome to FOSDEM 2023" in in_the_room["text"]
    assert "Richard Hartmann" in found["text"]
