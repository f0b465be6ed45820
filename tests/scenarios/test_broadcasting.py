"""An organiser tells many people at once, sees what they will get, and how it went; in each language."""

from __future__ import annotations

import pytest

from bot.i18n import language_name, localizer
from bot.local_telegram import Person
from tests.scenarios.conversation import LANGUAGES, Conversation, Message, labels
from tests.scenarios.organiser_phone import (
    an_attendee,
    an_organiser,
    corrects,
    everything_sent,
    label,
    pressed,
    said,
    sends_formatted,
    sends_photo,
)

ROOM = "The panel is in the foyer now."


async def begins(person: Person, language: str) -> Message:
    await person.asks("/organiser")
    return await person.taps(label(language, "Tell everybody"))


async def to_everybody(person: Person, text: str, language: str = "en") -> Message:
    """Write one text for all, up to the question whether it shall go out."""
    await begins(person, language)
    await person.asks(text)
    await person.taps(label(language, "Next: who gets it"))
    return await pressed(person, label(language, "Everybody"))


def got(person: Person, text: str) -> int:
    return sum(text in (message.get("text") or message.get("caption", "")) for message in person.replies)


def send_now(language: str, people: int) -> str:
    return str(localizer(language).plain.ngettext("Send now to %(num)s person", "Send now to %(num)s people", people))


