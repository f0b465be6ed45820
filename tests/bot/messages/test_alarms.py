"""Every alarm has its words in every language, and can be sent."""

from __future__ import annotations

from typing import Any

import pytest

from bot.alarms import Alarm, AlarmKind
from bot.i18n import LOCALES, localizer
from bot.messages.alarms import alarm_message
from bot.messages.view import View
from content.edit_effects import edit_document
from content.edits import ChangeRoom
from tests.bot.messages.crawler import flaws
from tests.builders import a_moment, an_agenda

NOW = a_moment("2023-11-22 23:05")
LONGEST = 2**62
DETAILS: dict[AlarmKind, dict[str, Any]] = {
    AlarmKind.UPDATES_SET_ASIDE: {
        "count": 5_000,
        "since": "2023-11-21T23:59:00+00:00",
        "until": "2023-11-22T10:05:00+00:00",
    },
    AlarmKind.BROADCAST_TROUBLE: {"broadcast": LONGEST, "failed": 1_000, "expired": 2_000},
    AlarmKind.SLIDES_WAIT: {"material": "abcd1234", "belongs_to": "abcd1234"},
    AlarmKind.AGENDA_PUBLISHED: {"version": LONGEST, "by": LONGEST},
    AlarmKind.AGENDA_EDITED: {
        "version": LONGEST,
        "by": LONGEST,
        "edit": edit_document(ChangeRoom("gone", name="x" * 100)),
    },
    AlarmKind.QUESTIONS_WAIT: {"count": 5_000, "keys": ["0" * 8] * 100},
    AlarmKind.STALLED: {"what": "clock", "since": "2023-11-21T23:59:00+00:00", "until": "2023-11-22T10:05:00+00:00"},
    AlarmKind.AGENDA_UNDONE: {"version": LONGEST, "by": LONGEST},
}
"""Details of each kind, as long as they can be."""


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("kind", AlarmKind)
def test_every_kind_is_said_in_every_language(kind: AlarmKind, language: str) -> None:
    alarm = Alarm(kind, NOW, DETAILS[kind])
    message, english = (alarm_message(alarm, View(localizer(each), an_agenda(), NOW)) for each in (language, "en"))

    assert flaws(message) == []
    if language != "en":
        assert set(filter(None, message.text.splitlines())).isdisjoint(english.text.splitlines())
