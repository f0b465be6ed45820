"""`ghid schema`: the JSON Schema of the content file, for editors."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from content.formats.yaml import json_schema

if TYPE_CHECKING:
    from bot.commands import Subparsers


def register(subparsers: Subparsers) -> None:
    """Describe the command; it takes no arguments."""
    subparsers.add_parser(
        "schema",
        help="print the JSON Schema of the content file, for editors",
        description="Print the JSON Schema by which editors complete and check a content file.",
    )


def run(_: argparse.Namespace) -> int:
    """Print the schema."""
    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0
