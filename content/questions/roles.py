"""What people do where they work ("president", "general director"): words that count only beside a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from content.questions.read_word import ReadWord, Role

_BY_ROLE = 0.9
_NAMED = 0.6  # how near a word must be to the name or organisation that it stands for
_WHOLE_NAME = 0.95
_LEAST_OF_NAME = 0.3


def explained_by_role(
    roles: frozenset[str], words: tuple[ReadWord, ...], explained: Mapping[int, float], naming: float
) -> Iterator[tuple[int, float]]:
    """Yield the words that tell a person's role, if other words name the person or their organisation.

    ``naming``: the share of the name that was said; a country or a keyword alone names nobody ("president of …").
    """
    told = {
        at
        for at, read in enumerate(words)
        if read.role is Role.CONTENT and (read.word.forms.loose in roles or read.word.forms.stem in roles)
    }
    named = any(_is_name(words[at]) and near >= _NAMED for at, near in explained.items() if at not in told)
    if naming >= (_LEAST_OF_NAME if named else _WHOLE_NAME):
        yield from ((at, _BY_ROLE) for at in told)


def _is_name(read: ReadWord) -> bool:
    return read.role is Role.CONTENT and not any(key.startswith("elsewhere.") for key in read.keys)
