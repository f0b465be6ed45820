"""Broadcasts confirmed: who gets what, once, and when."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.broadcasts import Audience, AudienceKind, BroadcastDraft, BroadcastState
from bot.models import Media, MediaKind
from bot.services.broadcasts import (
    BroadcastTooLongError,
    EmptyBroadcastError,
    NoSuchBroadcastError,
    RepeatedBroadcastError,
)
from tests.bot.local_telegram.every_method import PNG
from tests.bot.services.station import AUTHOR, Station, adds_up, in_words
from tests.builders import a_moment

LUNCH = in_words(en="Lunch is in <b>hall 2</b>")
MINUTE = timedelta(minutes=1)


async def test_everybody_reads_it_in_their_language_or_the_event_s(station: Station) -> None:
    await station.welcome("Ana", "ro")
    await station.welcome("Olha", "uk")
    await station.welcome("Tom", "en")

    id_ = await station.tell(in_words(ro="<b>Prânz</b> în sala 2", en="Lunch in hall 2"))

    assert station.got() == {"Ana": ["Prânz în sala 2"], "Olha": ["Lunch in hall 2"], "Tom": ["Lunch in hall 2"]}
    assert [broadcast.id for broadcast in await station.broadcasts.finished()] == [id_]
    progress = await station.broadcasts.progress(id_)
    assert (progress.total, progress.sent) == (3, 3)
    assert (await station.broadcasts.get(id_)).state is BroadcastState.DONE


async def test_without_the_event_s_language_any_text_does(station: Station) -> None:
    await station.welcome("Tom", "en")
    await station.tell(in_words(uk="Обід у залі 2"))
    assert station.got() == {"Tom": ["Обід у залі 2"]}


async def test_two_taps_send_it_once(station: Station) -> None:
    await station.crowd(3)

    first, second = await asyncio.gather(
        *(station.broadcasts.confirm(LUNCH, AUTHOR, draft_key="draft") for _ in range(2))
    )
    await station.delivery.deliver_due()
    third = await station.broadcasts.confirm(LUNCH, AUTHOR, draft_key="draft")
    await station.delivery.deliver_due()

    assert first.id == second.id == third.id
    assert [len(texts) for texts in station.got().values()] == [1, 1, 1]
    assert await station.trail() == ["send broadcast"]


async def test_the_same_text_within_ten_minutes_needs_a_second_yes(station: Station) -> None:
    await station.welcome("Ana")
    first = await station.tell(LUNCH, "one")
    station.clock.now += 9 * MINUTE
    with pytest.raises(RepeatedBroadcastError) as caught:
        await station.tell(replace(LUNCH, urgent=True), "two")
    assert caught.value.earlier.id == first
    again = await station.broadcasts.confirm(LUNCH, AUTHOR, draft_key="two", allow_repeat=True)
    assert again.id != first

    station.clock.now += 11 * MINUTE
    await station.tell(LUNCH, "three")
    assert len(station.got()["Ana"]) == 3


async def test_what_was_cancelled_before_its_time_is_no_repetition(station: Station) -> None:
    await station.welcome("Ana")
    scheduled = replace(LUNCH, send_at=station.clock.now + MINUTE)
    broadcast = await station.broadcasts.confirm(scheduled, AUTHOR, draft_key="one")
    await station.broadcasts.cancel(broadcast.id, AUTHOR)
    await station.tell(LUNCH, "two")
    assert station.got() == {"Ana": ["Lunch is in hall 2"]}


@pytest.mark.parametrize(
    ("draft", "error"),
    [
        (in_words(), EmptyBroadcastError),
        (in_words(en=" <b> </b>"), EmptyBroadcastError),
        (in_words(en="a" * 4097), BroadcastTooLongError),
        (in_words(en="ok", uk="😀" * 2049), BroadcastTooLongError),
        (BroadcastDraft({"en": "a" * 1025}, media=Media(MediaKind.PHOTO, "x")), BroadcastTooLongError),
        (in_words(de="Mittagessen"), ValueError),
    ],
)
async def test_what_telegram_would_refuse_is_refused_before(
    station: Station, draft: BroadcastDraft, error: type[Exception]
) -> None:
    await station.welcome("Ana")
    with pytest.raises(error):
        await station.tell(draft)
    assert await station.broadcasts.latest() == ()
    assert not await station.rows()


async def test_markup_does_not_count_and_the_longest_text_arrives(station: Station) -> None:
    await station.welcome("Ana")
    await station.tell(in_words(en="<b>" + "&lt;" * 4096 + "</b>"))
    assert station.got() == {"Ana": ["<" * 4096]}


@pytest.mark.parametrize("kind", list(MediaKind))
async def test_a_file_goes_out_with_its_caption_or_without(station: Station, kind: MediaKind) -> None:
    ana = await station.welcome("Ana")
    sent = await station.bot.send_document(ana.id, b"plan", filename="plan.pdf")
    photo = await station.bot.send_photo(ana.id, PNG, filename="plan.png")
    assert sent.document
    file_id = sent.document.file_id if kind is MediaKind.DOCUMENT else photo.photo[-1].file_id
    await station.tell(BroadcastDraft({"en": "The <b>plan</b>"}, media=Media(kind, file_id)), "one")
    await station.tell(BroadcastDraft(media=Media(kind, file_id)), "two")

    captioned, bare = ana.replies[-2:]
    assert captioned["caption"] == "The plan"
    assert "caption" not in bare
    assert kind.value in captioned
    assert kind.value in bare


async def test_an_audience_is_everyone_a_language_or_followers_and_never_those_who_blocked(station: Station) -> None:
    for name, language in (("Ana", "ro"), ("Ion", "ro"), ("Olha", "uk"), ("Tom", "en"), ("Gone", "ro")):
        await station.welcome(name, language)
    await station.attendees.mark_blocked(station.people["Gone"].id)
    await station.follow("Ana", "talk")
    await station.follow("Olha", "ana")
    await station.follow("Tom", "panel")
    await station.follow("Ion", "ana", "talk")
    await station.follows.mute(station.people["Ion"].id, station.target("talk").handle, True)

    talk = Audience(AudienceKind.FOLLOWERS, station.target("talk").handle)
    ana = Audience(AudienceKind.FOLLOWERS, station.target("ana").handle)
    assert await station.count(Audience()) == {"en": 1, "ro": 2, "uk": 1}
    assert await station.count(Audience(AudienceKind.LANGUAGE, "ro")) == {"ro": 2}
    assert await station.count(talk) == {"ro": 1, "uk": 1}
    assert await station.count(ana) == {"ro": 1, "uk": 1}
    assert await station.count(Audience(AudienceKind.FOLLOWERS, "gone0000")) == {}

    await station.tell(replace(LUNCH, audience=talk))
    assert set(station.got()) == {"Ana", "Olha"}


async def test_one_to_nobody_is_done_at_once(station: Station) -> None:
    id_ = await station.tell(LUNCH)
    (broadcast,) = await station.broadcasts.finished()
    assert (broadcast.id, broadcast.state) == (id_, BroadcastState.DONE)
    assert (await station.broadcasts.progress(id_)).total == 0


async def test_a_scheduled_one_goes_out_at_its_time_in_the_event_s_zone_to_who_is_there_then(station: Station) -> None:
    await station.welcome("Ana")
    at = a_moment("14:30")
    broadcast = await station.broadcasts.confirm(replace(LUNCH, send_at=at), AUTHOR, draft_key="draft")
    assert broadcast.state is BroadcastState.SCHEDULED
    assert await station.broadcasts.next_due() == datetime(2023, 11, 22, 12, 30, tzinfo=UTC)
    await station.open()
    await station.welcome("Ion")

    station.at("14:29")
    assert await station.broadcasts.start_due() == 0
    station.at("14:30")
    assert await station.broadcasts.start_due() == 2
    assert await station.broadcasts.start_due() == 0
    assert await station.broadcasts.next_due() is None
    await station.delivery.deliver_due()

    assert set(station.got()) == {"Ana", "Ion"}
    assert await station.trail() == ["schedule broadcast"]


async def test_by_night_it_waits_for_the_morning_unless_urgent_or_wished_otherwise(station: Station) -> None:
    await station.welcome("Ana")
    owl = await station.welcome("Owl")
    await station.follows.set_quiet_hours(owl.id, False)
    station.at("22:30")

    id_ = await station.tell(LUNCH, "calm")
    assert set(station.got()) == {"Owl"}
    progress = await station.broadcasts.progress(id_)
    assert (progress.left, progress.held, progress.eta) == (1, 1, None)
    await station.tell(BroadcastDraft({"en": "Fire alarm"}, urgent=True), "urgent")
    assert station.got() == {"Ana": ["Fire alarm"], "Owl": ["Lunch is in hall 2", "Fire alarm"]}

    station.at("2023-11-23 07:00")
    await station.delivery.deliver_due()
    assert station.got()["Ana"] == ["Fire alarm", "Lunch is in hall 2"]


async def test_what_is_under_way_when_the_night_comes_waits_too(station: Station) -> None:
    await station.welcome("Ana")
    await station.broadcasts.confirm(LUNCH, AUTHOR, draft_key="draft")
    station.at("22:00")
    await station.delivery.deliver_due()
    assert station.got() == {}
    station.at("2023-11-23 07:00")
    await station.delivery.deliver_due()
    assert set(station.got()) == {"Ana"}


async def test_the_progress_tells_the_rate_and_how_long_it_will_take(station: Station) -> None:
    await station.crowd(10)
    broadcast = await station.broadcasts.confirm(LUNCH, AUTHOR, draft_key="draft")
    async with station.database.transaction() as connection:
        await connection.execute(
            "UPDATE outbox SET state = 'sent', done_at = '2023-11-22T08:05:02+00:00' WHERE id IN"
            " (SELECT id FROM outbox LIMIT 4)"
        )
    station.clock.now += timedelta(seconds=4)
    progress = await station.broadcasts.progress(broadcast.id)
    assert (progress.rate_per_second, progress.eta) == (1, timedelta(seconds=6))
    assert adds_up(progress)


async def test_a_number_that_nobody_confirmed_is_no_broadcast(station: Station) -> None:
    for call in (station.broadcasts.get, station.broadcasts.progress):
        with pytest.raises(NoSuchBroadcastError):
            await call(99)
    for action in (station.broadcasts.pause, station.broadcasts.resume, station.broadcasts.cancel):
        with pytest.raises(NoSuchBroadcastError):
            await action(99, AUTHOR)
