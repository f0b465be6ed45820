"""An attendee takes sessions into their own calendar, and again after the agenda changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.application import RunningBot
from bot.i18n import localizer
from bot.local_telegram import Person
from content.agenda import Session
from tests.content.rfc5545 import Entry, merged, read_entries
from tests.scenarios.conversation import LANGUAGES, Conversation, Message, labels


def coming(ghid: RunningBot, conversation: Conversation) -> list[Session]:
    """Return the sessions that have no parts and of which no reminder comes between the messages of a test."""
    sessions, soon = ghid.services.agenda.current.agenda.sessions, conversation.clock.now + timedelta(hours=2)
    wholes = {each.part_of for each in sessions}
    return [each for each in sessions if each.starts_at > soon and each.id not in wholes]


def entries(conversation: Conversation, sent: Message) -> list[Entry]:
    stored = conversation.telegram.state.files.by_id(sent["document"]["file_id"])
    assert stored is not None
    return read_entries(stored.content)


def word(person: Person, text: str) -> str:
    return str(localizer(person.account.language_code).plain.pgettext("button", text))


async def follow(person: Person, session: Session) -> None:
    title, button = session.title.pick(person.account.language_code), word(person, "Follow")
    await person.opens(f"s_{session.handle}")
    card = await person.waits_for(lambda message: title in message.get("text", "") and button in labels(message))
    await person.taps(button, card)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_session_s_card_gives_it_to_the_calendar_and_stays(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    person, session = conversation.person(language), coming(ghid, conversation)[0]
    await person.opens(f"s_{session.handle}")
    card = await person.waits_for(1)

    sent = await person.taps(word(person, "Add to calendar"), card)

    (entry,) = entries(conversation, sent)
    assert entry.summary == session.title.pick(language)
    assert f"https://t.me/ghid_local_bot?start=s_{session.handle}" in entry.description
    assert entry.alarm == timedelta(minutes=10)
    assert person.replies[0] == card


async def test_after_a_change_the_same_entries_are_brought_up_to_date(
    conversation: Conversation, ghid: RunningBot
) -> None:
    person, (moved, removed, *_) = conversation.person("uk"), coming(ghid, conversation)
    for session in (moved, removed):
        await follow(person, session)
    mine = await person.asks("/my")
    all_of_it = word(person, "All into my calendar")
    calendar = merged({}, entries(conversation, await person.taps(all_of_it, mine)))

    service = ghid.services.agenda
    later = replace(moved, starts_at=moved.starts_at + timedelta(hours=1), ends_at=moved.ends_at + timedelta(hours=1))
    agenda = service.current.agenda
    kept = [later if each.id == moved.id else each for each in agenda.sessions if each.id != removed.id]
    materials = [replace(each, session_ids=()) for each in agenda.materials]
    await service.import_agenda(
        replace(agenda, sessions=tuple(kept), materials=tuple(materials)), author="Olena", note=""
    )
    conversation.clock.now += timedelta(minutes=5)
    calendar = merged(calendar, entries(conversation, await person.taps(all_of_it, mine)))

    assert {entry.uid.split("@")[0]: (entry.starts, entry.status) for entry in calendar.values()} == {
        moved.handle: (later.starts_at, "CONFIRMED"),
        removed.handle: (removed.starts_at, "CANCELLED"),
    }


async def test_whoever_follows_nothing_any_more_is_told_so(conversation: Conversation, ghid: RunningBot) -> None:
    person, session = conversation.person("en"), coming(ghid, conversation)[0]
    await follow(person, session)
    mine = await person.asks("/my")
    await person.taps("Unfollow")

    answer = await person.waits_for_answer(await person.presses("All into my calendar", mine))

    assert answer["text"] == "You follow nothing yet: there is nothing to put into a calendar."
    assert not any("document" in reply for reply in person.replies)


async def test_a_session_that_is_gone_gives_no_file(conversation: Conversation, ghid: RunningBot) -> None:
    person, session = conversation.person("en"), coming(ghid, conversation)[0]
    await person.opens(f"s_{session.handle}")
    card = await person.waits_for(1)
    service = ghid.services.agenda
    agenda = service.current.agenda
    left = tuple(replace(each, part_of=None) for each in agenda.sessions if each.id != session.id)
    materials = tuple(replace(each, session_ids=()) for each in agenda.materials)
    await service.import_agenda(replace(agenda, sessions=left, materials=materials), author="Olena", note="")

    answer = await person.waits_for_answer(await person.presses("Add to calendar", card))

    assert answer["show_alert"]
    assert not any("document" in reply for reply in person.replies)
