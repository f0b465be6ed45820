"""The catalogs are complete, fit the code and keep to what each language asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.i18n import localizer
from bot.messages import notices
from bot.messages.problem_words import PROBLEM
from tests.update_catalogs import (
    LANGUAGES,
    LOCALES,
    ROOT,
    SOURCES,
    TEMPLATE,
    extracted,
    is_translated,
    updated,
    written,
)

PLURAL_FORMS = {"en": 2, "ro": 3, "uk": 3}
SERVES_ONE_NUMBER_ONLY = {"en", "ro"}  # their first form; the Ukrainian one stands for 21 and 101, too
MESSAGE_ARGUMENTS = {"gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
MAX_BUTTON = 30  # characters that a narrow phone shows
MAX_COMMAND_DESCRIPTION = 256  # core.telegram.org/bots/api#botcommand
MAX_ALERT = 200  # core.telegram.org/bots/api#answercallbackquery
PLACE = re.compile(r"%\((\w+)\)s")
BRACES = re.compile(r"{{|}}|{\w+}")
CODE = re.compile("`[^`]*`")
TAG = re.compile(r"</?[a-z][^<>]*>")
LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
CYRILLIC = "Ѐ-ӿ"


def _path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "ghid.po"


@cache
def _catalog(language: str) -> Catalog:
    with _path(language).open("rb") as file:
        return read_po(file)  # no locale given: the file's own header says what it is


@cache
def _of_the_code() -> Catalog:
    """Return the messages of the code; the extraction reads every file."""
    return extracted()


def _messages(language: str) -> list[Message]:
    return [message for message in _catalog(language) if message.id]


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _texts(language: str) -> list[str]:
    """Return every translated form without its places."""
    return [PLACE.sub("", form) for message in _messages(language) for form in _forms(message.string)]


def _form_for(language: str, num: int) -> int:
    """Return which plural form a number takes, as grammars of the language say it."""
    match language:
        case "ro":
            return 0 if num == 1 else 1 if num == 0 or 1 <= num % 100 <= 19 else 2
        case "uk":
            if num % 10 == 1 and num % 100 != 11:
                return 0
            return 1 if num % 10 in {2, 3, 4} and num % 100 not in {12, 13, 14} else 2
        case _:
            return 0 if num == 1 else 1


def _source_trees() -> Iterator[tuple[Path, ast.Module]]:
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path != ROOT / "bot" / "i18n.py":  # hands the messages on to gettext
                yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_the_template_has_the_messages_of_the_code() -> None:
    assert TEMPLATE.read_text(encoding="utf-8") == written(_of_the_code()), "run `make messages`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_the_messages_of_the_template(language: str) -> None:
    assert _path(language).read_text(encoding="utf-8") == written(updated(language, _of_the_code())), (
        "run `make messages`"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_fuzzy_or_obsolete(language: str) -> None:
    catalog = _catalog(language)
    assert not catalog.fuzzy
    assert not catalog.obsolete
    assert [message.id for message in catalog if message.fuzzy] == []
    missing = [each.id for each in catalog if each.id and not is_translated(each, catalog.num_plurals)]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_its_languages_number_of_plural_forms(language: str) -> None:
    catalog = _catalog(language)
    assert str(catalog.locale) == language
    assert catalog.num_plurals == PLURAL_FORMS[language]
    counts = {len(_forms(message.string)) for message in catalog if message.pluralizable}
    assert counts == {PLURAL_FORMS[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_the_places_and_tags_of_the_message(language: str) -> None:
    wrong = []
    for message in _messages(language):
        source = _forms(message.id)[-1]
        for number, form in enumerate(_forms(message.string)):
            places, expected = sorted(PLACE.findall(form)), sorted(PLACE.findall(source))
            one_only = message.pluralizable and number == 0 and language in SERVES_ONE_NUMBER_ONLY
            if places != expected and not (one_only and sorted([*places, "num"]) == expected):
                wrong.append((source, form))
            if sorted(TAG.findall(form)) != sorted(TAG.findall(source)) or "%" in PLACE.sub("", form):
                wrong.append((source, form))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_the_places_and_what_is_to_be_typed_of_its_sentence(language: str) -> None:
    wrong = []
    for message in _messages(language):
        if message.context == PROBLEM:
            source, form = str(message.id), str(message.string)
            typed = [each for each in CODE.findall(source) if each.isascii()]
            if sorted(BRACES.findall(source)) != sorted(BRACES.findall(form)) or not all(
                form.count(each) >= source.count(each) for each in typed
            ):
                wrong.append((source, form))
    assert wrong == []


def test_romanian_has_commas_below_and_no_cedillas() -> None:
    assert [text for text in _texts("ro") if re.search("[şţŞŢ]", text)] == []


def test_no_word_mixes_latin_and_cyrillic_letters() -> None:
    mixed = re.compile(f"[{LATIN}][{CYRILLIC}]|[{CYRILLIC}][{LATIN}]")
    assert [text for language in LANGUAGES for text in _texts(language) if mixed.search(text)] == []


def test_ukrainian_has_one_kind_of_apostrophe() -> None:
    other = re.compile(f"[{CYRILLIC}]['`ʼ´‘][{CYRILLIC}]")
    assert [text for text in _texts("uk") if other.search(text)] == []


@pytest.mark.parametrize(("language", "foreign"), [("ro", "[\"“«»']"), ("uk", "[\"“„”']")])
def test_quotation_marks_are_those_of_the_language(language: str, foreign: str) -> None:
    texts = [CODE.sub("", text) for text in _texts(language)]  # what is to be typed into a file stays as it is typed
    assert [text for text in texts if re.search(foreign, text)] == []


def test_every_message_in_the_code_is_a_literal() -> None:
    """What is not a literal, or is called by another name, is not extracted and stays English unnoticed."""
    wrong = []
    for path, tree in _source_trees():
        called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in MESSAGE_ARGUMENTS and id(node) not in called:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.attr} is handed on")
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            count = MESSAGE_ARGUMENTS.get(node.func.attr, 0)
            words = node.args[:count]
            if len(words) < count or not all(isinstance(w, ast.Constant) and isinstance(w.value, str) for w in words):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}: no literal")
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_buttons_and_descriptions_of_commands_fit(language: str) -> None:
    for message in _messages(language):
        length = len(str(message.string))
        if message.context == "button":
            assert length <= MAX_BUTTON, message.string
        if message.context == "command":
            assert length <= MAX_COMMAND_DESCRIPTION, message.string


@pytest.mark.parametrize("language", LANGUAGES)
def test_alerts_over_a_button_fit(language: str) -> None:
    t = localizer(language)
    assert len(notices.target_gone(t)) <= MAX_ALERT
    assert len(notices.old_button(t)) <= MAX_ALERT


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_said_with_its_values_in_the_form_that_the_number_asks_for(language: str) -> None:
    t = localizer(language)
    for message in _messages(language):
        context, source, forms = message.context, _forms(message.id), _forms(message.string)
        values = {name: f"⟨{name}⟩" for name in PLACE.findall(source[-1]) if name != "num"}
        if not message.pluralizable:
            said = t.pgettext(context, *source, **values) if context else t.gettext(*source, **values)
            assert said == forms[0] % values
            continue
        singular, plural = source
        for num in range(131):
            said = (
                t.npgettext(context, singular, plural, num, **values)
                if context
                else t.ngettext(singular, plural, num, **values)
            )
            assert said == forms[_form_for(language, num)] % {**values, "num": num}


@pytest.mark.parametrize(
    ("language", "num", "said"),
    [
        ("en", 1, "1 speaker"),
        ("en", 21, "21 speakers"),
        ("ro", 0, "0 vorbitori"),
        ("ro", 1, "1 vorbitor"),
        ("ro", 2, "2 vorbitori"),
        ("ro", 19, "19 vorbitori"),
        ("ro", 20, "20 de vorbitori"),
        ("ro", 21, "21 de vorbitori"),
        ("ro", 100, "100 de vorbitori"),
        ("ro", 101, "101 vorbitori"),
        ("ro", 119, "119 vorbitori"),
        ("ro", 120, "120 de vorbitori"),
        ("uk", 0, "0 доповідачів"),
        ("uk", 1, "1 доповідач"),
        ("uk", 2, "2 доповідачі"),
        ("uk", 5, "5 доповідачів"),
        ("uk", 11, "11 доповідачів"),
        ("uk", 12, "12 доповідачів"),
        ("uk", 21, "21 доповідач"),
        ("uk", 22, "22 доповідачі"),
        ("uk", 111, "111 доповідачів"),
        ("uk", 121, "121 доповідач"),
    ],
)
def test_people_are_counted_as_the_language_counts(language: str, num: int, said: str) -> None:
    assert localizer(language).ngettext("%(num)s speaker", "%(num)s speakers", num) == said


@pytest.mark.parametrize(
    ("language", "num", "said"),
    [
        ("ro", 1, "1 sesiune"),
        ("ro", 2, "2 sesiuni"),
        ("ro", 20, "20 de sesiuni"),
        ("uk", 1, "1 сесія"),
        ("uk", 2, "2 сесії"),
        ("uk", 5, "5 сесій"),
    ],
)
def test_sessions_are_counted_as_the_language_counts(language: str, num: int, said: str) -> None:
    assert localizer(language).ngettext("%(num)s session", "%(num)s sessions", num) == said
