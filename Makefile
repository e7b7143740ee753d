# Needs Python 3.11 or newer, make and a package index; all the rest is installed in .venv, once.
# Another Python: make PYTHON=python3.13 …      Arguments for a command: make test ARGS="-k gate"
# The tests run in two processes; to look into one of them: make test ARGS="-n0 --pdb -k gate"

PYTHON ?= python3
ARGS   ?=

VENV    := .venv
BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip --disable-pip-version-check install --quiet
LOCKER  := uv>=0.13,<0.14
COMPILE := $(VENV)/lock/bin/uv pip compile pyproject.toml --no-config --quiet --upgrade --universal \
           --python-version 3.11 --generate-hashes --custom-compile-command 'make lock'

# A step of the set-up leaves a file here, newer than what it was made from.
CREATED := $(VENV)/.created
RUNTIME := $(VENV)/.runtime
DEV     := $(VENV)/.dev

# Catalogues are compiled by an install, and again when one was changed.
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard screens/locale/*/LC_MESSAGES/*.po))

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo docs recording test chaos check format messages lock bench compare clean

help: ## show this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

demo: $(RUNTIME) $(CATALOGUES) ## run the shipped processes on their real facts, in a throw-away database
	@$(BIN)/mijlpaal demo $(ARGS)

docs: $(DEV) $(CATALOGUES) ## build the documentation into build/docs
	@rm -rf build/docs
	@$(BIN)/python -m tests.support.building build/docs
	@echo "Open build/docs/index.html"

recording: $(DEV) $(CATALOGUES) ## run the first hour, and record it into build/first-hour.cast
	@$(BIN)/python -m tests.support.recording build/first-hour.cast
	@echo "Recorded: build/first-hour.cast"

test: $(DEV) $(CATALOGUES) ## run the tests
	@$(BIN)/pytest --numprocesses=2 --dist=worksteal $(ARGS)

chaos: $(DEV) $(CATALOGUES) ## every fault and property, at length: make chaos SEED=… ROUNDS=…
	@MIJLPAAL_CHAOS_SEED=$${SEED:-$$($(BIN)/python -c 'import random; print(random.randrange(10**6))')} \
	    MIJLPAAL_CHAOS_ROUNDS=$${ROUNDS:-5} $(BIN)/pytest -m 'chaos or hypothesis' --verbose --exitfirst $(ARGS)

check: $(DEV) $(CATALOGUES) ## everything a change must pass: format, style, types, architecture, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(MAKE) test

format: $(DEV) ## put the code in its format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(DEV) ## take every message from the sources into the catalogues; say what is missing
	@$(BIN)/python -m catalogues.messages
	@$(BIN)/python -m catalogues.building

lock: $(CREATED) ## choose the newest fitting version of every dependency and write the lock files
	@test -x $(VENV)/lock/bin/uv || { $(BIN)/python -m venv $(VENV)/lock && \
	    $(VENV)/lock/bin/python -m pip --disable-pip-version-check install --quiet '$(LOCKER)'; }
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group build --group dev --group docs --extra postgres --extra web --constraint requirements.lock \
	    --output-file requirements-dev.lock
	$(COMPILE) --group compare --extra postgres --constraint requirements-dev.lock \
	    --output-file requirements-compare.lock

bench: $(DEV) $(CATALOGUES) ## measure how fast it is, for the documentation: make bench ARGS=quick shows the main figures
	@$(BIN)/python -m benchmarks $(or $(ARGS),--keep)

compare: $(DEV) $(CATALOGUES) ## measure beside others (dbos, procrastinate, …), which it installs
	@$(PIP) --require-hashes --requirement requirements-compare.lock
	@$(BIN)/python -m benchmarks --keep others reminders

clean: ## remove everything that was installed, built or cached here
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f $(CATALOGUES)

$(CREATED):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "mijlpaal needs Python 3.11 or newer, and $(PYTHON) is: $$($(PYTHON) --version 2>&1)." >&2; \
	    echo "Name another one, for example: make PYTHON=python3.13" >&2; \
	    exit 1; }
	@echo "Setting up $(VENV), once …" >&2
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUNTIME): $(CREATED) requirements.lock pyproject.toml
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

%.mo: %.po | $(RUNTIME)
	@$(BIN)/python -m catalogues.building

$(DEV): $(RUNTIME) requirements-dev.lock
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@
