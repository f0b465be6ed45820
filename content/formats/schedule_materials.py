"""The slides and documents that stand beside sessions; what else is linked there is counted and left."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit

from content.agenda import Material, MaterialKind
from content.formats.limits import LINK_PATTERN, MAX_LINK
from content.formats.problem_texts import doubt
from content.formats.problems import Problem
from content.formats.schedule_drafts import LinkDraft
from content.formats.schedule_texts import one_line
from content.localized_text import LocalizedText

_SLIDES = re.compile(
    r"\bslides?(?:how|s|deck)?\b|\bpresentation\b|\bprezentar|\bfolien\b|\bpräsentation|презентац|слайд", re.IGNORECASE
)
_PAPER = re.compile(r"\bpapers?\b|\bhand-?outs?\b|\bdocuments?\b", re.IGNORECASE)
_SLIDE_FILE = re.compile(r"\.(?:pdf|odp|pptx?|key)$", re.IGNORECASE)
_PAPER_FILE = re.compile(r"\.(?:docx?|odt|ods|xlsx?|epub|ps|tex|zip)$", re.IGNORECASE)


def web_address(text: str, base: str = "") -> str | None:
    """Return the whole address of a link, or None if there is none in it."""
    text = text.strip()
    if not text or text.startswith(("#", "mailto:", "javascript:", "data:")):
        return None
    try:
        url = urljoin(base, text) if base and "://" not in text else text
        url = quote(url, safe=":/?#[]@!$&'()*+,;=%~-._") if re.search(r"[\s<>\"]", url) else url
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return url if host and len(url) <= MAX_LINK and re.fullmatch(LINK_PATTERN, url) else None


class Materials:
    """Each address once, with all of its sessions."""

    def __init__(self, base: str, language: str) -> None:
        self._base = base
        self._language = language
        self._found: dict[str, tuple[str, MaterialKind, list[str], list[str]]] = {}
        self._problems: list[Problem] = []
        self._left = 0

    def take(self, links: list[LinkDraft], session_id: str, speaker_ids: list[str]) -> None:
        """Look at the links of a session."""
        for link in links:
            title = one_line(link.title)[:200]
            kind = _kind(title, link.url, attached=link.attached)
            if kind is None:
                self._left += 1
                continue
            url = web_address(link.url, self._base)
            if url is None:
                self._problems.append(doubt(link.where, "source_bad_link", value=link.url))
                continue
            _, _, sessions, speakers = self._found.setdefault(url, (title, kind, [], []))
            sessions.append(session_id)
            speakers.extend(speaker_ids)

    def materials(self) -> tuple[Material, ...]:
        """Return what was found, in order of appearance."""
        return tuple(
            Material(
                id=f"file-{hashlib.sha256(url.encode()).hexdigest()[:12]}",
                title=LocalizedText({self._language: title or _titled(kind)}),
                kind=kind,
                url=url,
                session_ids=tuple(dict.fromkeys(sessions)),
                speaker_ids=tuple(dict.fromkeys(speakers)) if len(set(sessions)) == 1 else (),
            )
            for url, (title, kind, sessions, speakers) in self._found.items()
        )

    def problems(self, where: str) -> Iterator[Problem]:
        """Yield what was not taken; ``where``: the place of the event."""
        yield from self._problems
        if self._left:
            yield doubt(where, "source_links_left", count=f"{self._left:,}")


def _kind(title: str, url: str, *, attached: bool) -> MaterialKind | None:
    path = url.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    if _SLIDES.search(title) or _SLIDE_FILE.search(path):
        return MaterialKind.PRESENTATION
    if attached or _PAPER.search(title) or _PAPER_FILE.search(path):
        return MaterialKind.DOCUMENT
    return None


def _titled(kind: MaterialKind) -> str:
    return "Slides" if kind is MaterialKind.PRESENTATION else "Document"
