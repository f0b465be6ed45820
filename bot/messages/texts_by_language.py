"""What an organiser writes in one language or in several: who reads which text, and the buttons to write more."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.i18n import LOCALES, Html, language_name
from bot.messages.formatting import rows
from bot.messages.outgoing import ButtonRows
from bot.messages.payload import Payload
from bot.messages.view import View


def who_reads_what(texts: Mapping[str, str], view: View) -> list[Html]:
    """Return a line a language: the text of its own, or the one that is read instead."""
    return [_line(texts, language, view) for language in LOCALES]


def write_buttons(texts: Mapping[str, str], payload: Callable[[str], Payload], view: View) -> ButtonRows:
    """Return a button a language that adds its text or replaces it."""
    t = view.t.plain
    labels = {
        language: t.gettext("Rewrite: %(language)s", language=language_name(language))
        if language in texts
        else t.gettext("Add: %(language)s", language=language_name(language))
        for language in LOCALES
    }
    return rows(payload(language).button(label) for language, label in labels.items())


def _line(texts: Mapping[str, str], language: str, view: View) -> Html:
    t, name = view.t, language_name(language)
    if language in texts:
        return t.gettext("%(language)s: a text of its own", language=name)
    default = view.agenda.event.default_language
    other = default if default in texts else next(iter(texts), None)
    if other is None:
        return t.gettext("%(language)s: no text", language=name)
    return t.gettext("%(language)s: reads the text in %(other)s", language=name, other=language_name(other))
