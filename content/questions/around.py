"""What comes before or after something of the agenda: "what is after the panel", "înainte de pauza de cafea"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.agenda import SessionKind
from content.questions.candidate import Candidate
from content.questions.index import QuestionIndex
from content.questions.names import Field
from content.questions.question import EntityKind
from content.questions.read_word import ReadWord, Role
from content.questions.reading import Reading

AFTER = "after"
BEFORE = "before"

_TIED = 0.06
_WHOLE_TITLE = 0.8
_RELATIONS = {"grammar.after": AFTER, "grammar.before": BEFORE}
_OTHER_WISHES = ("intents.follow", "wishes.", "intents.materials", "intents.desk")


@dataclass(frozen=True, slots=True)
class Around:
    """``relation``: "after" or "before"; ``places``: the sessions that are meant, or the speaker, in the index."""

    relation: str
    places: tuple[int, ...]


def around(reading: Reading, candidates: Sequence[Candidate], index: QuestionIndex) -> Around | None:
    """Return what a question wants the time beside of; None: it asks for something else."""
    words = reading.words
    if any(key.startswith(_OTHER_WISHES) for read in words for key in read.keys):
        return None
    for at, read in enumerate(words):
        relation = next((_RELATIONS[key] for key in read.keys if key in _RELATIONS), None)
        if relation is None or read.role is Role.TIME:
            continue
        best = candidates[0] if candidates else None
        if best is not None and at in best.by_name and best.naming >= _WHOLE_TITLE:
            return None  # "Security after Log4Shell" is a title
        if best is not None and best.named.kind is EntityKind.SPEAKER and best.by_name and max(best.by_name) < at:
            return None  # "is Smith on before the break": about Smith
        first = _first_of_a_name(words, at + 1)
        if first is None or _asks_for_a_fact(words[:at]):
            return None
        places = _named_from(first, candidates, words, index)
        return Around(relation, places) if places else None
    return None


def _first_of_a_name(words: tuple[ReadWord, ...], at: int) -> int | None:
    """Return the place of the first word, from ``at`` on, that is more than an article or a preposition."""
    return next(
        (
            place
            for place in range(at, len(words))
            if words[place].role is not Role.FUNCTION and not _is_small(words[place])
        ),
        None,
    )


def _is_small(read: ReadWord) -> bool:
    return all(key.startswith(("fillers.", "time.", "grammar.")) for key in read.keys) and bool(read.keys)


def _asks_for_a_fact(words: tuple[ReadWord, ...]) -> bool:
    return any(key.startswith("topics.") for read in words for key in read.keys)


def _named_from(
    first: int, candidates: Sequence[Candidate], words: tuple[ReadWord, ...], index: QuestionIndex
) -> tuple[int, ...]:
    best = candidates[0] if candidates else None
    if best is not None and best.named.kind is EntityKind.SPEAKER and first in best.by_name:
        return (best.place,)
    if best is not None and best.named.kind is EntityKind.SESSION and first in best.by_name:
        return tuple(sorted(each.place for each in candidates if each is best or _is_as_good(each, best, first)))
    for key in sorted(words[first].keys):
        if key in index.of_kind:
            return index.of_kind[key]
    return ()


def _is_as_good(candidate: Candidate, best: Candidate, first: int) -> bool:
    """Tell another break of the same name: which one is meant, only the moment says."""
    if candidate.named.session_kind != best.named.session_kind or first not in candidate.explained:
        return False
    return best.score - candidate.score < _TIED or (
        best.named.session_kind == SessionKind.BREAK and candidate.field is Field.TITLE
    )
