"""Ids for what other programs call by numbers, names or nothing: plain, each once, the same at the next import."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from anyascii import anyascii

from content.formats.limits import MAX_ID

T = TypeVar("T")
MOST_SHARED = 3


def plain(text: str, otherwise: str) -> str:
    """Return the text in kebab-case; ``otherwise`` and a number made of it if nothing of it can be written so."""
    written = re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")
    if not written:
        return f"{otherwise}-{_digest(text)}" if text else otherwise
    return written if len(written) <= MAX_ID else f"{written[: MAX_ID - 9].strip('-')}-{_digest(text)}"


def names_to_ids(names: Iterable[str], otherwise: str, known: Mapping[str, str]) -> dict[str, str]:
    """Return an id for each name: the ``known`` one, or a new one.

    Of names that are written the same, one keeps it plain, whatever their order. The id of a known name that is gone
    is free: most often it only got another accent.
    """
    wanted = set(names)
    ids = {name: id_ for name, id_ in known.items() if name in wanted}
    taken = set(ids.values())
    for name in sorted(wanted - ids.keys()):
        id_ = plain(name, otherwise)
        if id_ in taken:
            id_ = _with(id_, _digest(name))
        taken.add(id_)
        ids[name] = id_
    return ids


def ids_of(items: Sequence[T], known_as: Callable[[T], Sequence[str]], otherwise: Callable[[T], str]) -> list[str]:
    """Return an id for each item, in their order.

    ``known_as``: the source's ids, the most trusted first; taken is the first that no other item has. Where all are
    shared, the items get the first one with a number behind it, in the order given: hand them over by their start. What
    very many share is no id.
    """
    counts = Counter(id_ for item in items for id_ in set(known_as(item)) if id_)
    chosen: list[str] = []
    taken: set[str] = set()
    numbers: Counter[str] = Counter()
    for item in items:
        own = [id_ for id_ in known_as(item) if id_ and counts[id_] <= MOST_SHARED]
        source = next((id_ for id_ in own if counts[id_] == 1), own[0] if own else "")
        base = plain(source, "session") if source else plain(otherwise(item), "session")
        id_ = base
        while id_ in taken:
            numbers[base] += 1
            id_ = _with(base, str(numbers[base] + 1))
        taken.add(id_)
        chosen.append(id_)
    return chosen


def _with(id_: str, ending: str) -> str:
    return f"{id_[: MAX_ID - len(ending) - 1].strip('-')}-{ending}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
