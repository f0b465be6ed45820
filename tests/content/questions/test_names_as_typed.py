"""Names as people type them: initials, capitals, Latin letters for Cyrillic, slips in short words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.agenda import Speaker
from content.localized_text import LocalizedText
from content.questions.by_ear import as_in_romanian, heard
from content.questions.folding import forms, loose
from content.questions.index import QuestionIndex, build_index
from content.questions.latin_script import as_cyrillic_text
from content.questions.lexicon import lexicon
from content.questions.question import Intent
from content.questions.spelling import build_spelling_index
from content.questions.words import read_words
from tests.content.questions.finding import found
from tests.content.questions.invented_event import invented_agenda


@pytest.mark.parametrize("text", ["p lungu", "when is p lungu on", "lungu p slides", "п лунгу"])
def test_a_small_letter_beside_a_surname_is_its_initial(text: str, index: QuestionIndex) -> None:
    assert found(text, index)[1] == ["petru-lungu"]


@pytest.mark.parametrize("text", ["x lungu", "when is k lungu on"])
def test_an_initial_that_is_not_theirs_is_another_person(text: str, index: QuestionIndex) -> None:
    assert found(text, index)[0] is Intent.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "looking for Petru French on the programme",  # a language, were it not for the capital letter
        "who is here from Bluebird Post",
        "хто від Нової Пошти",
        "programul lui Petru Salam",
        "коли дадуть слово Кличкові",
    ],
)
def test_a_capital_letter_beside_a_name_makes_a_name(text: str, index: QuestionIndex) -> None:
    assert found(text, index)[0] is Intent.UNKNOWN


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("rozklad na siohodni", "розклад на сьогодні"),
        ("o kotrij vystupaye Lungu", "о котрій виступає lungu"),
        ("when does Lungu speak", None),
        ("cine vorbeste acum", None),
        ("atelier de fotografie", None),
    ],
)
def test_ukrainian_in_latin_letters_is_told_from_other_languages(text: str, other: str | None) -> None:
    assert as_cyrillic_text(text) == other


def test_ukrainian_in_latin_letters_is_understood(index: QuestionIndex) -> None:
    assert found("rozklad na siohodni", index) == (Intent.DAY_AGENDA, [])
    assert found("o kotrij vystupaye Lungu", index) == (Intent.SPEAKER_SESSIONS, ["petru-lungu"])


@pytest.mark.parametrize("text", ["varroa mtes", "when is the vaaarroa panel", "silnt apiary", "petru lngu"])
def test_a_slip_in_a_short_word_beside_a_sure_one_is_forgiven(text: str, index: QuestionIndex) -> None:
    assert len(found(text, index)[1]) == 1


@pytest.mark.parametrize("text", ["varroa boat", "silent disco", "petru zorb"])
def test_another_word_beside_a_sure_one_is_not(text: str, index: QuestionIndex) -> None:
    assert found(text, index)[0] is Intent.UNKNOWN


def test_a_slip_in_a_word_that_takes_any_ending_is_forgiven() -> None:
    (word,) = read_words("ecuosnul")

    assert lexicon().guess(word).keys == {"topics.badge"}


def test_a_word_as_near_to_a_name_as_to_a_keyword_is_the_name_where_something_is_asked(index: QuestionIndex) -> None:
    """ "Ston" may be a misspelt word of the vocabulary as well."""
    assert found("when does maria ston speak", index) == (Intent.SPEAKER_SESSIONS, ["maria-stone"])


@pytest.mark.parametrize(
    ("name", "sound"),
    [("meeks", "miks"), ("john", "dzhon"), ("behrens", "berens"), ("beaumont", "bomon"), ("cecil", "sesil")],
)
def test_a_name_is_found_as_it_sounds(name: str, sound: str) -> None:
    assert loose(sound) in heard(name)


def test_a_name_is_found_in_romanian_spelling() -> None:
    assert as_in_romanian("ciosici") == loose("chosich")


@pytest.mark.parametrize("text", ["мері стоун коли", "мария стон", "mria stone slides"])
def test_vowels_that_were_misheard_beside_a_sure_name_do_no_harm(text: str, index: QuestionIndex) -> None:
    assert found(text, index)[1] == ["maria-stone"]


@pytest.mark.parametrize("text", ["коли виступає Лунга", "слайди Лунгом", "про Шчура", "слайди Шчуром"])
def test_a_case_ending_belongs_to_no_name(text: str, index: QuestionIndex) -> None:
    assert len(found(text, index)[1]) == 1


@pytest.mark.parametrize("text", ["👉 що далі?", "🤷 what is next", "⭐ ce urmează"])
def test_an_emoji_names_nothing(text: str, index: QuestionIndex) -> None:
    assert found(text, index) == (Intent.NEXT, [])


def test_an_abbreviation_in_capitals_is_no_ordinary_word(index: QuestionIndex) -> None:
    """ "HI" is a greeting, were it not an organisation here."""
    assert found("slides of HI Lab", index) == (Intent.MATERIALS, ["ada-wójcik"])


@pytest.mark.parametrize(
    "text", ["session about fishing", "е щось про рибалку", "ceva despre pescuit", "курс астрологии"]
)
def test_hobbies_are_no_topics_of_a_conference(text: str, index: QuestionIndex) -> None:
    assert found(text, index)[0] is Intent.UNKNOWN


@pytest.fixture(scope="module")
def titled(index: QuestionIndex) -> QuestionIndex:
    """An agenda with titles that hold words which otherwise ask for something."""
    agenda = invented_agenda()
    titles = ("Parsing zone files fast", "Exposure notification in the open", "Hives after the Flood")
    sessions = tuple(
        replace(session, title=LocalizedText.of(en=title))
        for session, title in zip(agenda.sessions, titles, strict=True)
    )
    speakers = (
        *agenda.speakers,
        Speaker("chad-hart", "Chad Hart"),
        Speaker("emil-schultz", "Emil Schultz", LocalizedText.of(en="Honey of Finland")),
    )
    return build_index(replace(agenda, sessions=sessions, speakers=speakers))


@pytest.mark.parametrize(
    ("text", "intent", "first"),
    [
        ("anything on parsing files", Intent.SESSION_INFO, "welcome-keynote"),
        ("slides of parsing files", Intent.MATERIALS, "welcome-keynote"),
        ("talk about exposure notification", Intent.SESSION_INFO, "varroa-panel"),
        ("remind me of exposure notification", Intent.FOLLOW, "varroa-panel"),
        ("hives after the flood", Intent.SESSION_INFO, "honey-fair"),
    ],
)
def test_a_keyword_that_stands_in_a_title_as_in_the_question_asks_for_nothing(
    text: str, intent: Intent, first: str, titled: QuestionIndex
) -> None:
    said, about = found(text, titled)

    assert about[:1] == [first]
    assert said in (intent, Intent.MATCHMAKING)  # the last one is the matchmaking


@pytest.mark.parametrize(
    ("text", "first"),
    [("доповідь Гарта", "chad-hart"), ("SCHUTZ slides", "emil-schultz"), ("emi schult", "emil-schultz")],
)
def test_a_name_is_no_misspelt_or_foreign_word(text: str, first: str, titled: QuestionIndex) -> None:
    assert found(text, titled)[1] == [first]


@pytest.mark.parametrize(
    "text", ["the finnish guy, when does he speak", "кто из Финляндии", "invitatul finlandez când vorbește"]
)
def test_somebody_is_found_by_the_nation_of_their_organisation(text: str, titled: QuestionIndex) -> None:
    assert found(text, titled)[1] == ["emil-schultz"]


@pytest.mark.parametrize(("typed", "known"), [("heatlh", "health"), ("mahter", "mather"), ("бедйжик", "beidzhyk")])
def test_a_slip_that_parts_letters_which_sound_as_one_is_forgiven(typed: str, known: str) -> None:
    assert build_spelling_index([known]).near(forms(typed))
