"""Folding makes spellings of one name alike, and does no harm twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.questions.folding import forms, loose, stem, strict
from content.questions.layouts import in_one_alphabet, other_layouts

CYRILLIC = st.text(st.characters(min_codepoint=0x0430, max_codepoint=0x044F, exclude_characters="ьъ"), min_size=1)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = strict(text)
    assert strict(once) == once
    assert once.isascii()


@given(CYRILLIC)
def test_cyrillic_is_never_folded_away(text: str) -> None:
    assert strict(text)
    assert loose(strict(text))
    assert stem(loose(strict(text)))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Київ", "kyiv"),
        ("йога", "ioha"),
        ("їжак", "izhak"),
        ("Coșniță", "cosnita"),
        ("Coşniţă", "cosnita"),
        ("зв'язок", "zviazok"),
        ("зв’язок", "zviazok"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("ἥλιος", "ilios"),
    ],
)
def test_marks_and_scripts_fold_to_plain_letters(written: str, folded: str) -> None:
    assert strict(written) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Косніти", "Cosnita"),
        ("Штайнбайс", "Stainbais"),
        ("Лисенка", "Lysenko"),
        ("Лысенко", "Lisenco"),
        ("Шевчука", "Sevcuk"),
        ("Крамером", "Kramer"),
        ("Філіпп", "Philip"),
        ("Dianei", "Diana"),
        ("Щур", "Shchur"),
    ],
)
def test_spellings_of_one_name_share_their_stem(one: str, other: str) -> None:
    assert forms(one).stem == forms(other).stem


def test_a_letter_of_the_other_alphabet_is_put_right() -> None:
    assert in_one_alphabet("вalta") == "balta"
    assert in_one_alphabet("cлайди") == "слайди"
    assert in_one_alphabet("keynote") == "keynote"


@pytest.mark.parametrize(
    ("typed", "meant"), [("ckfqlb", "слайди"), ("рудз", "help"), ("c]nd", "cînd"), ("pfdnhf", "завтра")]
)
def test_another_keyboard_layout_gives_what_was_meant(typed: str, meant: str) -> None:
    assert meant in list(other_layouts(typed))
