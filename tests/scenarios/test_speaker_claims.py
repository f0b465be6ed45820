"""A speaker claims their profile: by a link, by a QR code from an organiser's phone, or by asking the organisers."""

from __future__ import annotations

import pytest

from bot.application import RunningBot
from bot.local_telegram import Person
from tests.scenarios.conversation import LANGUAGES, Conversation, labels
from tests.scenarios.organiser_phone import an_attendee, an_organiser, everything_sent, label, pressed, said
from tests.scenarios.speaker_phone import SPEAKER, a_claim_link, a_speaker, the_speaker

NO_REMINDER_IS_DUE = "2023-11-20 12:00"
DECLINED = "Then nothing happens. The link still works: please pass it on to the speaker, or tell the organisers."
ASKED = "I have asked the organisers, and write to you as soon as one of them has answered."
NOT_VALID = (
    "This link does not work: it was used, withdrawn, or is too old. Ask the organisers for a new one, or find "
    "yourself among the speakers and press “I am this speaker”."
)


def has_command(person: Person) -> bool:
    return "speaker" in {command["command"] for command in person.commands}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_link_asks_are_you_and_opens_the_desk(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    person = await an_attendee(conversation, language)

    question = await person.asks(await a_claim_link(ghid))
    desk = await person.taps(label(language, "Yes, that is me"))
    again = await person.asks("/speaker")

    name = the_speaker(ghid).name
    assert question["text"].split("\n")[0] == said(language, "Are you %(name)s?", name=name)
    assert desk["text"] == again["text"]
    assert has_command(person)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_says_no_leaves_the_link_for_the_speaker(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    wrong, right = await an_attendee(conversation, language), await an_attendee(conversation, language)
    link = await a_claim_link(ghid)

    await wrong.asks(link)
    declined = await wrong.taps(label(language, "No, somebody else"))
    await right.asks(link)
    await right.taps(label(language, "Yes, that is me"))

    assert declined["text"] == said(language, DECLINED)
    assert ghid.services.speakers.claims.owners == {the_speaker(ghid).handle: right.id}
    assert not has_command(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_used_link_tells_somebody_else_that_it_is_taken(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    link = await a_claim_link(ghid)
    first, second = await an_attendee(conversation, "en"), await an_attendee(conversation, language)
    await first.asks(link)
    await second.asks(link)
    await first.taps("Yes, that is me")

    late = await second.taps(label(language, "Yes, that is me"))
    once_more = await first.asks(link)

    assert the_speaker(ghid).name in late["text"]
    assert labels(late)[0] == label(language, "I am this speaker")
    assert ghid.services.speakers.claims.owners == {the_speaker(ghid).handle: first.id}
    assert once_more["text"] == (await first.asks("/speaker"))["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_sixth_wrong_link_within_an_hour_is_not_looked_at(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    person = await an_attendee(conversation, language)
    for guess in range(5):
        refused = await person.asks(f"/start claim_{guess}")
    enough = await person.asks(await a_claim_link(ghid))
    conversation.clock.moves_to("2023-11-22 11:06")
    question = await person.asks(await a_claim_link(ghid))

    assert refused["text"] == said(language, NOT_VALID)
    assert "11:05" in enough["text"]
    assert label(language, "Yes, that is me") in labels(question)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_organiser_makes_a_link_and_a_qr_code_sees_the_claim_and_undoes_it(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    organiser = await an_organiser(ghid, conversation, language)
    speaker = await an_attendee(conversation, "en")
    await organiser.asks("/organiser")
    listed = await organiser.taps(label(language, "Speakers and their links"))
    await organiser.taps(the_speaker(ghid).name)
    await pressed(organiser, label(language, "Make a link and a QR code"))
    picture = organiser.replies[-1]
    link = picture["caption"].split("?start=")[1].split()[0]

    await speaker.asks(f"/start {link}")
    await speaker.taps("Yes, that is me")
    card = await organiser.asks(the_speaker(ghid).name)
    claimed = await organiser.taps(label(language, "Speaker’s link and claim"), card)
    await organiser.taps(label(language, "Undo the claim"))
    undone = await organiser.taps(label(language, "Yes, undo the claim"))
    await everything_sent(ghid)
    told = speaker.replies[-1]
    desk = await speaker.asks("/speaker")

    assert "photo" in picture
    assert the_speaker(ghid).name in labels(listed)
    assert str(speaker.id) in claimed["text"]
    assert said(language, "Nobody has claimed this profile yet.") in undone["text"]
    assert told["text"].startswith(f"The organisers took the profile of {the_speaker(ghid).name} out of this chat.")
    assert desk["text"].startswith("Speaker’s desk\n\nIt is for those who speak here")
    assert not has_command(speaker)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_has_no_link_asks_and_an_organiser_confirms_with_one_tap(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    conversation.clock.moves_to(NO_REMINDER_IS_DUE)
    first, second = await an_organiser(ghid, conversation, language), await an_organiser(ghid, conversation, "en")
    person = await an_attendee(conversation, language)
    card = await person.asks(the_speaker(ghid).name)
    question = await person.taps(label(language, "I am this speaker"), card)
    asked = await person.taps(label(language, "Yes, ask them"))
    await everything_sent(ghid)
    notice = first.replies[-1]
    confirmed = await first.taps(label(language, "Yes, confirm"))
    late = await second.taps("No, refuse")
    await everything_sent(ghid)
    told = person.replies[-1]
    desk = await person.taps(label(language, "Speaker’s desk"), told)

    name = the_speaker(ghid).name
    assert "Ana" in question["text"]
    assert asked["text"] == said(language, ASKED)
    assert notice["text"].split("\n")[0] == said(language, "Is this %(name)s?", name=name)
    assert name in confirmed["text"]
    assert late["text"].startswith("Confirmed: ")
    assert told["text"].split("\n")[0] == said(language, "The organisers confirmed it: you are %(name)s.", name=name)
    assert desk["text"] == (await person.asks("/speaker"))["text"]
    assert has_command(person)
    trail = [entry.action for entry in await ghid.services.organisers.trail(3)]
    assert trail[:2] == ["confirm claim", "ask claim"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_is_refused_is_told_and_cannot_ask_again_that_day(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    organiser, person = await an_organiser(ghid, conversation, "en"), await an_attendee(conversation, language)
    card = await person.asks(the_speaker(ghid).name)
    await person.taps(label(language, "I am this speaker"), card)
    await person.taps(label(language, "Yes, ask them"))
    await everything_sent(ghid)
    await organiser.taps("No, refuse")
    await everything_sent(ghid)
    told = person.replies[-1]
    before = len(organiser.replies)
    card = await person.asks(the_speaker(ghid).name)
    await person.taps(label(language, "I am this speaker"), card)
    again = await person.taps(label(language, "Yes, ask them"))
    await everything_sent(ghid)

    assert the_speaker(ghid).name in told["text"]
    assert again["text"] == said(language, "The organisers did not confirm it. Please speak to them in person.")
    assert len(organiser.replies) == before
    assert ghid.services.speakers.claims.owners == {}


async def test_without_an_organiser_nobody_is_asked_and_that_is_said(
    conversation: Conversation, ghid: RunningBot
) -> None:
    person = await an_attendee(conversation, "en")
    card = await person.asks(the_speaker(ghid).name)
    await person.taps("I am this speaker", card)
    said_so = await person.taps("Yes, ask them")

    assert said_so["text"] == "There is no organiser here whom I could ask. Please speak to them in person."


async def test_confirming_what_somebody_else_claimed_meanwhile_takes_it_from_nobody(
    conversation: Conversation, ghid: RunningBot
) -> None:
    organiser, person = await an_organiser(ghid, conversation, "en"), await an_attendee(conversation, "en")
    card = await person.asks(the_speaker(ghid).name)
    await person.taps("I am this speaker", card)
    await person.taps("Yes, ask them")
    await everything_sent(ghid)
    other = await a_speaker(ghid, conversation, "en")

    taken = await organiser.taps("Yes, confirm")
    await organiser.taps("Speaker’s link and claim", taken)
    await organiser.taps("Undo the claim")
    await organiser.taps("Yes, undo the claim")

    assert taken["text"].startswith(f"Somebody else has claimed {the_speaker(ghid).name}.")
    assert other.id not in ghid.services.speakers.claims.owners.values()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_stranger_learns_from_the_command_how_a_speaker_comes_in(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    person = await an_attendee(conversation, language)

    told = await person.asks("/speaker")

    assert told["text"].split("\n")[0] == said(language, "Speaker’s desk")
    assert labels(told) == [label(language, "All speakers"), label(language, "Menu")]


async def test_the_profile_is_still_theirs_after_a_restart(conversation: Conversation) -> None:
    conversation.clock.moves_to(NO_REMINDER_IS_DUE)
    async with conversation.ghid() as bot:
        person = await a_speaker(bot, conversation, "en")
        before = await person.asks("/speaker")
    async with conversation.ghid() as bot:
        after = await person.asks("/speaker")

        assert after["text"] == before["text"]
        assert bot.services.speakers.claims.owners == {the_speaker(bot, SPEAKER).handle: person.id}
