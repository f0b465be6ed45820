"""The command line: `ghid COMMAND`, or `python -m bot COMMAND`."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from bot.commands import Command


class _Listed(NamedTuple):
    module: str
    help: str


# Only the command that is called gets imported, so that each starts fast.
COMMANDS = {
    "demo": _Listed("demo", "try everything on this machine: a local Telegram with a phone page"),
    "run": _Listed("run", "run the bot on Telegram: polling, or a webhook when WEBHOOK_URL is set"),
    "ask": _Listed("ask", "answer a question on the terminal"),
    "check": _Listed("check", "read a content file and name every problem with its place"),
    "import": _Listed("import_agenda", "make a content file the current agenda"),
    "export": _Listed("export", "write the agenda to a file: YAML, Excel, calendar, frab"),
    "history": _Listed("history", "list the versions of the agenda: when, by whom, why, what changed"),
    "undo": _Listed("undo", "go back to the version of the agenda before the current one"),
    "schema": _Listed("schema", "print the JSON Schema of the content file, for editors"),
    "backup": _Listed("backup", "write a whole copy of the database to a file"),
    "restore": _Listed("restore", "put a backup in the place of the database"),
    "invite": _Listed("invite", "make a one-time link for an organiser"),
    "signs": _Listed("signs", "a PDF to print: a poster, a sign for each door, cards for speakers"),
    "doctor": _Listed("doctor", "tell what is wrong with this set-up, and what to do"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 not done, 2 wrong call. None: the process's arguments."""
    is_program = arguments is None
    if is_program:
        gc.disable()  # hundreds of thousands of things are made now, and hardly one of them goes
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="ghid", description="Ghid, the attendee assistant of a conference.")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = COMMANDS.get(given[0]) if given else None
    parsers = {name: subparsers.add_parser(name, help=listed.help) for name, listed in COMMANDS.items()}
    if not given:  # whoever does not know the commands yet
        parser.print_help(sys.stderr)
        return 2
    if chosen is None:
        parser.parse_args(given)  # prints the help, or what is wrong, and ends here
        return 2
    command = cast("Command", import_module(f"bot.commands.{chosen.module}"))
    if is_program:
        gc.freeze()  # nothing of all that is looked through ever again
        gc.enable()
    command.register(parsers[given[0]])
    try:
        return command.run(parser.parse_args(given))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output went away (`ghid schema | head`). Python would complain again while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
