"""An organiser asks how it goes: a message with numbers, and a spreadsheet; questions without anybody who asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.conversation import LANGUAGES, a_conversation
from tests.scenarios.organiser_phone import an_attendee, an_organiser, label


@pytest.mark.parametrize("language", LANGUAGES)
async def test_numbers_come_as_a_message_and_as_a_spreadsheet(tmp_path: Path, language: str) -> None:
    async with a_conversation(tmp_path) as conversation:
        async with conversation.ghid() as bot:
            attendee = await an_attendee(conversation, "uk")
            await attendee.asks("що зараз?")
            await attendee.asks("qwertzuiop asdfghjkl")
            panel = bot.services.agenda.current.agenda.session_by_id["panel-discussion"]
            await attendee.asks(f"/start f_{panel.handle}")
        # What was counted is there after a restart.
        async with conversation.ghid() as bot:
            organiser = await an_organiser(bot, conversation, language)
            await organiser.asks("/organiser")
            numbers = await organiser.taps(label(language, "Numbers"))
            sheet = await organiser.taps(label(language, "All as a spreadsheet"))
            failed = [call.description for call in conversation.telegram.calls if not call.ok]

    assert "50 %" in numbers["text"]
    assert f"1 · {panel.title.pick(language)[:40]}" in numbers["text"]
    assert str(sheet["document"]["file_name"]).endswith("-2023-11-22-1005.xlsx")
    assert failed == []
