"""Whom an organiser tells: one language, the followers of a session or of a speaker; in each language."""

from __future__ import annotations

import pytest

from bot.i18n import language_name, localizer
from bot.messages.broadcast_buttons import TellFollowers
from tests.scenarios.conversation import LANGUAGES, Conversation, labels
from tests.scenarios.organiser_phone import an_attendee, an_organiser, everything_sent, forged, label, pressed, said
from tests.scenarios.speaker_phone import a_speaker
from tests.scenarios.test_broadcasting import ROOM, begins, got, people_in, send_now


async def test_one_language_or_the_followers_of_a_session_alone_get_it(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        reader, follower = await an_attendee(conversation, "uk"), await an_attendee(conversation, "ro")
        panel = bot.services.agenda.current.agenda.session_by_id["panel-discussion"]
        await follower.asks(f"/start f_{panel.handle}")
        await begins(person, "en")
        await person.asks(ROOM)
        await person.taps("Next: who gets it")
        await pressed(person, f"Those who read: {language_name('uk')}")
        await person.taps("Send now to 1 person")
        await everything_sent(bot)
        await person.asks(f"/start s_{panel.handle}")
        await pressed(person, "Tell the followers")
        await person.asks("Bring your questions.")
        await pressed(person, "Next: preview")
        await person.taps("Send now to 1 person")
        await everything_sent(bot)

    assert (got(reader, ROOM), got(follower, ROOM)) == (1, 0)
    assert (got(reader, "Bring your questions."), got(follower, "Bring your questions.")) == (0, 1)


async def test_a_session_of_today_is_chosen_from_a_list(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, "en")
        panel = bot.services.agenda.current.agenda.session_by_id["panel-discussion"]
        await person.asks(f"/start f_{panel.handle}")
        await begins(person, "en")
        await person.asks(ROOM)
        await person.taps("Next: who gets it")
        await person.taps("Followers of a session")
        question = await pressed(person, "11:30 Panel")

    assert "Who gets it: those who follow: Panel discussion" in question["text"]
    assert "1 person" in question["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_followers_of_a_speaker_get_it_and_nobody_else(conversation: Conversation, language: str) -> None:
    async with conversation.ghid() as bot:
        person = await an_organiser(bot, conversation, language)
        follower, stranger = await an_attendee(conversation, "ro"), await an_attendee(conversation, "uk")
        speaker = bot.services.agenda.current.agenda.speaker_by_id["enrico-venturini"]
        await follower.asks(f"/start f_{speaker.handle}")
        await begins(person, language)
        await person.asks(ROOM)
        await person.taps(label(language, "Next: who gets it"))
        listed = await person.taps(label(language, "Followers of a speaker"))
        for _ in range(20):
            if speaker.name in labels(listed):
                break
            listed = await person.taps(label(language, "Next page"), listed)
        question = await pressed(person, speaker.name, listed)
        await person.taps(send_now(language, 1))
        await everything_sent(bot)
        await person.asks(f"/start p_{speaker.handle}")
        await pressed(person, label(language, "Tell this speaker’s followers"))
        await person.asks("The slides are there.")
        await pressed(person, label(language, "Next: preview"))
        await person.taps(send_now(language, 1))
        await everything_sent(bot)

    audience = said(language, "those who follow the speaker: %(name)s", name=speaker.name)
    assert said(language, "Who gets it: %(audience)s", audience=audience) in question["text"]
    assert people_in(language, 1) in question["text"]
    assert (got(follower, ROOM), got(stranger, ROOM)) == (1, 0)
    assert (got(follower, "The slides are there."), got(stranger, "The slides are there.")) == (1, 0)


async def test_an_attendee_sees_no_way_to_tell_a_speakers_followers(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        attendee = await an_attendee(conversation, "en")
        speaker = bot.services.agenda.current.agenda.speakers[0]
        card = await attendee.asks(f"/start p_{speaker.handle}")
        refused = await forged(conversation, attendee, TellFollowers(speaker.handle).pack())

    assert "Tell this speaker’s followers" not in labels(card)
    assert refused["text"].startswith("This is for organisers.")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_speakers_who_claimed_get_it_and_it_is_said_how_many_will_not_hear(
    conversation: Conversation, language: str
) -> None:
    async with conversation.ghid() as bot:
        person, attendee = await an_organiser(bot, conversation, language), await an_attendee(conversation, "en")
        speaker = await a_speaker(bot, conversation, "ro")
        unclaimed = len(bot.services.agenda.current.agenda.speakers) - 1
        await begins(person, language)
        await person.asks(ROOM)
        await person.taps(label(language, "Next: who gets it"))
        question = await pressed(person, label(language, "Speakers"))
        await person.taps(send_now(language, 1))
        await everything_sent(bot)

    plain = localizer(language).plain
    assert plain.pgettext("who gets a message", "the speakers who have claimed their profile") in question["text"]
    not_reached = plain.ngettext(
        "%(num)s speaker has not claimed the profile and will not hear it.",
        "%(num)s speakers have not claimed their profile and will not hear it.",
        unclaimed,
    )
    assert str(not_reached) in question["text"]
    assert (got(speaker, ROOM), got(attendee, ROOM)) == (1, 0)
