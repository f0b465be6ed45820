"""The house rules that no linter holds."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "content", "tests")
LIMIT = 300
SOURCES = sorted(
    path for package in PACKAGES for ending in ("*.py", "*.js", "*.css") for path in (ROOT / package).rglob(ending)
)


def layer_modules() -> set[str]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    return {module.strip() for layer in layers for module in layer.replace(":", "|").split("|")}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_over_300_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LIMIT


def test_every_module_of_bot_has_its_layer() -> None:
    modules = {
        f"bot.{path.stem}"
        for path in (ROOT / "bot").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    assert modules - {"bot.__init__"} == {module for module in layer_modules() if module.startswith("bot.")}


def test_what_is_pinned_is_what_is_declared_and_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = dict(
        line.split("#")[0].strip().split("==")
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    )

    for dependency in map(Requirement, project["dependencies"]):
        assert dependency.specifier.contains(pins[dependency.name.lower()])
        assert version(dependency.name) == pins[dependency.name.lower()]
