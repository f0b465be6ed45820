"""Questions about an invented event, in four languages."""

from __future__ import annotations

import pickle
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.questions.index import QuestionIndex, build_index
from content.questions.question import EntityKind, Intent
from content.questions.understand import explain, understand
from tests.content.questions.invented_event import invented_agenda

INDEX = build_index(invented_agenda())


@pytest.mark.parametrize(
    ("text", "intent", "first"),
    [
        ("when does Ada Wojcik speak?", Intent.SPEAKER_SESSIONS, "ada-wójcik"),
        ("коли виступає Войцік", Intent.SPEAKER_SESSIONS, "ada-wójcik"),
        ("cine e Petru Lungu", Intent.SPEAKER_INFO, "petru-lungu"),
        ("lungu petru", Intent.SPEAKER_INFO, "petru-lungu"),
        ("слайди Петру Лунгу", Intent.MATERIALS, "petru-lungu"),
        ("слайды Щура", Intent.MATERIALS, "volodymyr-shchur"),
        ("petrulungu slides", Intent.MATERIALS, "petru-lungu"),
        ("p. lungu", Intent.SPEAKER_INFO, "petru-lungu"),
        ("cebotar when", Intent.SPEAKER_SESSIONS, "maria-cebotari"),
        ("who is from Hive Institute", Intent.SPEAKER_INFO, "ada-wójcik"),
        ("HI Lab speaker", Intent.SPEAKER_INFO, "ada-wójcik"),
        ("remind me before Lungu", Intent.FOLLOW, "petru-lungu"),
        ("what is the panel about", Intent.SESSION_INFO, "varroa-panel"),
        ("unde e panelul", Intent.SESSION_PLACE, "varroa-panel"),
        ("Хто виступає на панелі?", Intent.SESSION_SPEAKERS, "varroa-panel"),
        ("когда ключевой доклад", Intent.SESSION_TIME, "welcome-keynote"),
        ("colony colapse", Intent.SESSION_INFO, "welcome-keynote"),
        ("загибель бджіл коли", Intent.SESSION_TIME, "welcome-keynote"),
        ("varoa", Intent.SESSION_INFO, "varroa-panel"),
        ("silent apiary room", Intent.SESSION_PLACE, "welcome-keynote"),
        ("когда матчмейкинг", Intent.MATCHMAKING, "honey-fair"),
        ("rule book", Intent.MATERIALS, "rule-book"),
        ("what's on in the oak hall now", Intent.NOW, "oak"),
        ("програма дубової зали", Intent.DAY_AGENDA, "oak"),
        ("ckfqlb keyue", Intent.MATERIALS, "petru-lungu"),
        ("koly vystupaie Lungu", Intent.SPEAKER_SESSIONS, "petru-lungu"),
        ("Lungu panel when", Intent.SPEAKER_SESSIONS, "petru-lungu"),
    ],
)
def test_what_is_named_is_found(text: str, intent: Intent, first: str) -> None:
    question = understand(text, INDEX)
    assert (question.intent, question.entities[0].id if question.entities else None) == (intent, first)


@pytest.mark.parametrize(
    ("text", "intent", "topic"),
    [
        ("what's on now?", Intent.NOW, None),
        ("Що далі?", Intent.NEXT, None),
        ("programul de mâine", Intent.DAY_AGENDA, None),
        ("завтра утром", Intent.TIME_SLOT, None),
        ("where is the conference", Intent.VENUE, "venue"),
        ("як дістатися", Intent.VENUE, "transport"),
        ("wifi password", Intent.PRACTICAL, "wifi"),
        ("unde parchez", Intent.PRACTICAL, "parking"),
        ("smoker loan", Intent.PRACTICAL, "smoker-loan"),
        ("де димар", Intent.PRACTICAL, "smoker-loan"),
        ("хто організатори", Intent.ORGANISER_CONTACT, "organisers"),
        ("all slides", Intent.MATERIALS, None),
        ("what changed?", Intent.DAY_AGENDA, "changes"),
        ("What's new in the agenda", Intent.DAY_AGENDA, "changes"),
        ("s-a schimbat ceva în program?", Intent.DAY_AGENDA, "changes"),
        ("які зміни в програмі", Intent.DAY_AGENDA, "changes"),
        ("что отменили", Intent.DAY_AGENDA, "changes"),
        ("vorbitorii", Intent.SESSION_SPEAKERS, None),
        ("за чим я стежу?", Intent.FOLLOW, None),
        ("ce urmăresc?", Intent.FOLLOW, None),
        ("my agenda", Intent.FOLLOW, None),
        ("help", Intent.HELP, None),
        ("привіт", Intent.SMALLTALK, "greeting"),
        ("mulțumesc", Intent.SMALLTALK, "thanks"),
        ("до свидания", Intent.SMALLTALK, "goodbye"),
    ],
)
def test_what_names_nothing_is_still_understood(text: str, intent: Intent, topic: str | None) -> None:
    question = understand(text, INDEX)
    assert (question.intent, question.topic, question.entities) == (intent, topic, ())


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("follow Lungu", None),
        ("unfollow Lungu", "unfollow"),
        ("stop reminding me of Lungu", "unfollow"),
        ("turn off the reminder for Petru Lungu", "unfollow"),
        ("take Lungu off my agenda", "unfollow"),
        ("don't forget to remind me of Lungu", None),
        ("nu-l mai urmăresc pe Lungu", "unfollow"),
        ("scoate-l pe Petru Lungu din agenda mea", "unfollow"),
        ("nu uita să-mi amintești de Lungu", None),
        ("не стежити за Лунгу", "unfollow"),
        ("прибери Лунгу з мого розкладу", "unfollow"),
        ("не забудь нагадати про Лунгу", None),
        ("отписаться от Лунгу", "unfollow"),
        ("хватит напоминать про Лунгу", "unfollow"),
    ],
)
def test_a_wish_to_follow_no_more_is_told_from_one_to_follow(text: str, topic: str | None) -> None:
    question = understand(text, INDEX)
    assert (question.intent, question.topic, question.entities[0].id) == (Intent.FOLLOW, topic, "petru-lungu")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("talk to me in Romanian pls", "ro"),
        ("in ukrainian please", "uk"),
        ("відповідай румунською", "ro"),
        ("пиши по-украински", "uk"),
        ("говори по-румынски", "ro"),
        ("switch to Romanian", "ro"),
        ("мова українська", "uk"),
        ("смени язык на русский", "ru"),
        ("schimbă limba", None),
    ],
)
def test_a_language_is_asked_for(text: str, language: str | None) -> None:
    question = understand(text, INDEX)
    assert (question.intent, question.language) == (Intent.LANGUAGE, language)


