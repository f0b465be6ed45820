"""Every button of and about speakers, pressed without having it: who may, may; for all others nothing happens."""

from __future__ import annotations

from dataclasses import fields
from typing import get_type_hints

import pytest

from bot.application import RunningBot
from bot.local_telegram import Person
from bot.messages import speaker_buttons
from bot.messages.payload import Payload
from bot.speakers import CallAnswer, CallKind, SpeakerReminder
from handlers.desk import ACTIONS as OF_ORGANISERS
from handlers.speaker_desk import ACTIONS as AT_THE_SPEAKERS_DESK
from handlers.speaker_desk import OPEN_ACTIONS as OF_ANYBODY
from tests.scenarios.conversation import Conversation
from tests.scenarios.organiser_phone import an_attendee, an_organiser, everything_sent, forged
from tests.scenarios.speaker_phone import a_speaker, publish_moved, the_speaker

PANELLIST, OTHER = "carmen-mihai", "farha-brahmi"
NO_ORGANISER = "This is for organisers."
NO_SPEAKER = "Speaker’s desk\n\nIt is for those who speak here"
WORDS = {"kind": CallKind.LATE, "answer": CallAnswer.SEEN, "reminder": SpeakerReminder.HOUR, "which": "all"}
# What organisers may do too (writing a material) is held where that is tested.
OF_SPEAKERS = [kind for kind in AT_THE_SPEAKERS_DESK if kind not in OF_ORGANISERS]
ABOUT_SPEAKERS = [kind for kind in OF_ORGANISERS if kind.__module__ == speaker_buttons.__name__]
WHAT_CAN_CHANGE = {
    "speaker_claims": "handle, chat_id, change_seen_at",
    "speaker_codes": "code_hash, used_by, revoked_at",
    "speaker_requests": "id, granted",
    "speaker_calls": "id, answer",
    "speaker_wishes": "*",
    "outbox": "key",
}


def filled(payload: type[Payload], handle: str, chat_id: int) -> str:
    """Return the data of such a button about this speaker and this person, with values of the right kind."""
    hints = get_type_hints(payload)
    known = {"handle": handle, "chat_id": chat_id, "secret": "A" * 22, **WORDS}
    given = {field.name: known.get(field.name, 1 if hints[field.name] is int else handle) for field in fields(payload)}
    return payload(**given).pack()


async def everything(bot: RunningBot, conversation: Conversation) -> dict[str, list[tuple[object, ...]]]:
    """Return all that a button of or about speakers can change."""
    reader = bot.services.speakers.claims._database.reader
    return {
        table: [tuple(row) for row in await reader.execute_fetchall(f"SELECT {columns} FROM {table}")]  # noqa: S608 - ours
        for table, columns in WHAT_CAN_CHANGE.items()
    }


async def calls(bot: RunningBot) -> list[tuple[object, ...]]:
    """Return who called the organisers, and as which speaker."""
    reader = bot.services.speakers.claims._database.reader
    return [tuple(row) for row in await reader.execute_fetchall("SELECT chat_id, handle FROM speaker_calls")]


async def somebody(bot: RunningBot, conversation: Conversation, role: str) -> Person:
    match role:
        case "attendee":
            return await an_attendee(conversation, "en")
        case "other speaker":
            return await a_speaker(bot, conversation, "en", OTHER)
        case "removed speaker":
            person = await a_speaker(bot, conversation, "en", OTHER)
            await bot.services.speakers.claims.undo(the_speaker(bot, OTHER).handle, person.id, person.id)
            return person
        case _:
            person = await an_organiser(bot, conversation, "en")
            if role == "removed organiser":
                await bot.services.organisers.remove(person.id, person.id)
            return person


@pytest.mark.parametrize("role", ["attendee", "other speaker", "removed speaker", "organiser", "removed organiser"])
async def test_nobody_does_with_a_forged_button_what_is_not_theirs(
    conversation: Conversation, ghid: RunningBot, role: str
) -> None:
    """There are a speaker with a change not seen, a call not answered and a request not decided."""
    await an_organiser(ghid, conversation, "en")
    speaker, asking = await a_speaker(ghid, conversation, "en", PANELLIST), await an_attendee(conversation, "en")
    person = await somebody(ghid, conversation, role)
    handle = the_speaker(ghid, PANELLIST).handle
    await ghid.services.speakers.codes.make(handle)
    await ghid.services.speakers.requests.ask(asking.id, the_speaker(ghid, "yari-borbon").handle, "Ana")
    await ghid.services.speakers.calls.call(speaker.id, CallKind.HELP)
    await publish_moved(ghid, "panel-discussion", 15)
    await everything_sent(ghid)
    before = await everything(ghid, conversation)
    version = ghid.services.agenda.current.version
    refused = {}
    forgeries = [
        kind for kind in (*OF_SPEAKERS, *ABOUT_SPEAKERS, *OF_ANYBODY) if kind is not speaker_buttons.SendRequest
    ]

    if role in {"organiser", "other speaker"}:
        mine = set(ABOUT_SPEAKERS if role == "organiser" else OF_SPEAKERS)
        forgeries = [kind for kind in forgeries if kind not in mine]
    for kind in forgeries:
        data = f"sv:{version}" if kind is speaker_buttons.SeenChange else filled(kind, handle, speaker.id)
        refused[kind] = (await forged(conversation, person, data))["text"]
    await everything_sent(ghid)

    assert await everything(ghid, conversation) == before
    assert all(refused[kind].startswith(NO_SPEAKER) for kind in OF_SPEAKERS if kind in refused)
    assert all(refused[kind].startswith(NO_ORGANISER) for kind in ABOUT_SPEAKERS if kind in refused)
    assert not [text for text in (str(reply.get("text")) for reply in person.replies) if "went wrong" in text]


async def test_another_speaker_presses_for_themselves_alone(conversation: Conversation, ghid: RunningBot) -> None:
    await an_organiser(ghid, conversation, "en")
    speaker = await a_speaker(ghid, conversation, "en", PANELLIST)
    other = await a_speaker(ghid, conversation, "en", OTHER)
    await publish_moved(ghid, "panel-discussion", 15)
    await everything_sent(ghid)
    version = ghid.services.agenda.current.version

    await forged(conversation, other, f"sv:{version}")
    await forged(conversation, other, "sr:hour:0")
    await forged(conversation, other, "sh:late")
    await everything_sent(ghid)

    services = ghid.services.speakers
    unseen = {claim.chat_id: claim.unseen for claim in await services.claims.all()}
    assert unseen == {speaker.id: True, other.id: False}
    assert (await services.reminders.wishes_of(speaker.id)).hour_before
    assert await calls(ghid) == [(other.id, the_speaker(ghid, OTHER).handle)]


async def test_buttons_with_values_that_we_never_offer_are_too_old(
    conversation: Conversation, ghid: RunningBot
) -> None:
    await an_organiser(ghid, conversation, "en")
    speaker = await a_speaker(ghid, conversation, "en", PANELLIST)
    for data in ("sh:fire", "sr:week:1", "sr:hour:2", "sv:0", "sv:x", "si:1", "cy:a:b", "ca:nobody00", "sd:-1", "cs:x"):
        answer = await forged(conversation, speaker, data)
        assert "went wrong" not in answer["text"], data

    assert await calls(ghid) == []
