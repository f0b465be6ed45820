"""Whatever is done to a content file, it is read or its problems are named at places that exist."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.content.content_files import full_problems_of
from tests.content.test_yaml_format import WHOLE

LINES = WHOLE.splitlines()
PIECES = [
    *"\t :#-{}[]\"'&*!|>%@`,?~\\\n\r\x00\x85\u2028\ufeff𝒜0",
    "  ",
    ": ",
    "- ",
    "id: x",
    "\n---\n",
    "...",
    "<<: ",
    "29:61",
    "\U000e0001",
]


@st.composite
def damaged_files(draw: st.DrawFn) -> str:
    """A good file with a few pieces put in, cut out, or lines moved."""
    text = WHOLE
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        piece = draw(st.sampled_from(PIECES) | st.sampled_from(LINES) | st.text(max_size=3))
        text = text[:at] + piece + text[at + draw(st.sampled_from([0, 0, 1, 2, 7, 60])) :]
    return text


@given(text=damaged_files())
@example(text="ghid: 1\nevent: {id: a}\nsessions:\n- {id: a, speakers: {}}\n- [a]\n- {part_of: a}\n")
@example(text="event: [a]\nsessions: {a: b}\nfacts: [{links: x}, {links: [y]}, {topic: [a]}]\n")
@example(text="sessions: [{id: {a: b}, starts: [a], ends: {}, speakers: [{id: [x], starts: {}}]}]\n")
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_read_or_its_problems_are_named(text: str) -> None:
    lines = text.replace("\r\n", "\n").splitlines() or [""]

    for where, code, words in full_problems_of(text.encode("utf-8", errors="replace")):
        line, column = map(int, where.split(":"))
        assert 1 <= line <= len(lines) + 1
        assert 1 <= column <= max(map(len, lines)) + 2
        assert code
        assert words.endswith((".", "?"))


@given(data=st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_bytes_of_any_sort_are_refused_and_nothing_else_happens(data: bytes) -> None:
    assert full_problems_of(data)
