"""Every speaker can be reached from the choice of an audience, however many there are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.i18n import LOCALES, localizer
from bot.messages.broadcast_buttons import OpenAudienceSpeakers, SendToFollowers
from bot.messages.broadcast_speakers import audience_speakers
from bot.messages.outgoing import OutgoingMessage
from bot.messages.payload import parse
from bot.messages.view import View
from content.agenda import Speaker
from tests.bot.messages.crawler import callback_data, flaws
from tests.builders import a_moment, a_speaker, an_agenda

KEY = "A" * 8
NAMES = ("Ana Țurcanu", "Ștefan Ion", "Їжак Марія", "Olena Кит", "42 Robot", "Zoe O’Neil", "Ana Țurcanu")


def people(number: int) -> list[Speaker]:
    return [
        a_speaker(f"s{place}", f"{NAMES[place % len(NAMES)]} {place // 20 or ''}".strip(), handle=f"h{place:0>7}")
        for place in range(number)
    ]


def reached(speakers: Sequence[Speaker], language: str) -> tuple[set[str], list[OutgoingMessage]]:
    """Press every button that leads on among the speakers; return whose followers can be told, and the screens."""
    view = View(localizer(language), an_agenda(speakers=speakers), a_moment("10:05"))
    found, seen, waiting = set[str](), dict[str, OutgoingMessage](), [OpenAudienceSpeakers(KEY).pack()]
    while waiting:
        data = waiting.pop()
        payload = parse(data)
        if isinstance(payload, SendToFollowers):
            found.add(payload.handle)
        elif isinstance(payload, OpenAudienceSpeakers) and data not in seen:
            seen[data] = audience_speakers(payload.letter, payload.page, payload.key, view)
            waiting += callback_data(seen[data])
    return found, list(seen.values())


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("number", [0, 1, 12, 41, 600])
def test_every_speaker_can_be_chosen(number: int, language: str) -> None:
    speakers = people(number)

    found, screens = reached(speakers, language)

    assert found == {speaker.handle for speaker in speakers}
    assert [flaws(screen) for screen in screens if flaws(screen)] == []
    assert max(len(screen.buttons) for screen in screens) <= 12


def test_a_letter_that_nobody_has_any_more_shows_all_letters() -> None:
    view = View(localizer("en"), an_agenda(speakers=people(100)), a_moment("10:05"))

    assert audience_speakers("Q", 7, KEY, view) == audience_speakers("", 0, KEY, view)
