"""Buttons pressed when things are no longer as they were: begun, gone, followed already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.application import RunningBot
from content.agenda import Session
from tests.scenarios.conversation import Conversation, labels

PANEL = "panel-discussion"


def last_session(ghid: RunningBot) -> Session:
    """Return one that nothing else is a part of."""
    return ghid.services.agenda.current.agenda.sessions[-1]


async def vanishes(ghid: RunningBot, session: Session) -> None:
    service = ghid.services.agenda
    agenda = service.current.agenda
    left = tuple(replace(each, part_of=None) for each in agenda.sessions if each.id != session.id)
    materials = tuple(replace(each, session_ids=()) for each in agenda.materials)
    await service.import_agenda(replace(agenda, sessions=left, materials=materials), author="Olena", note="")


@pytest.mark.parametrize(
    ("before_start", "said"),
    [
        (30, "In your agenda. I remind you 10 minutes before."),
        (4, "In your agenda. It starts in 4 minutes."),
        (-4, "In your agenda. It is on now."),
    ],
)
async def test_the_notice_over_the_button_promises_only_what_comes(
    conversation: Conversation, ghid: RunningBot, before_start: int, said: str
) -> None:
    person, session = conversation.person("en"), last_session(ghid)
    await person.opens(f"s_{session.handle}")
    card = await person.waits_for(1)
    conversation.clock.now = session.starts_at - timedelta(minutes=before_start)

    pressed_twice = [await person.presses("Follow", card) for _ in range(2)]
    answers = [await person.waits_for_answer(query_id) for query_id in pressed_twice]

    assert [answer["text"] for answer in answers] == [said, said]
    assert not answers[0].get("show_alert")
    follows = await ghid.services.follows.follows_of(person.id)
    assert follows.sessions == {session.handle}


async def test_what_left_the_agenda_can_still_be_unfollowed(conversation: Conversation, ghid: RunningBot) -> None:
    person, session = conversation.person("en"), last_session(ghid)
    await person.opens(f"f_{session.handle}")
    card = await person.waits_for(1)
    await vanishes(ghid, session)

    mine = await person.asks("/my")
    answer = await person.waits_for_answer(await person.presses("Unfollow", card))

    assert "Nothing of what you follow is in the agenda at present." in mine["text"]
    assert answer["show_alert"]
    assert answer["text"].startswith("You no longer follow this. This is no longer in the agenda.")
    assert (await ghid.services.follows.follows_of(person.id)).sessions == set()
    assert "You follow nothing yet." in (await person.asks("/my"))["text"]


async def test_following_what_left_the_agenda_says_so_and_follows_nothing(
    conversation: Conversation, ghid: RunningBot
) -> None:
    person, session = conversation.person("en"), last_session(ghid)
    await person.opens(f"s_{session.handle}")
    card = await person.waits_for(1)
    await vanishes(ghid, session)

    answer = await person.waits_for_answer(await person.presses("Follow", card))
    link = await person.asks(f"/start f_{session.handle}")

    assert answer["show_alert"]
    assert "no longer in the agenda" in answer["text"]
    assert "no longer in the agenda" in link["text"]
    assert (await ghid.services.follows.follows_of(person.id)).sessions == set()


async def test_the_notice_of_one_session_mutes_it_in_one_tap(conversation: Conversation, ghid: RunningBot) -> None:
    person = conversation.person("en")
    service = ghid.services.agenda
    panel = service.current.agenda.session_by_id[PANEL]
    await person.opens(f"f_{panel.handle}")
    await person.waits_for(1)
    for room in ("foyer", None):
        agenda = service.current.agenda
        changed = tuple(replace(each, room_id=room) if each.id == PANEL else each for each in agenda.sessions)
        await service.import_agenda(replace(agenda, sessions=changed), author="Ioana", note="")
        await ghid.services.notices.tick()
        await ghid.services.delivery.deliver_due()
        if room:
            notice = person.replies[-1]
            assert "You get this because you follow this session." in notice["text"]
            card = await person.taps("Say nothing about this session", notice)
    assert "It is muted" in card["text"]
    assert "Unmute" in labels(card)
    assert len(person.replies) == 2  # the card and the one notice, which became the card


async def test_what_was_followed_in_words_is_said_once_and_first(conversation: Conversation, ghid: RunningBot) -> None:
    person = conversation.person("en")
    await person.asks("/start")

    card = await person.asks("remind me of the panel")

    assert card["text"].startswith("In your agenda. I remind you 10 minutes before.\n\nToday, 11:30–13:00")
    assert "You follow" not in card["text"]
    assert "Unfollow" in labels(card)
