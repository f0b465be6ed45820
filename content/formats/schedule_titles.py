"""What organisers write before or behind a title because their program has no other place for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CANCELLED = (
    r"CANCELL?ED|Cancell?ed|F(?:Ä|AE)LLT\s+AUS|F(?:ä|ae)llt\s+aus|ENTF(?:Ä|AE)LLT|Entf(?:ä|ae)llt|ABGESAGT|Abgesagt|ANNUL(?:É|E)E?|Annul(?:é|e)e?"
    r"|ANULAT[ĂA]?|Anulat[ăa]?|СКАСОВАНО|Скасовано|ОТМЕН(?:ЕНО|Ё?Н|ЕНА)|Отмен(?:ено|[её]н|ена)"
    r"|ANNULLATO|Annullato|CANCELADO|Cancelado"
)
_NOTED = (
    r"AMEND(?:E?MENT|ED)|Amend(?:ment|ed)|RESCHEDULED|Rescheduled|REPLACEMENT|Replacement|MOVED|UPDATED?"
    r"|ÄNDERUNG|Änderung"
)
_BEFORE = (
    r"^\s*(?:[\[(]\s*(?P<in>{words})\s*[\])]\s*[:–—-]?|(?P<bare>{words})\s*(?:!+\s*|[:–—]\s*|\s-\s*|\s+(?=\S)))\s*"
)
_BEFORE_CANCELLED = re.compile(_BEFORE.format(words=_CANCELLED))
_BEFORE_NOTED = re.compile(_BEFORE.format(words=_NOTED))
_BEHIND_CANCELLED = re.compile(
    rf"\s*(?:[\[(]\s*(?:{_CANCELLED})\s*[\])]\s*$|\s[–—-]+\s*(?:{_CANCELLED})(?P<why>\W.*)?$)"
)


@dataclass(frozen=True, slots=True)
class ReadTitle:
    """A title without such words. ``noted``: the words that say only that something was changed; "" if none."""

    title: str
    cancelled: bool = False
    noted: str = ""


def read_title(text: str) -> ReadTitle:
    """Read a title. ``CANCELLED - Rust 101`` and ``Rust 101 [ABGESAGT]`` are; ``Cancelled flights`` is not."""
    title, cancelled, noted = text, False, ""
    for _ in range(3):
        if (found := _BEFORE_CANCELLED.match(title)) and _is_mark(found) and title[found.end() :].strip():
            title, cancelled = title[found.end() :], True
        elif (found := _BEFORE_NOTED.match(title)) and _is_mark(found) and title[found.end() :].strip():
            title, noted = title[found.end() :], (found["in"] or found["bare"])
        else:
            break
    if (found := _BEHIND_CANCELLED.search(title)) and title[: found.start()].strip():
        title, cancelled = title[: found.start()], True
    return ReadTitle(title.strip(), cancelled, noted)


def _is_mark(found: re.Match[str]) -> bool:
    """In brackets, before a colon or a dash, or in capitals; a word in small letters begins an ordinary title."""
    word = found["in"] or found["bare"]
    in_capitals = word.isupper() and not re.match("MOVED|UPDATE|RESCHED|REPLACE", word)  # these begin titles too
    return bool(found["in"]) or in_capitals or found[0].rstrip()[-1] in ":–—-!"
