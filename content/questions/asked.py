"""What a question's words ask for, apart from what they name."""

from __future__ import annotations

from itertools import pairwise

from content.questions.candidate import Candidate
from content.questions.question import EntityKind
from content.questions.read_word import ReadWord, Role
from content.questions.reading import Reading

SESSION_ABOUT = frozenset({"nouns.session", "asks.about"})
"""What both together ask for a topic: "a session about water" wants no drink."""

_SESSIONS = frozenset({"nouns.session", "kinds.workshop", "kinds.panel", "kinds.keynote"})
_WHOLE_TITLE_WORDS = 4
_WHOLE_NAME = 0.99
_ASKS_FOR_PERSON = frozenset({"asks.who", "asks.bio", "asks.organisation", "verbs.speak", "nouns.speaker"})
_ASKS_FOR_SESSION = frozenset({"nouns.session", "asks.about", "nouns.moderator"})


def preferred_kinds(reading: Reading) -> frozenset[EntityKind]:
    """Return the kinds of things that the question's own words ask for."""
    keys = {key for read in reading.words for key in read.keys}
    kinds = set()
    if keys & _ASKS_FOR_PERSON:
        kinds.add(EntityKind.SPEAKER)
    if keys & _ASKS_FOR_SESSION:
        kinds.add(EntityKind.SESSION)
    if "nouns.room" in keys:
        kinds.add(EntityKind.ROOM)
    return frozenset(kinds)


class Asked:
    """The meanings of a question's words, without those that are only part of a name."""

    def __init__(self, reading: Reading, named: Candidate | None) -> None:
        self.reading = reading
        self.time = reading.time
        self._in_name = named.by_name if named is not None else frozenset()
        self.keys: set[str] = set()
        whole_title = named is not None and named.naming > 0.8 and len(named.by_name) >= _WHOLE_TITLE_WORDS
        for at, read in enumerate(reading.words):
            part_of_name = (
                named is not None
                and at in named.by_name
                and (whole_title or at in named.in_a_row or _may_belong(read, named))
            )
            if not part_of_name:
                self.keys.update(read.keys)
        if "wishes.unfollow" in self.keys:
            self.keys.add("intents.follow")
        timed = {at for at, read in enumerate(reading.words) if read.role is Role.TIME}
        if named is not None and timed <= named.by_name:
            self.time = None

    def has(self, *keys: str) -> bool:
        """Tell whether a word means one of these."""
        return any(key in self.keys for key in keys)

    def ends_with(self, key: str) -> bool:
        """Tell whether the last word means this: "who comes after"."""
        return any(key in read.keys for read in self.reading.words[-1:])

    def one_of(self, section: str) -> str | None:
        """Return the first meaning of a section, in alphabetical order; None: there is none."""
        found = sorted(key for key in self.keys if key.startswith(section + "."))
        return found[0].removeprefix(section + ".") if found else None

    @property
    def asks_anything(self) -> bool:
        """Whether a question word or a noun of the programme was said."""
        return any(key.startswith(("asks.", "nouns.")) for key in self.keys)

    @property
    def wants_materials(self) -> bool:
        """Whether slides or files are asked for: "when is her presentation" asks for a time, unless of its upload.

        "A presentation about bees" is a talk.
        """
        asking = [read.keys for read in self.reading.words if "intents.materials" in read.keys & self.keys]
        spoken = (self.has("asks.when") or self._speaks_about) and not self.has("verbs.publish")
        return bool(asking) and not (spoken and all("verbs.presentation" in keys for keys in asking))

    @property
    def _speaks_about(self) -> bool:
        """Whether "about" stands right after "presentation", and not as a part of a name: "Pro Wood"."""
        return any(
            "verbs.presentation" in left.keys and "asks.about" in right.keys and at not in self._in_name
            for at, (left, right) in enumerate(pairwise(self.reading.words), start=1)
        )

    @property
    def wants_a_person(self) -> bool:
        """Whether somebody must help; a password is forgotten, not lost."""
        return self.has("intents.desk") and not self.has("topics.wifi")

    @property
    def wants_a_topic(self) -> bool:
        """Whether a session is asked for by what it is about: "a workshop on printing" wants no printer."""
        keys = [read.keys for read in self.reading.words]
        return (self.has("nouns.session") and self.has("asks.about")) or any(
            not left.isdisjoint(_SESSIONS) and not right.isdisjoint(("asks.about", "grammar.on_topic"))
            for left, right in pairwise(keys)
        )

    @property
    def asks_where_from(self) -> bool:
        """Whether "where is she from?" is asked."""
        return self.has("asks.where") and "time.from" in self.reading.words[-1].keys

    @property
    def does_something_else(self) -> bool:
        """Whether a verb was said that nobody knows: "where can I smoke" does not ask for the venue."""
        return any(not (read.keys or read.word.initial) and read.role is Role.FUNCTION for read in self.reading.words)

    @property
    def topics(self) -> list[str]:
        """The fact topics that were named."""
        return sorted(key.removeprefix("topics.") for key in self.keys if key.startswith("topics."))


def _may_belong(read: ReadWord, named: Candidate) -> bool:
    """What asks for a person, slides or a reminder still asks when the name holds the same word."""
    asking = ("intents.materials", "intents.follow", "intents.language", "nouns.speaker", "nouns.moderator")
    whole = named.naming > _WHOLE_NAME
    keyword = read.role in (Role.KEYWORD, Role.TIME)
    return keyword and (whole or not any(key.startswith(asking) for key in read.keys))
