"""The vocabulary files as files: in shape, in one script where they must be, with nothing twice."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from content.questions.folding import is_cyrillic
from tests.tidy_vocabulary import FILES, QUESTIONS, WIDTH, tidy

CEDILLAS = set("şţŞŢ")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_in_shape(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert tidy(text) == text, "make words"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_romanian_letters_have_commas(path: Path) -> None:
    assert not CEDILLAS & set(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["uk", "ru", "everyday_uk", "everyday_ru"])
def test_no_word_mixes_alphabets(language: str) -> None:
    lists = tomllib.loads((QUESTIONS / "vocabulary" / f"{language}.toml").read_text(encoding="utf-8"))
    words = {word for section in lists.values() for listed in section.values() for word in listed}

    mixed = {word for word in words if any(map(_mixes, re.findall(r"[^\W_ʼ]+", word)))}
    assert not mixed


def _mixes(word: str) -> bool:
    return len({is_cyrillic(letter) for letter in word if letter.isalpha()}) > 1


def test_long_lists_are_wrapped_between_words_and_keep_order_and_comments() -> None:
    words = [f"word number {number}" for number in range(30)]
    quoted = ", ".join(f'"{word}"' for word in words)
    text = f'# Top.\n[asks]  # of a section\nmany = [{quoted}]  # of a list\nfew = ["a", "b"]\n'

    tidied = tidy(text)

    assert max(map(len, tidied.splitlines())) <= WIDTH
    assert tomllib.loads(tidied) == tomllib.loads(text)
    assert tidied.startswith("# Top.\n[asks]  # of a section\nmany = [\n")
    assert "]  # of a list\n" in tidied
    assert tidy(tidied) == tidied


def test_comments_within_a_list_stay_between_its_words() -> None:
    text = '[verbs]\nsome = [\n  # mind\n  "hope", "think", "hopé",\n  # hand\n  "take", "think"\n]\n'

    assert tidy(text) == '[verbs]\nsome = [\n    # mind\n    "hope", "think",\n    # hand\n    "take",\n]\n'


def test_what_stands_twice_goes_however_accented() -> None:
    assert tidy('[asks]\nwhen = ["când", "la ce ora", "cand", "ora*", "la ce oră", "ora"]\n') == (
        '[asks]\nwhen = ["când", "la ce ora", "ora*", "ora"]\n'
    )


@pytest.mark.parametrize("text", ["[asks]\nwhen = 3\n", '[asks]\nwhen = ["a",\n"b"] ; \n'])
def test_what_it_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - tomllib's errors are of this kind, too
        tidy(text)
