"""An agenda → Ghid's own content file in YAML, from which it can be read again without loss."""

from __future__ import annotations

import yaml

from content.agenda import Agenda
from content.formats.content_tree import content_tree

_HEAD = "# Made by `ghid export`. docs/content-file.md explains every key; `ghid check` names every mistake.\n"


def write_yaml(agenda: Agenda) -> bytes:
    """Return the file."""
    text = yaml.dump(content_tree(agenda), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    return (_HEAD + text.replace("ghid: '1'", "ghid: 1", 1)).encode()


class _Dumper(yaml.SafeDumper):
    """Indents lists below their keys, and repeats a text instead of pointing at it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)

    def ignore_aliases(self, _: object) -> bool:
        return True
