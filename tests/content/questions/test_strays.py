"""An unlisted word passes where it stands apart from a clear name, and counts where it belongs to one."""

from __future__ import annotations

import pytest

from content.questions.index import QuestionIndex
from content.questions.question import Intent
from content.questions.understand import understand


@pytest.mark.parametrize(
    ("text", "intent", "first"),
    [
        ("which zorbel is Lungu speaking in", Intent.SPEAKER_SESSIONS, "petru-lungu"),
        ("in ce zorbel vorbeste Lungu", Intent.SPEAKER_SESSIONS, "petru-lungu"),
        ("у якому зорбелі виступає Лунгу", Intent.SPEAKER_SESSIONS, "petru-lungu"),
        ("which zorbel do we go through for the panel", Intent.SESSION_INFO, "varroa-panel"),
        ("zorbel what is on now", Intent.NOW, None),
    ],
)
def test_an_unknown_word_far_from_the_name_does_not_hide_it(
    text: str, intent: Intent, first: str | None, index: QuestionIndex
) -> None:
    question = understand(text, index)

    assert (question.intent, [entity.id for entity in question.entities][:1]) == (intent, [first] if first else [])


@pytest.mark.parametrize(
    "text",
    [
        "when does Petru Zorbel speak",
        "when does Zorbel Lungu speak",
        "when is the zorbel panel",
        "when is the panel about zorbel",
        "коли панель із зорбелем",
        "cand e panelul cu zorbel",
        "when does Lungu speak about zorbel",
        "zorbel",
        "zorbel slides",
        "slides of zorbel",
    ],
)
def test_an_unknown_word_beside_a_name_or_as_a_topic_makes_it_another_question(text: str, index: QuestionIndex) -> None:
    assert understand(text, index).intent is Intent.UNKNOWN


def test_a_word_that_only_resembles_a_piece_of_an_organisations_name_is_not_that_organisation(
    index: QuestionIndex,
) -> None:
    assert understand("how much is a hiver today", index).intent is Intent.UNKNOWN
