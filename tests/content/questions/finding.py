"""What a question was taken for."""

from __future__ import annotations

from content.questions.index import QuestionIndex
from content.questions.question import Intent
from content.questions.understand import understand


def found(text: str, index: QuestionIndex) -> tuple[Intent, list[str]]:
    """Return the intent and the ids of what it names, best first."""
    question = understand(text, index)
    return question.intent, [entity.id for entity in question.entities]
