"""What speakers, and organisers about them, read: within Telegram's limits, of an event as large as a FOSDEM too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.i18n import LOCALES, localizer
from bot.messages.outgoing import MAX_CAPTION_LENGTH, OutgoingMessage
from bot.messages.speaker_calls import absence_question, call_answer_notice, call_buttons, call_notice, call_said
from bot.messages.speaker_claiming import (
    claim_question,
    code_not_good,
    confirmed_notice,
    not_a_speaker,
    request_question,
    request_said,
    undone_notice,
)
from bot.messages.speaker_desk import in_turn, speaker_desk
from bot.messages.speaker_list import access, code_picture, decided, request_notice, speakers_list, undo_question
from bot.messages.speaker_notices import (
    day_before_reminder,
    please_look,
    reminder_wishes,
    speaker_change,
    speaker_reminder,
)
from bot.messages.view import View
from bot.services.speaker_codes import CLAIM_PREFIX
from bot.speakers import (
    ActiveCodes,
    CallAnswer,
    CallKind,
    CallState,
    CodeFound,
    CodeState,
    Decision,
    ListOf,
    RequestState,
    SpeakerCall,
    SpeakerClaim,
    SpeakerRequest,
    SpeakerWishes,
)
from content.agenda import Agenda, Session
from content.notices import NewsKind, PersonalNews, SessionNews
from tests.bot.messages.crawler import flaws
from tests.bot.messages.test_every_screen import a_large_event, with_own_handles
from tests.builders import a_moment

NOW = a_moment("2023-11-22 09:01")
LONG_NAME = "Ana <b>& Co</b> " * 6
BIG_CHAT = 7_000_000_000_000


@pytest.fixture(scope="module")
def large() -> Agenda:
    return with_own_handles(a_large_event())


def moved(session: Session) -> PersonalNews:
    return PersonalNews(SessionNews(NewsKind.CANCELLED, session, None), followed=False)


def every_message(agenda: Agenda, language: str) -> Iterator[OutgoingMessage]:
    """Return every message of these, about somebody in many sessions, longest names first."""
    people = sorted(agenda.speakers, key=lambda each: (-len(agenda.sessions_of(each.id)), -len(each.name)))[:20]
    handles = frozenset(each.handle for each in people)
    view = View(localizer(language), agenda, NOW, profiles=handles, claimed=handles)
    speaker = people[0]
    mine = in_turn(view)
    claim = SpeakerClaim(speaker.handle, BIG_CHAT, NOW, None, 1, 2, NOW, None)
    request = SpeakerRequest(10**9, BIG_CHAT, speaker.handle, LONG_NAME, NOW)
    codes = ActiveCodes(21, NOW + timedelta(days=30))
    claims = {each.handle: claim for each in people}
    tools = call_buttons(view)
    for page in range(len(mine) // 3 + 2):
        yield speaker_desk({each.session.handle: 21 for each in mine}, view, page, tools)
    for each in mine[:30]:
        yield speaker_reminder(each, view)
    yield day_before_reminder(mine, view)
    yield speaker_change([moved(each.session) for each in mine], 10**6, view)
    yield please_look(10**6, view)
    yield reminder_wishes(SpeakerWishes(hour_before=False), view)
    yield claim_question(speaker, "A" * 22, view)
    yield request_question(speaker, LONG_NAME, view)
    yield from (request_said(state, view) for state in RequestState)
    yield from (code_not_good(CodeFound(state, speaker.handle, NOW), view) for state in CodeState)
    yield from (confirmed_notice(speaker, view), undone_notice(speaker, view), not_a_speaker(view))
    yield request_notice(request, speaker, view)
    yield from (decided(decision, request, speaker, view) for decision in Decision)
    yield decided(Decision.GONE, None, None, view)
    yield from (access(each, found, codes, view) for each in people for found in (claim, None))
    yield undo_question(speaker, BIG_CHAT, view)
    for which in ListOf:
        yield from (speakers_list(claims, which, page, view) for page in range(0, 160, 13))
        yield speakers_list({}, which, 0, view)
    yield absence_question(view)
    yield from (call_said(state, view) for state in CallState)
    for kind in CallKind:
        for answer in (None, *CallAnswer):
            by = BIG_CHAT if answer else None
            call = SpeakerCall(10**9, BIG_CHAT, speaker.handle, mine[0].session.handle, kind, NOW, answer, by)
            yield call_notice(call, view)
            yield call_answer_notice(call, view)


@pytest.mark.slow
@pytest.mark.parametrize("language", LOCALES)
def test_every_message_can_be_sent(large: Agenda, language: str) -> None:
    found = [(message.text[:60], wrong) for message in every_message(large, language) if (wrong := flaws(message))]

    assert found == []


@pytest.mark.parametrize("language", LOCALES)
def test_the_caption_below_a_qr_code_fits(large: Agenda, language: str) -> None:
    view = View(localizer(language), large, NOW)
    longest = max(large.speakers, key=lambda each: len(each.name))
    link = f"https://t.me/{'x' * 32}?start={CLAIM_PREFIX}{'A' * 22}"

    picture = code_picture(longest, link, ActiveCodes(1, NOW), view)

    assert len(picture.caption) <= MAX_CAPTION_LENGTH
    assert link in picture.caption
    assert picture.data.startswith(b"\x89PNG")
