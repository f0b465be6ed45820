"""What a question may name, and how well it explains its words."""

from __future__ import annotations

from dataclasses import dataclass

from content.questions.names import Field, Named


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something the words may name.

    ``coverage``: the share of the content words it explains; ``naming``: the share of its best name that was said;
    ``explained``: the places of the words it explains, ``by_name`` those that stand in its best name;
    ``in_a_row``: the places of words that stand beside each other in a title as they do in the question;
    ``in_title``: it is a session, nearly the best, of which a title holds all content words.
    """

    place: int
    named: Named
    score: float
    coverage: float
    naming: float
    explained: frozenset[int]
    by_name: frozenset[int]
    field: Field | None
    in_title: bool = False
    in_a_row: frozenset[int] = frozenset()
