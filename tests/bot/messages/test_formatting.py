"""Laying buttons in rows: two share one only where half of a phone's width shows both whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.formatting import HALF_A_ROW, paired
from bot.messages.outgoing import CallbackButton


@given(st.lists(st.text(min_size=1, max_size=2 * HALF_A_ROW)))
def test_pairs_keep_the_order_and_no_long_label_shares_its_row(labels: list[str]) -> None:
    laid = paired(CallbackButton(label, "x") for label in labels)

    assert [button.text for row in laid for button in row] == labels
    for row in laid:
        assert len(row) == 1 or (len(row) == 2 and all(len(button.text) <= HALF_A_ROW for button in row))


def test_short_neighbours_stand_side_by_side() -> None:
    laid = paired(CallbackButton(label, "x") for label in ("Now", "Next", "Later", "What was said yesterday", "Menu"))

    assert [[button.text for button in row] for row in laid] == [
        ["Now", "Next"],
        ["Later"],
        ["What was said yesterday"],
        ["Menu"],
    ]
