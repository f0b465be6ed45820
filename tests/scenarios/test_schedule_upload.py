"""An organiser sends the schedule of another program to the chat, and watches it being read; in each language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers import reading_progress
from tests.content.formats.frab_files import day, event, person, schedule
from tests.scenarios.conversation import LANGUAGES, Conversation, a_conversation, labels
from tests.scenarios.test_agenda_upload import an_organiser, label, said, sends

EVENT = {"acronym": "clusters-meet-regions-iasi-2023", "title": "Clusters meet Regions", "time_zone_name": "-"}


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


def a_schedule(sessions: int = 2) -> bytes:
    talks = [
        event(str(number), title=f"Harbour talk {number}", persons=person("Ilinca Far"), abstract="word " * 300)
        for number in range(sessions)
    ]
    return schedule(day(*talks, date="2023-11-22"), **EVENT)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_schedule_in_xml_is_previewed_and_published_and_leaves_the_facts(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        person_ = await an_organiser(bot, conversation, language)
        facts = bot.services.agenda.current.agenda.facts
        preview = await sends(person_, a_schedule(), "fahrplan.xml")
        assert said(language, "New sessions: %(number)s", number=2) in preview["text"]

        await person_.taps(label(language, "Publish"))
        # More than half of the sessions go, so the number of them has to be typed.
        number = len(bot.services.agenda.current.agenda.sessions)
        await person_.asks(str(number))

        agenda = bot.services.agenda.current.agenda
        assert [session.title.pick("en") for session in agenda.sessions] == ["Harbour talk 0", "Harbour talk 1"]
        assert agenda.event.time_zone.key == "Europe/Bucharest"
        assert agenda.facts == facts


@pytest.mark.usefixtures("a_child_reads")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_long_reading_is_told_about_and_the_message_goes_again(
    conversation: Conversation, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_progress, "FIRST_AFTER", 0.01)
    monkeypatch.setattr(reading_progress, "EVERY", 0.02)
    async with conversation.ghid() as bot:
        person_ = await an_organiser(bot, conversation, language)
        await person_.sends_file("fahrplan.xml", a_schedule(300))
        await person_.waits_for(lambda message: label(language, "Publish") in labels(message))

        calls = [call.method for call in conversation.telegram.calls]
    assert "deleteMessage" in calls


@pytest.mark.parametrize("language", LANGUAGES)
async def test_another_dialect_is_refused_with_its_place(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        person_ = await an_organiser(bot, conversation, language)
        answer = await sends(person_, b"<?xml version='1.0'?>\n<rss><channel/></rss>", "news.xml")

        assert bot.services.agenda.current.version == 1
    assert said(language, "line %(line)s, column %(column)s", line=2, column=1) in answer["text"]
    assert "RSS" in answer["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_slides_are_not_taken_for_an_agenda(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        person_ = await an_organiser(bot, conversation, language)
        answer = await sends(person_, b"%PDF-1.7", "slides.pdf")

    assert "getFile" not in [call.method for call in conversation.telegram.calls]
    assert "XML" in answer["text"]
