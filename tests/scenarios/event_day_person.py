"""One attendee as the oracle knows them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.scenarios.event_day_actions import Change, Slot


@dataclass
class Person:
    """Somebody; ``known``: what they follow → the version they last heard of."""

    language: str
    known: dict[str, int] = field(default_factory=dict)
    muted: set[str] = field(default_factory=set)
    lead: int = 10
    own_leads: dict[str, int | None] = field(default_factory=dict)
    changes: bool = True
    quiet: bool = True
    blocked: bool = False
    told_at: list[datetime] = field(default_factory=list)
    unrest_since: datetime | None = None  # the first change of which they do not know yet
    restless_since: datetime | None = None  # the first of a row of versions, of which they know none yet
    at_once: bool = False  # an urgent one came up
    patience: datetime | None = None  # until then a message may be late: a bad line, or just come back
    last: frozenset[Change] = frozenset()
    last_version: int = 0  # how many versions there were when ``last`` was said first
    known_before: dict[str, int] = field(default_factory=dict)  # ``known`` as it was before ``last``
    # With which lead they followed a session just about to begin; by session and how often it was moved by then.
    just_told: dict[tuple[str, int], int] = field(default_factory=dict)

    def as_before_the_last_notice(self) -> Person:
        """Return this person as Ghid still sees them while it does not know that ``last`` arrived."""
        known = {followed: self.known_before.get(followed, version) for followed, version in self.known.items()}
        return replace(self, known=known)

    def lead_for(self, session: str) -> int:
        """Return minutes; 0: do not remind."""
        own = self.own_leads.get(session)
        return 0 if session in self.muted else self.lead if own is None else own

    def follows(self, target: str, slot: Slot | None, moves: int, at: datetime) -> None:
        """Take note of a tap that says, instead of a reminder, that the session begins in some minutes."""
        lead = self.lead_for(target)
        if slot and lead and timedelta() < slot.start - at < timedelta(minutes=lead + 1):
            self.just_told[target, moves] = min(lead, self.just_told.get((target, moves), lead))

    def was_told(self, session: str, moves: int) -> bool:
        """Whether that tap makes a reminder with the present lead needless."""
        return self.lead_for(session) >= self.just_told.get((session, moves), 61)
