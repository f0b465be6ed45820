"""How much a word of a question counts where names are compared."""

from __future__ import annotations

from content.questions.reading import ReadWord, Role

_KEYWORD_WEIGHT = 0.5  # of a keyword that can be a name, beside a content word
_EVENT_WORD_WEIGHT = 0.2

# Keywords of these sections can also be a name, or a part of one; others never choose a thing by themselves.
_NAMING = ("kinds.", "topics.", "languages.", "nouns.event_name", "elsewhere.")


def can_name(read: ReadWord) -> bool:
    """Tell whether a word can be a name, or a part of one."""
    return read.role is Role.CONTENT or any(key.startswith(_NAMING) for key in read.keys)


def weight_of(read: ReadWord) -> float:
    """Return the weight of a word among those that a name should explain; 0: it need not be."""
    if read.role is Role.CONTENT:
        return read.weight
    if read.role is not Role.KEYWORD or not any(key.startswith(_NAMING) for key in read.keys):
        return 0.0
    return _EVENT_WORD_WEIGHT if "nouns.event_name" in read.keys else _KEYWORD_WEIGHT
