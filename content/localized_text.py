"""One text in several languages, and which to take if one is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text as its author wrote it, by language code (ISO 639-1)."""

    texts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, **texts: str) -> LocalizedText:
        """Build from keywords: ``LocalizedText.of(en="Lunch", ro="Prânz")``."""
        return cls(texts)

    def __bool__(self) -> bool:
        return any(self.texts.values())

    def __hash__(self) -> int:
        return hash(frozenset(self.texts.items()))

    def pick(self, language: str, default_language: str = "en") -> str:
        """Return the text in ``language``, else in the event's default, else in whichever language exists; else ""."""
        return (
            self.texts.get(language)
            or self.texts.get(default_language)
            or next((text for text in self.texts.values() if text), "")
        )
