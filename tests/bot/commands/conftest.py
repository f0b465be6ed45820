"""Commands set up logging for the whole process; after each test it is as it was before."""

import pytest

from tests.reading_here import read_here


@pytest.fixture(autouse=True)
def _logging_as_before(logging_as_before: None) -> None:
    pass


@pytest.fixture(autouse=True)
def _files_are_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)
