"""A day at the bot, talkative as it can log: no token, no code, no id of a person and no word of theirs is in it."""

from __future__ import annotations

import io
import re

import pytest

from bot.local_telegram.faults import Fault
from bot.logs import configure_logging
from tests.scenarios.conversation import Conversation
from tests.scenarios.test_privacy import follows_something, forget

SAID = "unde este domnul Pălăria-de-Paie"


@pytest.mark.usefixtures("logging_as_before")
async def test_a_whole_day_leaves_no_token_code_id_or_word_in_the_log(conversation: Conversation) -> None:
    log = io.StringIO()
    configure_logging("DEBUG", secrets=[conversation.telegram.token], stream=log)
    ana, ion, mara = (conversation.person(language) for language in ("en", "ro", "uk"))
    async with conversation.ghid() as bot:
        code = await bot.services.organisers.invite()
        for person in (ana, ion, mara):
            await person.asks("/start")
            await follows_something(person, bot)
        await ana.asks(f"/start o_{code}")
        await ion.asks(f"/start o_{code}")  # used up
        await ion.asks(SAID)
        await ana.asks("/organiser")
        link = (await ana.taps("What was done"))["text"]
        conversation.telegram.faults.next("sendMessage", Fault(status=403, description="Forbidden: bot was blocked"))
        await mara.sends("/now")
        await bot.intake.idle()
        conversation.telegram.faults.next("sendMessage", Fault(status=400, description=f"Bad Request: chat {ion.id}"))
        await ion.asks("/venue")
        await bot.intake.accept(
            [
                {
                    "update_id": 900_000 + n,
                    "message": {
                        "message_id": n,
                        "date": 1_700_640_300,
                        "chat": {"id": ion.id, "type": "private"},
                        "from": {"id": ion.id, "is_bot": False, "first_name": "Ion"},
                        "text": SAID,
                    },
                }
                for n in range(1, 80)
            ]
        )
        await bot.intake.idle()
        await forget(ion)
        await bot.intake.idle()
    text = log.getvalue()

    assert "is set aside" in text
    assert "floods" in text
    assert link
    for hidden in (conversation.telegram.token, conversation.telegram.token.partition(":")[2], code, "Pălăria"):
        assert hidden not in text
    for person in (ana, ion, mara):
        assert [line for line in text.splitlines() if re.search(rf"\b{person.id}\b", line)] == []
