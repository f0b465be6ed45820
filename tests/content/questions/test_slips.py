"""One slip of the fingers in an ordinary word, beside a name or in a phrase, in four languages."""

from __future__ import annotations

import pytest

from content.questions.index import QuestionIndex
from content.questions.question import Intent
from content.questions.tokens import Tokens
from tests.content.questions.finding import found


@pytest.mark.parametrize(
    ("text", "intent", "first"),
    [
        ("wheen does Petru Lungu speak", Intent.SPEAKER_SESSIONS, "petru-lungu"),
        ("whre is Petru Lungu speaking", Intent.SPEAKER_SESSIONS, "petru-lungu"),
        ("slides frm Petru Lungu", Intent.MATERIALS, "petru-lungu"),
        ("slides fom Lungu", Intent.MATERIALS, "petru-lungu"),
        ("give me a buuzz before Lungu goes on", Intent.FOLLOW, "petru-lungu"),
        ("cie e Petru Lungu", Intent.SPEAKER_INFO, "petru-lungu"),
        ("cadn vorbește Petru Lungu", Intent.SPEAKER_SESSIONS, "petru-lungu"),
        ("колли висттупає Петру Лунгу", Intent.SPEAKER_SESSIONS, "petru-lungu"),
        ("кодга выступает Петру Лунгу", Intent.SPEAKER_SESSIONS, "petru-lungu"),
        ("whaat is on now", Intent.NOW, None),
        ("what comes aftr this", Intent.NEXT, None),
        ("ce urmeaază", Intent.NEXT, None),
        ("хто на сццені зараз", Intent.NOW, None),
    ],
)
def test_it_does_no_harm(text: str, intent: Intent, first: str | None, index: QuestionIndex) -> None:
    said, about = found(text, index)

    assert (said, about[:1]) == (intent, [first] if first else [])


@pytest.mark.parametrize(
    "text",
    [
        "Tom Wheen slides",  # in capitals: a name
        "when does petru whek speak",  # beside somebody's name: theirs
        "cine e ana lungu",
        "a session about wheen",  # what is asked for
        "wheen",
        "who is the mayor of Wheen",
    ],
)
def test_what_may_be_a_name_or_a_topic_is_left_as_it_is(text: str, index: QuestionIndex) -> None:
    assert found(text, index)[0] is Intent.UNKNOWN


def test_of_two_words_the_one_is_meant_that_is_used_more_in_the_language() -> None:
    tokens = Tokens()
    for word, language, times in (("when", "en", 3), ("whey", "en", 2), ("wheel", "ro", 9)):
        for _ in range(times):
            tokens.add(word, language)

    assert tokens.one_slip_away("whee", frozenset({"en"})) == "when"
    assert tokens.one_slip_away("whee", frozenset({"ro"})) == "wheel"
    assert tokens.one_slip_away("hwen", frozenset({"en"})) == "when"
    assert tokens.one_slip_away("whens", frozenset({"en"})) is None  # an ending, no slip
    assert tokens.one_slip_away("xhen", frozenset({"en"})) is None  # the first letter is seldom missed
