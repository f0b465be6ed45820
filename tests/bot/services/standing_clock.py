"""A clock that shows what a test sets."""

from datetime import UTC, datetime


class StandingClock:
    """Shows ``now`` until the test sets another moment."""

    def __init__(self) -> None:
        self.now = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now
