# make run: set everything up and open the terminal app.    make test: every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LECTERN := $(BIN)/lectern
# With pip, a CPU build of torch where one is at hand; plain pip elsewhere takes the newest.
CONSTRAINTS := .constraints.txt

.PHONY: run test check screenshots start-up format clean

run: $(VENV)/.installed
	@$(LECTERN) models pull built-in || echo "Going on without it." >&2
	@$(LECTERN) models pull recommended || echo "Going on without it." >&2
	@$(LECTERN) index
	@if [ -t 0 ] && [ -t 1 ]; then exec $(LECTERN); \
	else exec $(LECTERN) ask "How many criminal investigators does the IRS have?"; fi

test: $(VENV)/.tested
	@$(LECTERN) models pull built-in
	$(MAKE) --no-print-directory check

check:
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal -m "not (model or alone)"
	$(BIN)/python -m pytest -m "model or alone"

# The pictures in the README, made by the running app with the best model that is here.
screenshots: $(VENV)/.tested
	$(BIN)/python -m tests.tui.screenshots .screenshots

# How soon the first screen stands, and the first quote; what the app's own process takes.
start-up: $(VENV)/.tested
	$(BIN)/python -m pytest -q -rP tests/tui/test_start_up.py \
	  tests/tui/test_real_answers.py::test_the_first_quote_stands_at_once_where_everything_is_warm \
	  tests/tui/test_terminal.py::test_the_app_s_own_process_stays_light_through_an_answer

format:
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=24"

# Constrained: the newest torch takes several gigabytes on Linux, most of them for GPUs.
$(VENV)/.installed: pyproject.toml $(CONSTRAINTS) | $(VENV)/bin/python
	@echo "Installing. llama-cpp-python compiles once, about 10 minutes on 2 cores; pip keeps it."
	$(BIN)/python -m pip install --quiet --constraint $(CONSTRAINTS) --editable .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint $(CONSTRAINTS) --editable ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
