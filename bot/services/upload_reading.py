"""Reading an agenda file in a child process, which is killed if it takes too long."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.services.agenda_reader import PROGRESS
from content.agenda import Agenda
from content.formats.documents import from_document, to_document
from content.formats.problems import ContentError, Problem, Severity
from content.formats.schedule_drafts import Hints

logger = logging.getLogger(__name__)

ROOT = Path(__file__).parent.parent.parent
MAX_NAME = 60
_NEEDED_BY_PYTHON = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME")
_SHOWN_OF_COMPLAINT = 200
_NICER = 10  # than we are; the kernel stops at 19
_CLOCK_TO_WORK = 3
"""A busy machine gives the child a part of its time: an honest file must not fail by that."""


class UnreadableUploadError(Exception):
    """The file took too much time or memory, or broke its reader."""


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """``seconds``: of the processor, and thrice as many of the clock; ``memory``: bytes of addresses of the child."""

    seconds: float = 30.0
    memory: int = 768 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What is known beside the file. ``format``: the only one that will do; "": whichever it is."""

    format: str = ""
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True)
class ReadUpload:
    """An agenda that can be used; the first of its ``doubts``, and how many there are.

    ``is_whole``: its format can say all that an agenda holds. ``names_event``: the file says which event it is about.
    """

    agenda: Agenda
    doubts: tuple[Problem, ...]
    doubts_in_all: int
    format: str = "yaml"
    is_whole: bool = True
    names_event: bool = True


class UploadReader:
    """Reads one file at a time: two large ones at once would take twice the memory."""

    def __init__(self, limits: ReadingLimits | None = None, module: str = "bot.services.agenda_reader") -> None:
        self._limits = limits or ReadingLimits()
        self._module = module
        self._lock = asyncio.Lock()

    async def read(
        self,
        data: bytes,
        name: str,
        options: ReadingOptions | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> ReadUpload:
        """Read a file of any format. ``name``: as problems name it; ``progress`` is told how much is done, 0 to 1.

        Raises:
            ContentError: it cannot be used; with every problem at its place.
            UnreadableUploadError: it took too much, or the reader broke.
        """
        async with self._lock:
            said = _as_json(name, options or ReadingOptions()).encode() + b"\n"
            answer = await self._answer(said + data, progress or _unheard)
        return await asyncio.to_thread(_understood, answer)

    async def _answer(self, data: bytes, progress: Callable[[float], None]) -> bytes:
        seconds = self._limits.seconds
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", self._module, str(max(1, round(seconds))), str(self._limits.memory)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
        )
        with suppress(OSError):  # on one processor, people's answers go first
            os.setpriority(os.PRIO_PROCESS, process.pid, os.getpriority(os.PRIO_PROCESS, 0) + _NICER)
        try:
            async with asyncio.timeout(seconds * _CLOCK_TO_WORK):
                _, answer, complaint = await asyncio.gather(
                    _feed(process, data), _all_of(process.stdout), _complaint(process.stderr, progress)
                )
                await process.wait()
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


async def _feed(process: asyncio.subprocess.Process, data: bytes) -> None:
    """Hand the file over; a child that ends before it read all has said why."""
    if process.stdin is not None:
        with suppress(BrokenPipeError, ConnectionResetError):
            process.stdin.write(data)
            await process.stdin.drain()
        process.stdin.close()


async def _all_of(stream: asyncio.StreamReader | None) -> bytes:
    return await stream.read() if stream else b""


async def _complaint(stream: asyncio.StreamReader | None, progress: Callable[[float], None]) -> bytes:
    """Return the end of what the child complains about; what it says of its progress is passed on."""
    kept = b""
    while stream and (part := await stream.read(_SHOWN_OF_COMPLAINT)):
        *lines, rest = (kept + part).split(b"\n")
        said = [line for line in lines if not line.startswith(PROGRESS.encode())]
        for line in lines:
            if line.startswith(PROGRESS.encode()):
                progress(float(line.removeprefix(PROGRESS.encode())))
        kept = b"\n".join([*said, rest])[-4 * _SHOWN_OF_COMPLAINT :]
    return kept


def _unheard(_: float) -> None:
    """Nobody wants to know how far it is."""


def _as_json(name: str, options: ReadingOptions) -> str:
    hints = options.hints
    current = to_document(Agenda(hints.current)) if hints.current else None
    said = {"name": name, "format": options.format, "zone": hints.zone, "event_id": hints.event_id}
    return json.dumps({**said, "current": current, "ids": hints.ids})


def shown_name(name: str) -> str:
    """Return a file's name as it can stand in a message: printable and short."""
    clean = "".join(character for character in name if character.isprintable()).strip()
    return clean[-MAX_NAME:].lstrip("-") or "agenda.yaml"


def _environment() -> dict[str, str]:
    """Return what Python needs to start. No token and no other secret of ours goes along."""
    needed = {name: os.environ[name] for name in _NEEDED_BY_PYTHON if name in os.environ}
    ours = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    return {**needed, **ours, "PYDANTIC_DISABLE_PLUGINS": "__all__"}  # there are none, and looking for them takes time


def _understood(answer: bytes) -> ReadUpload:
    found = json.loads(answer)
    if "problems" in found:
        raise ContentError(_problems(found["problems"]))
    return ReadUpload(
        agenda=from_document(found["agenda"]),
        doubts=_problems(found["doubts"]),
        doubts_in_all=found["doubts_in_all"],
        format=found["format"],
        is_whole=found["is_whole"],
        names_event=found["names_event"],
    )


def _problems(plain: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    return tuple(
        Problem(Severity(each["severity"]), each["where"], each["what"], each["code"], each["parameters"])
        for each in plain
    )
