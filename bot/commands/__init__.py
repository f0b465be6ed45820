"""The command line, a file a command: `register(parser)` describes it, `run(arguments)` returns its exit code."""

from __future__ import annotations

import argparse
from typing import Protocol


class Command(Protocol):
    """What a module of this package offers."""

    def register(self, parser: argparse.ArgumentParser) -> None:
        """Describe the command and its arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; 0: done, 1: not done, 2: wrong call."""
