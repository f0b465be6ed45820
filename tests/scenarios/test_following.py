"""An attendee follows what they chose, is reminded of it, and hears when it changes; in each language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.application import RunningBot
from bot.i18n import localizer
from bot.messages.deep_links import follow_link
from bot.services.agenda import built_in_event
from content.agenda import Agenda, Session
from tests.scenarios.conversation import LANGUAGES, Conversation, Message, labels

KEYNOTES, PANEL = "keynote-speeches", "panel-discussion"


def said(language: str, context: str, message: str) -> str:
    """Return a button's label in this language."""
    return str(localizer(language).plain.pgettext(context, message))


async def with_panel(bot: RunningBot, **fields: object) -> None:
    """Import the built-in event with another panel."""
    agenda = built_in_event()
    sessions = tuple(replace(each, **fields) if each.id == PANEL else each for each in agenda.sessions)  # type: ignore[arg-type]  # a test's shorthand
    await published(bot, replace(agenda, sessions=sessions))


async def published(bot: RunningBot, agenda: Agenda) -> None:
    await bot.services.agenda.import_agenda(agenda, author="Ioana", note="")
    await everything_due(bot)


async def everything_due(bot: RunningBot) -> None:
    """Let planning and delivery do all that is due at the frozen moment."""
    await bot.services.notices.settled()
    await bot.services.notices.tick()
    await bot.services.delivery.deliver_due()


def panel_of(bot: RunningBot) -> Session:
    return bot.services.agenda.current.agenda.session_by_id[PANEL]


def is_notice(message: Message) -> bool:
    """Tell a message that came unasked: it says how to stop it."""
    return any(
        label == said(language, "button", "Reminders and notices")
        for language in LANGUAGES
        for label in labels(message)
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_followed_session_is_reminded_of_at_its_lead(conversation: Conversation, language: str) -> None:
    person = conversation.person(language)
    async with conversation.ghid() as bot:
        await person.asks("/start")
        panel = panel_of(bot)
        await person.asks(f"/start s_{panel.handle}")
        followed = await person.taps(said(language, "button", "Follow"))
        conversation.clock.moves_to("2023-11-22 11:19")
        await everything_due(bot)
        before = len(person.replies)
        conversation.clock.moves_to("2023-11-22 11:20")
        await everything_due(bot)
        reminder = person.replies[-1]
        await everything_due(bot)

    assert said(language, "button", "Unfollow") in labels(followed)
    assert len(person.replies) == before + 1
    assert panel.title.texts[language] in reminder["text"]
    assert "11:30–13:00" in reminder["text"]
    assert is_notice(reminder)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "follow the keynotes"),
        ("ro", "amintește-mi de discursurile principale"),
        ("uk", "нагадай про ключові доповіді"),
    ],
)
async def test_following_in_words_says_at_once_that_it_starts_soon_and_needs_no_reminder(
    conversation: Conversation, language: str, words: str
) -> None:
    conversation.clock.moves_to("2023-11-22 10:11")
    person = conversation.person(language)
    async with conversation.ghid() as bot:
        await person.asks("/start")
        card = await person.asks(words)
        await everything_due(bot)

    assert re.search(r"\b4 (minutes|minute|хвилини)\b", card["text"])
    assert [reply for reply in person.replies if is_notice(reply)] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "stop reminding me of the keynotes"),
        ("ro", "nu-mi mai aminti de discursurile principale"),
        ("uk", "більше не нагадуй про ключові доповіді"),
        ("uk", "отписаться от ключевых докладов"),
    ],
)
async def test_unfollowing_in_words_takes_it_out_of_my_agenda(
    conversation: Conversation, language: str, words: str
) -> None:
    conversation.clock.moves_to("2023-11-22 09:00")
    person = conversation.person(language)
    async with conversation.ghid() as bot:
        await person.asks("/start")
        followed = await person.asks(f"/start f_{bot.services.agenda.current.agenda.session_by_id[KEYNOTES].handle}")
        unfollowed = await person.asks(words)
        conversation.clock.moves_to("2023-11-22 10:11")
        await everything_due(bot)

    assert said(language, "button", "Unfollow") in labels(followed)
    assert localizer(language).gettext("You no longer follow this.") in unfollowed["text"]
    assert said(language, "button", "Follow") in labels(unfollowed)
    assert [reply for reply in person.replies if is_notice(reply)] == []