@pytest.mark.parametrize(
    "text",
    [
        "Petru Thornton",
        "when does Ada Kowalska speak",
        "слайди Петра Порошенка",
        "is there a talk on blockchain",
        "vorbitorul de la Renault",
        "what's the weather tomorrow in Balti",
        "курс долара",
        "bilete de avion Milano",
        "football score Moldova Romania",
        "horoscop",
        "asdfgh jkl",
        "??",
        "",
        "🐝",
    ],
)
def test_what_the_agenda_does_not_hold_is_not_answered(text: str) -> None:
    question = understand(text, INDEX)
    assert question.intent is Intent.UNKNOWN
    assert question.entities == ()


def test_the_nearest_names_are_suggested_beside_an_unknown_one() -> None:
    question = understand("Petru Thornton", INDEX)
    assert [entity.id for entity in question.suggestions] == ["petru-lungu"]


@pytest.mark.parametrize("text", ["maria", "when does Maria speak", "Марія", "prezentarea Mariei"])
def test_a_first_name_of_two_people_offers_both(text: str) -> None:
    question = understand(text, INDEX)
    assert question.ambiguous
    assert {entity.id for entity in question.entities} == {"maria-stone", "maria-cebotari"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Lungu and Wojcik when", Intent.SPEAKER_SESSIONS),
        ("slides of Petru Lungu or Ada", Intent.MATERIALS),
        ("Лунгу чи Войцік", Intent.SPEAKER_INFO),
    ],
)
def test_two_people_named_side_by_side_are_both_offered(text: str, intent: Intent) -> None:
    question = understand(text, INDEX)
    assert (question.intent, question.ambiguous) == (intent, True)
    assert [entity.id for entity in question.entities] == ["petru-lungu", "ada-wójcik"]


@pytest.mark.parametrize("text", ["Lungu and Thornton", "Petru Lungu and his bees or wasps", "Lungu Wojcik"])
def test_who_is_unknown_beside_a_known_one_is_not_passed_over(text: str) -> None:
    assert understand(text, INDEX).intent is Intent.UNKNOWN


def test_a_full_name_is_not_ambiguous() -> None:
    question = understand("maria stone", INDEX)
    assert not question.ambiguous
    assert [(entity.kind, entity.id) for entity in question.entities] == [(EntityKind.SPEAKER, "maria-stone")]


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    assert understand(text, INDEX).text == text


PIECES = [
    *("when", "коли", "at", "о", "la", "22", "10:30", "the", "panel", "slides", "8-го", "пів", "на", "half past"),
    *("intre", "si", "травня", "99", "день", "1", "H.", "-", "9-11", "maria", "last", "day", "until", "от"),
]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_heap_of_known_words_is_too_strange(words: list[str]) -> None:
    understand(" ".join(words), INDEX)


@pytest.mark.parametrize("text", ["maria " * 700, "а" * 4096, "ж" * 4096 + "!", "a b " * 1024, "'" * 4096, "9-" * 2048])
def test_the_longest_message_is_read_at_once(text: str) -> None:
    started = time.perf_counter()
    understand(text[:4096], INDEX)
    assert time.perf_counter() - started < 0.5


def test_the_index_can_be_handed_to_another_process() -> None:
    copy: QuestionIndex = pickle.loads(pickle.dumps(INDEX))  # noqa: S301 (our own bytes)
    assert understand("petru lungu", copy) == understand("petru lungu", INDEX)


def test_a_trace_says_what_each_word_was_and_what_else_was_near() -> None:
    trace = explain("when does maria stone speak", INDEX)
    assert trace.question == understand("when does maria stone speak", INDEX)
    assert [read.role.value for read in trace.reading.words] == [
        "function",
        "function",
        "content",
        "content",
        "function",
    ]
    assert trace.runner_up is not None
    assert trace.runner_up.named.id == "maria-cebotari"


def test_random_keys_name_nobody() -> None:
    letters = random.Random(5)
    answered = sum(
        understand("".join(letters.choices("abcdefghijklmnopqrstuvwxyz", k=9)), INDEX).intent is not Intent.UNKNOWN
        for _ in range(200)
    )
    assert answered <= 2
