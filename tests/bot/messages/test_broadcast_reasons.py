"""Why a message to many came, and what ends it."""

from __future__ import annotations

import pytest

from bot.broadcasts import Audience, AudienceKind
from bot.i18n import LOCALES, localizer
from bot.messages.broadcast_reasons import WhyTold, why_button, why_told
from bot.messages.buttons import parse
from bot.messages.outgoing import CallbackButton
from bot.messages.view import View
from bot.services.handles import assign_handles, with_handles
from content.agenda import Agenda
from tests.builders import a_moment, a_session, a_speaker, an_agenda

MAX_ALERT = 200


@pytest.fixture
def agenda() -> Agenda:
    agenda = an_agenda(
        a_session("talk", "A & B" + " long" * 60, speakers=["ana"]), speakers=[a_speaker("ana", "Ana" * 60)]
    )
    return with_handles(agenda, assign_handles({}, agenda, {}))


def reason(audience: Audience, agenda: Agenda, language: str) -> str:
    """What the button below a message to this audience says."""
    [[button]] = why_button(audience, language)
    assert isinstance(button, CallbackButton)
    payload = parse(button.data)
    assert isinstance(payload, WhyTold)
    return why_told(payload, View(localizer(language), agenda, a_moment("10:05")))


@pytest.mark.parametrize("language", LOCALES)
def test_each_audience_has_its_reason_which_fits_into_an_alert(agenda: Agenda, language: str) -> None:
    session, speaker = agenda.sessions[0], agenda.speakers[0]
    audiences = [
        Audience(),
        Audience(AudienceKind.LANGUAGE, "uk"),
        Audience(AudienceKind.FOLLOWERS, session.handle),
        Audience(AudienceKind.FOLLOWERS, speaker.handle),
        Audience(AudienceKind.FOLLOWERS, "gone0000"),
        Audience(AudienceKind.SPEAKERS),
    ]

    said = [reason(audience, agenda, language) for audience in audiences]

    assert len(set(said)) == len(said)
    assert max(map(len, said)) <= MAX_ALERT
    assert "Українська" in said[1]
    assert "A & B" in said[2]
    assert "AnaAna" in said[3]
    assert all("/forget" in text for text in said[:2])


def test_a_forged_audience_is_everybody(agenda: Agenda) -> None:
    view = View(localizer("en"), agenda, a_moment("10:05"))

    everybody = why_told(WhyTold("everyone", ""), view)

    assert why_told(WhyTold("nobody", "x"), view) == why_told(WhyTold("language", "xx"), view) == everybody
