"""An organiser adds slides and documents in the chat, changes and removes them; in each language."""

from __future__ import annotations

import pytest

from bot.application import RunningBot
from bot.i18n import localizer
from bot.local_telegram import Person
from tests.scenarios.conversation import LANGUAGES, Conversation, Message, labels
from tests.scenarios.organiser_phone import (
    an_attendee,
    an_organiser,
    everything_sent,
    forged,
    label,
    pressed,
    said,
    sends_photo,
)

SESSION, SPEAKER = "opening-speeches", "mariella-masselink"
LINK = "https://example.org/opening.pdf"
NOTHING_TYPED = "What you type here changes nothing; any command ends all of it."


def handle_of(bot: RunningBot, id_: str) -> str:
    agenda = bot.services.agenda.current.agenda
    return (agenda.session_by_id.get(id_) or agenda.speaker_by_id[id_]).handle


async def sends_file(person: Person, name: str, caption: str = "") -> Message:
    """Send a file and return the answer."""
    before = len(person.replies)
    await person.sends_file(name, b"%PDF-1.4", caption)
    return await person.waits_for(before + 1)


async def begins(bot: RunningBot, person: Person, language: str, id_: str = SESSION) -> Message:
    """Open the card and press its button; return the question."""
    kind = "s" if id_ == SESSION else "p"
    await person.asks(f"/start {kind}_{handle_of(bot, id_)}")
    return await pressed(person, label(language, "Add slides or a document"))


async def adds(bot: RunningBot, person: Person, language: str, text: str = f"Opening words {LINK}") -> Message:
    """Add a link to the session with the title beside it, and publish it."""
    await begins(bot, person, language)
    await person.asks(text)
    await person.taps("Opening words")
    return await person.taps(label(language, "Publish"))


