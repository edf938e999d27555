# One line each, nothing needed before it but Python 3.11 or newer: `make demo`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -q -c constraints.txt

.PHONY: help demo test lint soak clean constraints
.DEFAULT_GOAL := help

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/	/'

demo: $(VENV)/.runtime  ## the whole bot in this terminal, no account anywhere
	$(BIN)/tickerbell demo

test: $(VENV)/.dev lint  ## the whole suite, lint and strict types
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

soak: $(VENV)/.dev  ## the long forms of the slow suites
	$(BIN)/python -m pytest -m "long or not long"

constraints: $(VENV)/.dev  ## pin what is installed now, without addresses
	$(BIN)/python -m pip freeze --exclude-editable --exclude tickerbell \
	  | grep -E '^[A-Za-z0-9._-]+==' | grep -vE '^(pip|setuptools)==' > constraints.txt

clean:  ## remove the environment and everything made
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

# An environment is made anew when what it is made of changes.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) -e '.[dev]'
	@touch $@ $(VENV)/.runtime
