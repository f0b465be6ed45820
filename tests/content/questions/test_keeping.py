"""What is kept of a question whose asker is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.questions.keeping import MOST_KEPT, kept_wording


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Is there\n a\tprayer room? ", "Is there a prayer room?"),
        ("call me at +40 740 123 456, lost my bag", "call me at …, lost my bag"),
        ("write to ana.pop@example.org about the bag", "write to … about the bag"),
        ("I am @ana_pop, where is lost property", "I am …, where is lost property"),
        ("see https://example.org/ana?id=7 please", "see … please"),
        ("the bus on 21.11.2023 at 10:15?", "the bus on 21.11.2023 at 10:15?"),
        ("\u202eIs there a\u200b bus?", "Is there a bus?"),
        ("Чи є автобус?", "Чи є автобус?"),
        ("Is there a concert tonight?", "Is there a concert tonight?"),
    ],
)
def test_words_are_kept_and_ways_to_reach_somebody_are_not(text: str, kept: str) -> None:
    assert kept_wording(text) == kept


@pytest.mark.parametrize(
    "text", ["", "🦊🦊", "12:30", "?!", "ffff", "tell me a joke", "brr", "x" * 4096, "\u0301" * 50]
)
def test_what_no_organiser_could_answer_is_not_kept(text: str) -> None:
    assert kept_wording(text) is None


@given(st.text(max_size=300) | st.text(alphabet="aб \u0301\u202e@.0+🦊", max_size=4096))
def test_what_is_kept_is_short_and_on_one_line(text: str) -> None:
    kept = kept_wording(text)

    if kept is not None:
        assert 0 < len(kept) <= MOST_KEPT
        assert kept == " ".join(kept.split())
        assert kept.encode()  # no lone surrogates


def test_a_long_question_is_cut_at_a_word() -> None:
    kept = kept_wording("where is the lost umbrella " * 100)

    assert kept is not None
    assert len(kept) <= MOST_KEPT
    assert kept.endswith("umbrella…") or kept.split()[-1].rstrip("…") in {"where", "is", "the", "lost", "umbrella"}