async def test_whom_to_follow_no_more_is_asked_and_done(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        speaker = bot.services.agenda.current.agenda.speaker_by_id["lidia-betoaea"]
        await person.asks(f"/start f_{speaker.handle}")
        await person.asks("unfollow Lidia")
        card = await person.taps(speaker.name)

    assert "Follow all sessions" in labels(card)


async def test_a_poster_link_follows_at_once(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        speaker = bot.services.agenda.current.agenda.speaker_by_id["enrico-venturini"]
        card = await person.asks(f"/start {follow_link('ghid_bot', speaker).split('=')[1]}")
        mine = await person.asks("/my")

    assert "You follow this speaker" in card["text"]
    assert "Panel discussion" in mine["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_moved_session_is_told_once_old_to_new(conversation: Conversation, language: str) -> None:
    person = conversation.person(language)
    async with conversation.ghid() as bot:
        await person.asks("/start")
        panel = panel_of(bot)
        await person.asks(f"/start f_{panel.handle}")
        await with_panel(
            bot,
            starts_at=panel.starts_at + timedelta(minutes=30),
            ends_at=panel.ends_at + timedelta(minutes=30),
            room_id="foyer",
        )
        await everything_due(bot)

    notices = [reply for reply in person.replies if is_notice(reply)]
    assert len(notices) == 1
    assert "11:30–13:00 → 12:00–13:30" in notices[0]["text"]


async def test_only_a_cancellation_is_told_too(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        await person.asks(f"/start f_{panel_of(bot).handle}")
        await with_panel(bot, cancelled=True)

        notice = person.replies[-1]

    assert is_notice(notice)
    assert notice["text"].startswith("Cancelled: Panel discussion")


async def test_what_was_undone_meanwhile_is_not_told(conversation: Conversation) -> None:
    person = conversation.person("en")
    conversation.clock.moves_to("2023-11-21 12:00")  # the day before: a notice waits a minute
    async with conversation.ghid() as bot:
        await person.asks("/start")
        await person.asks(f"/start f_{panel_of(bot).handle}")
        await with_panel(bot, room_id="foyer")
        await bot.services.versions.undo(author="Ioana", note="")
        conversation.clock.moves_to("2023-11-21 12:05")
        await everything_due(bot)

    assert [reply for reply in person.replies if is_notice(reply)] == []


async def test_muting_from_the_reminder_keeps_it_silent(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        await person.asks(f"/start f_{panel_of(bot).handle}")
        conversation.clock.moves_to("2023-11-22 11:25")
        await everything_due(bot)
        muted = await person.taps("Say nothing about this session", person.replies[-1])
        await with_panel(bot, room_id="foyer")

    assert "It is muted" in muted["text"]
    assert len([reply for reply in person.replies if is_notice(reply)]) == 0  # the reminder became the card


async def test_a_lead_of_one_session_and_of_all(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        await person.asks(f"/start f_{panel_of(bot).handle}")
        await person.taps("Reminder: 10 minutes before")
        card = await person.taps("60 minutes before")
        conversation.clock.moves_to("2023-11-22 10:30")
        await everything_due(bot)
        mine = await person.asks("/my")
        await person.taps("Reminders and notices", mine)
        settings = await person.taps("No reminder", mine)

    assert "I remind you 60 minutes before." in card["text"]
    assert sum(is_notice(reply) and "In 1 hour" in reply["text"] for reply in person.replies) == 1
    assert "Reminders: none" in settings["text"]


async def test_follows_and_what_is_due_survive_a_restart(conversation: Conversation) -> None:
    person = conversation.person("uk")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        await person.asks(f"/start f_{panel_of(bot).handle}")

    conversation.clock.moves_to("2023-11-22 11:22")  # due while nobody ran
    async with conversation.ghid() as bot:
        await everything_due(bot)

    assert len([reply for reply in person.replies if is_notice(reply)]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_my_agenda_comes_as_a_calendar_file(conversation: Conversation, language: str) -> None:
    person = conversation.person(language)
    async with conversation.ghid() as bot:
        await person.asks("/start")
        await person.asks(f"/start f_{panel_of(bot).handle}")
        mine = await person.asks("/my")
        await person.presses(said(language, "button", "All into my calendar"), mine)
        sent = await person.waits_for(lambda message: "document" in message)

    assert sent["document"]["mime_type"] == "text/calendar"
    assert sent["document"]["file_name"].endswith(".ics")


async def test_sessions_that_overlap_are_named_in_my_agenda(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        agenda = bot.services.agenda.current.agenda
        await person.asks("/start")
        for session_id in ("workshop-textiles", "workshop-health"):
            await person.asks(f"/start f_{agenda.session_by_id[session_id].handle}")
        mine = await person.asks("/my")

    assert "overlap." in mine["text"]


async def test_what_changed_can_be_looked_up_by_everybody(conversation: Conversation) -> None:
    person = conversation.person("ro")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        await with_panel(bot, room_id="foyer")
        changes = await person.asks("/changes")

    assert "Foaier" in changes["text"] or "Foyer" in changes["text"]
    assert [call.description for call in conversation.telegram.calls if not call.ok] == []
