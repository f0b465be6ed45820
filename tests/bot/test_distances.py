"""How far ahead a moment is, as people say it in each language."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.i18n import localizer


@pytest.mark.parametrize(
    ("minutes", "english", "romanian", "ukrainian"),
    [
        (1, "in 1 minute", "peste un minut", "через хвилину"),
        (21, "in 21 minutes", "peste 21 de minute", "через 21 хвилину"),
        (60, "in 1 hour", "peste o oră", "через годину"),
        (75, "in 1\u00a0h 15\u00a0min", "peste 1\u00a0h 15\u00a0min", "через 1\u00a0год 15\u00a0хв"),
        (60 * 20, "in 20 hours", "peste 20 de ore", "через 20 годин"),
    ],
)
def test_a_distance_is_said_without_a_figure_where_people_say_none(
    minutes: int, english: str, romanian: str, ukrainian: str
) -> None:
    said = [localizer(language).distance(timedelta(minutes=minutes)) for language in ("en", "ro", "uk")]

    assert said == [english, romanian, ukrainian]
