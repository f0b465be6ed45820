"""Calendar files in the words of their reader."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.i18n import LOCALES, localizer
from bot.local_telegram.formatting import format_text
from bot.messages.calendar import MAX_NAME_LENGTH, my_calendar, session_calendar
from bot.messages.outgoing import MAX_CAPTION_LENGTH, OutgoingMessage
from bot.messages.view import View
from bot.models import Follows, NoticeWishes, SessionWish
from content.agenda import Agenda, SessionSpeaker, SpeakerRole
from content.calendar import CalendarSession
from content.localized_text import LocalizedText
from tests.bot.messages.crawler import flaws
from tests.builders import a_moment, a_room, a_session, a_speaker, an_agenda, an_event
from tests.content.rfc5545 import Entry, read_calendar, read_entries

HALL = LocalizedText.of(en="Plenary Hall", ro="Sala de plen", uk="Пленарна зала")
TITLE = LocalizedText.of(en="Opening, & welcome; all", ro="Deschidere", uk="Відкриття")
OPENING = a_session(
    "opening",
    TITLE,
    "10:00",
    room_id="hall",
    speakers=[
        SessionSpeaker("ana", starts_at=a_moment("10:05"), ends_at=a_moment("10:20")),
        SessionSpeaker("ion", SpeakerRole.MODERATOR),
    ],
    description=LocalizedText.of(en="Bring <b>a pen</b> & paper."),
    illustrative=frozenset({"room"}),
    handle="abcd1234",
)
AGENDA = an_agenda(
    OPENING,
    speakers=[a_speaker("ana", "Ana <Pop>"), a_speaker("ion", "Ion Rusu")],
    rooms=[a_room("hall", HALL)],
    event=an_event(place=LocalizedText.of(en="Iași, Romania", uk="Ясси, Румунія")),
)
SHOWN = CalendarSession(OPENING, AGENDA)


def a_view(language: str = "en", follows: Follows | None = None, agenda: Agenda = AGENDA) -> View:
    return View(localizer(language), agenda, a_moment("2023-11-21 09:00"), follows or Follows())


def the_entry(view: View, shown: CalendarSession = SHOWN, bot_username: str | None = "ghid_bot") -> Entry:
    (entry,) = read_entries(session_calendar(shown, view, bot_username).data)
    return entry


def test_an_entry_says_who_what_and_where_and_leads_back_to_the_bot() -> None:
    entry = the_entry(a_view())

    assert entry.summary == "Opening, & welcome; all"
    assert entry.location == "Plenary Hall, Iași, Romania"
    assert entry.description.split("\n") == [
        "Speaker: Ana <Pop> (10:05–10:20)",
        "Moderator: Ion Rusu",
        "",
        "Bring <b>a pen</b> & paper.",
        "",
        "The room is illustrative: the organisers have not published it.",
        "",
        "https://t.me/ghid_bot?start=s_abcd1234",
    ]


def test_without_the_bot_s_name_there_is_no_link() -> None:
    assert "https://" not in session_calendar(SHOWN, a_view(), None).data.decode()


@pytest.mark.parametrize(
    ("language", "summary", "location"),
    [("ro", "Deschidere", "Sala de plen, Iași, Romania"), ("uk", "Відкриття", "Пленарна зала, Ясси, Румунія")],
)
def test_an_entry_speaks_its_reader_s_language(language: str, summary: str, location: str) -> None:
    entry = the_entry(a_view(language))

    assert (entry.summary, entry.location) == (summary, location)
    assert localizer(language).plain.gettext("Moderator: %(names)s", names="Ion Rusu") in entry.description


def test_the_alarm_comes_when_the_reader_wants_to_be_reminded() -> None:
    wishes = {"abcd1234": SessionWish(lead_minutes=30)}
    off = Follows(wishes=NoticeWishes(lead_minutes=0))

    alarms = [the_entry(a_view(follows=each)).alarm for each in (Follows(), Follows(session_wishes=wishes), off)]

    assert [alarm and alarm.total_seconds() / 60 for alarm in alarms] == [10, 30, None]


def test_a_session_that_left_the_agenda_is_shown_by_the_agenda_that_had_it() -> None:
    entry = the_entry(a_view(agenda=an_agenda()), CalendarSession(OPENING, AGENDA, sequence=1, gone=True))

    assert (entry.status, entry.summary) == ("CANCELLED", "Cancelled: Opening, & welcome; all")
    assert entry.location == "Plenary Hall, Iași, Romania"
    assert entry.description.startswith("Cancelled\n")
    assert "https://" not in entry.description


def test_the_file_is_named_after_what_is_in_it() -> None:
    document = session_calendar(SHOWN, a_view("uk"), None)

    assert document.name == "Відкриття-abcd1234.ics"
    assert read_calendar(document.data).text("X-WR-CALNAME") == "Clusters meet Regions"


def test_a_long_title_is_cut_between_words() -> None:
    session = replace(OPENING, title=LocalizedText.of(en="Clusters as facilitators of smart growth in the wide world"))

    name = session_calendar(CalendarSession(session, AGENDA), a_view(), None).name

    assert name == "Clusters-as-facilitators-of-smart-growth-in-the-wide-abcd1234.ics"


@pytest.mark.parametrize("title", ["../../etc/passwd", "\u202egnp.exe", "…", "x y " * 80, 'a"b\r\nc: d', "🦊"])
def test_a_hostile_title_makes_a_harmless_name(title: str) -> None:
    session = replace(OPENING, title=LocalizedText.of(en=title))

    name = session_calendar(CalendarSession(session, AGENDA), a_view(), None).name

    assert name.endswith("abcd1234.ics")
    assert len(name) <= MAX_NAME_LENGTH + len("-.ics")
    assert name.removesuffix(".ics").replace("-", "").isalnum()


@pytest.mark.parametrize("language", LOCALES)
def test_what_stands_around_the_file_can_be_sent(language: str) -> None:
    long_one = replace(OPENING, title=LocalizedText.of(en="<i>&" * 200), cancelled=True, illustrative=frozenset())
    several = [CalendarSession(each, AGENDA) for each in (OPENING, long_one)]

    documents = [
        session_calendar(SHOWN, a_view(language), "ghid_bot"),
        session_calendar(several[1], a_view(language), "ghid_bot"),
        my_calendar(several, a_view(language), "ghid_bot"),
    ]

    for document in documents:
        assert flaws(OutgoingMessage(document.caption, document.buttons)) == []
        assert len(format_text(document.caption, "HTML").text.encode("utf-16-le")) // 2 <= MAX_CAPTION_LENGTH


def test_the_personal_agenda_says_how_many_sessions_stand_and_how_many_do_not() -> None:
    shown = [SHOWN, CalendarSession(replace(OPENING, handle="gone0000"), AGENDA, gone=True)]

    document = my_calendar(shown, a_view(), "ghid_bot")

    assert document.caption.split("\n")[:2] == ["<b>My agenda</b> · 1 session", "1 session is marked as cancelled."]
    assert document.name == "My-agenda-iasi-2023.ics"
    assert [entry.status for entry in read_entries(document.data)] == ["CONFIRMED", "CANCELLED"]
