"""Extract every message into the template and bring the catalogs up to date: `make messages`.

New messages come in untranslated (English: as they stand), vanished ones go. Nothing is guessed: no fuzzy matches.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.messages.problem_words import PROBLEM
from content.formats.problem_texts import PARTS, TEXTS

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "locales"
TEMPLATE = LOCALES / "ghid.pot"
LANGUAGES = ("en", "ro", "uk")
SOURCES = ("bot", "handlers")
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
HEADER = "# The words of Ghid. `make messages` brings this file up to date; tests/test_catalogs.py checks it."


def extracted() -> Catalog:
    """Return the messages of the code as it stands, in order of text."""
    catalog = Catalog(project="Ghid", charset="utf-8", header_comment=HEADER, fuzzy=False)
    for folder in SOURCES:
        found = extract_from_dir(
            str(ROOT / folder), [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
        )
        for filename, _, message, comments, context in found:
            # Comments keep their own line breaks, and places carry no line numbers: diffs stay small.
            catalog.add(
                message,
                None,
                [(f"{folder}/{filename}", 1)],
                auto_comments=[" ".join(comments)] if comments else [],
                context=context,
            )
    add_problems(catalog)
    return catalog


def add_problems(catalog: Catalog) -> None:
    """Add what `content` has to say of files: tables of sentences, which are no arguments of a call."""
    parts = {part: name for name, parts in PARTS.items() for part in parts}
    for sentence, comment in [*((text, code) for code, text in TEXTS.items()), *parts.items()]:
        catalog.add(
            sentence,
            None,
            [("content/formats/problem_texts.py", 1)],
            auto_comments=[f"A problem of a file: {comment}"],
            context=PROBLEM,
        )


def written(catalog: Catalog) -> str:
    """Return the catalog as the text of a file, without the dates and names that would change by themselves."""
    out = io.BytesIO()
    write_po(out, catalog, width=0, sort_output=True, include_lineno=False, omit_header=False)
    unwanted = (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid",
        "Project-Id",
        "Generated-By",
    )
    kept = [line for line in out.getvalue().decode().splitlines() if not line.strip('"').startswith(unwanted)]
    return "\n".join(kept).rstrip("\n") + "\n"


def updated(language: str, template: Catalog) -> Catalog:
    """Return the language's catalog with the template's messages, English filled in from the source."""
    path = LOCALES / language / "LC_MESSAGES" / "ghid.po"
    catalog = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    if language == "en":
        for message in catalog:
            if message.id and not is_translated(message):
                message.string = message.id
    return catalog


def is_translated(message: Message, plural_forms: int = 2) -> bool:
    """Tell whether the message has a text, in every plural form if it has several."""
    if not message.pluralizable:
        return bool(message.string)
    return isinstance(message.string, tuple | list) and len(message.string) == plural_forms and all(message.string)


def main() -> int:
    """Write the template and every catalog; say what is still to be translated."""
    template = extracted()
    LOCALES.mkdir(exist_ok=True)
    TEMPLATE.write_text(written(template), encoding="utf-8")
    for language in LANGUAGES:
        catalog = updated(language, extracted())  # afresh: the catalog takes the template's messages as its own
        path = LOCALES / language / "LC_MESSAGES" / "ghid.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(catalog), encoding="utf-8")
        empty = [message for message in catalog if message.id and not is_translated(message, catalog.num_plurals)]
        sys.stdout.write(f"{language}: {len(catalog)} messages, {len(empty)} to translate\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
