"""The command line, a file a command: `register(subparsers)` describes it, `run(arguments)` returns its exit code."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


class Command(Protocol):
    """What a module of this package offers."""

    def register(self, subparsers: Subparsers) -> None:
        """Describe the command and its arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; 0: done, 1: not done, 2: wrong call."""
