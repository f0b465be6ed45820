"""Long work in slices, so that other threads of the process are not kept waiting for the interpreter."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")


def in_slices(items: Iterable[_T], size: int) -> Iterator[_T]:
    """Yield the items; after each ``size`` of them let a waiting thread run at once, not after the switch interval."""
    for at, item in enumerate(items, start=1):
        yield item
        if at % size == 0:
            time.sleep(0)
