"""Reading an uploaded agenda in a child process, which is killed if it takes too long."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.agenda import Agenda
from content.formats.documents import from_document
from content.formats.problems import ContentError, Problem, Severity

logger = logging.getLogger(__name__)

ROOT = Path(__file__).parent.parent.parent
MAX_NAME = 60
_NEEDED_BY_PYTHON = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME")
_SHOWN_OF_COMPLAINT = 200


class UnreadableUploadError(Exception):
    """The file took too much time or memory, or broke its reader."""


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """``seconds``: of the clock and of the processor; ``memory``: bytes of addresses of the child."""

    seconds: float = 30.0
    memory: int = 768 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadUpload:
    """An agenda that can be used; the first of its ``doubts``, and how many there are."""

    agenda: Agenda
    doubts: tuple[Problem, ...]
    doubts_in_all: int


class UploadReader:
    """Reads one file at a time: two large ones at once would take twice the memory."""

    def __init__(self, limits: ReadingLimits | None = None, module: str = "bot.services.agenda_reader") -> None:
        self._limits = limits or ReadingLimits()
        self._module = module
        self._lock = asyncio.Lock()

    async def read(self, data: bytes, name: str) -> ReadUpload:
        """Read a content file.

        Raises:
            ContentError: it cannot be used; with every problem at its place.
            UnreadableUploadError: it took too much, or the reader broke.
        """
        async with self._lock:
            answer = await self._answer(data, shown_name(name))
        return await asyncio.to_thread(_understood, answer)

    async def _answer(self, data: bytes, name: str) -> bytes:
        seconds = self._limits.seconds
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", self._module, str(max(1, round(seconds))), str(self._limits.memory), name),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(seconds):
                answer, complaint = await process.communicate(data)
        except TimeoutError as error:
            logger.warning("An uploaded file of %d bytes was not read within %s s", len(data), seconds)
            raise UnreadableUploadError from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            last = complaint[-_SHOWN_OF_COMPLAINT:]
            logger.warning(
                "Reading an uploaded file of %d bytes ended with %s: %r", len(data), process.returncode, last
            )
            raise UnreadableUploadError
        return answer


def shown_name(name: str) -> str:
    """Return a file's name as it can stand in a message: printable and short."""
    clean = "".join(character for character in name if character.isprintable()).strip()
    return clean[-MAX_NAME:].lstrip("-") or "agenda.yaml"


def _environment() -> dict[str, str]:
    """Return what Python needs to start. No token and no other secret of ours goes along."""
    needed = {name: os.environ[name] for name in _NEEDED_BY_PYTHON if name in os.environ}
    return {**needed, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}


def _understood(answer: bytes) -> ReadUpload:
    found = json.loads(answer)
    if "problems" in found:
        raise ContentError(_problems(found["problems"]))
    return ReadUpload(from_document(found["agenda"]), _problems(found["doubts"]), found["doubts_in_all"])


def _problems(plain: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    return tuple(
        Problem(Severity(each["severity"]), each["where"], each["what"], each["code"], each["parameters"])
        for each in plain
    )
