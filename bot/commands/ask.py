"""`ghid ask`: a question answered on the terminal, or many at once as JSON lines."""

from __future__ import annotations

import argparse
import asyncio
import json
import sqlite3
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clock import system_clock
from bot.commands.content_file import UnreadableFileError, print_problems, read_content_file
from bot.commands.explaining import explained
from bot.commands.terminal import plain_text, with_buttons
from bot.i18n import LOCALES, localizer
from bot.messages.answers import answer_message
from bot.messages.view import View
from bot.services.agenda import built_in_event
from bot.services.agenda_imports import read_stored_agenda
from bot.settings import SettingsError, StorageSettings
from bot.storage.database import DatabaseTooNewError, open_database
from content.agenda import Agenda
from content.answering import answer
from content.formats.problems import ContentError
from content.formats.schedule_titles import read_title
from content.questions.index import QuestionIndex, build_index
from content.questions.question import Entity, EntityKind, Question
from content.questions.understand import explain, understand


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = "Answer a question on the terminal, as the bot would."
    parser.add_argument("question", nargs="?", help="in English, Romanian, Ukrainian or Russian")
    parser.add_argument("--lang", choices=tuple(LOCALES), default="en", help="the language of the answer (default: en)")
    parser.add_argument("--now", help="the moment of asking, such as 2023-11-22T10:05, in the event's zone")
    parser.add_argument("--content", type=Path, help="a content file; without it the database, or the built-in event")
    parser.add_argument(
        "--explain", action="store_true", help="show how the words were read, what was near, and what was decided"
    )
    parser.add_argument(
        "--jsonl", action="store_true", help='read {"id","lang","text"} lines, write one prediction a line'
    )


def run(arguments: argparse.Namespace) -> int:
    """Answer. Returns 1 if the content cannot be used, 2 if the call is wrong."""
    if (arguments.question is None) != arguments.jsonl:
        print("ghid: give a question, or --jsonl and questions on the standard input.", file=sys.stderr)
        return 2
    try:
        agenda = _agenda(arguments.content)
        now = _moment(arguments.now, agenda)
    except ContentError as error:
        print_problems(error.problems)
        return 1
    except SettingsError as error:
        print(f"ghid: {error}", file=sys.stderr)
        return 2
    except UnreadableFileError as error:
        print(f"ghid ask: {error}", file=sys.stderr)
        return 2
    except (DatabaseTooNewError, sqlite3.Error, OSError) as error:
        print(f"ghid ask: the database cannot be used: {error}", file=sys.stderr)
        return 1
    except (ValueError, OverflowError):
        print("ghid: --now takes a moment such as 2023-11-22T10:05.", file=sys.stderr)
        return 2
    index = build_index(agenda)
    if arguments.explain and not arguments.jsonl:
        print(explained(explain(arguments.question, index), index), end="\n\n")
    if not arguments.jsonl:
        view = View(localizer(arguments.lang), agenda, now)
        print(with_buttons(answer_message(answer(understand(arguments.question, index), agenda, now), view)))
        return 0
    return _predict(index, agenda, now, arguments.lang)


def _agenda(content: Path | None) -> Agenda:
    if content is not None:
        return asyncio.run(read_content_file(content)).agenda
    path = StorageSettings.load().database_path
    stored = asyncio.run(_stored(path)) if path.exists() else None
    return stored or built_in_event()


async def _stored(path: Path) -> Agenda | None:
    async with open_database(path) as database:
        return (await read_stored_agenda(database)).agenda


def _moment(given: str | None, agenda: Agenda) -> datetime:
    if given is None:
        return system_clock()
    moment = datetime.fromisoformat(given)
    return (moment if moment.tzinfo else moment.replace(tzinfo=agenda.event.time_zone)).astimezone(UTC)


def _predict(index: QuestionIndex, agenda: Agenda, now: datetime, default_language: str) -> int:
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            text, language = str(asked["text"]), str(asked.get("lang", default_language))
        except (ValueError, KeyError, TypeError):
            print(f'ghid: line {number} is no {{"id","lang","text"}} object.', file=sys.stderr)
            return 2
        began = time.perf_counter()
        question = understand(text, index)
        spent = time.perf_counter() - began
        view = View(localizer(language if language in LOCALES else default_language), agenda, now)
        said = plain_text(answer_message(answer(question, agenda, now), view))
        print(json.dumps(_prediction(asked.get("id"), question, agenda, said, spent), ensure_ascii=False))
    return 0


def _prediction(identity: object, question: Question, agenda: Agenda, said: str, seconds: float) -> dict[str, Any]:
    prediction: dict[str, Any] = {
        "id": identity,
        "intent": question.intent.value,
        "entities": [entity.id for entity in question.entities],
        "labels": [_as_written(entity, agenda) for entity in question.entities],
        "suggestions": [entity.id for entity in question.suggestions],
        "text": said,
        "ms": round(seconds * 1000, 3),
    }
    if question.time is not None and str(question.time):
        prediction["time"] = str(question.time)
    return prediction


def _as_written(entity: Entity, agenda: Agenda) -> str:
    """Return a name as its source has it: a title without its "CANCELLED" is known with it, too."""
    session = agenda.session_by_id.get(entity.id) if entity.kind is EntityKind.SESSION else None
    aliases = session.aliases if session else ()
    return next((alias for alias in aliases if read_title(alias).title == entity.label), entity.label)
