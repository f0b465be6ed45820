"""Slides and documents as people read them: those of the agenda, and those added in the chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.i18n import localizer
from bot.materials import (
    ChatMaterial,
    Embargo,
    MaterialContent,
    MaterialDraft,
    MaterialNews,
    MaterialSource,
    MaterialState,
)
from bot.messages.buttons import OpenMaterial, OpenMaterials, OpenMaterialsOf, OpenSession
from bot.messages.material_desk import managed
from bot.messages.material_notices import material_notice
from bot.messages.menus import start_message
from bot.messages.outgoing import LinkButton, OutgoingMessage
from bot.messages.screens import screen
from bot.messages.view import View
from bot.models import Media, MediaKind
from bot.services.added_materials import with_added
from bot.services.agenda import built_in_event
from bot.services.handles import assign_handles, with_handles
from content.agenda import Agenda
from tests.bot.messages.crawler import callback_data, every_screen, flaws
from tests.bot.messages.test_every_screen import a_large_event
from tests.builders import a_material, a_moment, a_session, a_speaker, an_agenda

FILE = MaterialContent(media=Media(MediaKind.DOCUMENT, "BQAC-slides"))
PHOTO = MaterialContent(media=Media(MediaKind.PHOTO, "AgAC-poster"))
LINK = MaterialContent(url="https://example.org/slides")


def added(
    number: int,
    belongs_to: str | None,
    title: str = "Slides",
    content: MaterialContent = FILE,
    embargo: Embargo = Embargo(),  # noqa: B008 - frozen
) -> ChatMaterial:
    return ChatMaterial(
        number,
        f"mat{number:05}",
        MaterialDraft(belongs_to, content, title, embargo),
        MaterialState.PUBLISHED,
        MaterialSource.ORGANISER,
        7,
        datetime(2023, 11, 22, tzinfo=UTC),
    )


def with_handles_of_its_own(agenda: Agenda) -> Agenda:
    return with_handles(agenda, assign_handles({}, agenda, {}))


@pytest.fixture(scope="module")
def talk() -> Agenda:
    """A talk from 11:00 to 12:00."""
    return with_handles_of_its_own(
        an_agenda(
            a_session("talk", "Clusters at work", starts_at="11:00", speakers=["ana"]),
            speakers=[a_speaker("ana", "Ana Pop")],
        )
    )


def seen(agenda: Agenda, *materials: ChatMaterial, at: str = "10:05", language: str = "en") -> View:
    return View(localizer(language), with_added(agenda, materials), a_moment(at))


def test_a_file_comes_as_itself_with_its_title_and_whose_it_is(talk: Agenda) -> None:
    view = seen(talk, added(1, talk.sessions[0].handle, "Growth <b>&"))
    message = screen(OpenMaterialsOf(talk.sessions[0].handle), view)

    assert message.media == Media(MediaKind.DOCUMENT, "BQAC-slides")
    assert message.text == "<b>Growth &lt;b&gt;&amp;</b>\nPresented by: Ana Pop\nClusters at work"


def test_a_photo_stays_a_photo_and_a_link_is_a_button(talk: Agenda) -> None:
    view = seen(talk, added(1, None, "Poster", PHOTO), added(2, None, "Paper", LINK))

    assert screen(OpenMaterial("mat00001"), view).media == Media(MediaKind.PHOTO, "AgAC-poster")
    link = screen(OpenMaterial("mat00002"), view)
    assert (link.media, link.buttons[0]) == (None, (LinkButton("Open: Paper", "https://example.org/slides"),))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Comes after the session: today, <tg-time"),
        ("ro", "Apare după sesiune: astăzi, <tg-time"),
        ("uk", "З’явиться після сесії: сьогодні, <tg-time"),
    ],
)
def test_under_embargo_people_read_when_it_comes_and_get_neither_file_nor_address(
    talk: Agenda, language: str, said: str
) -> None:
    session = talk.sessions[0].handle
    for content in (FILE, LINK):
        material = added(1, session, content=content, embargo=Embargo(after_session=True))
        before, after = (seen(talk, material, at=moment, language=language) for moment in ("11:59", "12:00"))

        card = screen(OpenMaterial("mat00001"), before)
        assert said in card.text
        assert card.media is None
        assert not any(isinstance(button, LinkButton) for row in card.buttons for button in row)
        assert f"mw:{session}" in callback_data(card)  # "tell me when it is there"
        card = screen(OpenMaterial("mat00001"), after)
        assert said not in card.text
        assert card.media or isinstance(card.buttons[0][0], LinkButton)


def test_a_day_before_the_moment_has_its_day(talk: Agenda) -> None:
    material = added(1, None, embargo=Embargo(until=a_moment("2023-11-23 09:30")))

    assert "Comes: Thursday, 23 November, <tg-time" in screen(OpenMaterial("mat00001"), seen(talk, material)).text


def test_one_can_ask_to_be_told_where_slides_are_awaited_and_take_it_back(talk: Agenda) -> None:
    handle = talk.sessions[0].handle
    asking, taking_back = f"mw:{handle}", f"mx:{handle}"

    def offered(view: View) -> set[str]:
        shown = screen(OpenSession(handle), view), screen(OpenMaterialsOf(handle), view)
        return {data for message in shown for data in callback_data(message)} & {asking, taking_back}

    assert offered(seen(talk)) == {asking}
    assert offered(replace(seen(talk), waits=frozenset({handle}))) == {taking_back}
    assert offered(seen(talk, added(1, handle))) == set()
    lunch = seen(with_handles_of_its_own(an_agenda(a_session("lunch"))))
    card = screen(OpenSession(lunch.agenda.sessions[0].handle), lunch)
    assert not any(data.startswith("mw:") for data in callback_data(card))


def test_several_of_the_same_title_can_be_told_apart(talk: Agenda) -> None:
    session = talk.sessions[0].handle
    view = seen(talk, added(1, session), added(2, session), added(3, None))
    page = screen(OpenMaterials(), view)
    labels = [row[0].text for row in page.buttons[:3]]

    assert sorted(labels) == ["Slides", "Slides, Ana Pop", "Slides, Ana Pop (2)"]
    assert page.text.split("\n\n")[1].split("\n").count("Slides, Ana Pop") == 2


def test_who_would_turn_many_pages_is_told_to_write() -> None:
    pages = {
        count: screen(OpenMaterials(), View(localizer("en"), an_agenda(materials=materials), a_moment("10:00"))).text
        for count in (24, 25)
        for materials in [[a_material(f"m-{number}") for number in range(count)]]
    }

    assert [count for count, text in pages.items() if "Or write whose slides you look for" in text] == [25]


def owners_of(agenda: Agenda) -> list[str]:
    return [*(each.handle for each in agenda.sessions[:40]), *(each.handle for each in agenda.speakers[:40])]


def many(agenda: Agenda) -> list[ChatMaterial]:
    """Return materials of every kind, their titles as long and as hostile as they come."""
    owners = [None, *owners_of(agenda)]
    contents, embargoes = (FILE, PHOTO, LINK), (Embargo(), Embargo(until=a_moment("2024-01-01 10:00")))
    return [
        added(number, owner, ("🦊<b>&" * 30)[:110] + str(number), contents[number % 3], embargoes[number % 2])
        for number, owner in enumerate(owners * 6)
    ]


def test_every_screen_with_materials_of_all_kinds_can_be_sent() -> None:
    agenda = with_handles_of_its_own(built_in_event())
    view = seen(agenda, *many(agenda), language="uk")

    screens = every_screen(view, start_message(view), *(notices(view)))

    assert {data: found for data, message in screens.items() if (found := flaws(message))} == {}
    assert [found for message in notices(view) if (found := flaws(message))] == []


def test_every_material_of_an_event_as_large_as_a_fosdem_can_be_sent() -> None:
    agenda = with_handles_of_its_own(a_large_event())
    view = seen(agenda, *many(agenda), language="uk")
    shown = [screen(OpenMaterial(each.handle), view) for each in view.agenda.materials if each.added]
    shown += [screen(OpenMaterialsOf(owner), view) for owner in owners_of(agenda)]

    assert [found for message in (*shown, *notices(view)) if (found := flaws(message))] == []


def notices(view: View) -> list[OutgoingMessage]:
    agenda = view.agenda
    handles = tuple(material.handle for material in agenda.materials if material.is_there(view.now))
    about = agenda.sessions[0].handle, agenda.speakers[0].handle
    return [
        material_notice(MaterialNews(each, handles[:number], asked_for=asked), view)
        for each in about
        for number in (1, 2, 9)
        for asked in (True, False)
    ]


def test_a_notice_says_what_is_there_why_it_came_and_gives_it_in_one_tap(talk: Agenda) -> None:
    session = talk.sessions[0].handle
    view = seen(talk, added(1, session, "Growth"), added(2, session, "Paper", LINK))

    one = material_notice(MaterialNews(session, ("mat00001",)), view)
    assert one.text == (
        "Available now · <b>Growth</b>\n\nClusters at work\n\n"
        "<i>You get this because you asked to be told. This was the only message about it.</i>"
    )
    assert one.buttons[0] == (OpenMaterial("mat00001").button("Growth"),)
    both = material_notice(MaterialNews(session, ("mat00001", "mat00002"), asked_for=False), view)
    assert both.text.startswith("Available now\n<b>Growth</b>\n<b>Paper</b>")
    assert "because you follow this session" in both.text
    assert both.buttons[0] == (LinkButton("Open: Paper", "https://example.org/slides"),)
    assert f"mu:{session}" in callback_data(both)


def test_what_waits_for_a_yes_is_not_said_to_be_there_at_once(talk: Agenda) -> None:
    waiting = replace(added(1, talk.sessions[0].handle), state=MaterialState.WAITING, source=MaterialSource.SPEAKER)

    assert "When people get it: as soon as it is approved" in managed(waiting, seen(talk)).text


def test_published_is_said_once(talk: Agenda) -> None:
    material = added(1, talk.sessions[0].handle)

    assert managed(material, seen(talk), note="Published.").text.lower().count("published") == 1
    assert managed(material, seen(talk)).text.count("published") == 1


def test_why_slides_were_refused_is_set_off_from_the_rest(talk: Agenda) -> None:
    refused = replace(added(1, talk.sessions[0].handle), state=MaterialState.REFUSED, refusal="The <logo> is missing")

    assert "refused\n<blockquote>The &lt;logo&gt; is missing</blockquote>" in managed(refused, seen(talk)).text
