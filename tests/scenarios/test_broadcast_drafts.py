"""Writing to many: the longest texts, photos alone, second thoughts, two at once; nothing is lost quietly."""

from __future__ import annotations

import pytest

from bot.i18n import language_name
from bot.local_telegram import Person
from tests.scenarios.conversation import LANGUAGES, Conversation, Message, labels
from tests.scenarios.organiser_phone import (
    an_attendee,
    an_organiser,
    everything_sent,
    label,
    pressed,
    said,
    sends_formatted,
    sends_photo,
)
from tests.scenarios.test_broadcasting import ROOM, begins, got, send_now

HEAD = "Зміна 🎉 "
LONGEST = HEAD + "а" * (4_096 - len(HEAD) - 1)  # the emoji counts twice


async def to_everybody(person: Person, language: str = "en") -> Message:
    await person.taps(label(language, "Next: who gets it"), person.replies[-1])
    return await pressed(person, label(language, "Everybody"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_longest_text_arrives_whole_with_its_formatting_and_the_rest_is_refused_in_words(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        person, attendee = await an_organiser(bot, conversation, language), await an_attendee(conversation, "ro")
        await begins(person, language)
        await sends_formatted(conversation, person, LONGEST.replace("🎉", "<b>🎉</b>"))
        rest = await person.asks("and what did not fit")
        await to_everybody(person, language)
        await person.taps(send_now(language, 2))
        await everything_sent(bot)

    assert len(LONGEST.encode("utf-16-le")) // 2 == 4_096
    assert rest["text"].startswith(
        said(
            language,
            "I did not take what you just sent. If it is the rest of your text: Telegram cuts a text of more than"
            " %(limit)s characters in two, and only the first part is in the message. Please write a shorter one.",
            limit=4_096,
        )
    )
    assert attendee.replies[-1]["text"] == LONGEST
    assert attendee.replies[-1]["entities"] == [{"type": "bold", "offset": 6, "length": 2}]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_caption_that_is_too_long_is_asked_for_again(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        person, attendee = await an_organiser(bot, conversation, language), await an_attendee(conversation, "uk")
        await begins(person, language)
        refused = await sends_photo(conversation, person, "x" * 1_025)
        await sends_photo(conversation, person, "x" * 1_024)
        await to_everybody(person, language)
        await person.taps(send_now(language, 2))
        await everything_sent(bot)

    assert "1025" in refused["text"]
    assert "1024" in refused["text"]
    assert attendee.replies[-1]["caption"] == "x" * 1_024


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_photo_may_go_alone_or_be_left_out_again(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        person, attendee = await an_organiser(bot, conversation, language), await an_attendee(conversation, "ro")
        await begins(person, language)
        alone = await sends_photo(conversation, person, "")
        await person.taps(said(language, "Add: %(language)s", language=language_name("uk")))
        overview = await person.asks("Усі до фойє")
        await to_everybody(person, language)
        previewed = person.replies[-2]
        await person.taps(label(language, "Change the text"), person.replies[-1])
        without = await person.taps(label(language, "Without photo or document"))
        await to_everybody(person, language)
        await person.taps(send_now(language, 2))
        await everything_sent(bot)

    assert said(language, "%(language)s: no text", language=language_name("ro")) in alone["text"]
    assert label(language, "Without photo or document") not in labels(alone)
    reads = said(
        language, "%(language)s: reads the text in %(other)s", language=language_name("ro"), other=language_name("uk")
    )
    assert reads in overview["text"]
    assert (previewed["caption"], bool(previewed["photo"])) == ("Усі до фойє", True)
    assert said(language, "With a photo or a document.") not in without["text"]
    assert attendee.replies[-1]["text"] == "Усі до фойє"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_second_photo_is_for_everybody_and_one_below_which_a_text_does_not_fit_is_not_taken(
    conversation: Conversation, language: str
) -> None:
    other = "ro" if language == "uk" else "uk"
    add = said(language, "Add: %(language)s", language=language_name(other))
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, language)
        await begins(person, language)
        await person.asks("x" * 1_100)
        await person.taps(add)
        refused = await sends_photo(conversation, person, "y")
        await person.asks("y")
        await person.taps(said(language, "Rewrite: %(language)s", language=language_name(language)))
        await sends_photo(conversation, person, "x")
        third = next(each for each in LANGUAGES if each not in {language, other})
        await person.taps(said(language, "Add: %(language)s", language=language_name(third)))
        replaced = await sends_photo(conversation, person, "z")

    name = language_name(language)
    assert refused["text"] == said(
        language,
        "I did not take this file: below a photo or a document %(limit)s characters fit, and the text in %(language)s"
        " has %(length)s. Shorten that text first.",
        limit=1_024,
        language=name,
        length=1_100,
    )
    assert replaced["text"].startswith(
        said(
            language, "Everybody gets the same photo or document: this one takes the place of the one you sent before."
        )
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_message_in_hand_is_not_thrown_away_for_the_followers_of_a_session(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, language)
        panel = bot.services.agenda.current.agenda.session_by_id["panel-discussion"]
        card = await person.asks(f"/start s_{panel.handle}")
        await begins(person, language)
        await person.asks(ROOM)
        kept = await pressed(person, label(language, "Tell the followers"), card)
        typed = await person.asks("Bring your questions.")
        await to_everybody(person, language)

    assert kept["text"].startswith(
        said(language, "You are writing a message already. Send or discard it first, or choose who gets it further on.")
    )
    assert typed["text"].startswith(
        said(language, "I did not take what you just sent: to change a text, first press its button.")
    )
    assert got(person, ROOM) == 1  # the preview
    assert got(person, "Bring your questions.") == 0


async def test_two_organisers_write_at_once_and_each_has_their_own_report(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        first, second = await an_organiser(bot, conversation, "en"), await an_organiser(bot, conversation, "uk")
        attendee = await an_attendee(conversation, "ro")
        await begins(first, "en")
        await begins(second, "uk")
        await first.asks(ROOM)
        await second.asks("Обід у фойє")
        await to_everybody(first)
        await to_everybody(second, "uk")
        await first.taps(send_now("en", 3))
        await second.taps(send_now("uk", 3))
        await everything_sent(bot)

    assert (got(attendee, ROOM), got(attendee, "Обід у фойє")) == (1, 1)
    reports = [message["text"] for message in first.replies if "Broadcast: finished" in message.get("text", "")]
    assert all(ROOM in report and "Обід" not in report for report in reports)
    assert len(reports) == 2  # where its progress stood, and the report
