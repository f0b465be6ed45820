"""No event is special: nothing of the built-in one stands in the code, and others are understood as well."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from content.agenda import Agenda
from content.formats.yaml import read_agenda
from content.questions.index import build_index
from content.questions.question import Intent
from content.questions.understand import understand
from tests.content.questions.eastern_agendas import FOLDER, eastern_agenda

ROOT = Path(__file__).parents[3] / "content"
EVENT = ROOT / "data" / "iasi-2023.yaml"
_WORD = re.compile(r"[^\W\d_]{4,}")

ASKED = {
    "uk": ("коли виступає {}", "{}", "слайди {}", "хто такий {}"),
    "ru": ("когда выступает {}", "{}", "слайды {}", "кто такой {}"),
    "ro": ("când vorbește {}", "{}", "prezentarea lui {}", "cine e {}"),
}
STRANGERS = {
    "uk": ("Остап Бендериков", "Зиновій Кульбабчук", "Мирослав Жовтоноженко"),
    "ru": ("Остап Бендериков", "Зиновий Одуванчиков", "Мирослав Желтоноженко"),
    "ro": ("Ghiță Păpădescu", "Zenovia Urzicăreanu", "Pavel Brusturoiu"),
}
OTHER_TOPICS = {
    "uk": ("доповідь про бджільництво", "воркшоп з гончарства", "секція про виноробство"),
    "ru": ("доклад о пчеловодстве", "мастер-класс по гончарному делу", "секция о виноделии"),
    "ro": ("prezentare despre apicultură", "atelier de olărit", "sesiune despre viticultură"),
}


def test_no_word_of_the_built_in_event_stands_in_the_code() -> None:
    """Names of people, organisations and the place: what belongs to an event belongs to its content file."""
    agenda = read_agenda(EVENT.read_bytes(), EVENT.name)
    names = {word.casefold() for speaker in agenda.speakers for word in _WORD.findall(speaker.name)}
    names |= {word.casefold() for text in agenda.event.place.texts.values() for word in _WORD.findall(text)}
    names |= {"clustero", "eccp", "iași", "iasi", "ясси", "яссах", "technopolis", "steinbeis", "modacc", "federcanapa"}
    names -= {"romania", "românia", "румунія", "roman", "hotel", "отель", "готель"}  # words of languages, too
    said = {
        (path.name, word)
        for path in (*(ROOT / "questions").rglob("*.py"), *(ROOT / "questions").rglob("*.toml"))
        for word in map(str.casefold, _WORD.findall(path.read_text(encoding="utf-8")))
        if word in names
    }
    assert said == set()


@pytest.mark.skipif(not FOLDER.exists(), reason="the agendas lie beside the checkout")
@pytest.mark.parametrize("language", sorted(ASKED))
def test_people_of_another_event_are_found_and_strangers_are_not(language: str) -> None:
    agenda = eastern_agenda(language)
    index = build_index(agenda)
    people = [(speaker.id, speaker.name) for speaker in agenda.speakers if len(speaker.name.split()) == 2]
    surnames = [(one, name.split()[1]) for one, name in people if _surname_is_one(agenda, name)]
    asked = [(one, way.format(name)) for one, name in people + surnames for way in ASKED[language]]
    wrong = [text for one, text in asked if one not in [each.id for each in understand(text, index).entities[:1]]]
    assert len(wrong) <= 0.05 * len(asked), wrong
    strange = [way.format(name) for name in STRANGERS[language] for way in ASKED[language]] + list(
        OTHER_TOPICS[language]
    )
    assert [text for text in strange if understand(text, index).intent is not Intent.UNKNOWN] == []


@pytest.mark.skipif(not FOLDER.exists(), reason="the agendas lie beside the checkout")
@pytest.mark.parametrize("language", sorted(ASKED))
def test_titles_of_another_event_are_found_with_a_slip_of_the_finger(language: str) -> None:
    agenda = eastern_agenda(language)
    index = build_index(agenda)
    chance = random.Random(7)
    titles = [(each.id, each.title.pick(language)) for each in agenda.sessions if len(each.title.pick(language)) > 20]
    every = [title for _, title in titles]
    same = {title for title in every if every.count(title) > 1}
    asked = [(one, _slipped(title, chance)) for one, title in titles if title not in same]
    wrong = [text for one, text in asked if one not in [each.id for each in understand(text, index).entities[:1]]]
    assert len(wrong) <= max(1, 0.06 * len(asked)), wrong


def _surname_is_one(agenda: Agenda, name: str) -> bool:
    surname = name.split()[1]
    return sum(surname in speaker.name for speaker in agenda.speakers) == 1 and len(surname) > 3


def _slipped(title: str, chance: random.Random) -> str:
    at = chance.randrange(2, len(title) - 1)
    return title[:at] + title[at + 1 :]
