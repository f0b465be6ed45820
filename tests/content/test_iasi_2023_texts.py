"""The texts of the real event are whole in three languages, and clean: letters, scripts, marks, no doubled aliases."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import content
from content.agenda import Agenda
from content.formats.yaml import read_agenda
from content.localized_text import LocalizedText

FILE = Path(content.__file__).parent / "data" / "iasi-2023.yaml"
LANGUAGES = {"en", "ro", "uk"}


@pytest.fixture(scope="module")
def agenda() -> Agenda:
    return read_agenda(FILE.read_bytes(), FILE.name)


def _texts(value: Any, where: str = "") -> Iterator[tuple[str, LocalizedText]]:
    """Every text of the agenda that people may see in their language, with the way to it."""
    if isinstance(value, LocalizedText):
        if value:
            yield where, value
    elif dataclasses.is_dataclass(value):
        name = getattr(value, "id", None) or getattr(value, "topic", "")
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name), f"{where}/{name}.{field.name}")
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _texts(item, where)


def _shown(agenda: Agenda) -> Iterator[tuple[str, str, str]]:
    for where, text in _texts(agenda):
        for language, words in text.texts.items():
            yield where, language, words
    for speaker in agenda.speakers:
        yield speaker.id, "name", speaker.name


def _aliases(agenda: Agenda) -> Mapping[str, tuple[str, ...]]:
    named = {
        f"{type(entity).__name__} {entity.id}": entity.aliases
        for entities in (agenda.sessions, agenda.speakers, agenda.rooms, agenda.tracks, agenda.materials)
        for entity in entities
    }
    return named | {f"organisation of {speaker.id}": speaker.organisation_aliases for speaker in agenda.speakers}


def test_every_text_is_there_in_all_three_languages(agenda: Agenda) -> None:
    incomplete = {
        where
        for where, text in _texts(agenda)
        if set(text.texts) != LANGUAGES or not all(words.strip() for words in text.texts.values())
    }

    assert set(agenda.event.languages) == LANGUAGES
    assert incomplete == set()


def test_the_practical_answers_repeat_no_clock_time(agenda: Agenda) -> None:
    times = [
        (fact.topic, language)
        for fact in agenda.facts
        for language, text in fact.text.texts.items()
        if re.search(r"\d:\d\d", text)
    ]

    assert times == []


def test_no_letter_with_a_cedilla_stands_in_the_file() -> None:
    assert re.findall("[ŞşŢţ]", FILE.read_text(encoding="utf-8")) == []


def test_no_shown_word_mixes_scripts(agenda: Agenda) -> None:
    mixed = [
        (where, word)
        for where, _, words in _shown(agenda)
        for word in re.findall(r"[^\W\d_]+", words)
        if re.search("[a-z\u00c0-\u024f]", word, re.IGNORECASE) and re.search("[\u0400-\u04ff]", word)
    ]

    assert mixed == []


def test_each_language_keeps_to_its_letters_and_signs(agenda: Agenda) -> None:
    for where, language, words in _shown(agenda):
        assert "'" not in words, where
        if language == "uk":
            assert not re.search("[ыэъёЫЭЪЁ]", words), where
        else:
            assert not re.search("[\u0400-\u04ff]", words), where


def test_no_list_of_aliases_says_a_thing_twice(agenda: Agenda) -> None:
    for owner, aliases in _aliases(agenda).items():
        twice = [alias for alias, times in Counter(map(str.casefold, aliases)).items() if times > 1]
        assert twice == [], owner


def test_every_speaker_can_be_found_in_cyrillic(agenda: Agenda) -> None:
    assert [
        speaker.id for speaker in agenda.speakers if not any(re.search("[\u0400-\u04ff]", a) for a in speaker.aliases)
    ] == []
