"""A question that points at what was shown before is about it; with nothing in mind it is asked back."""

from __future__ import annotations

import pytest

from content.answering import answer
from content.answers import WhichAnswer
from content.questions.follow_up import WHICH, Remembered
from content.questions.index import build_index
from content.questions.question import EntityKind, Intent
from content.questions.understand import understand
from tests.content.questions.invented_event import DAYS, ZONE, invented_agenda

AGENDA = invented_agenda()
INDEX = build_index(AGENDA)
LUNGU = Remembered(EntityKind.SPEAKER, "petru-lungu", Intent.SPEAKER_SESSIONS)
PANEL = Remembered(EntityKind.SESSION, "varroa-panel", Intent.SESSION_INFO)

POINTING = [
    ("and where?", Intent.SPEAKER_SESSIONS, Intent.SESSION_PLACE),
    ("and when?", Intent.SPEAKER_SESSIONS, Intent.SESSION_TIME),
    ("when does it start?", Intent.SPEAKER_SESSIONS, Intent.SESSION_TIME),
    ("follow it", Intent.FOLLOW, Intent.FOLLOW),
    ("unfollow it", Intent.FOLLOW, Intent.FOLLOW),
    ("its slides", Intent.MATERIALS, Intent.MATERIALS),
    ("și unde?", Intent.SPEAKER_SESSIONS, Intent.SESSION_PLACE),
    ("dar când?", Intent.SPEAKER_SESSIONS, Intent.SESSION_TIME),
    ("urmărește-l", Intent.FOLLOW, Intent.FOLLOW),
    ("prezentarea lui", Intent.MATERIALS, Intent.MATERIALS),
    ("а коли?", Intent.SPEAKER_SESSIONS, Intent.SESSION_TIME),
    ("а де це?", Intent.SPEAKER_SESSIONS, Intent.SESSION_PLACE),
    ("нагадай мені про це", Intent.FOLLOW, Intent.FOLLOW),
    ("а хто модерує?", Intent.SPEAKER_INFO, Intent.SESSION_SPEAKERS),
    ("а он?", Intent.SPEAKER_INFO, Intent.SESSION_INFO),
    ("а где?", Intent.SPEAKER_SESSIONS, Intent.SESSION_PLACE),
]
BARE = [
    ("slides?", Intent.MATERIALS, Intent.MATERIALS),
    ("where?", Intent.SPEAKER_SESSIONS, Intent.SESSION_PLACE),
    ("unde?", Intent.SPEAKER_SESSIONS, Intent.SESSION_PLACE),
    ("коли?", Intent.SPEAKER_SESSIONS, Intent.SESSION_TIME),
    ("tell me more", Intent.SPEAKER_INFO, Intent.SESSION_INFO),
]


@pytest.mark.parametrize(("text", "of_person", "of_session"), POINTING + BARE)
def test_it_is_about_what_was_shown(text: str, of_person: Intent, of_session: Intent) -> None:
    for remembered, intent in ((LUNGU, of_person), (PANEL, of_session)):
        question = understand(text, INDEX, remembered)
        assert (question.intent, [each.id for each in question.entities]) == (intent, [remembered.id])


def test_following_no_more_stays_the_opposite() -> None:
    assert understand("unfollow it", INDEX, LUNGU).topic == "unfollow"


@pytest.mark.parametrize("text", [text for text, _, _ in POINTING])
def test_with_nothing_in_mind_it_is_asked_back(text: str) -> None:
    question = understand(text, INDEX)
    assert (question.intent, question.topic) == (Intent.UNKNOWN, WHICH)


def test_what_the_agenda_no_longer_has_is_not_in_mind() -> None:
    gone = Remembered(EntityKind.SESSION, "dropped")
    assert understand("and where?", INDEX, gone).topic == WHICH


@pytest.mark.parametrize(
    "text",
    [
        *(
            "thanks",
            "my agenda",
            "all slides",
            "wifi password",
            "and tomorrow?",
            "what's on now?",
            "help",
            "vorbitorii",
        ),
        *(
            "vorbitorii",
            "а туалет де?",
            "програма на завтра",
            "weather",
            "Petru Thornton",
            "and Thornton?",
            "де конференція",
        ),
    ],
)
def test_what_says_itself_what_it_means_stays_as_it_was(text: str) -> None:
    assert understand(text, INDEX, PANEL) == understand(text, INDEX)


@pytest.mark.parametrize(
    ("text", "first"), [("and Wojcik?", "ada-wójcik"), ("dar Stone?", "maria-stone"), ("а Щур?", "volodymyr-shchur")]
)
def test_another_person_is_asked_for_the_same(text: str, first: str) -> None:
    question = understand(text, INDEX, LUNGU)
    assert (question.intent, question.entities[0].id) == (Intent.SPEAKER_SESSIONS, first)


def test_the_answer_asks_back() -> None:
    now = AGENDA.sessions[0].starts_at
    assert now.date() == DAYS[0]
    assert now.tzinfo == ZONE
    assert answer(understand("and where?", INDEX), AGENDA, now) == WhichAnswer()
