"""A typed time is of the day that is meant, in the event's zone; whatever else is typed is no time."""

from __future__ import annotations

import pytest

from content.typed_moments import typed_moment
from tests.builders import a_moment


@pytest.mark.parametrize(
    ("text", "near", "meant"),
    [
        ("14:30", "2023-11-22 10:15", "2023-11-22 14:30"),
        (" 9.05 ", "2023-11-22 10:15", "2023-11-22 09:05"),
        ("23.11 08:00", "2023-11-22 10:15", "2023-11-23 08:00"),
        ("05.01. 08:00", "2023-12-30 10:15", "2024-01-05 08:00"),
    ],
)
def test_a_time_is_near_what_it_is_typed_for(text: str, near: str, meant: str) -> None:
    assert typed_moment(text, a_moment(near)) == a_moment(meant)


@pytest.mark.parametrize("text", ["", "soon", "25:00", "31.02 10:00", "10", "10:15 tomorrow", "+15"])
def test_anything_else_is_no_time(text: str) -> None:
    assert typed_moment(text, a_moment("10:15")) is None
