# Two commands on a fresh machine: `make demo` and `make test`. Both make .venv and install by themselves.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test soak check messages install
.DEFAULT_GOAL := demo

$(VENV)/.installed: requirements.txt tests/requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

install: $(VENV)/.installed

demo: install
	$(BIN)/ghid demo

messages: install
	$(BIN)/python -m tests.update_catalogs

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/pytest -n auto

# What takes long: 200 kills at random moments under load, 50,000 hostile updates, a broadcast to 10,000 people on a bad
# day, every screen of an event as large as a FOSDEM.
soak: install
	$(BIN)/pytest -n 0 -m soak
