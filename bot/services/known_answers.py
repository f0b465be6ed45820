"""The questions that organisers answered, in memory, ready to be compared with what somebody asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.open_questions import KnownAnswer, OpenQuestion, OrganiserAnswer
from content.questions.likeness import Wording, answers_too, read_wording


@dataclass(frozen=True, slots=True)
class _Known:
    question: OpenQuestion
    wording: Wording
    answer: OrganiserAnswer | None = None


class KnownQuestions:
    """Immutable. ``zone``: the event's, by which the days are told of questions that say "today"."""

    def __init__(self, known: Iterable[KnownAnswer], zone: tzinfo | None = None) -> None:
        self._zone = zone
        self._known = [
            _Known(question, read_wording(question.wording), each.answer)
            for each in known
            for question in each.questions
        ]

    @classmethod
    def comparing(cls, questions: Collection[OpenQuestion]) -> KnownQuestions:
        """Return questions without their answers, to see which others ask the same."""
        made = cls(())
        made._known = [_Known(question, read_wording(question.wording)) for question in questions]
        return made

    def find(self, text: str, language: str, now: datetime) -> OrganiserAnswer | None:
        """Return the newest answer to what surely is the same question; ``language``: that of who asks."""
        if not self._known:
            return None
        asked, today = read_wording(text), now.astimezone(self._zone).date()
        for known in self._known:  # the newest answers stand first
            if known.answer is None or not _same(known, asked, language):
                continue
            given_on = known.answer.at.astimezone(self._zone).date()
            # "Is there a shuttle tomorrow?": yesterday's answer is another one.
            if not (known.wording.relative or asked.relative) or known.question.asked_on == given_on == today:
                return known.answer
        return None

    def asks_the_same(self, other: OpenQuestion) -> bool:
        """Whether one of these surely asks the same, and on the same day if it says "today"."""
        asked = read_wording(other.wording)
        return any(
            _same(known, asked, other.language)
            and (not (known.wording.relative or asked.relative) or known.question.asked_on == other.asked_on)
            for known in self._known
        )


def _same(known: _Known, asked: Wording, language: str) -> bool:
    return answers_too(known.wording, asked, same_language=known.question.language == language)
