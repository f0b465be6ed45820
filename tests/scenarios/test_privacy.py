"""Somebody reads what is kept about them, has it sent, and is forgotten."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.application import RunningBot
from bot.i18n import language_name, localizer
from bot.local_telegram import Person
from bot.local_telegram.faults import Fault
from bot.messages.lengths import shown_text
from bot.privacy import REGISTER
from bot.storage.forgotten_list import forgotten_list_path
from tests.scenarios.conversation import LANGUAGES, Conversation, Message, labels


def word(person: Person, text: str) -> str:
    return str(localizer(person.account.language_code).plain.pgettext("button", text))


def said(person: Person, text: str) -> str:
    return str(localizer(person.account.language_code).plain.gettext(text))


def page_of(conversation: Conversation, sent: Message) -> str:
    stored = conversation.telegram.state.files.by_id(sent["document"]["file_id"])
    assert stored is not None
    return stored.content.decode()


def rows_naming(database: Path, person: int) -> list[str]:
    """Every table in which the person's digits stand, in whatever column."""
    with closing(sqlite3.connect(database)) as connection:
        return [
            stored.table
            for stored in REGISTER
            if str(person) in repr(connection.execute(f"SELECT * FROM {stored.table}").fetchall())  # noqa: S608
        ]


def bytes_on_disk(database: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(database.parent.glob(f"{database.name}*")))


async def follows_something(person: Person, ghid: RunningBot) -> str:
    """Follow a session that is still to come, and return its title in the person's language."""
    session = ghid.services.agenda.current.agenda.sessions[-1]
    seen = len(person.replies)
    await person.opens(f"f_{session.handle}")
    await person.waits_for(seen + 1)
    return session.title.pick(person.account.language_code)


async def forget(person: Person) -> Message:
    await person.asks("/forget")
    return await person.taps(word(person, "Yes, forget me"))


@pytest.mark.parametrize(
    ("language", "day"), [("en", "21 February 2024"), ("ro", "21 februarie 2024"), ("uk", "21 лютого 2024")]
)
async def test_privacy_says_what_is_kept_and_when_it_goes(
    conversation: Conversation, ghid: RunningBot, language: str, day: str
) -> None:
    person = conversation.person(language)
    await person.asks("/help")

    screen = await person.taps(word(person, "What I keep about you"))

    assert screen["text"].split("\n")[0] == said(person, "What I keep about you")
    assert day in screen["text"]
    assert labels(screen)[:2] == [word(person, "Send me my data"), word(person, "Forget me")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_my_data_comes_as_a_page_in_the_reader_s_language(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    person = conversation.person(language)
    title = await follows_something(person, ghid)

    sent = await person.asks("/mydata")

    page = page_of(conversation, sent)
    assert page.startswith(f'<!doctype html><html lang="{language}">')
    for expected in (str(person.id), title, language_name(language)):
        assert expected in shown_text(page)
    assert sent["caption"].startswith(said(person, "This is all that I keep about you. Open it in any browser."))


async def test_my_data_holds_nothing_of_anybody_else(conversation: Conversation, ghid: RunningBot) -> None:
    person, other = conversation.person("en"), conversation.person("en")
    await follows_something(other, ghid)
    await person.asks("/start")

    page = page_of(conversation, await person.asks("/mydata"))

    assert str(other.id) not in page
    assert "Followed since" not in page


@pytest.mark.parametrize("language", LANGUAGES)
async def test_whoever_is_forgotten_leaves_no_trace_on_the_disk(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    person = conversation.person(language)
    await follows_something(person, ghid)
    await person.asks("când vorbește cosnitzza?")  # understood; what is not is kept, without whoever asks
    assert "follows" in rows_naming(conversation.database, person.id)

    farewell = await forget(person)
    await ghid.intake.idle()

    assert farewell["text"] == said(person, "I have forgotten you: nothing about you is stored any more. All the best!")
    assert rows_naming(conversation.database, person.id) == []
    kept = bytes_on_disk(conversation.database)
    assert str(person.id).encode() not in kept
    assert b"cosnitzza" not in kept
    assert len(forgotten_list_path(conversation.database).read_text().splitlines()) == 1


async def test_whoever_changes_their_mind_stays(conversation: Conversation, ghid: RunningBot) -> None:
    person = conversation.person("en")
    title = await follows_something(person, ghid)
    await person.asks("/forget")

    await person.taps("No, keep my data")

    assert title in (await person.asks("/my"))["text"]


async def test_a_yes_from_yesterday_asks_again(conversation: Conversation, ghid: RunningBot) -> None:
    person = conversation.person("en")
    await follows_something(person, ghid)
    await person.asks("/forget")
    conversation.clock.now += timedelta(minutes=11)

    asked = await person.taps("Yes, forget me")

    assert asked["text"].startswith("Shall I forget you?")
    assert "follows" in rows_naming(conversation.database, person.id)


async def test_whoever_was_forgotten_is_a_stranger_who_can_begin_anew(
    conversation: Conversation, ghid: RunningBot
) -> None:
    person = conversation.person("uk")
    await follows_something(person, ghid)
    await forget(person)

    nothing = await person.asks("/my")
    title = await follows_something(person, ghid)
    something = await person.asks("/my")

    assert title not in nothing["text"]
    assert title in something["text"]


async def test_the_farewell_is_tried_again_when_telegram_is_away_for_a_moment(
    conversation: Conversation, ghid: RunningBot
) -> None:
    person = conversation.person("en")
    await follows_something(person, ghid)
    await person.asks("/forget")
    conversation.telegram.faults.next("editMessageText", Fault(status=502))

    await person.presses("Yes, forget me")

    assert await person.waits_for(lambda message: message["text"].startswith("I have forgotten you"))
    await ghid.intake.idle()
    assert rows_naming(conversation.database, person.id) == []


async def test_an_organiser_is_told_that_their_rights_go_too(conversation: Conversation, ghid: RunningBot) -> None:
    person, other = conversation.person("en"), conversation.person("en")
    for each in (person, other):
        await each.asks("/start")
        await each.asks(f"/start o_{await ghid.services.organisers.invite(person.id)}")
    question = await person.asks("/forget")

    await person.taps("Yes, forget me")

    assert "You would no longer be an organiser either." in question["text"]
    assert (await person.asks("/organiser"))["text"].startswith("This is for organisers.")
    assert not any(command["command"] == "organiser" for command in person.commands)
    await other.asks("/organiser")
    trail = await other.taps("What was done")
    assert str(person.id) not in trail["text"]
    assert "became an organiser" in trail["text"]


async def test_everything_about_people_goes_ninety_days_after_the_event(
    conversation: Conversation, ghid: RunningBot
) -> None:
    person, late = conversation.person("en"), conversation.person("ro")
    await follows_something(person, ghid)
    conversation.clock.moves_to("2024-02-20 23:00")
    assert await ghid.services.privacy.purge_if_due() == 0
    conversation.clock.moves_to("2024-02-21 00:10")
    await late.asks("/start")

    assert await ghid.services.privacy.purge_if_due() == 1

    await ghid.intake.idle()
    assert rows_naming(conversation.database, person.id) == []
    assert rows_naming(conversation.database, late.id) == ["attendees"]
    conversation.clock.moves_to("2024-03-01 00:10")
    assert await ghid.services.privacy.purge_if_due() == 1
    assert (await person.asks("/start"))["text"]  # a stranger again, and welcome
