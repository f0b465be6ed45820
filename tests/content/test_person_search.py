"""A typed name, or a part of one in either script, finds the people it may mean."""

from __future__ import annotations

import pytest

from content.person_search import MOST, people_like
from content.questions.index import build_index
from tests.builders import a_speaker, an_agenda

AGENDA = an_agenda(
    speakers=[
        a_speaker("a", "Daniel Coșniță", aliases=("Деніел Кошніце",)),
        a_speaker("b", "Jan-Philipp Kramer"),
        *(a_speaker(f"n{n}", f"Ion Popescu {n}") for n in range(9)),
    ]
)
INDEX = build_index(AGENDA)


@pytest.mark.parametrize(
    ("text", "first"), [("cosnita", "a"), ("кошніце", "a"), ("kram jan", "b"), ("Daneil Cosnita", "a")]
)
def test_a_part_of_a_name_is_enough(text: str, first: str) -> None:
    assert people_like(text, AGENDA, INDEX)[0].id == first


def test_namesakes_are_a_few_and_strangers_none() -> None:
    assert len(people_like("popescu", AGENDA, INDEX)) == MOST
    assert people_like("", AGENDA, INDEX) == ()
