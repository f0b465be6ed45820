"""Bring the vocabulary files into shape: `make words`.

Lists are wrapped, so that a change shows as a line or two; a word that stands twice in a list, however accented, goes.
What a star covers stays: whole words are what a misspelt one is compared with. Order and comments are the editor's.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

from content.questions.folding import strict

QUESTIONS = Path(__file__).parent.parent / "content" / "questions"
FILES = sorted([*(QUESTIONS / "vocabulary").glob("*.toml"), QUESTIONS / "empty_words.toml"])
WIDTH = 120
_INDENT = "    "
_KEY = re.compile(r"[\w-]+ = \[")
_END = re.compile(r"\](?P<comment>\s*#.*)?$")
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"')


def tidy(text: str) -> str:
    """Return a vocabulary file as it should stand.

    Raises:
        tomllib.TOMLDecodeError: it is no TOML.
        ValueError: it has something that is neither a comment, a section nor a list of words on lines of its own.
    """
    tidied = "\n".join(_tidied(text.splitlines())) + "\n"
    if tomllib.loads(tidied) != {name: _kept_lists(name, lists) for name, lists in tomllib.loads(text).items()}:
        raise ValueError("some line is neither a section, a list of words nor a comment")
    return tidied


def _tidied(lines: list[str]) -> Iterator[str]:
    rest = iter(lines)
    for line in rest:
        begun = _KEY.match(line)
        if begun is None:
            yield line
            continue
        body = [line[begun.end() :]]
        while (end := _END.search(body[-1])) is None:
            following = next(rest, None)
            if following is None:
                raise ValueError(f"{line} does not end with a bracket at the end of a line")
            body.append(following)
        body[-1] = body[-1][: end.start()]
        yield from _list(begun[0], body, f"]{end['comment'] or ''}")


def _list(begin: str, body: list[str], end: str) -> Iterator[str]:
    """Yield a list of words on one line, or wrapped; comments between words keep their places."""
    parts: list[str | list[str]] = [[]]  # comments, and the words between them
    for line in body:
        if line.strip().startswith("#"):
            parts += [line.strip(), []]
        elif isinstance(words := parts[-1], list):
            words += [json.loads(word) for word in _WORD.findall(line)]
    known = iter(kept([word for part in parts if isinstance(part, list) for word in part]))
    following = next(known, None)
    for part in parts:
        if isinstance(part, list):
            words, part[:] = part.copy(), []
            for word in words:
                if word == following:
                    part.append(word)
                    following = next(known, None)
    quoted = [", ".join(map(_quoted, part)) if isinstance(part, list) else part for part in parts]
    if len(parts) == 1 and len(line := f"{begin}{quoted[0]}{end}") <= WIDTH:
        yield line
        return
    yield begin
    for part, said in zip(parts, quoted, strict=True):
        if isinstance(part, str):
            yield _INDENT + said
        elif part:
            yield from _wrapped([_quoted(word) + "," for word in part])
    yield end


def _wrapped(words: list[str]) -> list[str]:
    # A blank within a phrase is no place to break at.
    body = " ".join(word.replace(" ", "\0") for word in words)
    lines = textwrap.wrap(
        body, WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT, break_long_words=False, break_on_hyphens=False
    )
    return [line.replace("\0", " ") for line in lines]


def kept(words: list[str]) -> list[str]:
    """Return the words without those that the list has already."""
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(_folded(word), word)
    return list(first.values())


def _folded(word: str) -> str:
    return " ".join(strict(part.removesuffix("*")) + "*" * part.endswith("*") for part in word.split())


def _kept_lists(name: str, lists: object) -> dict[str, list[str]]:
    if not isinstance(lists, dict) or not all(isinstance(words, list) for words in lists.values()):
        raise ValueError(f"{name} is no section of lists")
    return {key: kept(words) for key, words in lists.items()}


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)


def main() -> int:
    """Tidy every file and say which changed."""
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        tidied = tidy(text)
        if tidied != text:
            path.write_text(tidied, encoding="utf-8")
            sys.stdout.write(f"{path.name}: tidied\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
