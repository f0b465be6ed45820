"""Problems of a file and doubts about an agenda, decided in `content`, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from babel import Locale, UnknownLocaleError

from bot.messages.view import View
from content.checks import shortened
from content.formats.problem_texts import TEXTS, worded
from content.formats.problems import Problem

PROBLEM = "problem"
"""The context under which the catalogs have the sentences of `content`."""

_WITH_QUOTES = ("name", "others", "room", "umbrella", "title")
_NUMBERS = ("count", "limit", "size", "length")
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]+)?")
_QUOTED = re.compile("“([^“”]*)”")


def problem_words(problem: Problem, view: View, names: Mapping[str, str] | None = None) -> str:
    """Return what is wrong, plain. A problem without a code, which only the command line makes, stays English.

    ``names``: what a doubt quotes in the event's language, in the reader's (`quoted_names`).
    """
    known = names or {}
    t = view.t.plain
    if problem.code not in TEXTS:
        return problem.what
    parameters = dict(problem.parameters)
    for name in _NUMBERS:
        if _NUMBER.fullmatch(parameters.get(name, "")):
            parameters[name] = t.number(float(parameters[name]))
    for name in _WITH_QUOTES:
        if name in parameters:
            parameters[name] = _QUOTED.sub(
                lambda found: t.gettext("“%(text)s”", text=known.get(found[1], found[1])), parameters[name]
            )
    return worded(
        problem.code,
        parameters,
        lambda sentence: t.sentence(PROBLEM, sentence),
        lambda code: _language_name(code, t.locale),
        t.day,
    )


def quoted_names(view: View) -> Mapping[str, str]:
    """Return what doubts about this view's agenda quote, as the event's language has it, in the reader's."""
    agenda, language = view.agenda, view.agenda.event.default_language
    titles = [session.title for session in agenda.sessions]
    titles += [material.title for material in agenda.materials]
    titles += [fact.title for fact in agenda.facts]
    names = [agenda.event.name, *(room.name for room in agenda.rooms), *(track.name for track in agenda.tracks)]
    return {shortened(text.pick(language, language)): shortened(view.words(text)) for text in (*titles, *names)}


def _language_name(code: str, locale: Locale) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name(locale) or code
    except (UnknownLocaleError, ValueError):
        return code
