"""An organiser comes in by a link, looks at the desk, invites another, and removes them again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.application import RunningBot
from bot.i18n import localizer
from bot.local_telegram import Person
from tests.scenarios.conversation import LANGUAGES, Conversation, a_conversation, labels


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


def label(language: str, text: str) -> str:
    return str(localizer(language).plain.pgettext("button", text))


async def an_organiser(bot: RunningBot, person: Person) -> None:
    """Let this person in by a one-time link."""
    await person.asks("/start")
    await person.asks(f"/start o_{await bot.services.organisers.invite()}")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_link_opens_the_desk_and_its_command(conversation: Conversation, language: str) -> None:
    person = conversation.person(language)
    async with conversation.ghid() as bot:
        await an_organiser(bot, person)
        desk = await person.asks("/organiser")

    assert desk["text"].split("\n")[0] == localizer(language).plain.gettext("Organisers’ desk")
    assert "organiser" in {command["command"] for command in person.commands}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_desk_shows_first_what_the_day_needs_most(conversation: Conversation, language: str) -> None:
    person = conversation.person(language)
    async with conversation.ghid() as bot:
        await an_organiser(bot, person)
        desk = await person.asks("/organiser")

    questions = localizer(language).plain.gettext("Questions (%(count)s)", count=0)
    assert [[button["text"] for button in row] for row in desk["reply_markup"]["inline_keyboard"]] == [
        [label(language, "Tell everybody")],
        [label(language, "Change the agenda")],
        [questions],
        [label(language, "Slides and documents")],
        [label(language, "Speakers and their links")],
        [label(language, "What went out"), label(language, "Numbers")],
        [label(language, "New agenda")],
        [label(language, "Check the agenda")],
        [label(language, "Organisers"), label(language, "What was done")],
        [label(language, "Menu")],
    ]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_stranger_is_told_their_id_and_nothing_else(conversation: Conversation, language: str) -> None:
    person = conversation.person(language)
    async with conversation.ghid():
        await person.asks("/start")
        refused = await person.asks("/organiser")

    assert str(person.id) in refused["text"]
    assert labels(refused) == [label(language, "Menu")]


async def test_a_used_link_lets_nobody_else_in(conversation: Conversation) -> None:
    first, second = conversation.person("en"), conversation.person("ro")
    async with conversation.ghid() as bot:
        code = await bot.services.organisers.invite()
        await first.asks("/start")
        await second.asks("/start")
        await first.asks(f"/start o_{code}")
        refused = await second.asks(f"/start o_{code}")

    assert refused["text"].startswith("Acest link nu mai funcționează")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_organiser_invites_another_and_removes_them(conversation: Conversation, language: str) -> None:
    person, other = conversation.person(language), conversation.person("en")
    async with conversation.ghid() as bot:
        await an_organiser(bot, person)
        await other.asks("/start")
        await person.asks("/organiser")
        await person.taps(label(language, "Organisers"))
        link = (await person.taps(label(language, "Invite an organiser")))["text"].split("?start=")[1].split()[0]
        desk_of_the_other = await other.asks(f"/start {link}")
        old_button = desk_of_the_other
        await person.asks("/organiser")
        await person.taps(label(language, "Organisers"))
        await person.taps(str(localizer(language).plain.gettext("Remove %(id)s", id=other.id)))
        left = await person.taps(label(language, "Yes, remove"))
        refused = await other.taps("What was done", old_button)

    assert str(other.id) not in left["text"]
    assert refused["text"].startswith("This is for organisers.")
    assert "organiser" not in {command["command"] for command in other.commands}
