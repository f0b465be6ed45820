"""When two questions are the same, when they are alike, and which stand together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.questions.grouping import Grouping
from content.questions.likeness import GROUPED_FROM, answers_too, likeness, read_wording, same_marks

ASKED = (
    "Is there a prayer room?",
    "where is the prayer room",
    "When is the prayer room open?",
    "is there a photographer",
    "де знайти фотографа?",
    "Există o cameră de rugăciune?",
    "can I bring my kids to the dinner",
    "can't I bring kids to the dinner",
    "where can I leave my bicycle?",
    "unde pot să-mi las bicicleta?",
    "what's the wifi password",
    "який пароль від вайфаю",
    "is there vegan food",
    "is there halal food",
    "is there a shuttle tomorrow",
    "shuttle at 18:00?",
    "🦊",
    "",
)
questions = st.sampled_from(ASKED) | st.text(max_size=60)


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("Is there a prayer room?", "do you have a prayer room"),
        ("Is there a prayer room?", "IS THERE A PRAYER ROOM"),
        ("Where is the prayer room?", "prayer room?"),
        ("Can I bring my kids to the dinner?", "May we bring kids to dinner, please?"),
        ("Is there a photographer?", "is there a fotographer"),
        ("What's the wifi password", "wi-fi password?"),
        ("Există o cameră de rugăciune?", "Aveți camera de rugaciune?"),
        ("Do I have to bring my laptop?", "must I bring my laptop"),
        ("Чи треба брати ноутбук?", "обов'язково брати ноутбук?"),
        ("A bus from the hotel to the station?", "is there a bus from hotel to station, please"),
        ("Чи є фотограф?", "підкажіть, чи є у вас фотограф"),
        ("Де фотограф?", "где фотограф?"),
        ("Куди поставити велосипед?", "куди можна поставити велосипеди"),
    ],
)
def test_the_same_question_in_other_words_is_answered(known: str, asked: str) -> None:
    first, second = read_wording(known), read_wording(asked)

    assert answers_too(first, second, same_language=True)
    assert same_marks(first) & same_marks(second)


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("Is there a prayer room?", "Where is the prayer room?"),
        ("Is there a prayer room?", "When is the prayer room open?"),
        ("Where is the photographer?", "When is the photographer here?"),
        ("Can I bring my kids to the dinner?", "Can I bring my dog to the dinner?"),
        ("Can I bring my kids to the dinner?", "Can't I bring my kids to the dinner?"),
        ("Is there vegan food?", "Is there halal food?"),
        ("Is the dinner included?", "Is the dinner mandatory?"),
        ("Can I take photos?", "Can I share photos?"),
        ("Is there a shuttle?", "Is there a suit?"),
        ("Is there a shuttle at 18:00?", "Is there a shuttle at 8:00?"),
        ("Is there a shuttle to the hotel?", "Is there a shuttle to the airport?"),
        ("Is there a shuttle?", "Is there a shuttle before dinner?"),
        ("Is there a bus from the hotel?", "Is there a bus to the hotel?"),
        ("A bus from the hotel to the station?", "A bus from the station to the hotel?"),
        ("Este autobuz de la hotel la gară?", "Este autobuz de la gară la hotel?"),
        ("Чи є автобус з готелю?", "Чи є автобус до готелю?"),
        ("Есть автобус до отеля?", "Есть автобус от отеля?"),
        ("Do I have to bring my laptop?", "Can I bring my laptop?"),
        ("Do I need a visa?", "Can I get a visa?"),
        ("Trebuie să aduc laptopul?", "Pot aduce laptopul?"),
        ("Чи треба реєструватися?", "Чи можна реєструватися?"),
        ("Надо брать ноутбук?", "Можно брать ноутбук?"),
        ("Чи є кава?", "Чи є кафе?"),
        ("Pot pleca?", "Pot veni?"),
        ("🦊", "🐻"),
        ("", ""),
    ],
)
def test_another_question_is_better_not_answered(known: str, asked: str) -> None:
    assert not answers_too(read_wording(known), read_wording(asked), same_language=True)


def test_words_alike_in_two_languages_mean_two_things() -> None:
    english, romanian = read_wording("Is there a camera?"), read_wording("Există cameră?")

    assert not answers_too(english, romanian, same_language=False)
    assert answers_too(read_wording("Wi-Fi?"), read_wording("wi fi"), same_language=False)


@pytest.mark.parametrize("text", ["is there a shuttle tomorrow", "Є щось сьогодні ввечері?", "ce autobuz e acum?"])
def test_a_question_of_a_day_is_known_as_one(text: str) -> None:
    assert read_wording(text).relative


@given(questions, questions)
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    first, second = read_wording(one), read_wording(other)

    assert likeness(first, second) == likeness(second, first)
    assert 0.0 <= likeness(first, second) <= 1.0
    assert likeness(first, first) == 1.0


@given(questions, questions)
def test_what_answers_each_other_shares_a_mark(one: str, other: str) -> None:
    first, second = read_wording(one), read_wording(other)

    if answers_too(first, second, same_language=True):
        assert same_marks(first) & same_marks(second)


@given(st.lists(questions, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_coming_changes_no_group(texts: list[str], random: object) -> None:
    numbered = list(enumerate(texts))
    one, other = Grouping[int](), Grouping[int]()
    for number, text in numbered:
        one.add(number, read_wording(text))
    random.shuffle(numbered)  # type: ignore[attr-defined]
    for number, text in numbered:
        other.add(number, read_wording(text))
        other.add(number, read_wording(text))  # known already

    assert set(one.groups()) == set(other.groups())
    assert sorted(key for group in one.groups() for key in group) == list(range(len(texts)))


@given(questions, questions)
def test_what_is_answered_alike_stands_together(one: str, other: str) -> None:
    first, second = read_wording(one), read_wording(other)
    grouping = Grouping[int]()
    grouping.add(1, first)
    grouping.add(2, second)

    assert (len(grouping.groups()) == 1) == (likeness(first, second) >= GROUPED_FROM)


def test_questions_stand_together_across_languages_where_their_words_do() -> None:
    grouping = Grouping[str]()
    for text in ASKED:
        grouping.add(text, read_wording(text))
    group_of = {text: group for group in grouping.groups() for text in group}

    assert "де знайти фотографа?" in group_of["is there a photographer"]
    assert "unde pot să-mi las bicicleta?" in group_of["where can I leave my bicycle?"]
    assert "який пароль від вайфаю" in group_of["what's the wifi password"]
    assert group_of["is there vegan food"] == {"is there vegan food"}
