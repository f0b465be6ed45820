"""A speaker asks when they are on, is reminded of it, hears first when it changes, and calls for help."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.application import RunningBot
from bot.i18n import localizer
from bot.local_telegram import Person
from tests.scenarios.conversation import LANGUAGES, Conversation, labels
from tests.scenarios.organiser_phone import an_attendee, an_organiser, everything_sent, forged, label, pressed, said
from tests.scenarios.speaker_phone import a_speaker, publish_moved, the_speaker

PANELLIST, PITCHER = "carmen-mihai", "antonio-soria"
PANEL, PITCHES = "panel-discussion", "eu-clusters-pitching"


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def texts(person: Person) -> list[str]:
    return [str(reply.get("text", "")) for reply in person.replies]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "when am I on?"),
        ("en", "where do i speak"),
        ("ro", "unde vorbesc?"),
        ("ro", "când vorbesc"),
        ("uk", "коли мій виступ"),
        ("uk", "де я виступаю?"),
    ],
)
async def test_a_speaker_asks_in_their_own_words_when_they_are_on(
    conversation: Conversation, ghid: RunningBot, language: str, words: str
) -> None:
    speaker, stranger = await a_speaker(ghid, conversation, language), await an_attendee(conversation, language)

    answer, desk = await speaker.asks(words), await speaker.asks("/speaker")
    of_a_stranger = await stranger.asks(words)

    assert answer["text"] == desk["text"]
    assert of_a_stranger["text"] == (await stranger.asks("/speaker"))["text"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_calling_the_organisers_stands_before_what_can_wait(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    speaker = await a_speaker(ghid, conversation, language)

    desk = await speaker.asks("/speaker")

    tools = ("I am running late", "I can’t come", "I need help", "My slides", "Into my calendar")
    assert labels(desk)[-7:] == [label(language, text) for text in (*tools, "My speaker reminders", "Menu")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_desk_tells_day_time_room_order_minutes_and_who_with(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    conversation.clock.moves_to("2023-11-22 10:16")
    follower = await an_attendee(conversation, "en")
    speaker = await a_speaker(ghid, conversation, language)
    await follower.asks("follow Daniel Cosnita")

    desk = await speaker.asks("/speaker")

    t = localizer(language)
    agenda = ghid.services.agenda.current.agenda
    room = agenda.room_by_id["plenary-hall"].name.pick(language, "en")
    first, *rest = desk["text"].split("\n")
    assert first == said(language, "You are on %(distance)s.", distance=t.distance(_minutes(24)))
    assert "10:15–11:00" in desk["text"]
    assert any(room in line for line in rest)
    assert said(language, "Your own minutes: %(hours)s", hours="10:40–11:00") in desk["text"]
    assert said(language, "You speak as number %(place)s of %(of)s", place=2, of=2) in desk["text"]
    assert said(language, "With you: %(names)s", names="Jan-Philipp Kramer") in desk["text"]
    assert str(t.plain.ngettext("%(num)s person follows this.", "%(num)s people follow this.", 1)) in desk["text"]
    assert "Jan-Philipp Kramer" in labels(desk)
    assert "Teodora Jilkova" in desk["text"]  # who moderated the opening, which is over and stands last


@pytest.mark.parametrize("language", LANGUAGES)
async def test_their_appearances_come_as_a_calendar_file(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    speaker = await a_speaker(ghid, conversation, language)

    file = await pressed(speaker, label(language, "Into my calendar"))

    stored = conversation.telegram.state.files.by_id(file["document"]["file_id"])
    assert stored is not None
    assert stored.content.count(b"BEGIN:VEVENT") == 2
    assert file["document"]["file_name"].startswith(
        str(localizer(language).plain.pgettext("file name", "My appearances")).replace(" ", "-")
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_reminders_come_the_day_before_an_hour_and_a_quarter_before(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    conversation.clock.moves_to("2023-11-21 17:59")
    speaker = await a_speaker(ghid, conversation, language, PANELLIST)
    reminded = []
    for moment in ("2023-11-21 17:59", "2023-11-21 18:00", "10:29", "10:30", "11:14", "11:15", "11:16", "11:30"):
        conversation.clock.moves_to(moment if " " in moment else f"2023-11-22 {moment}")
        before = len(speaker.replies)
        await everything_sent(ghid)
        reminded += [(moment, text.split("\n")[0]) for text in texts(speaker)[before:]]

    t = localizer(language)
    tomorrow = t.plain.ngettext(
        "Tomorrow you are on in %(num)s session.", "Tomorrow you are on in %(num)s sessions.", 1
    )
    assert reminded == [
        ("2023-11-21 18:00", str(tomorrow)),
        ("10:30", said(language, "You are on %(distance)s.", distance=t.distance(_minutes(60)))),
        ("11:15", said(language, "You are on %(distance)s.", distance=t.distance(_minutes(15)))),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_reminder_can_be_switched_off_and_on(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    t = localizer(language).plain
    quarter = str(t.pgettext("reminder of an appearance", "15 minutes before"))
    hour = str(t.pgettext("reminder of an appearance", "60 minutes before"))
    speaker = await a_speaker(ghid, conversation, language, PANELLIST)
    await speaker.taps(label(language, "My speaker reminders"))
    await speaker.taps(said(language, "Stop: %(reminder)s", reminder=hour))
    off = await speaker.taps(said(language, "Stop: %(reminder)s", reminder=quarter))
    on = await speaker.taps(said(language, "Remind: %(reminder)s", reminder=quarter))
    conversation.clock.moves_to("2023-11-22 11:00")
    await everything_sent(ghid)
    before = len(speaker.replies)
    conversation.clock.moves_to("2023-11-22 11:15")
    await everything_sent(ghid)

    assert said(language, "%(reminder)s: no", reminder=quarter) in off["text"]
    assert said(language, "%(reminder)s: yes", reminder=quarter) in on["text"]
    assert len(speaker.replies) == before + 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_speaker_hears_a_change_first_and_the_organisers_see_who_has_not_seen_it(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    organiser = await an_organiser(ghid, conversation, language)
    speaker = await a_speaker(ghid, conversation, language, PITCHER)
    follower = await an_attendee(conversation, "en")
    await follower.asks("follow Antonio Soria")
    before = len(follower.replies)

    await publish_moved(ghid, PITCHES, 15)
    await everything_sent(ghid)
    conversation.clock.moves_to("2023-11-22 10:05:11")
    await everything_sent(ghid)
    told, to_followers = speaker.replies[-1], len(follower.replies) - before
    await organiser.asks("/organiser")
    listed = await organiser.taps(label(language, "Speakers and their links"))
    conversation.clock.moves_to("2023-11-22 10:06:10")
    await everything_sent(ghid)
    await pressed(organiser, label(language, "Ask them to look again"))
    await everything_sent(ghid)
    asked = speaker.replies[-1]
    await pressed(speaker, label(language, "Seen"), told)
    await pressed(speaker, label(language, "Seen"), asked)
    seen = await organiser.taps(label(language, "Change not seen"))

    assert told["text"].split("\n")[0] == said(language, "Your own sessions changed; you hear it first:")
    assert "15:20–15:40 → 15:35–15:55" in told["text"]
    own = said(language, "Your own minutes: %(old)s → %(new)s", old="15:20–15:25", new="15:35–15:40")
    assert own in told["text"]
    assert to_followers == 0
    assert len(follower.replies) == before + 1
    assert said(language, "Have not tapped “Seen” below the latest change: %(number)s", number=1) in listed["text"]
    assert asked["text"].split("\n")[0] == said(
        language, "The organisers ask you to look: your own sessions changed. Now it is:"
    )
    assert said(language, "Have not tapped “Seen” below the latest change: %(number)s", number=0) in seen["text"]
    kept = next(reply for reply in speaker.replies if reply["message_id"] == told["message_id"])
    assert kept["text"] == told["text"]
    assert label(language, "Seen") not in labels(kept)


async def test_seen_below_an_earlier_change_is_not_seen_of_the_later_one(
    conversation: Conversation, ghid: RunningBot
) -> None:
    speaker = await a_speaker(ghid, conversation, "en", PANELLIST)
    await publish_moved(ghid, PANEL, 15)
    await everything_sent(ghid)
    first = speaker.replies[-1]
    await publish_moved(ghid, PANEL, 15)
    await everything_sent(ghid)
    second = speaker.replies[-1]

    alert = await speaker.waits_for_answer(await speaker.presses("Seen", first))
    unseen = [claim.unseen for claim in await ghid.services.speakers.claims.all()]
    await pressed(speaker, "Seen", second)

    assert "11:45–13:15" in second["text"]
    assert alert["text"].startswith("A later change came after this one.")
    assert unseen == [True]
    assert [claim.unseen for claim in await ghid.services.speakers.claims.all()] == [False]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_running_late_reaches_every_organiser_by_night_too_and_one_answers(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    first, second = await an_organiser(ghid, conversation, language), await an_organiser(ghid, conversation, "en")
    speaker = await a_speaker(ghid, conversation, language, PANELLIST)
    conversation.clock.moves_to("2023-11-22 05:00")
    await speaker.asks("/speaker")
    told = await speaker.taps(label(language, "I am running late"))
    await everything_sent(ghid)
    call = first.replies[-1]
    answered = await first.taps(label(language, "Please call or write to me"))
    await everything_sent(ghid)
    late = await second.taps("Seen, thank you")
    await everything_sent(ghid)

    name = the_speaker(ghid, PANELLIST).name
    assert told["text"].split("\n")[0] == said(language, "All organisers are being told now.")
    assert call["text"].split("\n")[0] == said(language, "%(name)s is running late", name=name)
    assert "11:30" in call["text"]
    assert str(first.id) in answered["text"]
    assert f"Answered by {first.id}: please call or write to me" in late["text"]
    heard = [text for text in texts(speaker) if text == _asks_to_call(language)]
    assert len(heard) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_cannot_come_is_asked_back_first_and_not_said_twice_in_two_minutes(
    conversation: Conversation, ghid: RunningBot, language: str
) -> None:
    organiser = await an_organiser(ghid, conversation, "en")
    speaker = await a_speaker(ghid, conversation, language, PANELLIST)
    heard = len(organiser.replies)
    await speaker.asks("/speaker")
    await speaker.taps(label(language, "I can’t come"))
    await everything_sent(ghid)
    asked_back = len(organiser.replies) - heard
    sent = await speaker.taps(label(language, "Yes, tell them"))
    await everything_sent(ghid)
    again = await forged(conversation, speaker, "sh:absent")
    help_ = await forged(conversation, speaker, "sh:help")
    await everything_sent(ghid)
    conversation.clock.moves_to("2023-11-22 10:07:01")
    await forged(conversation, speaker, "sh:absent")
    await everything_sent(ghid)

    assert asked_back == 0
    assert sent["text"].split("\n")[0] == said(language, "All organisers are being told now.")
    assert again["text"] == said(
        language, "The organisers were told a moment ago. You can tell them again in two minutes."
    )
    assert help_["text"] == sent["text"]
    name = the_speaker(ghid, PANELLIST).name
    calls = [text.split("\n")[0] for text in texts(organiser)[heard:]]
    assert calls == [f"{name} can’t come", f"{name} needs help", f"{name} can’t come"]


async def test_without_an_organiser_the_speaker_is_told_that_nobody_hears(
    conversation: Conversation, ghid: RunningBot
) -> None:
    speaker = await a_speaker(ghid, conversation, "en")

    told = await speaker.taps("I need help")

    assert told["text"].startswith("No organiser can be reached through me.")


def _asks_to_call(language: str) -> str:
    profile = str(localizer(language).plain.gettext("their Telegram profile"))
    return said(language, "An organiser has read it and asks you to call or write: %(profile)s", profile=profile)
