"""People of the agenda whom a typed name, or a part of one, may mean."""

from __future__ import annotations

from anyascii import anyascii

from content.agenda import Agenda, Speaker
from content.questions.index import QuestionIndex
from content.questions.question import EntityKind
from content.questions.understand import understand

MOST = 6


def people_like(text: str, agenda: Agenda, index: QuestionIndex) -> tuple[Speaker, ...]:
    """Return at most six people: those whose names hold every typed word, then those that a question would find.

    ``index`` is of this agenda.
    """
    words = _folded(text).split()
    if not words:
        return ()
    holding = [
        speaker
        for speaker in agenda.speakers
        if any(all(word in name for word in words) for name in map(_folded, (speaker.name, *speaker.aliases)))
    ]
    question = understand(text, index)
    asked = [
        agenda.speaker_by_id[entity.id]
        for entity in (*question.entities, *question.suggestions)
        if entity.kind is EntityKind.SPEAKER and entity.id in agenda.speaker_by_id
    ]
    return tuple(dict.fromkeys((*holding, *asked)))[:MOST]


def _folded(text: str) -> str:
    return " ".join(anyascii(text).lower().split())
