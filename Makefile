# Two commands on a fresh machine: `make demo` and `make test`. Both make .venv and install by themselves.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
# One more than processors: tests wait for processes and browsers now and then.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

# The many processes that tests start would else compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test suite soak check messages words install
.DEFAULT_GOAL := demo

PIP := python -m pip install --quiet --disable-pip-version-check
PINNED := -r requirements.txt -r tests/requirements.txt

# uv installs in a third of pip's time. Where it cannot (an index that only pip is told of), pip does it all the same.
$(VENV)/.installed: requirements.txt tests/requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/$(PIP) $$(grep -o '^uv==[^ ]*' tests/requirements.txt) && \
		VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --no-config $(PINNED) --editable . || \
		{ $(BIN)/$(PIP) $(PINNED) && $(BIN)/$(PIP) --no-deps --editable .; }
	touch $@

install: $(VENV)/.installed

demo: install
	$(BIN)/ghid demo

messages: install
	$(BIN)/python -m tests.update_catalogs

words: install
	$(BIN)/python -m tests.tidy_vocabulary

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Side by side: mypy alone would leave a processor idle for half a minute.
test: install
	@$(MAKE) --no-print-directory -j2 check suite

suite: install
	$(BIN)/pytest -n $(WORKERS)

# What takes long: 200 kills at random moments under load, 50,000 hostile updates, all at full size.
soak: install
	$(BIN)/pytest -n 0 -m soak
