"""What people read of their following: notices that promise only what comes, cards, the personal agenda."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.terminal import plain_text
from bot.i18n import LOCALES, localizer
from bot.messages.buttons import Follow, Mute
from bot.messages.follows import followed_notice, session_screen, speaker_screen
from bot.messages.my_agenda import my_agenda
from bot.messages.reminders import reminder_message
from bot.messages.speaker_buttons import AskToSpeak, OpenSpeakerDesk
from bot.messages.view import View
from bot.models import Follows, NoticeWishes, SessionWish
from bot.services.handles import assign_handles, with_handles
from content.agenda import Agenda, Session
from tests.bot.messages.crawler import callback_data, flaws
from tests.builders import a_moment, a_session, a_speaker, an_agenda

TALK = a_session("talk", "The talk", "11:00", speakers=["ana"])
OFF = NoticeWishes(lead_minutes=0)

FOLLOWED: dict[str, tuple[Session, str, NoticeWishes, SessionWish, str]] = {
    "in time": (TALK, "10:00", NoticeWishes(), SessionWish(), "In your agenda. I remind you 10 minutes before."),
    "its own lead": (TALK, "09:59", NoticeWishes(), SessionWish(60), "In your agenda. I remind you 60 minutes before."),
    "off": (TALK, "10:00", OFF, SessionWish(), "In your agenda, without a reminder."),
    "off for this one": (TALK, "10:00", NoticeWishes(), SessionWish(0), "In your agenda, without a reminder."),
    "late": (TALK, "10:56", NoticeWishes(), SessionWish(), "In your agenda. It starts in 4 minutes."),
    "at the lead": (TALK, "10:50", NoticeWishes(), SessionWish(), "In your agenda. It starts in 10 minutes."),
    "within a minute of the lead": (
        TALK,
        "2023-11-22 10:49:30",
        NoticeWishes(),
        SessionWish(),
        "In your agenda. It starts in 10 minutes.",
    ),
    "on": (TALK, "11:00", NoticeWishes(), SessionWish(), "In your agenda. It is on now."),
    "over": (TALK, "12:00", NoticeWishes(), SessionWish(), "In your agenda, though it is over."),
    "cancelled": (
        replace(TALK, cancelled=True),
        "10:00",
        NoticeWishes(),
        SessionWish(),
        "In your agenda, though it is cancelled.",
    ),
    "muted": (
        TALK,
        "10:00",
        NoticeWishes(),
        SessionWish(muted=True),
        "In your agenda, but muted: I say nothing about it.",
    ),
    "no time": (
        replace(TALK, unknown=frozenset({"time"})),
        "10:00",
        NoticeWishes(),
        SessionWish(),
        "In your agenda, without a reminder.",
    ),
}


def handled(*sessions: Session) -> Agenda:
    agenda = an_agenda(*sessions, speakers=[a_speaker("ana", "Ana Pop"), a_speaker("ion", "Ion Rusu")])
    return with_handles(agenda, assign_handles({}, agenda, {}))


def seen(agenda: Agenda, follows: Follows, moment: str = "10:00", language: str = "en") -> View:
    return View(localizer(language), agenda, a_moment(moment), follows)


@pytest.mark.parametrize("case", FOLLOWED)
def test_following_promises_only_the_reminder_that_will_come(case: str) -> None:
    session, moment, wishes, wish, expected = FOLLOWED[case]
    agenda = handled(session)
    [session] = agenda.sessions
    follows = Follows(frozenset({session.handle}), wishes=wishes, session_wishes={session.handle: wish})
    view = seen(agenda, follows, moment)
    card = plain_text(session_screen(session, view))

    assert followed_notice(session, view) == expected
    assert ("I remind you" in card) == ("I remind you" in expected)
    assert all(len(followed_notice(session, seen(agenda, follows, moment, one))) <= 200 for one in LOCALES)


@pytest.mark.parametrize(
    ("moment", "wishes", "expected"),
    [
        ("10:00", NoticeWishes(), "In your agenda. I remind you 10 minutes before."),
        ("10:00", OFF, "In your agenda. Reminders are off: see /my."),
        ("11:00", NoticeWishes(), "You follow this speaker, who has no more sessions to come."),
    ],
)
def test_following_a_speaker_promises_reminders_if_sessions_are_to_come(
    moment: str, wishes: NoticeWishes, expected: str
) -> None:
    agenda = handled(TALK)
    ana = agenda.speaker_by_id["ana"]

    assert (
        followed_notice(ana, seen(agenda, Follows(speakers=frozenset({ana.handle}), wishes=wishes), moment)) == expected
    )


def test_a_reminder_says_why_and_stops_with_one_tap() -> None:
    agenda = handled(TALK)
    [talk] = agenda.sessions
    reminder = reminder_message(talk, seen(agenda, Follows(frozenset({talk.handle})), "10:50"))

    assert "You get this because you follow this session." in plain_text(reminder)
    assert Mute(talk.handle).pack() in callback_data(reminder)


@pytest.mark.parametrize("language", LOCALES)
def test_two_hundred_followed_sessions_at_once_can_be_leafed_through(language: str) -> None:
    """All at the same time, so that every pair of them overlaps; titles as long as titles get."""
    agenda = handled(*(a_session(f"talk-{number}", f"{number} {'long & <b>bold</b> ' * 30}") for number in range(200)))
    view = seen(agenda, Follows(frozenset(session.handle for session in agenda.sessions)), "09:00", language)
    pages = [my_agenda(view, page) for page in range(40)]

    assert [flaws(page) for page in pages] == [[]] * 40
    assert all(f"<b>{number} long" in pages[number // 5].text for number in range(200))
    assert my_agenda(view, 1_000).text == pages[-1].text


def test_the_speakers_followed_are_named_in_my_agenda_with_or_without_sessions() -> None:
    agenda = handled(TALK)
    ana, ion = (agenda.speaker_by_id[name].handle for name in ("ana", "ion"))

    with_sessions = plain_text(my_agenda(seen(agenda, Follows(speakers=frozenset({ana, ion})))))
    without = plain_text(my_agenda(seen(agenda, Follows(speakers=frozenset({ion})))))

    assert "Speakers you follow: Ana Pop and Ion Rusu" in with_sessions
    assert without.split("\n\n")[1:] == [
        "Nothing of what you follow is in the agenda at present.",
        "Speakers you follow: Ion Rusu",
    ]


def test_who_follows_what_left_the_agenda_is_not_told_that_they_follow_nothing() -> None:
    said = plain_text(my_agenda(seen(handled(TALK), Follows(frozenset({"vanished"})))))

    assert "Nothing of what you follow is in the agenda at present." in said


def test_a_speaker_followed_brings_their_sessions_once_in_order() -> None:
    early = a_session("early", starts_at="09:00", speakers=["ana", "ion"])
    agenda = handled(TALK, early, a_session("other", starts_at=TALK.starts_at + timedelta(hours=1)))
    follows = Follows(
        frozenset({agenda.session_by_id["talk"].handle}),
        frozenset(speaker.handle for speaker in agenda.speakers),
    )

    assert [session.id for session in follows.sessions_in(agenda)] == ["early", "talk"]


def test_asking_to_be_a_speaker_stands_last_and_a_speaker_s_desk_first() -> None:
    agenda = handled(TALK)
    ana = agenda.speaker_by_id["ana"]
    view = seen(agenda, Follows())

    stranger = callback_data(speaker_screen(ana, view))
    herself = callback_data(speaker_screen(ana, replace(view, profiles=frozenset({ana.handle}))))

    assert stranger[0] == Follow(ana.handle).pack()
    assert stranger[-3] == AskToSpeak(ana.handle).pack()
    assert herself[1] == OpenSpeakerDesk().pack()
