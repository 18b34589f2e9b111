# Needs Python 3.11 or later, make and git. Everything else is installed into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --constraint constraints.txt --editable

.DEFAULT_GOAL := help
.PHONY: help setup run ask test lint eval figures bench lock clean
unexport PYTHONPATH PYTHONHOME
export Q

help:
	@echo "make run           index the shipped collection once and open the web desk"
	@echo "make ask Q='...'   ask the shipped collection from the shell"
	@echo "make test          ruff, mypy and all tests"
	@echo "make eval          ask the shipped cases and compare with the committed answers"
	@echo "make setup | lint | figures | bench | lock | clean"

setup: .venv/installed

# The stamps: installation runs again only when what it depends on changed.
.venv/installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing into .venv: some minutes, only when the requirements changed."
	$(INSTALL) .
	$(BIN)/python -m index.export
	@touch $@

.venv/developing: .venv/installed
	$(INSTALL) '.[dev]'
	@touch $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv .venv

run: setup
	$(BIN)/pullquote serve --open

ask: setup
	@test -n "$$Q" || { echo "Put the question in Q: make ask Q='What is new?'" >&2; exit 1; }
	@$(BIN)/pullquote ask "$$Q"

test: lint
	$(BIN)/python -m pytest -q

lint: .venv/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# After a change that is meant: pullquote eval gate --accept, once the answers are read.
eval: setup
	$(BIN)/pullquote eval lint --documents docs
	$(BIN)/pullquote eval gate eval/gate.toml --out build/eval --html build/eval/gate.html

# The tables of eval/README.md, measured anew; the data are read from ../shared.
figures: .venv/developing
	$(BIN)/python -m eval.figures

bench: .venv/developing
	$(BIN)/python -m eval.bench.encode

# What a new environment gets today. A build's own suffix (+cpu) is left off: it names no release.
lock:
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --editable '.[dev]'
	build/lock/bin/python -m pip freeze --exclude-editable | sed 's/+[a-z0-9.]*$$//' > build/constraints.txt
	@! grep -n '@' build/constraints.txt
	mv build/constraints.txt constraints.txt
	rm -rf build/lock

clean:
	rm -rf .venv build dist *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
