"""The sender against the strict local Telegram, whose refusals have Telegram's wording."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot

from bot.local_telegram import LocalTelegram, running_local_telegram
from bot.local_telegram.faults import Fault
from bot.local_telegram.people import Person
from bot.messages.outgoing import CallbackButton, OutgoingDocument, OutgoingMessage
from bot.models import Later, Never, NeverReason, Sent
from bot.sender import answer_callback, edit, send, send_document
from bot.transport import AiohttpRequest

CARD = OutgoingMessage("<b>Now</b>", ((CallbackButton("Next", "next"),),))
OTHER = OutgoingMessage("<i>Next</i>")


class Clock:
    """Stands still until it is set."""

    now = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[LocalTelegram]:
    async with running_local_telegram(people=[("Ana", "ro", "attendee", "")], now=clock) as running:
        yield running


@pytest.fixture
async def ana(telegram: LocalTelegram) -> Person:
    await telegram.people[0].sends("/start")
    return telegram.people[0]


@pytest.fixture
async def bot(telegram: LocalTelegram) -> AsyncIterator[Bot]:
    request = AiohttpRequest(read=0.3)
    async with Bot(
        telegram.token, base_url=f"{telegram.api_url}/bot", request=request, get_updates_request=AiohttpRequest()
    ) as running:
        yield running


def message_id(outcome: object) -> int:
    assert isinstance(outcome, Sent)
    return outcome.message_id


async def test_a_card_is_sent_edited_and_left_alone_when_nothing_changed(bot: Bot, ana: Person) -> None:
    sent = message_id(await send(bot, ana.id, CARD))
    assert await edit(bot, ana.id, sent, CARD) == Sent(sent)
    assert await edit(bot, ana.id, sent, OTHER) == Sent(sent)
    assert [reply["text"] for reply in ana.replies] == ["Next"]


async def test_what_is_gone_or_is_the_person_s_own_is_sent_anew(bot: Bot, ana: Person) -> None:
    gone = message_id(await send(bot, ana.id, CARD))
    await bot.delete_message(ana.id, gone)
    own = ana.messages[0]["message_id"]
    assert message_id(await edit(bot, ana.id, gone, OTHER)) != gone
    assert message_id(await edit(bot, ana.id, own, OTHER)) != own
    assert [reply["text"] for reply in ana.replies] == ["Next", "Next"]


async def test_a_document_s_card_is_followed_by_a_message(bot: Bot, ana: Person) -> None:
    document = await bot.send_document(ana.id, b"slides", filename="слайди.pdf")
    assert message_id(await edit(bot, ana.id, document.message_id, OTHER)) != document.message_id
    assert ana.replies[-1]["text"] == "Next"


async def test_who_blocked_the_bot_or_never_started_it_gets_nothing(
    telegram: LocalTelegram, bot: Bot, ana: Person
) -> None:
    sent = message_id(await send(bot, ana.id, CARD))
    ana.blocks()
    stranger = telegram.add_person("Ion", "ro", "attendee", "")
    outcomes = [
        await send(bot, ana.id, OTHER),
        await edit(bot, ana.id, sent, OTHER),
        await send(bot, stranger.id, OTHER),
        await send(bot, 987_654_321, OTHER),
    ]
    assert [outcome.reason for outcome in outcomes if isinstance(outcome, Never)] == [
        NeverReason.BLOCKED,
        NeverReason.BLOCKED,
        NeverReason.FORBIDDEN,
        NeverReason.CHAT_NOT_FOUND,
    ]


@pytest.mark.parametrize("text", ["<b>unclosed", "a" * 4097, ""])
async def test_what_telegram_cannot_show_is_never_sent(bot: Bot, ana: Person, text: str) -> None:
    outcome = await send(bot, ana.id, OutgoingMessage(text))
    assert isinstance(outcome, Never)
    assert outcome.reason is NeverReason.BAD_REQUEST


async def test_a_press_is_answered_once_and_not_after_it_is_too_old(bot: Bot, ana: Person, clock: Clock) -> None:
    await send(bot, ana.id, CARD)
    first = await ana.presses("Next")
    assert await answer_callback(bot, first, "Done")
    assert not await answer_callback(bot, first)
    second = await ana.presses("Next")
    clock.now += timedelta(days=1)
    assert not await answer_callback(bot, second)
    assert not await answer_callback(bot, "unknown")


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        (Fault(status=429, retry_after=7), lambda later: later.after == timedelta(seconds=7)),
        (Fault(status=500), lambda later: later.may_have_been_sent),
        (Fault(status=502, body="<html>Bad Gateway</html>"), lambda later: later.may_have_been_sent),
        (Fault(reset=True), lambda later: later.may_have_been_sent),
        (Fault(answer_lost=True), lambda later: later.may_have_been_sent),
        (Fault(seconds=0.5), lambda later: later.may_have_been_sent),
    ],
)
async def test_a_bad_day_means_later(
    telegram: LocalTelegram, bot: Bot, ana: Person, fault: Fault, check: Callable[[Later], bool]
) -> None:
    telegram.faults.next("sendMessage", fault)
    outcome = await send(bot, ana.id, CARD)
    assert isinstance(outcome, Later)
    assert check(outcome)


async def test_a_file_comes_with_its_name_caption_and_buttons(telegram: LocalTelegram, bot: Bot, ana: Person) -> None:
    document = OutgoingDocument("Мій-розклад.ics", b"BEGIN:VCALENDAR", "<b>Mine</b>", CARD.buttons)

    message_id(await send_document(bot, ana.id, document))

    (sent,) = ana.replies
    assert (sent["document"]["file_name"], sent["caption"]) == ("Мій-розклад.ics", "Mine")
    assert sent["document"]["mime_type"] == "text/calendar"
    assert sent["reply_markup"]["inline_keyboard"][0][0]["text"] == "Next"
    stored = telegram.state.files.by_id(sent["document"]["file_id"])
    assert stored is not None
    assert stored.content == document.data


async def test_a_file_for_who_blocked_the_bot_is_never_sent(bot: Bot, ana: Person) -> None:
    ana.blocks()

    outcome = await send_document(bot, ana.id, OutgoingDocument("mine.ics", b"BEGIN:VCALENDAR"))

    assert isinstance(outcome, Never)
    assert outcome.reason is NeverReason.BLOCKED
