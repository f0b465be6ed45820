"""The intake through the real Application and a real database."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import TypeHandler

from bot.intake.failures import describe
from bot.intake.intake import Intake, IntakeClosedError
from bot.storage import inbox
from bot.storage.database import Database, open_database
from tests.bot.bot_api import AnyApplication, bot_api, message_update, running_application

SOON = timedelta(milliseconds=1)


@pytest.fixture
async def application() -> AsyncIterator[AnyApplication]:
    async with bot_api() as api, running_application(api.url) as running:
        yield running


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "ghid.db") as opened:
        yield opened


class Conversation:
    """A handler that notes texts, and fails or waits when told so."""

    def __init__(self, application: AnyApplication) -> None:
        self.texts: list[str] = []
        self.tries: Counter[str] = Counter()
        self.errors: dict[str, list[BaseException]] = {}
        self.gate = asyncio.Event()
        self.gate.set()
        self.apologies: list[str] = []
        application.add_handler(TypeHandler(Update, self.handle))
        application.add_error_handler(self.apologise)

    async def handle(self, update: Update, _: object) -> None:
        assert update.message is not None
        text = update.message.text or ""
        self.tries[text] += 1
        await self.gate.wait()
        if self.errors.get(text):
            raise self.errors[text].pop(0)
        self.texts.append(text)

    async def apologise(self, update: object, context: Any) -> None:
        self.apologies.append(describe(context.error))


Opened = Callable[..., Awaitable[Intake]]


@pytest.fixture
async def opened(application: AnyApplication, database: Database) -> AsyncIterator[Opened]:
    intakes: list[Intake] = []

    async def open_intake(**options: Any) -> Intake:
        intake = Intake(application, database, retry_waits=(SOON, SOON), **options)
        intakes.append(intake)
        await intake.start()
        return intake

    yield open_intake
    for intake in intakes:
        await intake.stop(SOON)


async def rows(database: Database) -> tuple[list[int], list[str]]:
    """Return the ids that wait, and the errors of those set aside."""
    waiting = [item.update_id for item in await inbox.waiting_updates(database.reader)]
    return waiting, [row.last_error for row in await inbox.set_aside_updates(database.reader)]


async def test_an_update_is_committed_before_it_is_taken_handled_and_then_gone(
    application: AnyApplication, database: Database, opened: Opened
) -> None:
    conversation = Conversation(application)
    conversation.gate.clear()
    intake = await opened()
    await intake.accept([message_update(1, text="when?")])
    assert await rows(database) == ([1], [])
    conversation.gate.set()
    await intake.idle()
    assert conversation.texts == ["when?"]
    assert await rows(database) == ([], [])
    assert intake.waiting == 0


async def test_an_update_delivered_twice_is_handled_once(application: AnyApplication, opened: Opened) -> None:
    conversation = Conversation(application)
    intake = await opened()
    await asyncio.gather(intake.accept([message_update(1)]), intake.accept([message_update(1)]))
    await intake.idle()
    await intake.accept([message_update(1)])
    await intake.idle()
    assert conversation.texts == ["hello"]
    assert intake.waiting == 0


async def test_an_update_of_an_unknown_kind_breaks_nothing(
    application: AnyApplication, database: Database, opened: Opened
) -> None:
    conversation = Conversation(application)
    intake = await opened()
    unknown = {"update_id": 1, "hologram": {"chat": {"id": 1}, "shape": [1, {"x": None}]}}
    surrogate = message_update(3, text="half \ud83d")
    application.handlers.clear()
    application.add_handler(TypeHandler(Update, lambda update, _: _note(conversation, update)))
    await intake.accept([unknown, "no update at all", {"update_id": "x"}, surrogate])
    await intake.idle()
    assert sorted(conversation.texts) == ["1", "3"]
    assert await rows(database) == ([], [])


async def _note(conversation: Conversation, update: Update) -> None:
    conversation.texts.append(str(update.update_id))


async def test_a_malformed_update_is_set_aside_and_its_lane_goes_on(
    application: AnyApplication, database: Database, opened: Opened
) -> None:
    conversation = Conversation(application)
    intake = await opened()
    malformed = {"update_id": 1, "message": {"chat": {"id": 1, "type": "private"}, "date": "yesterday"}}
    await intake.accept([malformed, message_update(2, text="after")])
    await intake.idle()
    assert conversation.texts == ["after"]
    waiting, errors = await rows(database)
    assert (waiting, len(errors)) == ([], 1)


@pytest.mark.parametrize("error", [TimedOut, lambda: NetworkError("reset"), lambda: RetryAfter(SOON)])
async def test_trouble_that_passes_is_tried_again_without_an_apology(
    application: AnyApplication, database: Database, opened: Opened, error: Callable[[], TelegramError]
) -> None:
    conversation = Conversation(application)
    conversation.errors = {"first": [error(), error()]}
    intake = await opened()
    await intake.accept([message_update(1, text="first"), message_update(2, text="second")])
    await intake.idle()
    assert conversation.texts == ["first", "second"]
    assert conversation.tries["first"] == 3
    assert conversation.apologies == []
    assert await rows(database) == ([], [])


async def test_trouble_that_stays_is_set_aside_after_three_attempts_with_one_apology(
    application: AnyApplication, database: Database, opened: Opened
) -> None:
    conversation = Conversation(application)
    conversation.errors = {"first": [TimedOut() for _ in range(9)]}
    intake = await opened(patience=timedelta())
    await intake.accept([message_update(1, text="first"), message_update(2, text="second")])
    await intake.idle()
    assert conversation.tries["first"] == 3
    assert conversation.texts == ["second"]
    assert conversation.apologies == ["TimedOut: Timed out"]
    assert await rows(database) == ([], ["TimedOut: Timed out"])


@pytest.mark.parametrize("error", [ValueError("ours"), BadRequest("Can't parse entities"), asyncio.CancelledError()])
async def test_a_mistake_of_ours_is_set_aside_at_once(
    application: AnyApplication, database: Database, opened: Opened, error: BaseException
) -> None:
    conversation = Conversation(application)
    conversation.errors = {"first": [error]}
    intake = await opened()
    await intake.accept([message_update(1, text="first"), message_update(2, text="second")])
    await intake.idle()
    assert conversation.tries["first"] == 1
    assert conversation.texts == ["second"]
    assert await rows(database) == ([], [describe(error)])


async def test_someone_who_blocked_the_bot_meanwhile_is_nobody_s_failure(
    application: AnyApplication, database: Database, opened: Opened
) -> None:
    conversation = Conversation(application)
    conversation.errors = {"first": [Forbidden("Forbidden: bot was blocked by the user")]}
    intake = await opened()
    await intake.accept([message_update(1, text="first")])
    await intake.idle()
    assert conversation.apologies == []
    assert await rows(database) == ([], [])


async def test_a_retried_update_does_not_run_later_groups_twice(application: AnyApplication, opened: Opened) -> None:
    conversation = Conversation(application)
    conversation.errors = {"first": [TimedOut()]}
    later: list[int] = []

    async def note(update: Update, _: object) -> None:
        later.append(update.update_id)

    application.add_handler(TypeHandler(Update, note), group=1)
    intake = await opened()
    await intake.accept([message_update(1, text="first")])
    await intake.idle()
    assert later == [1]


async def test_beyond_the_cap_a_flood_is_dropped_and_its_chat_told_once(
    application: AnyApplication, database: Database, opened: Opened
) -> None:
    told: list[int] = []

    async def on_flood(chat_id: int) -> None:
        told.append(chat_id)
        raise TimedOut  # a notice that fails hurts nobody

    conversation = Conversation(application)
    conversation.gate.clear()
    intake = await opened(chat_limit=5, on_flood=on_flood)
    await intake.accept([message_update(number, text=str(number)) for number in range(1, 9)])
    await intake.accept([message_update(9, text="9"), message_update(10, chat_id=2, text="other")])
    assert (await rows(database))[0] == [1, 2, 3, 4, 5, 10]
    conversation.gate.set()
    await intake.idle()
    assert sorted(conversation.texts) == ["1", "2", "3", "4", "5", "other"]
    assert told == [1]
    await intake.accept([message_update(number) for number in range(20, 30)])
    await intake.idle()
    assert told == [1, 1], "a new flood after the first was served"


async def test_four_hundred_slow_updates_of_one_chat_delay_nobody_else(
    application: AnyApplication, opened: Opened
) -> None:
    served: list[int] = []
    gate, others = asyncio.Event(), asyncio.Event()

    async def handle(update: Update, _: object) -> None:
        assert update.effective_chat is not None
        if update.effective_chat.id == 1:
            await gate.wait()
        served.append(update.effective_chat.id)
        if len(served) == 50:
            others.set()

    application.add_handler(TypeHandler(Update, handle))
    intake = await opened(chat_limit=400, workers=4)
    await intake.accept([message_update(number, chat_id=1) for number in range(400)])
    await intake.accept([message_update(number, chat_id=number) for number in range(400, 450)])
    async with asyncio.timeout(5):
        await others.wait()
    assert served == list(range(400, 450))
    gate.set()
    await intake.idle()
    assert served[50:] == [1] * 400


async def test_it_is_full_at_its_capacity_and_has_room_again(application: AnyApplication, opened: Opened) -> None:
    conversation = Conversation(application)
    conversation.gate.clear()
    intake = await opened(capacity=3)
    await intake.accept([message_update(number, chat_id=number) for number in (1, 2, 3)])
    assert intake.full
    conversation.gate.set()
    async with asyncio.timeout(5):
        await intake.room()
    assert not intake.full


async def test_nothing_is_accepted_before_the_start_or_after_the_stop(
    application: AnyApplication, database: Database
) -> None:
    intake = Intake(application, database)
    with pytest.raises(IntakeClosedError):
        await intake.accept([message_update(1)])
    await intake.start()
    await intake.stop()
    with pytest.raises(IntakeClosedError):
        await intake.accept([message_update(1)])
    assert await rows(database) == ([], [])
