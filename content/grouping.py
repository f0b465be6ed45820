"""Items by what they have: looked up thousands of times, gone through once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

_Item = TypeVar("_Item")
_Key = TypeVar("_Key")


def grouped(items: Iterable[tuple[_Item, Iterable[_Key]]]) -> Mapping[_Key, tuple[_Item, ...]]:
    """Return under each key the items that have it, in their order. An item's keys are given once each."""
    found: dict[_Key, list[_Item]] = {}
    for item, keys in items:
        for key in keys:
            found.setdefault(key, []).append(item)
    return {key: tuple(together) for key, together in found.items()}
