"""What people see on a bad day: Telegram away, slow, absurd or wrong, and that nothing is lost."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from bot.application import RunningBot
from bot.local_telegram import Person
from bot.local_telegram.faults import Fault
from bot.storage.inbox import InboxFigures, figures
from tests.scenarios.conversation import Conversation
from tests.scenarios.program import until
from tests.scenarios.test_privacy import follows_something

SOON = (timedelta(milliseconds=5),)
AWAY = 60  # calls that fail one after another: with the pauses of a real day more than ten minutes


@pytest.fixture(autouse=True)
def quick_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the minutes of a bad day pass in moments."""
    monkeypatch.setattr("bot.intake.patience.PAUSES", SOON)
    monkeypatch.setattr("bot.intake.failures.RETRY_WAITS", SOON)
    monkeypatch.setattr("bot.transport._LONGEST_WAIT", 1)


async def left(bot: RunningBot) -> InboxFigures:
    """What waits in the inbox or was set aside, once all is handled."""
    await bot.intake.idle()
    return await figures(bot.services.agenda._database.reader)


NOTHING_LEFT = InboxFigures(waiting=0, oldest_received_at=None, set_aside=0)


def sent_to(conversation: Conversation, person: Person) -> int:
    return sum(
        call.method == "sendMessage" and call.parameters["chat_id"] == str(person.id)
        for call in conversation.telegram.calls
    )


@pytest.mark.parametrize("fault", [Fault(reset=True), Fault(status=502), Fault(status=500, description="Internal")])
async def test_telegram_is_away_for_ten_minutes_and_everybody_is_answered_afterwards(
    conversation: Conversation, ghid: RunningBot, fault: Fault
) -> None:
    people = [conversation.person(language) for language in ("en", "ro", "uk")]
    for person in people:
        await person.asks("/start")
    conversation.telegram.faults.next("sendMessage", fault, times=AWAY)

    for person in people:
        await person.sends("/now")

    for person in people:
        await person.waits_for(2, timeout=30)
    assert await left(ghid) == NOTHING_LEFT
    assert [len(person.replies) for person in people] == [2, 2, 2]
    assert conversation.telegram.faults.waiting == 0


async def test_a_reminder_that_is_due_while_telegram_is_away_comes_once_it_is_back(
    conversation: Conversation, ghid: RunningBot
) -> None:
    person = conversation.person("ro")
    session = next(
        each
        for each in ghid.services.agenda.current.agenda.sessions
        if each.starts_at > conversation.clock.now + timedelta(hours=1)
    )
    await person.opens(f"f_{session.handle}")
    await person.waits_for(1)
    conversation.telegram.faults.next("sendMessage", Fault(status=502), times=2)
    conversation.clock.now = session.starts_at - timedelta(minutes=10)
    await ghid.services.notices.tick()
    await ghid.services.delivery.deliver_due()
    assert len(person.replies) == 1

    for _ in range(4):  # later tries, while the session has not begun
        conversation.clock.now += timedelta(minutes=2)
        await ghid.services.notices.tick()
        await ghid.services.delivery.deliver_due()

    reminder = await person.waits_for(2)
    assert session.title.pick("ro") in reminder["text"]
    assert len(person.replies) == 2


async def test_telegram_takes_five_seconds_for_one_and_nobody_else_waits(
    conversation: Conversation, ghid: RunningBot
) -> None:
    slow, quick = conversation.person("en"), conversation.person("en")
    for person in (slow, quick):
        await person.asks("/start")
    conversation.telegram.faults.next("sendMessage", Fault(seconds=5), chat_id=slow.id)
    await slow.sends("/now")

    for count in range(2, 6):
        await quick.asks("/now", timeout=3)
        assert len(quick.replies) == count
    assert len(slow.replies) == 1

    await slow.waits_for(2, timeout=10)
    assert sent_to(conversation, slow) == 2  # not given up, not sent again


@pytest.mark.parametrize("seconds", [1, 86_400, 10**18])
async def test_a_long_or_absurd_wait_wanted_by_telegram_delays_an_answer_and_loses_nothing(
    conversation: Conversation, ghid: RunningBot, seconds: int
) -> None:
    person, other = conversation.person("en"), conversation.person("uk")
    await person.asks("/start")
    refusal = Fault(status=429, description=f"Too Many Requests: retry after {seconds}", retry_after=seconds)
    conversation.telegram.faults.next("sendMessage", refusal, times=4, chat_id=person.id)

    await person.sends("/now")

    assert (await other.asks("/start"))["text"]
    await person.waits_for(2, timeout=15)
    assert await left(ghid) == NOTHING_LEFT


