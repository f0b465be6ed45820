"""An organiser, standing, changes the agenda by buttons; who follows it hears it once, or nothing if it was a slip."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.application import RunningBot
from bot.i18n import localizer
from bot.local_telegram import Person
from bot.publishing import ConfirmedEdit
from content.edit_effects import edit_of
from tests.scenarios.conversation import LANGUAGES, Conversation, a_conversation
from tests.scenarios.editing import KEYNOTES, PANEL, PITCHES, opens_the_menu, session
from tests.scenarios.organiser_phone import an_attendee, an_organiser, everything_sent, forged, label, said


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


async def a_minute_later(conversation: Conversation, bot: RunningBot, moment: str = "10:07") -> None:
    await everything_sent(bot)
    conversation.clock.moves_to(f"2023-11-22 {moment}")
    await everything_sent(bot)


def texts(person: Person) -> list[str]:
    return [reply.get("text", "") for reply in person.replies]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_room_that_runs_late_is_told_once_and_shown_at_once(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, language)
        colleague = await an_organiser(bot, conversation, language)
        follower, guest = [await an_attendee(conversation, language) for _ in range(2)]
        for id_ in (PANEL, PITCHES):
            await follower.asks(f"/start f_{session(bot, id_).handle}")
        heard, panelist = len(follower.replies), bot.services.agenda.current.agenda.speaker_by_id["marius-geru"]

        await opens_the_menu(bot, organiser, KEYNOTES, language)
        question = await organiser.taps(label(language, "Running late"))
        preview = await organiser.taps("+15")
        between = bot.services.agenda.current.version
        done = await organiser.taps(label(language, "Yes, change it"))
        hall = bot.services.agenda.current.agenda.room_by_id["plenary-hall"]
        card = await guest.asks(f"/start p_{panelist.handle}")
        in_the_hall = await guest.asks(f"/start r_{hall.handle}")
        await a_minute_later(conversation, bot)
        notices = texts(follower)[heard:]
        colleague_heard = texts(colleague)[-1]
        trail = (await bot.services.organisers.trail())[0]
        history = await organiser.taps(label(language, "Versions of the agenda"))

    two = localizer(language).plain.ngettext(
        "So does the %(num)s session after it in %(room)s that day.",
        "So do the %(num)s sessions after it in %(room)s that day.",
        2,
        room=hall.name.pick(language),
    )
    blocks = len(bot.services.agenda.current.agenda.parts_of(PITCHES))
    parts = localizer(language).plain.ngettext("With its %(num)s part", "With its %(num)s parts", blocks)
    assert blocks > 1
    assert two in question["text"]
    assert preview["text"].count(" → ") == 3  # the keynotes and the two after them; blocks are counted, not listed
    assert parts in preview["text"]
    assert between == 1
    assert "11:30–13:00 → 11:45–13:15" in preview["text"]
    assert "1" in preview["text"].split("\n\n")[-2]
    assert said(language, "Changed. People see it now.") in done["text"]
    assert "15:05–15:10" in card["text"]  # their own minutes in a block of the pitches
    assert "10:30–11:15" in in_the_hall["text"]
    assert len(notices) == 1
    assert "11:30–13:00 → 11:45–13:15" in notices[0]
    assert "14:00–15:45 → 14:15–16:00" in notices[0]
    assert said(language, "An organiser changed the agenda") in colleague_heard
    assert trail.action == "edit agenda"
    words = localizer(language).plain.gettext(
        "Running late by %(minutes)s min: %(title)s and all later in %(room)s",
        minutes=15,
        title="⟨",
        room=hall.name.pick(language),
    )
    assert words.split("⟨")[0] in history["text"]
    assert [call.description for call in conversation.telegram.calls if not call.ok] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_slip_that_is_undone_at_once_is_told_to_nobody(conversation: Conversation, language: str) -> None:
    """What starts within three hours is told at once; the pitches start in four."""
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, language)
        follower = await an_attendee(conversation, language)
        await follower.asks(f"/start f_{session(bot, PITCHES).handle}")
        heard, before = len(follower.replies), session(bot, PITCHES)

        await opens_the_menu(bot, organiser, PITCHES, language)
        await organiser.taps(label(language, "Cancel the session"))
        await organiser.taps(label(language, "Yes, change it"))
        cancelled = session(bot, PITCHES).cancelled
        await everything_sent(bot)
        undone = await organiser.taps(label(language, "Undo"))
        await a_minute_later(conversation, bot)
        taken_back = session(bot, PITCHES)
        again = await organiser.taps(label(language, "Put it back"))

        assert session(bot, PITCHES).cancelled
    assert taken_back == before
    assert said(language, "Put back: version %(version)s is what was undone before.", version=4) in again["text"]
    assert cancelled
    assert said(language, "Undone: version %(version)s is what was before.", version=3) in undone["text"]
    assert len(follower.replies) == heard


async def test_two_taps_on_yes_are_one_change(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        await opens_the_menu(bot, organiser, PANEL)
        await organiser.taps("Other time")
        preview = await organiser.taps("+30")
        data = preview["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        first = await organiser.taps("Yes, change it")
        second = await forged(conversation, organiser, data)

        assert bot.services.agenda.current.version == 2
        assert f"{session(bot, PANEL).starts_at:%H:%M}" == "12:00"
    assert second["text"] == first["text"]


async def test_another_version_meanwhile_is_shown_anew(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser, colleague = [await an_organiser(bot, conversation, "en") for _ in range(2)]
        await opens_the_menu(bot, organiser, PANEL)
        await organiser.taps("Running late")
        preview = await organiser.taps("+15")
        await opens_the_menu(bot, colleague, PANEL)
        await colleague.taps("Other time")
        await colleague.asks("12:00")
        await colleague.taps("Yes, change it")
        await organiser.presses("Yes, change it", preview)
        again = await organiser.waits_for(lambda message: message["text"].startswith("Another version was"))
        between = bot.services.agenda.current.version
        await organiser.taps("Yes, change it", again)

        assert f"{session(bot, PANEL).starts_at:%H:%M}" == "12:15"
    assert again["text"].startswith("Another version was published meanwhile. Please look again:")
    assert "12:00–13:30 → 12:15–13:45" in again["text"]
    assert between == 2


async def test_a_yes_after_ten_minutes_asks_again(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        await opens_the_menu(bot, organiser, PANEL)
        await organiser.taps("Cancel the session")
        conversation.clock.moves_to("2023-11-22 10:16")
        again = await organiser.taps("Yes, change it")
        between = bot.services.agenda.current.version
        await organiser.taps("Yes, change it")

        assert bot.services.agenda.current.version == 2
    assert again["text"].startswith("You first saw this more than ten minutes ago.")
    assert between == 1


async def test_a_preview_waits_through_a_restart_and_a_command_ends_it(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "ro")
        await opens_the_menu(bot, organiser, PANEL, "ro")
        preview = await organiser.taps(label("ro", "Cancel the session"))
    async with conversation.ghid() as bot:
        waiting = await organiser.asks("ce e acum?")
        await organiser.taps("Da, modificați")
        await opens_the_menu(bot, organiser, PANEL, "ro")
        restore = await organiser.taps(label("ro", "It takes place after all"))
        await organiser.asks("/now")
        over = await organiser.presses("Da, modificați", restore)
        answer = await organiser.waits_for_answer(over)

        assert session(bot, PANEL).cancelled
    assert "S-a anulat" in preview["text"]
    assert waiting["text"].startswith(said("ro", "This change still waits for your decision:"))
    assert answer["text"] == said(
        "ro", "This change does not wait for your yes any more. Open the session and begin again."
    )


async def test_who_is_an_organiser_no_more_changes_nothing(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        await opens_the_menu(bot, organiser, PANEL)
        preview = await organiser.taps("Cancel the session")
        await bot.services.organisers.remove(organiser.id, by=1)
        refused = await organiser.taps("Yes, change it", preview)
        typed = await organiser.asks("what is on now?")

        assert bot.services.agenda.current.version == 1
    assert refused["text"].startswith("This is for organisers.")
    assert "still waits" not in typed["text"]


async def test_what_left_the_agenda_meanwhile_is_said_to_be_gone(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        handle, room = session(bot, PANEL).handle, "nothing1"
        gone = await forged(conversation, organiser, f"eq:{handle}:{room}")
        nonsense = await forged(conversation, organiser, f"em:{handle}:1:0:999999999")

        assert bot.services.agenda.current.version == 1
    assert "went wrong" not in gone["text"] + nonsense["text"]


async def test_a_yes_handled_again_after_a_crash_is_done_once_and_the_others_hear_of_it(
    conversation: Conversation,
) -> None:
    async with conversation.ghid() as bot:
        organiser, colleague = [await an_organiser(bot, conversation, "en") for _ in range(2)]
        await opens_the_menu(bot, organiser, KEYNOTES)
        await organiser.taps("Running late")
        await organiser.taps("+15")
        dialog = bot.services.dialogs.of(organiser.id)
        assert dialog is not None
        edit, version = edit_of(dialog.state["edit"]), dialog.state["version"]
        confirmed = ConfirmedEdit(edit, dialog.state["token"])
        await bot.services.edits.confirm(confirmed, note="", expected_version=version)  # and there it was killed

        done = await organiser.taps("Yes, change it")
        await everything_sent(bot)

        assert "Undo" in str(done["reply_markup"])
        assert bot.services.agenda.current.version == version + 1
        assert bot.services.dialogs.of(organiser.id) is None
        assert said("en", "An organiser changed the agenda") in texts(colleague)[-1]
        assert (await bot.services.organisers.trail())[0].action == "edit agenda"
