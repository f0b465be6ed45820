"""Time to understand a question beside RapidFuzz's ``extractOne`` with WRatio over the same names.

Run: ``python -m tests.benchmarks.bench_questions``
"""

from __future__ import annotations

import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from content.agenda import Agenda, Event, Session, SessionSpeaker, Speaker
from content.formats.yaml import read_agenda
from content.localized_text import LocalizedText
from content.questions.index import build_index
from content.questions.understand import understand
from tests.content.questions.test_scores import Score, score, score_by_names
from tests.fosdem_agenda import SCHEDULE, read_fosdem

QUESTIONS = Path(__file__).parents[1] / "content" / "questions"

SIZES = (60, 1_000, 10_000)
MOST = {60: 4.0, 1_000: 0.3, 10_000: 0.05}  # ratios promised in the design
_ZONE = ZoneInfo("Europe/Bucharest")
_A_TURN = 20
_SYLLABLES = (
    "ba",
    "co",
    "du",
    "fe",
    "gi",
    "ha",
    "jo",
    "ka",
    "le",
    "mi",
    "no",
    "pa",
    "re",
    "si",
    "to",
    "va",
    "lin",
    "mar",
)
_ENDINGS = (
    "ton",
    "sel",
    "dra",
    "vik",
    "pol",
    "nes",
    "gor",
    "tan",
    "rik",
    "wu",
    "xa",
    "ze",
    "sky",
    "berg",
    "escu",
    "enko",
)
_ASKING = ("when does {} speak", "{}", "slides of {}", "where is {}", "коли виступає {}", "la ce oră e {}", "who is {}")


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians in milliseconds for one number of entities, and what building its index took."""

    entities: int
    understand_ms: float
    extract_one_ms: float
    build_s: float
    index_mb: float

    @property
    def ratio(self) -> float:
        """How many times as long as one call of extractOne a question takes."""
        return self.understand_ms / self.extract_one_ms


def made_up_agenda(entities: int, seed: int = 1) -> Agenda:
    """Return an agenda of speakers and sessions, half and half, with names as varied as real ones."""
    chance = random.Random(seed)

    def word(syllables: int) -> str:
        return ("".join(chance.choices(_SYLLABLES, k=syllables - 1)) + chance.choice(_ENDINGS)).capitalize()

    def title() -> str:
        """Return nine words: a few that many titles share, and rarer ones, as in any language."""
        ranks = (int(len(topics) * chance.random() ** 2) for _ in range(8))
        return " ".join([word(3), *(topics[rank] for rank in ranks)])

    topics = [word(chance.choice((2, 3, 4))) for _ in range(3_000)]
    first_names = [word(2) for _ in range(max(20, entities // 20))]
    speakers = tuple(
        Speaker(f"speaker-{n}", f"{chance.choice(first_names)} {word(chance.choice((2, 3, 3, 4)))}")
        for n in range(entities // 2)
    )
    start = datetime(2023, 2, 4, 9, tzinfo=_ZONE)
    sessions = tuple(
        Session(
            f"session-{n}",
            LocalizedText.of(en=title()),
            start + timedelta(minutes=n % 480),
            start + timedelta(minutes=n % 480 + 25),
            speakers=(SessionSpeaker(f"speaker-{n % max(1, len(speakers))}"),),
        )
        for n in range(entities - len(speakers))
    )
    event = Event("made-up", LocalizedText.of(en="Made up"), date(2023, 2, 4), date(2023, 2, 5), _ZONE)
    return Agenda(event, sessions, speakers)


def made_up_questions(agenda: Agenda, count: int, seed: int = 2) -> list[str]:
    """Return questions that name people and titles, a third of them misspelt."""
    chance = random.Random(seed)
    questions = []
    for _ in range(count):
        name = chance.choice(agenda.speakers).name
        if chance.random() < 0.4:
            name = " ".join(chance.choice(agenda.sessions).title.pick("en").split()[:3])
        if chance.random() < 0.33:
            at = chance.randrange(1, len(name) - 1)
            name = name[:at] + name[at + 1 :]
        questions.append(chance.choice(_ASKING).format(name))
    return questions


def _medians_ms(calls: Sequence[Callable[[str], object]], questions: Sequence[str]) -> list[float]:
    """Time the calls in turns, so that a busy moment of the machine strikes all alike.

    Some questions a turn: each call works from the processor's cache, and not from what the other one left of it.
    """
    times: list[list[float]] = [[] for _ in calls]
    for first in range(0, len(questions), _A_TURN):
        for call, taken in zip(calls, times, strict=True):
            for question in questions[first : first + _A_TURN]:
                started = time.perf_counter()
                call(question)
                taken.append(time.perf_counter() - started)
    return [statistics.median(taken) * 1000 for taken in times]


def measure(entities: int, questions: int = 200) -> Figures:
    """Measure both in the same run, on the same questions and names."""
    agenda = made_up_agenda(entities)
    asked = made_up_questions(agenda, questions)
    names = [speaker.name for speaker in agenda.speakers] + [session.title.pick("en") for session in agenda.sessions]
    understand("when", build_index(made_up_agenda(2)))  # the vocabulary is read once, and not measured here
    started = time.perf_counter()
    index = build_index(agenda)
    build_s = time.perf_counter() - started
    ours, theirs = _medians_ms(
        (
            lambda question: understand(question, index),
            lambda question: process.extractOne(question, names, scorer=fuzz.WRatio),
        ),
        asked,
    )
    tracemalloc.start()
    index = build_index(agenda)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return Figures(entities, ours, theirs, build_s, size / 1e6)


def understood(file: str) -> Score:
    """Return how many of our own labelled questions about the built-in event are understood."""
    event = files("content") / "data" / "iasi-2023.yaml"
    return score(QUESTIONS / file, read_agenda(event.read_bytes(), event.name))


def main() -> None:
    """Print the figures of every size, then how many of our own questions are understood."""
    print("entities  understand  extractOne   ratio  promised  index built   index size")
    for entities in SIZES:
        seen = measure(entities)
        print(
            f"{entities:8}  {seen.understand_ms:7.3f} ms  {seen.extract_one_ms:7.3f} ms  {seen.ratio:6.3f}"
            f"  ≤ {MOST[entities]:5.2f}  {seen.build_s:9.2f} s  {seen.index_mb:8.1f} MB"
        )
    print(f"\n{'questions':40}    right  false answers  refused")
    for file in (
        "own_questions.jsonl",
        "blind_questions.jsonl",
        "held_back_questions.jsonl",
        "strangers_questions.jsonl",
    ):
        _print_score(file, understood(file))
    if SCHEDULE.exists():
        large = read_fosdem()
        for file in (
            "large_event_questions.jsonl",
            "held_back_large_event_questions.jsonl",
            "strangers_large_event_questions.jsonl",
        ):
            _print_score(file, score_by_names(QUESTIONS / file, large))


def _print_score(file: str, reached: Score) -> None:
    print(f"{file:40} {reached.right:8.1%} {reached.false_answers:14.1%} {reached.refused:8.1%}")


if __name__ == "__main__":
    main()
