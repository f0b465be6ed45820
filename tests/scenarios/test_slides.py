"""A speaker sends slides, organisers decide, and those who follow or asked are told; in each language."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest

from bot.application import RunningBot
from bot.local_telegram import Person
from bot.materials import MaterialContent, MaterialDraft, MaterialSource
from bot.messages import material_buttons, slides_buttons
from bot.messages.payload import Payload
from handlers import desk, speaker_desk
from tests.scenarios.conversation import LANGUAGES, Conversation, Message, a_conversation, labels
from tests.scenarios.organiser_phone import (
    an_attendee,
    an_organiser,
    everything_sent,
    forged,
    label,
    pressed,
    said,
)
from tests.scenarios.speaker_phone import a_speaker, the_speaker

SPEAKER = "mariella-masselink"
WAITS = "A speaker sent slides: they wait for a yes"


async def sends_file(person: Person, name: str) -> Message:
    """Send a file and return the answer."""
    before = len(person.replies)
    await person.sends_file(name, b"%PDF-1.4")
    return await person.waits_for(before + 1)


def session_of(bot: RunningBot) -> str:
    """Return the first session of the speaker, by handle."""
    agenda = bot.services.agenda.current.agenda
    return agenda.sessions_of(SPEAKER)[0].handle


async def sends_slides(bot: RunningBot, person: Person, language: str, name: str = "My_talk.pdf") -> Message:
    """Send a file from the speaker's desk, for the first session, up to the organisers."""
    await person.asks("/speaker")
    page = await person.taps(label(language, "My slides"))
    await person.taps(said(language, "For: %(name)s", name="").rstrip(), page)
    await sends_file(person, name)
    await person.taps("My talk" if name == "My_talk.pdf" else "Better")
    return await person.taps(label(language, "Send to the organisers"))


