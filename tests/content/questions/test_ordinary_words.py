"""Ordinary words ask for nothing and name nobody; facilities are never taken for a part of the programme."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.agenda import Agenda
from content.localized_text import LocalizedText
from content.questions.index import QuestionIndex, build_index
from content.questions.question import Intent, Question
from content.questions.understand import understand
from tests.content.questions.invented_event import invented_agenda


@pytest.fixture(scope="module")
def agenda() -> Agenda:
    return invented_agenda()


@pytest.fixture(scope="module")
def index(agenda: Agenda) -> QuestionIndex:
    return build_index(agenda)


FACILITIES = {
    "prayer-room": (
        "is there a prayer room",
        "aveți o sală de rugăciune",
        "Чи є тут кімната для молитви?",
        "где намаз",
    ),
    "baby-room": ("where can I breastfeed", "pot alăpta undeva?", "є кімната матері і дитини"),
    "smoking": ("where is the smoking area", "unde e locul de fumat", "де можна покурити", "где курилка"),
    "pets": ("can I bring my dog", "can I bring my dog to the dinner", "pot să vin cu câinele", "чи можна з собакою"),
    "cloakroom": ("where do I leave my coat", "unde las haina", "чи є гардероб"),
    "parking": ("is there any parking", "unde parchez", "де паркінг"),
    "toilet": ("where is the loo", "unde e baia", "де туалет"),
}


@pytest.mark.parametrize(("topic", "text"), [(topic, text) for topic, texts in FACILITIES.items() for text in texts])
def test_a_facility_that_nobody_told_of_is_asked_for_as_one(topic: str, text: str, index: QuestionIndex) -> None:
    """The answer then says that the organisers have not said anything, and offers no unlike names."""
    question = understand(text, index)

    assert (question.intent, question.topic) == (Intent.PRACTICAL, topic)
    assert not question.suggestions


def _asked(text: str, index: QuestionIndex) -> tuple[Intent, list[str]]:
    question: Question = understand(text, index)
    return question.intent, [entity.id for entity in question.entities]


@pytest.mark.parametrize(
    "text",
    [
        "so could you possibly still quickly tell me when the varroa panel actually begins",
        "когда же наконец начнётся панель варроа",
        "коли ж таки нарешті почнеться панель вароа",
        "și totuși când începe până la urmă panelul varroa",
        "when the hell is the varroa panel",
    ],
)
def test_ordinary_words_around_a_name_do_no_harm(text: str, index: QuestionIndex) -> None:
    assert _asked(text, index) == (Intent.SESSION_TIME, ["varroa-panel"])


def test_an_ordinary_word_with_a_capital_inside_a_sentence_is_a_name(index: QuestionIndex) -> None:
    assert understand("хто спікер від Нової пошти", index).intent is Intent.UNKNOWN


def test_a_talk_on_something_is_none_by_somebody_whose_name_resembles_it(index: QuestionIndex) -> None:
    assert understand("доповідь про вуйка", index).intent is Intent.UNKNOWN
    assert _asked("доповідь Вуйцік", index)[1] == ["ada-wójcik"]


@pytest.mark.parametrize("text", ["my badge is broken, who should I talk to", "кому писати, якщо я загубив бейдж"])
def test_who_can_help_is_a_question_to_the_organisers_whatever_it_is_about(text: str, index: QuestionIndex) -> None:
    assert understand(text, index).intent is Intent.ORGANISER_CONTACT


def test_what_is_around_somebody_s_talk_is_about_them(index: QuestionIndex) -> None:
    assert _asked("is Wójcik on before the coffee break", index) == (Intent.SPEAKER_SESSIONS, ["ada-wójcik"])


def _english_agenda(*titles: str) -> Agenda:
    bees = invented_agenda()
    sessions = tuple(
        replace(bees.sessions[0], id=title, title=LocalizedText.of(en=title), topics=(), aliases=(), speakers=())
        for title in titles
    )
    return replace(bees, sessions=sessions, speakers=(), materials=(), facts=())


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("доповідь про безпеку контейнерів", "Container security in practice"),
        ("prezentare despre securitatea containerelor", "Container security in practice"),
        ("что-нибудь о базах данных", "Databases for everybody"),
        ("ceva despre licențe", "Licences that bite"),
        ("щось про ліцензії", "Licences that bite"),
    ],
)
def test_a_topic_is_found_in_a_title_of_another_language(text: str, title: str) -> None:
    index = build_index(
        _english_agenda("Container security in practice", "Databases for everybody", "Licences that bite")
    )

    assert _asked(text, index) == (Intent.SESSION_INFO, [title])
