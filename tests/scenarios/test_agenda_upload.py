"""An organiser sends a new agenda to the chat, looks, publishes, takes it back; in each language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.application import RunningBot
from bot.i18n import localizer
from bot.local_telegram import Person
from tests.scenarios.conversation import LANGUAGES, Conversation, Message, a_conversation, labels

BUILT_IN = (Path(__file__).parents[2] / "content" / "data" / "iasi-2023.yaml").read_text(encoding="utf-8")
PANEL = "panel-discussion"
NO_DATE = {"en": "“tomorrow” is not a date", "ro": "„tomorrow” nu este o dată", "uk": "«tomorrow» — це не дата"}
AT_ONCE = {"en": "overlaps with", "ro": "se suprapune cu", "uk": "накладається в часі на"}


def moved(to: str = "12:00") -> bytes:
    """Return the built-in event with the panel at another time in the foyer."""
    head, panel = BUILT_IN.split(f"  - id: {PANEL}\n", 1)
    panel = panel.replace("starts: 2023-11-22 11:30", f"starts: 2023-11-22 {to}", 1)
    panel = panel.replace("ends: 2023-11-22 13:00", "ends: 2023-11-22 13:30", 1)
    panel = panel.replace("room: plenary-hall", "room: foyer", 1)
    return f"{head}  - id: {PANEL}\n{panel}".encode()


def nearly_empty() -> bytes:
    """Return the built-in event with one session, a new one."""
    event = BUILT_IN[: BUILT_IN.index("# Rooms:")]
    session = "  - id: lunch\n    title: {en: Lunch, ro: Prânz, uk: Обід}\n"
    hours = "    starts: 2023-11-22 13:00\n    ends: 2023-11-22 14:00\n"
    return f"{event}sessions:\n{session}{hours}".encode()


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


def label(language: str, text: str) -> str:
    return str(localizer(language).plain.pgettext("button", text))


def said(language: str, text: str, **values: object) -> str:
    return str(localizer(language).plain.gettext(text, **values))


async def an_organiser(bot: RunningBot, conversation: Conversation, language: str) -> Person:
    person = conversation.person(language)
    await person.asks("/start")
    await person.asks(f"/start o_{await bot.services.organisers.invite()}")
    return person


async def sends(person: Person, data: bytes, name: str = "agenda.yaml") -> Message:
    """Send a file and return the answer."""
    before = len(person.replies)
    await person.sends_file(name, data)
    return await person.waits_for(before + 1)


async def everything_due(bot: RunningBot) -> None:
    await bot.services.notices.settled()
    await bot.services.notices.tick()
    await bot.services.delivery.deliver_due()


def methods(conversation: Conversation) -> list[str]:
    return [call.method for call in conversation.telegram.calls]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_attendees_file_is_not_taken(conversation: Conversation, language: str) -> None:
    person = conversation.person(language)
    async with conversation.ghid() as bot:
        await person.asks("/start")
        answer = await sends(person, moved())

        assert bot.services.agenda.current.version == 1
    assert answer["text"] == said(language, "I can read only text so far. Please write your question.")
    assert "getFile" not in methods(conversation)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_broken_file_names_every_problem_with_its_place(conversation: Conversation, language: str) -> None:
    broken = moved(to="25:00").replace(b"starts: 2023-11-21", b"starts: tomorrow", 1)
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, language)
        answer = await sends(person, broken)

        assert bot.services.agenda.current.version == 1
        assert bot.services.dialogs.of(person.id) is None
    places = [
        number for number, line in enumerate(broken.decode().splitlines(), 1) if "tomorrow" in line or "25:00" in line
    ]
    for line in places:
        assert said(language, "line %(line)s, column %(column)s", line=line, column=0)[:-1].rstrip() in answer["text"]
    assert NO_DATE[language] in answer["text"]
    assert "25:00" in answer["text"]


async def test_very_many_problems_come_as_a_file(conversation: Conversation) -> None:
    many = BUILT_IN.replace("    kind:", "    kin:").encode()
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "uk")
        answer = await sends(person, many)

    assert answer["document"]["file_name"] == "помилки.txt"
    assert "Цей файл не можна використати" in answer["caption"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_good_file_is_previewed_published_told_and_undone(conversation: Conversation, language: str) -> None:
    follower = conversation.person(language)
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, language)
        await follower.asks("/start")
        await follower.asks(f"/start f_{bot.services.agenda.current.agenda.session_by_id[PANEL].handle}")
        preview = await sends(person, moved())
        await everything_due(bot)
        heard_before = len(follower.replies)
        published = await person.taps(label(language, "Publish"))
        await everything_due(bot)
        notice = follower.replies[-1]
        changes = await follower.asks("/changes")
        undone = await person.taps(label(language, "Undo"), published)
        kept = bot.services.agenda.current
        trail = [entry.action for entry in await bot.services.organisers.trail()]
        files = list(conversation.database.with_name("ghid-uploads").iterdir())

    one = localizer(language).plain.ngettext(
        "%(num)s person who follows this will be told.", "%(num)s people who follow this will be told.", 1
    )
    assert one in preview["text"]
    assert "11:30–13:00 → 12:00–13:30" in preview["text"]
    assert said(language, "Moved sessions: %(number)s", number=1) in preview["text"]
    assert said(language, "Published: people see version %(version)s now.", version=2) in published["text"]
    assert len(follower.replies) > heard_before
    assert "11:30–13:00 → 12:00–13:30" in notice["text"]
    assert localizer(language).plain.pgettext("who changed the agenda", "organiser") in changes["text"]
    assert said(language, "Undone: version %(version)s is what was before.", version=3) in undone["text"]
    assert kept.version == 3
    assert f"{kept.agenda.session_by_id[PANEL].starts_at:%H:%M}" == "11:30"
    assert trail[:2] == ["undo agenda", "import agenda"]
    assert files == []
    assert [call.description for call in conversation.telegram.calls if not call.ok] == []


async def test_another_version_meanwhile_is_previewed_anew(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person, colleague = [await an_organiser(bot, conversation, "en") for _ in range(2)]
        first = await sends(person, moved())
        await sends(colleague, moved(to="12:15"))
        await colleague.taps("Publish")
        await everything_due(bot)  # the others hear of it
        again = await person.taps("Publish", first)
        between = bot.services.agenda.current.version
        published = await person.taps("Publish", again)

    assert again["text"].startswith("Another version was published meanwhile. Please look again:")
    assert "12:15–13:30 → 12:00–13:30" in again["text"]
    assert between == 2
    assert "people see version 3 now" in published["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_taking_most_sessions_away_needs_the_number(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, language)
        gone = len(bot.services.agenda.current.agenda.sessions)
        await sends(person, nearly_empty())
        question = await person.taps(label(language, "Publish"))
        wrong = await person.asks(str(gone + 1))
        between = bot.services.agenda.current.version
        published = await person.asks(str(gone))

        assert len(bot.services.agenda.current.agenda.sessions) == 1
    assert str(gone) in question["text"]
    assert wrong["text"].startswith(said(language, "That is not the number. Nothing was published."))
    assert between == 1
    assert said(language, "Published: people see version %(version)s now.", version=2) in published["text"]


@pytest.mark.usefixtures("a_child_reads")
async def test_a_preview_survives_a_restart(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "ro")
        preview = await sends(person, moved())
    async with conversation.ghid():
        published = await person.taps("Publicați", preview)

    assert "versiunea 2" in published["text"]


async def test_an_old_preview_asks_again(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        preview = await sends(person, moved())
        conversation.clock.moves_to("2023-11-22 10:16")
        again = await person.taps("Publish", preview)

        assert bot.services.agenda.current.version == 1
    assert again["text"].startswith("You first saw this more than ten minutes ago.")


async def test_a_word_instead_of_a_decision_shows_the_preview_and_a_command_ends_it(
    conversation: Conversation,
) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        preview = await sends(person, moved())
        waiting = await person.asks("what is on now?")
        await person.asks("/now")
        await everything_due(bot)
        over = await person.taps("Publish", preview)

        assert bot.services.agenda.current.version == 1
    assert waiting["text"].startswith("This agenda still waits for your decision:")
    assert "does not wait any more" in over["text"]


async def test_who_is_an_organiser_no_more_publishes_nothing(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        preview = await sends(person, moved())
        await bot.services.organisers.remove(person.id, by=1)
        refused = await person.taps("Publish", preview)

        assert bot.services.agenda.current.version == 1
    assert str(person.id) in refused["text"]


async def test_what_cannot_be_an_agenda_is_refused_before_it_is_fetched(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        huge = await sends(person, bytes(100_000_000))
        slides = await sends(person, b"%PDF", "slides.pdf")

    assert "too large: I read at most 20 MB" in huge["text"]
    assert "XML (frab, Pentabarf, pretalx)" in slides["text"]
    assert "getFile" not in methods(conversation)


async def test_the_same_agenda_and_another_event_are_no_new_version(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        same = await sends(person, BUILT_IN.encode())
        other = await sends(person, BUILT_IN.replace("id: clusters-meet-regions-iasi-2023", "id: other-2024").encode())

    assert "Version 1 says this already" in same["text"]
    assert "about the event other-2024" in other["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_desk_checks_the_agenda_and_lists_its_versions(conversation: Conversation, language: str) -> None:
    twice = BUILT_IN.replace("starts: 2023-11-22 11:30\n", "starts: 2023-11-22 10:30\n").encode()
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, language)
        desk = await person.asks("/organiser")
        clean = await person.taps(label(language, "Check the agenda"), desk)
        preview = await sends(person, twice)
        await person.taps(label(language, "Publish"), preview)
        desk = await person.asks("/organiser")
        doubtful = await person.taps(label(language, "Check the agenda"), desk)
        desk = await person.asks("/organiser")
        await person.taps(label(language, "New agenda"), desk)
        history = await person.taps(label(language, "Versions of the agenda"))

    assert clean["text"] == said(language, "I looked through the agenda and found nothing doubtful.")
    assert AT_ONCE[language] in preview["text"]
    assert AT_ONCE[language] in doubtful["text"]
    assert said(language, "Version %(version)s", version=2) in history["text"]
    assert said(language, "Undo version %(version)s", version=2) in labels(history)
    begun_with = localizer(language).plain.pgettext("what the agenda was made from", "the built-in event")
    assert f"Ghid · {begun_with}" in history["text"]
