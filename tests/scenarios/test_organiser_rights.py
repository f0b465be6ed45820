"""Every button of the desk, pressed without having it: only organisers get through, and only as long as they are."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import get_type_hints

import pytest

from bot.messages.payload import Payload
from handlers.desk import ACTIONS
from tests.scenarios.conversation import a_conversation
from tests.scenarios.organiser_phone import an_attendee, an_organiser, forged

REFUSAL = "This is for organisers."


def filled(payload: type[Payload], handle: str) -> str:
    """Return the data of such a button, with values of the right kind."""
    hints = get_type_hints(payload)
    by_kind = {int: 1, date: date(2023, 11, 22)}
    values = {field.name: by_kind.get(hints[field.name], handle) for field in fields(payload)}
    return payload(**values).pack()


@pytest.mark.parametrize("role", ["attendee", "organiser", "removed organiser"])
async def test_the_desk_opens_to_organisers_alone(tmp_path: Path, role: str) -> None:
    async with a_conversation(tmp_path) as conversation, conversation.ghid() as bot:
        handle = bot.services.agenda.current.agenda.session_by_id["panel-discussion"].handle
        person = await (
            an_attendee(conversation, "en") if role == "attendee" else an_organiser(bot, conversation, "en")
        )
        if role == "removed organiser":
            await bot.services.organisers.remove(person.id, person.id)
        trail = len(await bot.services.organisers.trail(100))
        refused = {
            payload.__name__
            for payload in ACTIONS
            if (await forged(conversation, person, filled(payload, handle)))["text"].startswith(REFUSAL)
        }
        failed = {call.description.split(":")[1].strip() for call in conversation.telegram.calls if not call.ok}
        apologies = [reply for reply in person.replies if "went wrong" in reply.get("text", "")]
        done = len(await bot.services.organisers.trail(100)) - trail

    assert len(ACTIONS) > 25
    assert refused == (set() if role == "organiser" else {payload.__name__ for payload in ACTIONS})
    assert role == "organiser" or done == 0
    assert failed <= {"message is not modified"}
    assert apologies == []