async def slides(bot: RunningBot, person: Person) -> Message:
    """Look for the session's slides."""
    return await person.asks(f"/start m_{(await bot.services.materials.all())[-1].handle}")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_link_is_added_from_the_card_and_who_asked_is_told(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        person, attendee = await an_organiser(bot, conversation, language), await an_attendee(conversation, language)
        await attendee.asks(f"/start s_{handle_of(bot, SESSION)}")
        await attendee.taps(label(language, "Tell me when slides are there"))
        question = await begins(bot, person, language)
        title = await person.asks(f"Opening words: {LINK}")
        confirmation = await person.taps("Opening words", title)
        unseen = len(bot.services.agenda.current.agenda.materials)
        done = await person.taps(label(language, "Publish"))
        await everything_sent(bot)
        card = await slides(bot, attendee)
        trail = [entry.action for entry in await bot.services.organisers.trail()]

        assert len(bot.services.agenda.current.agenda.materials) == unseen + 1
    meant = "What you send next is this; nobody gets it before you confirm. Any command ends it."
    assert said(language, meant) in question["text"]
    assert said(language, "What you type next is the title. Any command ends it.") in title["text"]
    asked = localizer(language).plain.ngettext(
        "%(num)s person asked to be told of it.", "%(num)s people asked to be told of it.", 1
    )
    assert asked in confirmation["text"]
    assert said(language, NOTHING_TYPED) in confirmation["text"]
    assert done["text"].startswith(said(language, "Published."))
    assert any(reply["text"].startswith(said(language, "Available now")) for reply in attendee.replies)
    assert card["reply_markup"]["inline_keyboard"][0][0] == {
        "text": said(language, "Open: %(title)s", title="Opening words"),
        "url": LINK,
    }
    assert trail[0] == "add material"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_file_is_added_from_the_desk_to_a_speaker_found_by_name(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        person, attendee = await an_organiser(bot, conversation, language), await an_attendee(conversation, language)
        await person.asks("/organiser")
        await person.taps(label(language, "Slides and documents"))
        await person.taps(label(language, "Add to a session or speaker"))
        nobody = await person.asks("zzzzqqqq")
        await person.asks("masselink")
        await pressed(person, "Mariella Masselink")
        question = await sends_file(person, "EU_clusters 2023.pdf")
        await person.taps("EU clusters 2023", question)
        await person.taps(label(language, "Publish"))
        document = await attendee.asks("slides masselink")

    assert nobody["text"].startswith(
        said(language, "I find no session and no speaker of that name. Please write it in another way.")
    )
    assert document["document"]["file_name"] == "EU_clusters 2023.pdf"
    assert document["caption"].startswith("EU clusters 2023\n")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_given_out_after_the_session_or_from_a_time_on_is_kept_back_until_then(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        session = bot.services.agenda.current.agenda.session_by_id[SESSION]  # it is on now, until 10:15
        person, attendee = await an_organiser(bot, conversation, language), await an_attendee(conversation, language)
        await begins(bot, person, language)
        question = await sends_file(person, "slides.pdf", "Opening words")
        await person.taps("Opening words", question)
        after = await person.taps(label(language, "Only after the session"))
        await person.taps(label(language, "From a time on"))
        bad = await person.asks("soon")
        past = await person.asks("09:00")
        timed = await person.asks("10:10")
        await person.taps(label(language, "Only after the session"), timed)
        await person.taps(label(language, "Publish"))
        early = await slides(bot, attendee)
        conversation.clock.now = session.ends_at
        open_now = await slides(bot, attendee)

    moment = said(language, "today, %(time)s", time="10:15")
    assert said(language, "When people get it: after the session, %(moment)s", moment=moment) in after["text"]
    assert bad["text"].startswith(said(language, "I do not understand this time."))
    assert past["text"].startswith(said(language, "This time is already past."))
    assert said(language, "today, %(time)s", time="10:10") in timed["text"]
    assert said(language, "comes after the session: %(moment)s", moment=moment)[1:] in early["text"]
    assert label(language, "Tell me when slides are there") in labels(early)
    assert open_now["document"]["file_name"] == "slides.pdf"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_shown_first_replaced_renamed_and_removed(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        person, attendee = await an_organiser(bot, conversation, language), await an_attendee(conversation, language)
        managed = await adds(bot, person, language)
        handle = (await bot.services.materials.all())[0].handle
        await person.taps(label(language, "Another file or link"), managed)
        await sends_file(person, "better.pdf")
        await pressed(person, label(language, "Show it to me first"))
        shown = person.replies[-2]
        before = await slides(bot, attendee)
        managed = await person.taps(label(language, "Save"))
        await person.taps(label(language, "Another title"), managed)
        await person.asks("Better words")
        managed = await person.taps(label(language, "Save"))
        replaced = await slides(bot, attendee)
        question = await person.taps(label(language, "Remove"), managed)
        kept = await slides(bot, attendee)
        page = await person.taps(label(language, "Yes, remove"), question)
        gone = await attendee.asks(f"/start m_{handle}")
        twice = await forged(conversation, person, f"yy:{handle}")
        trail = [entry.action for entry in await bot.services.organisers.trail(4)]

    assert shown["document"]["file_name"] == "better.pdf"
    assert "document" not in before
    assert (replaced["document"]["file_name"], replaced["caption"].split("\n")[0]) == ("better.pdf", "Better words")
    assert kept["document"] == replaced["document"]
    assert said(language, "Nothing has been added yet.") in page["text"]
    assert (
        said(language, "This is no longer in the agenda. Write me what you look for, or open the menu.")
        in (gone["text"])
    )
    assert "text" in twice
    assert trail == ["remove material", "change material", "change material", "add material"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_only_one_usable_link_file_or_photo_is_taken(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, language)
        await begins(bot, person, language)
        refused = [
            await person.asks(text)
            for text in (
                "later",
                "javascript:alert(1)",
                "https://localhost/a",
                "https://a.org " + LINK,
                "ftp://a.org/b",
            )
        ]
        await sends_photo(conversation, person, "The poster")
        await person.taps("The poster")
        too_long = await person.taps(label(language, "Another title"))
        too_long = await person.asks("x" * 121)
        await person.asks("The whole\nposter")
        await person.taps(label(language, "Publish"))
        photo = await slides(bot, person)

    problem = said(language, "This is not a file, a photo or a link that I can use.")
    assert [answer["text"].startswith(problem) for answer in refused] == [True] * 5
    assert too_long["text"].startswith(said(language, "This is not a title, or it is too long."))
    assert photo["photo"]
    assert photo["caption"].startswith("The whole poster\n")


async def test_an_address_without_its_scheme_is_understood(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        await begins(bot, person, "en")
        question = await person.asks("example.org/slides")
        await person.taps("Welcome and opening", question)
        done = await person.taps("Publish")

    assert "Link: https://example.org/slides" in done["text"]


async def test_the_draft_survives_a_restart_and_a_command_ends_it(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        await begins(bot, person, "en")
        await person.asks(f"Opening words {LINK}")
    async with conversation.ghid() as bot:
        confirmation = await person.taps("Opening words")
        meaningless = await person.asks("what is on now?")
        await person.asks("/now")
        answer = await answer_to(person, "Publish", confirmation)

        assert await bot.services.materials.all() == ()
        assert bot.services.dialogs.of(person.id) is None
    assert NOTHING_TYPED in meaningless["text"]
    assert answer["text"] == "This is closed: it was saved or discarded."


async def test_an_old_or_outdated_screen_publishes_nothing_that_it_does_not_show(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        await begins(bot, person, "en")
        await person.asks(f"Opening words {LINK}")
        first = await person.taps("Opening words")
        below = await pressed(person, "Show it to me first", first)
        await person.taps("Another title", below)
        await person.asks("Other words")
        stale = await answer_to(person, "Publish", first)
        conversation.clock.moves_to("2023-11-22 10:20")
        late = await answer_to(person, "Publish", first)
        nothing_yet = await bot.services.materials.all()
        await person.taps("Publish", first)

        assert [each.draft.title for each in await bot.services.materials.all()] == ["Other words"]
    assert nothing_yet == ()
    for answer in (stale, late):
        assert answer["text"].startswith("Nothing is done yet: that screen was not up to date.")
        assert answer["show_alert"]


async def answer_to(person: Person, text: str, message: Message) -> Message:
    """Press a button and return the window that opens over it."""
    return await person.waits_for_answer(await person.presses(text, message))


async def test_what_belongs_to_nothing_any_more_is_kept_and_shown_so(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        await adds(bot, person, "en")
        agenda = bot.services.agenda.current.published
        left = tuple(session for session in agenda.sessions if session.id != SESSION)
        await bot.services.agenda.import_agenda(
            type(agenda)(agenda.event, left, agenda.speakers, agenda.rooms, agenda.tracks, (), agenda.facts),
            author="Olena",
            note="",
        )
        await person.asks("/organiser")
        page = await person.taps("Slides and documents")
        one = await person.taps("1. Opening words", page)

    assert "1. Opening words · nothing now: it left the agenda" in page["text"]
    assert "Belongs to: nothing now: it left the agenda" in one["text"]
    assert labels(one)[:2] == ["Remove", "All that was added"]
