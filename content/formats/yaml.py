"""Ghid's own content file in YAML: bytes → agenda, or everything that is wrong with the file; its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import ValidationError

from content.agenda import Agenda
from content.formats.content_file import ContentFile
from content.formats.file_agenda import agenda_of
from content.formats.file_errors import findings_of
from content.formats.file_schema import json_schema
from content.formats.file_sense import findings_between, what_is_known
from content.formats.places import START, Place
from content.formats.problem_texts import error
from content.formats.problems import ContentError, Problem
from content.formats.yaml_reader import Finding, YamlReading, read_tree

__all__ = ["checked_file", "json_schema", "read_agenda"]

MAX_BYTES = 5_000_000
MAX_PROBLEMS = 300

_NEEDS_WHOLE_FILE = {"missing", "nothing_after_colon", "default_language"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")


def read_agenda(data: bytes, name: str) -> Agenda:
    """Read a content file. Raises ContentError with every problem, each at ``name:line:column``."""
    text, findings = _decode(data)
    if findings:
        raise _content_error(findings, name)
    reading = read_tree(text)
    findings = list(reading.findings)
    file = checked_file(reading, findings)
    if findings or file is None:
        raise _content_error(findings, name)
    return agenda_of(file)


def _decode(data: bytes) -> tuple[str, list[Finding]]:
    if len(data) > MAX_BYTES:
        sizes = {"size": f"{len(data) / 1_000_000:.1f}", "limit": str(MAX_BYTES // 1_000_000)}
        return "", [(START, "too_big", sizes)]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", [(START, "utf16", {})]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        before = data[: failure.start].decode("utf-8", errors="replace")
        return "", [(_place_after(before), "not_utf8", {"byte": f"0x{data[failure.start]:02X}"})]
    found = [
        (_place_after(text[: match.start()]), "control_character", {"character": f"U+{ord(match[0]):04X}"})
        for match, _ in zip(_CONTROL.finditer(text), range(MAX_PROBLEMS), strict=False)
    ]
    return text, found


def _place_after(text: str) -> Place:
    return Place(text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)


def checked_file(reading: YamlReading, findings: list[Finding]) -> ContentFile | None:
    """Return what was read as a content file, or None; what is wrong with it comes to the findings."""
    if not reading.is_whole and not isinstance(reading.tree, dict):
        return None
    if reading.tree is None:
        findings.append((START, "empty_file", {}))
        return None
    if not isinstance(reading.tree, dict) or not {"ghid", "event", "sessions"} & set(reading.tree):
        if reading.is_whole:
            findings.append((START, "not_a_content_file", {}))
        return None
    findings.extend(_believable(findings_between(reading.tree, reading.places), reading))
    known = what_is_known(reading.tree, reading.places, is_whole=reading.is_whole)
    try:
        return ContentFile.model_validate(reading.tree, context=known)
    except ValidationError as failure:
        findings.extend(_believable(findings_of(failure, reading.places), reading))
        return None
    finally:
        if not reading.is_whole:
            findings.append((max(finding[0] for finding in findings), "rest_not_checked", {}))


def _believable(findings: Iterable[Finding], reading: YamlReading) -> list[Finding]:
    """Leave out what may be missing only because the entry that holds it could not be read."""
    return [finding for finding in findings if reading.is_whole or finding[1] not in _NEEDS_WHOLE_FILE]


def _content_error(findings: list[Finding], name: str) -> ContentError:
    ordered = sorted(findings, key=lambda finding: finding[0])
    problems: list[Problem] = [
        error(f"{name}:{place.line}:{place.column}", code, **parameters)
        for place, code, parameters in ordered[:MAX_PROBLEMS]
    ]
    if len(ordered) > MAX_PROBLEMS:
        last = ordered[MAX_PROBLEMS][0]
        left = f"{len(ordered) - MAX_PROBLEMS:,}"
        problems.append(error(f"{name}:{last.line}:{last.column}", "more_problems", count=left))
    return ContentError(tuple(problems))
