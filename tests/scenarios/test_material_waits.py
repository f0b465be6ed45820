"""Somebody looks for slides, gets the file, or asks to be told when there is one; in each language."""

from __future__ import annotations

import pytest

from bot.application import RunningBot
from bot.materials import Embargo, MaterialContent, MaterialDraft
from bot.models import Media, MediaKind
from tests.scenarios.conversation import LANGUAGES, Conversation, labels
from tests.scenarios.organiser_phone import an_attendee, everything_sent, forged, label, said

SESSION = "opening-speeches"
ASKS = {
    "en": "slides of the opening speeches",
    "ro": "prezentările de la deschidere",
    "uk": "презентації відкриття заходу",
}


def handle_of(bot: RunningBot, session: str) -> str:
    return bot.services.agenda.current.agenda.session_by_id[session].handle


async def added(bot: RunningBot, conversation: Conversation, session: str, embargo: Embargo | None = None) -> None:
    """Let a file be added to a session."""
    stored = conversation.telegram.state.files.keep_document("slides.pdf", b"%PDF-1.4")
    content = MaterialContent(media=Media(MediaKind.DOCUMENT, stored.file_id))
    draft = MaterialDraft(handle_of(bot, session), content, "Opening words", embargo or Embargo())
    await bot.services.materials.add(draft, 1, draft_key="one")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_asks_to_be_told_gets_the_file_once_it_is_there_and_hears_no_more(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        person, other = await an_attendee(conversation, language), await an_attendee(conversation, language)
        for each in (person, other):
            await each.asks(f"/start s_{handle_of(bot, SESSION)}")
            await each.taps(label(language, "Tell me when slides are there"))
        await other.taps(label(language, "Do not tell me of slides"))
        before = len(other.replies)
        await added(bot, conversation, SESSION)
        await everything_sent(bot)
        notice = person.replies[-1]
        await everything_sent(bot)
        document = await person.taps("Opening words", notice)

        assert len(other.replies) == before
        assert [reply["message_id"] for reply in person.replies][-2:] == [notice["message_id"], document["message_id"]]
    assert notice["text"].startswith(f"{said(language, 'Available now')} · Opening words")
    assert (
        said(language, "You get this because you asked to be told. This was the only message about it.")
        in (notice["text"])
    )
    assert document["document"]["file_name"] == "slides.pdf"
    assert document["caption"].startswith("Opening words\n")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_question_for_slides_brings_the_file_itself(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        person = await an_attendee(conversation, language)
        await added(bot, conversation, SESSION)
        document = await person.asks(ASKS[language])
        link = await person.asks(f"/start m_{(await bot.services.materials.all())[0].handle}")
        card = await person.taps(label(language, "Menu"), link)

    assert document["document"]["file_name"] == "slides.pdf"
    assert link["document"] == document["document"]
    assert "text" in card  # the file stays, and the menu comes below it


@pytest.mark.parametrize("language", LANGUAGES)
async def test_under_embargo_the_file_comes_when_the_session_is_over(conversation: Conversation, language: str) -> None:
    conversation.clock.moves_to("2023-11-22 09:00")
    async with conversation.ghid() as bot:
        session = bot.services.agenda.current.agenda.session_by_id[SESSION]
        person = await an_attendee(conversation, language)
        await added(bot, conversation, SESSION, Embargo(after_session=True))
        card = await person.asks(ASKS[language])
        await person.taps(label(language, "Tell me when slides are there"), card)
        await everything_sent(bot)
        early = person.replies[-1]
        conversation.clock.now = session.ends_at
        await everything_sent(bot)
        notice = person.replies[-1]
        document = await person.taps("Opening words", notice)

    beginning = said(language, "comes after the session: %(moment)s", moment="").strip()
    assert beginning[1:] in card["text"]
    assert "document" not in card
    assert notice["message_id"] != early["message_id"]
    assert document["document"]["file_name"] == "slides.pdf"


async def test_a_stale_button_waits_for_nothing_that_is_there_or_gone(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_attendee(conversation, "en")
        await added(bot, conversation, SESSION)
        await person.asks("/help")
        card = await forged(conversation, person, f"mw:{handle_of(bot, SESSION)}")
        await forged(conversation, person, "mw:00000000")

        assert bot.services.material_notices.waits_of(person.id) == frozenset()
    assert label("en", "Do not tell me of slides") not in labels(card)
