"""The screens of a broadcast can be sent, in every language and with the longest texts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.broadcasts import (
    Audience,
    AudienceKind,
    Broadcast,
    BroadcastDraft,
    BroadcastProgress,
    BroadcastState,
)
from bot.i18n import LOCALES, localizer
from bot.messages import broadcast_progress, broadcasts
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.models import Media, MediaKind
from content.localized_text import LocalizedText
from tests.bot.messages.crawler import flaws
from tests.builders import a_moment, a_session, an_agenda

NOW = a_moment("2023-11-22 10:05")
KEY = "A" * 8
LONGEST = 2**62
TEXT = "<b>" + "слово &amp; " * 400 + "</b>"
SESSIONS = tuple(
    a_session(f"s{number}", title=LocalizedText.of(en=f"{number} " + "Long title " * 30), handle=f"h{number:0>9}")
    for number in range(40)
)
PROGRESS = BroadcastProgress(10_000, 4_000, 5_500, 300, 100, 60, 40, 20, 28.5, timedelta(minutes=3))


def a_broadcast(state: BroadcastState, draft: BroadcastDraft) -> Broadcast:
    over = state in {BroadcastState.DONE, BroadcastState.CANCELLED}
    return Broadcast(10**9, LONGEST, draft, state, NOW, NOW, NOW if over else None)


@pytest.fixture(params=LOCALES)
def view(request: pytest.FixtureRequest) -> View:
    return View(localizer(request.param), an_agenda(*SESSIONS), NOW)


@pytest.fixture(
    params=[
        BroadcastDraft(),
        BroadcastDraft({"uk": TEXT}, audience=Audience(AudienceKind.LANGUAGE, "ro")),
        BroadcastDraft(dict.fromkeys(LOCALES, TEXT), urgent=True, send_at=NOW + timedelta(days=1)),
        BroadcastDraft({}, Media(MediaKind.PHOTO, "id"), Audience(AudienceKind.FOLLOWERS, SESSIONS[0].handle)),
        BroadcastDraft({"en": "<b>x</b>"}, audience=Audience(AudienceKind.FOLLOWERS, "gone")),
    ],
    ids=["empty", "one language", "all languages", "photo", "session gone"],
)
def draft(request: pytest.FixtureRequest) -> BroadcastDraft:
    written: BroadcastDraft = request.param
    return written


def unsendable(*screens: OutgoingMessage) -> list[tuple[list[str], OutgoingMessage]]:
    return [(found, screen) for screen in screens if (found := flaws(screen))]


def test_every_screen_of_a_draft_can_be_sent(view: View, draft: BroadcastDraft) -> None:
    counts = dict.fromkeys(LOCALES, 100_000)
    screens = [
        *(broadcasts.text_question(draft, language, KEY, view) for language in LOCALES),
        broadcasts.texts_overview(draft, KEY, view),
        broadcasts.audience_choice(KEY, view),
        *(broadcasts.audience_sessions(SESSIONS, page, KEY, view) for page in range(6)),
        broadcasts.sample_heading(counts, list(LOCALES), view),
        broadcasts.confirmation(draft, counts, KEY, 999, view),
        broadcasts.confirmation(draft, {}, KEY, 999, view),
        broadcasts.time_question(KEY, view, problem=broadcasts.past_time(view)),
        broadcasts.repeated(a_broadcast(BroadcastState.DONE, draft), KEY, 999, view),
        broadcasts.discarded(view),
    ]

    assert unsendable(*screens) == []


@pytest.mark.parametrize("state", BroadcastState)
def test_every_screen_of_what_goes_out_can_be_sent(view: View, draft: BroadcastDraft, state: BroadcastState) -> None:
    broadcast = a_broadcast(state, draft)

    screens = [
        broadcast_progress.progress_message(broadcast, PROGRESS, view),
        broadcast_progress.final_report(broadcast, PROGRESS, view),
        broadcast_progress.progress_ended(broadcast, PROGRESS, view),
        broadcast_progress.cancel_question(broadcast, PROGRESS, view),
        broadcast_progress.broadcasts_list([broadcast], view),
    ]

    assert unsendable(*screens) == []


def test_nobody_to_reach_has_no_button_to_send(view: View) -> None:
    question = broadcasts.confirmation(BroadcastDraft({"en": "x"}), {}, KEY, 1, view)

    assert not any(button.text.startswith("Send now") for row in question.buttons for button in row)


def test_alerts_fit(view: View) -> None:
    alerts = [broadcasts.draft_gone(view), broadcasts.look_again(view), broadcast_progress.broadcast_gone(view)]

    assert [text for text in alerts if len(text) > 200] == []
