"""`ghid schema`: the JSON Schema of the content file, for editors."""

from __future__ import annotations

import argparse
import json

from content.formats.yaml import json_schema


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command; it takes no arguments."""
    parser.description = "Print the JSON Schema by which editors complete and check a content file."


def run(_: argparse.Namespace) -> int:
    """Print the schema."""
    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0