def state_of(language: str, state: str) -> str:
    return said(language, "Broadcast: %(state)s", state=localizer(language).plain.pgettext("of a broadcast", state))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_everybody_gets_the_text_of_their_language_and_the_report_adds_up(
    conversation: Conversation, language: str
) -> None:
    other = "ro" if language == "uk" else "uk"
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, language)
        people = {each: await an_attendee(conversation, each) for each in LANGUAGES}
        gone = await an_attendee(conversation, "en")
        conversation.telegram.state.chats[gone.id].blocked = True  # Ghid learns of it when it sends
        await begins(person, language)
        await sends_formatted(conversation, person, "<b>Lunch</b> is in the foyer &amp; the hall")
        await person.taps(said(language, "Add: %(language)s", language=language_name(other)))
        overview = await person.asks("Обід у фойє")
        await person.taps(label(language, "Next: who gets it"))
        question = await pressed(person, label(language, "Everybody"))
        await person.taps(send_now(language, 5))
        await everything_sent(bot)
        report = person.replies[-1]
        progress = next(each for each in person.replies if each["message_id"] == question["message_id"])

    lunch = [message for message in people[language].replies if "Lunch is in" in message["text"]]
    assert [message["text"] for message in lunch] == ["Lunch is in the foyer & the hall"]
    assert lunch[0]["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert (got(people[other], "Обід у фойє"), got(people[other], "Lunch")) == (1, 0)
    assert said(language, "%(language)s: a text of its own", language=language_name(other)) in overview["text"]
    assert state_of(language, "finished") in progress["text"]
    assert said(language, "The report is below.") in progress["text"]
    assert labels(progress) == []
    assert state_of(language, "finished") in report["text"]
    assert said(language, "Sent: %(sent)s of %(people)s", sent=4, people=people_in(language, 5)) in report["text"]
    assert said(language, "blocked the bot or gone: %(count)s", count=1) in report["text"]
    assert said(language, "failed: %(count)s", count=0) not in report["text"]


def people_in(language: str, number: int) -> str:
    return str(localizer(language).plain.ngettext("%(num)s person", "%(num)s people", number))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_preview_is_what_arrives_and_nobody_else_gets_it_before_the_yes(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, language)
        attendee = await an_attendee(conversation, "uk")
        question = await to_everybody(person, ROOM, language)
        previewed = got(person, ROOM)
        await pressed(person, label(language, "Send to me alone"))
        tried = got(person, ROOM)
        discarded = await person.taps(label(language, "Discard"), person.replies[-1])
        await everything_sent(bot)

    assert (previewed, tried, got(attendee, ROOM)) == (1, 2, 0)
    assert people_in(language, 2) in question["text"]
    assert said(language, "What you type here changes nothing; any command ends all of it.") in question["text"]
    assert discarded["text"] == said(language, "Discarded: nobody gets it.")


async def test_a_photo_with_caption_reaches_people(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        attendee = await an_attendee(conversation, "ro")
        await begins(person, "en")
        await sends_photo(conversation, person, "The way to the foyer")
        await person.taps("Next: who gets it")
        await pressed(person, "Everybody")
        await person.taps("Send now to 2 people")
        await everything_sent(bot)

    arrived = attendee.replies[-1]
    assert arrived["photo"]
    assert arrived["caption"] == "The way to the foyer"


async def test_a_document_is_passed_on_too(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        attendee = await an_attendee(conversation, "ro")
        await begins(person, "en")
        before = len(person.replies)
        await person.sends_file("plan.pdf", b"%PDF-1.7", "The plan")
        await person.waits_for(before + 1)
        await person.taps("Next: who gets it")
        await pressed(person, "Everybody")
        await person.taps("Send now to 2 people")
        await everything_sent(bot)

    assert attendee.replies[-1]["document"]["file_name"] == "plan.pdf"
    assert attendee.replies[-1]["caption"] == "The plan"


async def test_it_waits_for_its_time_and_then_reports_to_its_author(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        attendee = await an_attendee(conversation, "ro")
        await to_everybody(person, ROOM)
        await person.taps("Send at a time")
        wrong = await person.asks("soon")
        past = await person.asks("09:00")
        question = await person.asks("14:30")
        await person.taps("Send on Wed", question)
        await everything_sent(bot)
        before = got(attendee, ROOM)
        conversation.clock.moves_to("2023-11-22 14:30")
        await everything_sent(bot)
        report = person.replies[-1]

    assert wrong["text"].startswith("I do not understand this time.")
    assert past["text"].startswith("This time is already past.")
    assert "Wednesday, 22 November, 14:30" in question["text"]
    assert (before, got(attendee, ROOM)) == (0, 1)
    assert "Broadcast: finished" in report["text"]


async def test_a_restart_in_the_middle_of_writing_loses_nothing(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        await begins(person, "en")
    async with conversation.ghid():
        await person.asks(ROOM)
    async with conversation.ghid() as bot:
        await person.taps("Next: who gets it")
        await pressed(person, "Everybody")
        await person.taps("Make it urgent")
    async with conversation.ghid() as bot:
        await person.taps("Send now to 1 person")
        await everything_sent(bot)

    assert got(person, ROOM) == 1 + 1 + 2  # the preview, what arrived, and its progress and report
    assert "Broadcast: finished" in person.replies[-1]["text"]


async def test_a_text_that_its_author_corrects_is_sent_corrected(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        await begins(person, "en")
        before = len(person.replies)
        written = await person.sends("The panel is in the foier now.")
        await person.waits_for(before + 1)
        await corrects(conversation, person, written, ROOM)
        await person.taps("Next: who gets it", person.replies[-1])
        await pressed(person, "Everybody")

    assert got(person, ROOM) == 1
    assert got(person, "foier") == 0


async def test_a_command_ends_the_draft_and_says_so(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        await to_everybody(person, ROOM)
        question, before = person.replies[-1], len(person.replies)
        await person.sends("/now")
        await person.waits_for(before + 2)
        alert = await person.waits_for_answer(await person.presses("Send now to 1 person", question))
        await everything_sent(bot)
        answer = await person.asks("who is Enrico Venturini?")

    assert person.replies[before]["text"].startswith("What you were in the middle of has ended")
    assert alert["text"].startswith("This draft is closed")
    assert "Venturini" in answer["text"]
    assert got(person, ROOM) == 1  # the preview


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_got_a_message_to_many_can_ask_why_and_it_stays(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        organiser = await an_organiser(bot, conversation, "en")
        reader = await an_attendee(conversation, language)
        await to_everybody(organiser, ROOM)
        samples = [each for each in organiser.replies if each.get("text") == ROOM]
        await organiser.taps(send_now("en", 2))
        await everything_sent(bot)
        message = await reader.waits_for(lambda each: each.get("text") == ROOM)
        why = await reader.waits_for_answer(await reader.presses(label(language, "Why do I get this?"), message))

    assert labels(samples[0]) == [label("en", "Why do I get this?")]
    assert why["show_alert"]
    assert "/forget" in why["text"]
    assert reader.replies[-1]["text"] == ROOM
