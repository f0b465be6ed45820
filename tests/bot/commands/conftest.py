"""Commands set up logging for the whole process; after each test it is as it was before."""

import pytest


@pytest.fixture(autouse=True)
def _logging_as_before(logging_as_before: None) -> None:
    pass
