"""What organisers read of what was done, and by whom."""

from __future__ import annotations

import pytest

from bot.i18n import localizer
from bot.messages.desk import trail
from bot.messages.view import View
from bot.models import AuditEntry
from tests.builders import a_moment, an_agenda

NOW = a_moment("2023-11-22 10:05")


@pytest.mark.parametrize(("language", "forgotten"), [("en", "forgotten"), ("ro", "date șterse"), ("uk", "дані стерто")])
def test_whoever_did_it_is_a_link_to_their_profile_and_words_once_they_are_forgotten(
    language: str, forgotten: str
) -> None:
    entries = [AuditEntry(NOW, actor, "answer question", {}) for actor in (1001, 0)]

    known, unknown = trail(entries, View(localizer(language), an_agenda(), NOW)).text.splitlines()[-2:]

    assert '<a href="tg://user?id=1001">1001</a>' in known
    assert f"10:05 · {forgotten} · " in unknown
