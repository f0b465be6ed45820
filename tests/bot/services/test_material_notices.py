"""Who asked to be told of slides is told once, as soon as there are any, whoever brought them."""

from __future__ import annotations

from datetime import timedelta

from bot.materials import Embargo, MaterialAudience, MaterialDraft, MaterialSource
from bot.services.material_notices import MaterialNoticeService
from bot.storage.outbox import claim
from tests.bot.services.library import A_LINK, ORGANISER, Library
from tests.builders import a_material, a_moment, a_session, an_agenda

AFTER_IT = Embargo(after_session=True)
SLIDES = "Available now · <b>Slides</b>"


async def test_told_once_and_then_the_waiting_is_over(library: Library) -> None:
    await library.wait(1, "talk")
    await library.wait(1, "talk")
    assert await library.told() == []
    await library.add("Slides", "talk")

    assert await library.told() == [(1, SLIDES)]
    await library.add("More slides", "talk")
    assert await library.told() == []
    assert library.waits.waits_of(1) == frozenset()


async def test_who_took_it_back_or_blocked_the_bot_is_not_told(library: Library) -> None:
    await library.wait(1, "talk")
    await library.wait(2, "talk")
    await library.waits.stop_waiting(1, library.target("talk").handle)
    await library.waits.stop_waiting(1, library.target("talk").handle)
    await library.welcome(2, blocked=True)
    await library.add("Slides", "talk")

    assert await library.told() == []
    await library.welcome(2)
    assert await library.told() == [(2, SLIDES)]


async def test_taken_back_after_it_was_planned_nothing_comes_and_one_may_ask_again(library: Library) -> None:
    await library.wait(1, "talk")
    await library.add("Slides", "talk")
    assert await library.waits.plan() == 1
    await library.waits.stop_waiting(1, library.target("talk").handle)

    assert await library.told() == []
    assert await library.rows() == 0


async def test_what_was_removed_before_it_was_told_is_waited_for_on(library: Library) -> None:
    await library.wait(1, "talk")
    added = await library.add("Slides", "talk")
    assert await library.waits.plan() == 1
    await library.materials.remove(added.handle, ORGANISER)
    assert await library.told() == []

    await library.add("Others", "talk")
    assert await library.told() == [(1, "Available now · <b>Others</b>")]


async def test_under_embargo_they_are_told_when_it_ends(library: Library) -> None:
    await library.wait(1, "talk")
    await library.add("Slides", "talk", embargo=AFTER_IT)
    assert await library.told() == []
    assert await library.waits.next_due() == a_moment("12:00")

    library.at("12:00")
    assert await library.told() == [(1, SLIDES)]
    assert await library.waits.next_due() is None


async def test_a_new_version_of_the_agenda_brings_them_too(library: Library) -> None:
    await library.wait(1, "talk", "ana")
    await library.publish(
        agenda=an_agenda(
            a_session("talk", starts_at="11:00", speakers=["ana"]),
            materials=[a_material("slides", session_ids=("talk",)), a_material("paper", session_ids=("talk",))],
        )
    )

    assert await library.told() == [(1, "Available now")]
    assert library.waits.waits_of(1) == {library.target("ana").handle}


async def test_who_knows_of_some_hears_of_what_is_new_alone(library: Library) -> None:
    await library.add("Under embargo", "panel", embargo=Embargo(until=a_moment("11:00")))
    await library.wait(1, "panel")
    assert await library.told() == []  # the agenda's own slides were there when they asked

    library.at("11:00")
    assert await library.told() == [(1, "Available now · <b>Under embargo</b>")]


async def test_at_night_it_waits_for_the_morning(library: Library) -> None:
    await library.wait(1, "talk")
    library.at("22:30")
    await library.add("Slides", "talk")
    assert await library.told() == []

    library.at("2023-11-23 07:00")
    assert await library.told() == [(1, SLIDES)]


async def test_followers_are_told_if_they_are_to_be_and_nobody_twice(library: Library) -> None:
    await library.follow(1, "talk")
    await library.follow(2, "talk")
    await library.wait(2, "talk")
    await library.welcome(3, 4)
    await library.follows.follow(3, library.target("ana"))
    await library.follow(4, "talk")
    await library.follows.mute(4, library.target("talk").handle, muted=True)
    await library.add("Slides", "talk", embargo=AFTER_IT, audience=MaterialAudience.FOLLOWERS)
    assert await library.told() == []

    library.at("12:00")
    assert await library.told() == [(1, SLIDES), (2, SLIDES), (3, SLIDES)]
    library.at("12:02")
    assert await library.told() == []


async def test_followers_hear_nothing_of_what_organisers_added_for_those_who_asked(library: Library) -> None:
    await library.follow(1, "talk")
    await library.add("Slides", "talk")

    assert await library.told() == []


async def test_who_waits_is_remembered_across_a_restart(library: Library) -> None:
    await library.wait(1, "talk")
    again = MaterialNoticeService(library.database, library.clock, library.agenda)
    await again.load()

    assert again.waits_of(1) == {library.target("talk").handle}
    assert await again.count_waiting(library.target("talk")) == 1


async def test_after_a_week_it_is_better_not_said(library: Library) -> None:
    await library.wait(1, "talk")
    await library.add("Slides", "talk")
    await library.waits.plan()

    library.at(a_moment("10:05") + timedelta(days=7, minutes=1))
    async with library.database.transaction() as connection:
        (item,) = await claim(connection, library.clock.now, 10, ())
    assert item.expires_at < library.clock.now


async def test_a_speaker_hears_once_what_became_of_their_slides(library: Library) -> None:
    await library.welcome(5)
    for key, title in (("one", "Good"), ("two", "Bad")):
        draft = MaterialDraft(library.target("talk").handle, A_LINK, title)
        sent = await library.materials.add(draft, 5, draft_key=key, source=MaterialSource.SPEAKER)
        if title == "Good":
            await library.materials.publish(sent.handle, ORGANISER)
        else:
            await library.materials.refuse(sent.handle, ORGANISER, "Too big")

    told = await library.told() + await library.told()
    assert told == [
        (5, "Your slides are published: <b>Good</b>"),
        (5, "The organisers did not take these slides: <b>Bad</b>"),
    ]
