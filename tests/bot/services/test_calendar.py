"""What goes into somebody's calendar, while the agenda changes under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.models import Attendee
from bot.services.agenda import AgendaService
from bot.services.agenda_imports import ImportResult
from bot.services.calendar import CalendarService
from bot.services.follows import FollowService
from bot.services.versions import VersionService
from bot.storage.attendees import save_attendee
from bot.storage.database import Database
from content.agenda import Session
from content.calendar import CalendarEntry, CalendarSession, calendar_of
from content.localized_text import LocalizedText
from tests.bot.services.standing_clock import StandingClock
from tests.builders import a_moment, a_session, an_agenda
from tests.content.rfc5545 import merged, read_entries

ANA = 1
OPENING = a_session("opening", "Opening", "10:00", room_id="hall", speakers=["ana"])
PANEL = a_session("panel", "Panel", "12:00", speakers=["ion"])
DINNER = a_session("dinner", "Dinner", "19:00")


class Conference:
    """An agenda that is imported again and again, and Ana, who follows some of it."""

    def __init__(self, database: Database, clock: StandingClock) -> None:
        self._database, self._clock = database, clock
        self.agenda = AgendaService(database, clock)
        self.follows = FollowService(database, clock, self.agenda)
        self.calendar = CalendarService(database, self.agenda, VersionService(database, self.agenda).version)

    async def publish(self, *sessions: Session) -> None:
        agenda = an_agenda(*sessions, event=self.agenda.current.agenda.event)
        result = await self.agenda.import_agenda(agenda, author="Olena", note="", allow_mass_removal=True)
        assert isinstance(result, ImportResult)

    async def follow(self, *ids: str) -> None:
        agenda = self.agenda.current.agenda
        async with self._database.transaction() as connection:
            await save_attendee(connection, Attendee(ANA, "en", True, date(2023, 11, 1), date(2023, 11, 1)))
        for each in ids:
            await self.follows.follow(ANA, agenda.session_by_id.get(each) or agenda.speaker_by_id[each])

    async def exported(self) -> tuple[CalendarSession, ...]:
        return await self.calendar.sessions_of(await self.follows.follows_of(ANA))

    async def file(self) -> bytes:
        """Return the file as it would be sent now; each time a minute later."""
        self._clock.now += timedelta(minutes=1)
        entries = [CalendarEntry(each, each.session.title.pick("en")) for each in await self.exported()]
        return calendar_of(entries, self.agenda.current.agenda.event, name="Mine", now=self._clock.now)


@pytest.fixture
async def conference(database: Database, clock: StandingClock) -> Conference:
    conference = Conference(database, clock)
    await conference.agenda.load()
    await conference.publish(OPENING, PANEL, DINNER)
    return conference


def states(exported: tuple[CalendarSession, ...]) -> list[tuple[str, int, bool]]:
    return [(each.session.id, each.sequence, each.cancelled) for each in exported]


async def test_who_follows_nothing_has_nothing_to_export(conference: Conference) -> None:
    await conference.publish(OPENING)

    assert await conference.exported() == ()


async def test_what_is_followed_directly_or_through_a_speaker_is_exported_in_order(conference: Conference) -> None:
    await conference.follow("dinner", "ana")

    assert states(await conference.exported()) == [("opening", 0, False), ("dinner", 0, False)]


async def test_the_sequence_rises_with_every_change(conference: Conference) -> None:
    await conference.follow("opening", "panel")
    await conference.publish(replace(OPENING, title=LocalizedText.of(en="Grand opening")), PANEL, DINNER)
    moved = replace(OPENING, starts_at=a_moment("11:00"), ends_at=a_moment("11:45"))
    await conference.publish(moved, replace(PANEL, cancelled=True), DINNER)

    assert states(await conference.exported()) == [("opening", 2, False), ("panel", 1, True)]


async def test_what_left_the_agenda_is_exported_as_cancelled_and_as_it_was_last(conference: Conference) -> None:
    await conference.follow("opening", "ion")
    await conference.publish(replace(OPENING, room_id="foyer"), PANEL, DINNER)
    await conference.publish(PANEL, DINNER)
    await conference.publish(DINNER)

    exported = await conference.exported()

    assert {each.session.id: each.cancelled for each in exported} == {"opening": True, "panel": True}
    (opening,) = (each for each in exported if each.session.id == "opening")
    assert opening.agenda.room_by_id[opening.session.room_id or ""].name.pick("en") == "Foyer"
    assert opening.sequence == 2


async def test_what_came_back_stands_again(conference: Conference) -> None:
    await conference.follow("opening")
    await conference.publish(PANEL, DINNER)
    gone = await conference.exported()
    await conference.publish(OPENING, PANEL, DINNER)
    back = await conference.exported()

    assert [each.cancelled for each in (*gone, *back)] == [True, False]
    assert back[0].sequence > gone[0].sequence


async def test_one_session_is_exported_whoever_follows_it_and_none_that_is_gone(conference: Conference) -> None:
    handle = conference.agenda.current.agenda.session_by_id["panel"].handle
    found = await conference.calendar.session(handle)
    await conference.publish(OPENING, DINNER)

    assert found is not None
    assert states((found,)) == [("panel", 0, False)]
    assert await conference.calendar.session(handle) is None
    assert await conference.calendar.session("nonsense") is None


async def test_a_calendar_that_takes_every_export_ends_as_the_agenda_stands(conference: Conference) -> None:
    await conference.follow("opening", "panel", "dinner")
    calendar = merged({}, read_entries(await conference.file()))
    moved = replace(OPENING, starts_at=a_moment("15:00"), ends_at=a_moment("16:00"))
    for sessions in ((moved, PANEL, DINNER), (moved, DINNER), (OPENING, PANEL, DINNER), (moved, PANEL)):
        await conference.publish(*sessions)
        calendar = merged(calendar, read_entries(await conference.file()))

    assert {entry.summary: (f"{entry.starts:%H:%M}", entry.status) for entry in calendar.values()} == {
        "Opening": ("13:00", "CONFIRMED"),
        "Panel": ("10:00", "CONFIRMED"),
        "Dinner": ("17:00", "CANCELLED"),
    }
