"""Titles with notes before them, and abstracts in HTML and Markdown."""

from __future__ import annotations

import pytest

from tests.content.formats.frab_files import day, doubts, event, read, schedule


@pytest.mark.parametrize(
    ("title", "shown", "cancelled"),
    [
        ("CANCELLED Knots", "Knots", True),
        ("CANCELED: Knots", "Knots", True),
        ("[CANCELED] Knots", "Knots", True),
        ("Cancelled - Knots", "Knots", True),
        ("FÄLLT AUS: Knots", "Knots", True),
        ("Fällt aus! Knots", "Knots", True),
        ("ANULAT: Noduri", "Noduri", True),
        ("СКАСОВАНО: Вузли", "Вузли", True),
        ("Knots (ABGESAGT)", "Knots", True),
        ("Knots - CANCELLED, replaced by Ropes", "Knots", True),
        ("Cancelling noise at sea", "Cancelling noise at sea", False),
        ("Cancelled flights and what to do", "Cancelled flights and what to do", False),
        ("Ropes (REPLACES CANCELLED TALK)", "Ropes (REPLACES CANCELLED TALK)", False),
        ("AMENDMENT Knots", "Knots", False),
        ("AMENDEMENT: Knots", "Knots", False),
        ("[RESCHEDULED] Knots", "Knots", False),
        ("Amendment rights", "Amendment rights", False),
        ("UPDATE your charts", "UPDATE your charts", False),
        ("CANCELLED", "CANCELLED", False),
    ],
)
def test_words_before_a_title_are_read_as_what_they_mean(title: str, shown: str, cancelled: bool) -> None:
    file = read(schedule(day(event("1", title=title))))

    (session,) = file.agenda.sessions
    assert (session.title.pick("en"), session.cancelled) == (shown, cancelled)
    assert bool(doubts(file, "source_cancelled") + doubts(file, "source_noted")) is (shown != title)
    assert session.aliases == ((title,) if shown != title else ())


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("<p>Rope &amp; knot</p><ul><li>one</li><li>two</li></ul>", "Rope & knot\n\n• one\n• two"),
        ('<p>See <a href="https://sea.example.net/x">the map</a></p>', "See the map (https://sea.example.net/x)"),
        ("<script>alert(1)</script><p>Safe</p>", "Safe"),
        ("## Plan\n\n- one\n* two\n\n**bold** and *soft*, `code`", "Plan\n\n• one\n• two\n\nbold and soft, code"),
        ("[the map](https://sea.example.net/x_(1))", "the map (https://sea.example.net/x_(1))"),
        ("3 < 4 and 5 > 4 & so on", "3 < 4 and 5 > 4 & so on"),
        ("a_b_c and 2*3*4", "a_b_c and 2*3*4"),
        ("&lt;b&gt; is a tag", "<b> is a tag"),
    ],
)
def test_html_and_markdown_become_plain_text(written: str, plain: str) -> None:
    (session,) = read(schedule(day(event("1", abstract=written)))).agenda.sessions

    assert session.description.pick("en") == plain
