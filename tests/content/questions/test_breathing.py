"""Long work lets other threads run: after every slice, and nothing is lost by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.questions.breathing import in_slices
from content.questions.spelling import build_spelling_index


@given(st.lists(st.integers()), st.integers(1, 7))
def test_every_item_comes_in_order(items: list[int], size: int) -> None:
    assert list(in_slices(items, size)) == items


def test_others_run_after_every_slice(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("content.questions.breathing.time.sleep", pauses.append)
    assert sum(in_slices(range(100), 30)) == 4950
    assert pauses == [0, 0, 0]


def test_the_spelling_index_is_in_order_though_sorted_in_runs() -> None:
    index = build_spelling_index(f"word{at}x{at * 7919}" for at in range(1_500))
    assert list(index.deletes) == sorted(index.deletes)
    assert len(index.deletes) > 10_000
