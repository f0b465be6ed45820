"""Problems of a file and doubts about an agenda, decided in `content`, in the reader's language."""

from __future__ import annotations

import re

from babel import Locale, UnknownLocaleError

from bot.messages.view import View
from content.formats.problem_texts import TEXTS, worded
from content.formats.problems import Problem

PROBLEM = "problem"
"""The context under which the catalogs have the sentences of `content`."""

_WITH_QUOTES = ("name", "others", "room", "umbrella", "title")
_NUMBERS = ("count", "limit", "size", "length")
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]+)?")
_QUOTED = re.compile("“([^“”]*)”")


def problem_words(problem: Problem, view: View) -> str:
    """Return what is wrong, plain. A problem without a code, which only the command line makes, stays English."""
    t = view.t.plain
    if problem.code not in TEXTS:
        return problem.what
    parameters = dict(problem.parameters)
    for name in _NUMBERS:
        if _NUMBER.fullmatch(parameters.get(name, "")):
            parameters[name] = t.number(float(parameters[name]))
    for name in _WITH_QUOTES:
        if name in parameters:
            parameters[name] = _QUOTED.sub(lambda found: t.gettext("“%(text)s”", text=found[1]), parameters[name])
    return worded(
        problem.code,
        parameters,
        lambda sentence: t.sentence(PROBLEM, sentence),
        lambda code: _language_name(code, t.locale),
    )


def _language_name(code: str, locale: Locale) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name(locale) or code
    except (UnknownLocaleError, ValueError):
        return code
