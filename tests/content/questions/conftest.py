"""The invented event, indexed once a file that asks about it."""

from __future__ import annotations

import pytest

from content.questions.index import QuestionIndex, build_index
from tests.content.questions.invented_event import invented_agenda


@pytest.fixture(scope="module")
def index() -> QuestionIndex:
    return build_index(invented_agenda())
