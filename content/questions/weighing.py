"""How much a word of a question counts where names are compared."""

from __future__ import annotations

from content.questions.read_word import ReadWord, Role
from content.questions.reading import can_name

_KEYWORD_WEIGHT = 0.5  # of a keyword that can be a name, beside a content word
_EVENT_WORD_WEIGHT = 0.2


def weight_of(read: ReadWord) -> float:
    """Return the weight of a word among those that a name should explain; 0: it need not be."""
    if read.role is Role.CONTENT:
        return read.weight
    if read.role is not Role.KEYWORD or not can_name(read):
        return 0.0
    return _EVENT_WORD_WEIGHT if "nouns.event_name" in read.keys else _KEYWORD_WEIGHT
