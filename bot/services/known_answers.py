"""The questions that organisers answered, in memory, ready to be compared with what somebody asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.open_questions import KnownAnswer, OpenQuestion, OrganiserAnswer
from content.questions.likeness import Wording, answers_too, read_wording, same_marks


@dataclass(frozen=True, slots=True)
class _Known:
    question: OpenQuestion
    wording: Wording
    answer: OrganiserAnswer | None = None


class KnownQuestions:
    """Immutable. ``zone``: the event's, by which the days are told of questions that say "today"."""

    def __init__(self, known: Iterable[KnownAnswer], zone: tzinfo | None = None) -> None:
        self._zone = zone
        self._marked: defaultdict[str, list[_Known]] = defaultdict(list)
        for each in known:
            for question in each.questions:
                self._add(_Known(question, read_wording(question.wording), each.answer))

    @classmethod
    def comparing(cls, questions: Collection[OpenQuestion]) -> KnownQuestions:
        """Return questions without their answers, to see which others ask the same."""
        made = cls(())
        for question in questions:
            made._add(_Known(question, read_wording(question.wording)))
        return made

    def find(self, text: str, language: str, now: datetime) -> OrganiserAnswer | None:
        """Return the newest answer to what surely is the same question; ``language``: that of who asks."""
        if not self._marked:
            return None
        asked, today, found = read_wording(text), now.astimezone(self._zone).date(), list[OrganiserAnswer]()
        for known in self._like(asked):
            if known.answer is None or not _same(known, asked, language):
                continue
            given_on = known.answer.at.astimezone(self._zone).date()
            # "Is there a shuttle tomorrow?": yesterday's answer is another one.
            if not (known.wording.relative or asked.relative) or known.question.asked_on == given_on == today:
                found.append(known.answer)
        return max(found, key=lambda answer: (answer.at, answer.id), default=None)

    def asks_the_same(self, other: OpenQuestion) -> bool:
        """Whether one of these surely asks the same, and on the same day if it says "today"."""
        asked = read_wording(other.wording)
        return any(
            _same(known, asked, other.language)
            and (not (known.wording.relative or asked.relative) or known.question.asked_on == other.asked_on)
            for known in self._like(asked)
        )

    def _add(self, known: _Known) -> None:
        for mark in same_marks(known.wording):
            self._marked[mark].append(known)

    def _like(self, asked: Wording) -> Iterator[_Known]:
        for mark in same_marks(asked):
            yield from self._marked.get(mark, ())


def _same(known: _Known, asked: Wording, language: str) -> bool:
    return answers_too(known.wording, asked, same_language=known.question.language == language)