async def test_a_connection_that_breaks_before_or_after_telegram_took_the_answer_repeats_it_at_most_once(
    conversation: Conversation, ghid: RunningBot
) -> None:
    before, after = conversation.person("en"), conversation.person("en")
    for person in (before, after):
        await person.asks("/start")
    conversation.telegram.faults.next("sendMessage", Fault(reset=True), chat_id=before.id)
    conversation.telegram.faults.next("sendMessage", Fault(answer_lost=True), chat_id=after.id)

    await before.sends("/now")
    await after.sends("/now")

    await before.waits_for(2, timeout=10)
    await after.waits_for(3, timeout=10)
    assert await left(ghid) == NOTHING_LEFT
    assert [len(before.replies), len(after.replies)] == [2, 3]


@pytest.mark.parametrize("body", ['{"ok":true,"result":true}', '{"ok":true,"result":{}}', '{"ok":true}'])
async def test_an_answer_of_telegram_s_that_makes_no_sense_sends_nothing_twice(
    conversation: Conversation, ghid: RunningBot, body: str
) -> None:
    person = conversation.person("en")
    await person.asks("/start")
    conversation.telegram.faults.next("sendMessage", Fault(status=200, body=body))

    await person.sends("/now")
    said = await person.asks("/help")

    assert said["text"].startswith("Ask in your own words")
    assert await left(ghid) == NOTHING_LEFT
    assert sent_to(conversation, person) == 3


@pytest.mark.parametrize("body", ["<html>502</html>", "", "[]", '{"ok":false}'])
async def test_an_answer_that_is_none_of_telegram_s_is_asked_for_again(
    conversation: Conversation, ghid: RunningBot, body: str
) -> None:
    person = conversation.person("en")
    await person.asks("/start")
    conversation.telegram.faults.next("sendMessage", Fault(status=502, body=body or " "))

    await person.sends("/now")

    await person.waits_for(2, timeout=10)
    assert await left(ghid) == NOTHING_LEFT


GONE = {
    "moved": Fault(
        status=400,
        body=json.dumps(
            {
                "ok": False,
                "error_code": 400,
                "description": "Bad Request: group chat was upgraded to a supergroup chat",
                "parameters": {"migrate_to_chat_id": -1001234567890},
            }
        ),
    ),
    "deleted": Fault(status=403, description="Forbidden: user is deactivated"),
    "not found": Fault(status=400, description="Bad Request: chat not found"),
}


@pytest.mark.parametrize("how", GONE)
async def test_whoever_is_gone_is_left_alone_and_welcome_when_they_come_back(
    conversation: Conversation, ghid: RunningBot, how: str
) -> None:
    person, other = conversation.person("en"), conversation.person("en")
    for each in (person, other):
        await follows_something(each, ghid)
    conversation.telegram.faults.next("sendMessage", GONE[how], chat_id=person.id)

    await person.sends("/now")
    await until(lambda: conversation.telegram.faults.waiting == 0)
    assert await left(ghid) == NOTHING_LEFT

    gone = await ghid.services.attendees.find(person.id)
    assert gone is not None
    assert gone.blocked_at is not None
    assert (await other.asks("/now"))["text"]
    assert (await person.asks("/my"))["text"].startswith("My agenda · 1 session")  # nothing of theirs was lost


async def test_a_second_instance_is_waited_for_and_says_so(
    conversation: Conversation, ghid: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    person = conversation.person("en")
    await person.asks("/start")
    conversation.telegram.faults.next(
        "getUpdates", Fault(status=409, description="Conflict: terminated by other getUpdates request")
    )

    await person.sends("/now")  # its poll is the one that is refused
    await until(lambda: "Another program receives this bot's updates" in caplog.text)

    polls = sum(call.method == "getUpdates" for call in conversation.telegram.calls)
    await asyncio.sleep(0.3)
    assert sum(call.method == "getUpdates" for call in conversation.telegram.calls) == polls  # no fight


async def test_a_clock_that_jumps_ahead_reminds_of_nothing_that_is_over_and_back_reminds_of_nothing_twice(
    conversation: Conversation, ghid: RunningBot
) -> None:
    person = conversation.person("en")
    sessions = [
        each
        for each in ghid.services.agenda.current.agenda.sessions
        if each.starts_at > conversation.clock.now + timedelta(minutes=30)
    ]
    first = sessions[0]
    last = next(each for each in reversed(sessions) if each.starts_at > first.ends_at + timedelta(hours=2))
    for session in (first, last):
        seen = len(person.replies)
        await person.opens(f"f_{session.handle}")
        await person.waits_for(seen + 1)

    async def at(moment: str, session_minutes: int) -> list[str]:
        target = {"first": first, "last": last}[moment]
        conversation.clock.now = target.starts_at + timedelta(minutes=session_minutes)
        seen = len(person.replies)
        await ghid.services.notices.tick()
        await ghid.services.delivery.deliver_due()
        await ghid.intake.idle()
        return [reply["text"] for reply in person.replies[seen:]]

    assert await at("last", -300) == []  # ahead, past the first one: nothing of it
    assert len(await at("last", -5)) == 1
    assert await at("last", -60) == []  # back an hour
    assert await at("last", -5) == []  # and there again: it was told already
