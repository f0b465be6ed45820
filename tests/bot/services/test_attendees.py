"""Attendees: known from their first message, spoken to in their language, written down no more often than needed."""

from datetime import date, timedelta

import pytest

from bot.models import Attendee
from bot.services.attendees import AttendeeService
from bot.storage.attendees import find_attendee
from bot.storage.database import Database
from tests.bot.services.standing_clock import StandingClock

TODAY = date(2023, 11, 22)
ANA = 7


def a_service(database: Database, clock: StandingClock, default: str = "ro") -> AttendeeService:
    return AttendeeService(database, clock, ("en", "ro", "uk"), lambda: default)


@pytest.fixture
def attendees(database: Database, clock: StandingClock) -> AttendeeService:
    return a_service(database, clock)


async def writes(database: Database) -> int:
    async with database.transaction() as connection:
        return connection.total_changes


@pytest.mark.parametrize(
    ("telegram", "language"),
    [("uk", "uk"), ("uk-UA", "uk"), ("EN-us", "en"), ("ro_MD", "ro"), ("mo", "ro"), ("mo-MD", "ro")],
)
async def test_telegrams_language_is_taken_where_it_is_one_of_ours(
    attendees: AttendeeService, telegram: str, language: str
) -> None:
    assert await attendees.welcome(ANA, telegram) == Attendee(ANA, language, True, TODAY, TODAY)


@pytest.mark.parametrize("telegram", ["ru", "de-DE", "", None, "ukr", "english"])
async def test_any_other_language_is_a_guess_that_asks_to_be_chosen(
    attendees: AttendeeService, telegram: str | None
) -> None:
    assert await attendees.welcome(ANA, telegram) == Attendee(ANA, "ro", False, TODAY, TODAY)


async def test_an_event_in_a_language_that_ghid_does_not_speak_falls_back_to_the_first(
    database: Database, clock: StandingClock
) -> None:
    assert (await a_service(database, clock, default="fr").welcome(ANA, "de")).language == "en"


async def test_a_choice_stays_whatever_telegram_says(
    database: Database, clock: StandingClock, attendees: AttendeeService
) -> None:
    await attendees.welcome(ANA, "de")

    chosen = await attendees.choose_language(ANA, "uk")

    assert chosen == Attendee(ANA, "uk", True, TODAY, TODAY)
    assert await attendees.welcome(ANA, "en") == chosen
    assert await a_service(database, clock).welcome(ANA, "en") == chosen


async def test_a_guess_gives_way_when_telegram_names_a_language_after_all(attendees: AttendeeService) -> None:
    await attendees.welcome(ANA, None)

    assert await attendees.welcome(ANA, "uk") == Attendee(ANA, "uk", True, TODAY, TODAY)


async def test_only_our_languages_can_be_chosen(attendees: AttendeeService) -> None:
    with pytest.raises(ValueError, match="fr is none of en, ro, uk"):
        await attendees.choose_language(ANA, "fr")


async def test_a_choice_may_be_the_first_that_is_heard_of_somebody(attendees: AttendeeService) -> None:
    assert await attendees.choose_language(ANA, "uk") == Attendee(ANA, "uk", True, TODAY, TODAY)


async def test_a_hundred_messages_a_day_cost_one_write(database: Database, attendees: AttendeeService) -> None:
    await attendees.welcome(ANA, "uk")
    before = await writes(database)

    for _ in range(100):
        await attendees.welcome(ANA, "uk")

    assert await writes(database) == before


async def test_memory_holds_the_latest_and_no_more_than_so_many(
    database: Database, attendees: AttendeeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.attendees._REMEMBERED", 3)
    for chat_id in (1, 2, 3, 1, 4):
        await attendees.welcome(chat_id, "en")
    assert [attendees.remembers(chat_id) for chat_id in (1, 2, 3, 4)] == [True, False, True, True]
    async with database.transaction() as connection:
        await attendees.recall(connection, [1, 2, 5])
    assert [attendees.remembers(chat_id) for chat_id in (1, 2, 3, 4, 5)] == [True, True, False, True, False]
    assert await attendees.find(3) == Attendee(3, "en", True, TODAY, TODAY)


async def test_the_day_somebody_was_last_seen_moves_on_and_the_first_stays(
    database: Database, clock: StandingClock, attendees: AttendeeService
) -> None:
    await attendees.welcome(ANA, "uk")
    clock.now += timedelta(days=1)

    assert await attendees.welcome(ANA, "uk") == Attendee(ANA, "uk", True, TODAY, date(2023, 11, 23))
    assert await find_attendee(database.reader, ANA) == Attendee(ANA, "uk", True, TODAY, date(2023, 11, 23))


async def test_someone_who_blocked_the_bot_and_writes_again_is_back(
    database: Database, clock: StandingClock, attendees: AttendeeService
) -> None:
    await attendees.welcome(ANA, "uk")
    await attendees.mark_blocked(ANA)
    first = clock.now
    clock.now += timedelta(minutes=5)
    await attendees.mark_blocked(ANA)
    assert await find_attendee(database.reader, ANA) == Attendee(ANA, "uk", True, TODAY, TODAY, first)

    await attendees.welcome(ANA, "uk")

    assert await find_attendee(database.reader, ANA) == Attendee(ANA, "uk", True, TODAY, TODAY)


async def test_unblocking_is_noticed_without_a_message(database: Database, attendees: AttendeeService) -> None:
    await attendees.welcome(ANA, "uk")
    await attendees.mark_blocked(ANA)

    await attendees.mark_unblocked(ANA)

    assert await find_attendee(database.reader, ANA) == Attendee(ANA, "uk", True, TODAY, TODAY)


async def test_nobody_is_written_down_for_blocking(database: Database, attendees: AttendeeService) -> None:
    await attendees.mark_blocked(ANA)
    await attendees.mark_unblocked(ANA)

    assert await find_attendee(database.reader, ANA) is None