async def looks(person: Person, language: str) -> Message:
    """Open what waits, from the message that all organisers get."""
    alarm = next(each for each in reversed(person.replies) if each.get("text", "").startswith(said(language, WAITS)))
    return await person.taps(label(language, "See the slides"), alarm)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_slides_are_approved_and_the_speaker_followers_and_those_who_asked_hear_of_it(
    conversation: Conversation, language: str
) -> None:
    conversation.clock.moves_to("2023-11-22 07:30")  # no reminder is due
    async with conversation.ghid() as bot:
        speaker = await a_speaker(bot, conversation, language, SPEAKER)
        organiser = await an_organiser(bot, conversation, language)
        follower, asking = await an_attendee(conversation, language), await an_attendee(conversation, language)
        await follower.asks(f"/start f_{session_of(bot)}")
        await asking.asks(f"/start p_{the_speaker(bot, SPEAKER).handle}")
        await asking.taps(label(language, "Tell me when slides are there"))
        sent = await sends_slides(bot, speaker, language)
        await everything_sent(bot)
        unseen = await asking.asks("slides masselink")
        managed = await looks(organiser, language)
        await pressed(organiser, label(language, "As people would see it"), managed)
        shown = organiser.replies[-2]
        approved = await organiser.taps(label(language, "Approve"))
        await everything_sent(bot)
        heard = speaker.replies[-1]
        told = [person.replies[-1]["text"] for person in (follower, asking)]
        document = await asking.asks("slides masselink")
        trail = [entry.action for entry in await bot.services.organisers.trail(2)]

    assert sent["text"].startswith(
        said(language, "Sent. The organisers look at it, and I write to you when they have decided.")
    )
    assert "document" not in unseen
    assert shown["document"]["file_name"] == "My_talk.pdf"
    assert approved["text"].startswith(said(language, "Published. The speaker is told, and those who follow or asked."))
    assert heard["text"].startswith(said(language, "Your slides are published: %(title)s", title="My talk"))
    assert [text.split("\n")[0] for text in told] == [f"{said(language, 'Available now')} · My talk"] * 2
    assert said(language, "You get this because you follow this session.") in told[0]
    assert document["document"]["file_name"] == "My_talk.pdf"
    assert trail == ["publish material", "send material"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_slides_are_refused_with_a_word_why_and_better_ones_sent(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        speaker = await a_speaker(bot, conversation, language, SPEAKER)
        organiser, other = await an_organiser(bot, conversation, language), await an_organiser(bot, conversation, "en")
        await sends_slides(bot, speaker, language)
        await everything_sent(bot)
        await organiser.taps(label(language, "Refuse"), await looks(organiser, language))
        refused = await organiser.asks("The logo is missing")
        decided = await looks(other, "en")
        await everything_sent(bot)
        heard = speaker.replies[-1]
        page = await speaker.taps(label(language, "My slides"), heard)
        await speaker.taps(said(language, "%(place)s: send another one", place=1), page)
        await sends_file(speaker, "Better.pdf")
        page = await speaker.taps(label(language, "Send to the organisers"))
        kept = await bot.services.materials.all()

    assert refused["text"].startswith(said(language, "Refused. The speaker is told."))
    assert not {"Approve", "Refuse"} & set(labels(decided))  # the other organiser sees that it is
    assert "The logo is missing" in decided["text"]
    assert heard["text"].startswith(
        said(language, "The organisers did not take these slides: %(title)s", title="My talk")
    )
    assert "The logo is missing" in heard["text"]
    assert [(each.state, each.draft.title) for each in kept] == [("waiting", "My talk")]
    assert said(language, "Your slides") in page["text"]


async def test_newer_slides_take_the_place_of_published_ones_once_they_are_approved(
    conversation: Conversation,
) -> None:
    async with conversation.ghid() as bot:
        speaker = await a_speaker(bot, conversation, "en", SPEAKER)
        organiser = await an_organiser(bot, conversation, "en")
        await sends_slides(bot, speaker, "en")
        await everything_sent(bot)
        await organiser.taps("Approve", await looks(organiser, "en"))
        await everything_sent(bot)
        handle = (await bot.services.materials.all())[0].handle
        await speaker.asks("/speaker")
        page = await speaker.taps("My slides")
        await speaker.taps("1: send another one", page)
        await sends_file(speaker, "Better.pdf")
        await speaker.taps("Send to the organisers")
        await everything_sent(bot)
        before = await speaker.asks(f"/start m_{handle}")
        await organiser.taps("Approve", await looks(organiser, "en"))
        after = await speaker.asks(f"/start m_{handle}")

        assert len(await bot.services.materials.all()) == 1
    assert (before["document"]["file_name"], after["document"]["file_name"]) == ("My_talk.pdf", "Better.pdf")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_file_just_sent_by_a_speaker_is_taken_as_slides_if_they_say_so(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        speaker = await a_speaker(bot, conversation, language, SPEAKER)
        question = await sends_file(speaker, "My_talk.pdf")
        meaningless = await speaker.asks("what is on now?")
        title = await speaker.taps(said(language, "For: %(name)s", name="").rstrip(), meaningless)
        await speaker.taps("My talk", title)
        await speaker.taps(label(language, "Only after the session"))
        await speaker.taps(label(language, "Send to the organisers"))
        kept = await bot.services.materials.all()

    assert question["text"].startswith(said(language, "Is this file your slides? For which session?"))
    assert [(each.added_by, each.draft.title, each.draft.embargo.after_session) for each in kept] == [
        (speaker.id, "My talk", True)
    ]


async def test_who_lost_the_profile_or_never_had_it_sends_nothing(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        speaker = await a_speaker(bot, conversation, "en", SPEAKER)
        handle = the_speaker(bot, SPEAKER).handle
        await speaker.asks("/speaker")
        page = await speaker.taps("My slides")
        foreign = bot.services.agenda.current.agenda.session_by_id["registration-22-november"].handle
        await forged(conversation, speaker, f"za:{foreign}")
        await speaker.asks("/speaker")
        page = await speaker.taps("My slides")
        await speaker.taps("For: ", page)
        await sends_file(speaker, "My_talk.pdf")
        confirmation = await speaker.taps("My talk")
        await bot.services.speakers.claims.undo(handle, speaker.id, 1)
        refused = await speaker.taps("Send to the organisers", confirmation)
        typed = await speaker.asks("what is on now?")

        assert await bot.services.materials.all() == ()
    assert "Send to the organisers" not in labels(refused)
    assert typed["text"].startswith("On now")


def filled(payload: type[Payload], handle: str) -> str:
    """Return the data of such a button, with values of the right kind."""
    hints = get_type_hints(payload)
    values = {field.name: 1 if hints[field.name] is int else handle for field in fields(payload)}
    return payload(**values).pack()


def in_module(module: object) -> list[type[Payload]]:
    return [kind for kind in Payload.registry.values() if kind.__module__ == getattr(module, "__name__", "")]


@pytest.mark.parametrize("role", ["attendee", "speaker", "organiser", "removed organiser"])
async def test_each_button_does_something_only_for_those_whose_it_is(tmp_path: Path, role: str) -> None:
    async with a_conversation(tmp_path) as conversation, conversation.ghid() as bot:
        author = await a_speaker(bot, conversation, "en", "daniel-cosnita")
        await bot.services.materials.add(
            MaterialDraft(session_of(bot), MaterialContent(url="https://example.org/a"), "Slides"),
            author.id,
            draft_key="one",
            source=MaterialSource.SPEAKER,
        )
        handle = (await bot.services.materials.all())[0].handle
        person = await _in_role(role, bot, conversation)
        for kind in (*in_module(material_buttons), *in_module(slides_buttons)):
            if role == "organiser" and kind in desk.ACTIONS:
                continue  # tests/scenarios/test_organiser_rights.py
            await forged(conversation, person, filled(kind, handle))
        left = await bot.services.materials.all()
        apologies = [reply for reply in person.replies if "went wrong" in reply.get("text", "")]

    assert set(in_module(slides_buttons)) <= set(speaker_desk.ACTIONS)
    assert set(in_module(material_buttons)) <= set(desk.ACTIONS)
    assert [(each.handle, each.state) for each in left] == [(handle, "waiting")]
    assert apologies == []


async def _in_role(role: str, bot: RunningBot, conversation: Conversation) -> Person:
    if role == "attendee":
        return await an_attendee(conversation, "en")
    if role == "speaker":
        return await a_speaker(bot, conversation, "en", SPEAKER)
    person = await an_organiser(bot, conversation, "en")
    if role == "removed organiser":
        await bot.services.organisers.remove(person.id, person.id)
    return person
