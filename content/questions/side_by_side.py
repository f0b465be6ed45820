"""Several things named side by side: "Smith and Jones". None explains all the words, together they do."""

from __future__ import annotations

from content.questions.candidate import Candidate
from content.questions.names import Field
from content.questions.question import EntityKind
from content.questions.reading import Reading

_JOINERS = frozenset({"time.and", "grammar.or"})
_WHOLE_NAME = 0.9


def named_side_by_side(reading: Reading, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return what is named on each side of the joining words, in the order of the question; empty: not all sides name.

    Without a joining word nothing is split: a first name beside somebody else's surname is one person, an unknown one.
    """
    named = tuple(_named_by(side, candidates) for side in _sides(reading))
    found = tuple(each for each in named if each is not None)
    if len(found) < 2 or len(found) < len(named):
        return ()
    kinds = {each.named.kind for each in found}
    return found if len(kinds) == 1 and len({each.place for each in found}) == len(found) else ()


def _sides(reading: Reading) -> list[frozenset[int]]:
    """Return the places of the content words before, between and after the joining words."""
    sides: list[set[int]] = [set()]
    content = set(reading.content)
    for at, read in enumerate(reading.words):
        if at in content:
            sides[-1].add(at)
        elif sides[-1] and read.keys & _JOINERS:
            sides.append(set())
    return [frozenset(side) for side in sides if side]


def _named_by(side: frozenset[int], candidates: tuple[Candidate, ...]) -> Candidate | None:
    """Return the best candidate that all these words name: a person by any part of the name, else a whole name."""
    for each in candidates:
        person = each.named.kind is EntityKind.SPEAKER and each.field is Field.NAME
        if side <= each.by_name and (person or (each.named.kind is not None and each.naming >= _WHOLE_NAME)):
            return each
    return None
