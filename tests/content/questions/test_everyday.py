"""Things of everyday life beside a clear name ask for nothing, in four languages; as a topic they are one."""

from __future__ import annotations

import pytest

from content.questions.everyday import BEGUN, PASSING, THING, english_forms, everyday_words
from content.questions.index import QuestionIndex
from content.questions.lexicon import LANGUAGES, lexicon
from content.questions.question import Intent
from content.questions.understand import understand
from content.questions.words import read_words
from tests.content.questions.finding import found


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("tackle", {"tackle", "tackles", "tackled", "tackling"}),
        ("carry", {"carry", "carries", "carried", "carrying"}),
        ("wrap", {"wrap", "wraps", "wrapped", "wrapping"}),
        ("press", {"press", "presses", "pressed", "pressing"}),
        ("lie", {"lie", "lies", "lied", "lying"}),
        ("enjoy", {"enjoy", "enjoys", "enjoyed", "enjoying"}),
    ],
)
def test_a_regular_verb_has_its_english_forms(verb: str, forms: set[str]) -> None:
    assert forms <= set(english_forms(verb))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_lists_verbs_qualities_and_things(language: str) -> None:
    listed = list(everyday_words(language))

    assert len({word for word, key in listed if key == THING}) > 400
    assert len({word for word, key in listed if key in (PASSING, BEGUN)}) > 900
    assert not [word for word, _ in listed if "*" in word[:-1] or word != word.strip()]


def test_what_a_question_asks_for_is_no_everyday_word() -> None:
    """The other files come first: "session", "when" and "slides" keep their meaning."""
    for text in ("session when slides room lunch", "sesiune când sala prânz", "коли слайди зала обід"):
        for word, meaning in zip(read_words(text), lexicon().read(read_words(text)), strict=True):
            assert not meaning.keys & {THING, BEGUN}, word


@pytest.mark.parametrize(
    "text",
    [
        "my trousers are wet and the train is late, so when does Petru Lungu speak",
        "keeping a bench and two cups for Lungu, what time please",
        "barba mea e udă, dar când vorbește Lungu",
        "тримаю крісло і склянку для Лунгу, коли він виступає",
        "держу кресло и стакан для Лунгу, когда он выступает",
    ],
)
def test_they_pass_beside_a_persons_name(text: str, index: QuestionIndex) -> None:
    assert found(text, index) == (Intent.SPEAKER_SESSIONS, ["petru-lungu"])


@pytest.mark.parametrize(
    "text",
    [
        "a workshop about trousers",
        "the panel on furniture and beds",
        "where is the bicycle",
        "un panel despre perdele",
        "сесія про тарілки",
        "кресло",
    ],
)
def test_as_a_topic_they_are_not_found(text: str, index: QuestionIndex) -> None:
    assert understand(text, index).intent is Intent.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "my mate swears Petru Lungu is here, what slot",
        "a zorbel told me of Petru Lungu, when is he on",
        "зорбел, а Петру Лунгу коли",
    ],
)
def test_a_whole_name_is_not_lost_among_other_words(text: str, index: QuestionIndex) -> None:
    assert found(text, index) == (Intent.SPEAKER_SESSIONS, ["petru-lungu"])


def test_a_word_more_in_a_name_is_another_person(index: QuestionIndex) -> None:
    assert understand("when does Petru Lungu Zorbel speak", index).intent is Intent.UNKNOWN


def test_a_thing_beside_a_clear_topic_asks_for_nothing(index: QuestionIndex) -> None:
    question = understand("my driver needs the address", index)

    assert (question.intent, question.topic) == (Intent.VENUE, "venue")
