# Two commands set everything up: `make demo` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3)
UV := .boot/bin/uv
PY := .venv/bin/python
WORKERS ?= auto

.PHONY: help demo run test check unit journeys bench pictures messages lock migration clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(UV): requirements-boot.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing: install the package python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "This is $$($(PYTHON) --version); Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || bash .ci/system venv
	@$(PYTHON) -m venv .boot
	@.boot/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-boot.lock
	@touch $(UV)

.venv/.run: $(UV) requirements.lock
	@if [ ! -f .venv/.dev ] || [ requirements-dev.lock -nt .venv/.dev ]; then \
	  test -x $(PY) || $(UV) venv -q --python "$(PYTHON)" .venv; \
	  $(UV) pip sync -q --python $(PY) --require-hashes requirements.lock; rm -f .venv/.dev; fi
	@touch .venv/.run

.venv/.dev: $(UV) requirements-dev.lock
	@test -x $(PY) || $(UV) venv -q --python "$(PYTHON)" .venv
	@$(UV) pip sync -q --python $(PY) --require-hashes requirements-dev.lock
	@touch .venv/.dev .venv/.run

demo: .venv/.run ## a demo city in the browser: everything is set up and started; Ctrl-C stops it
	@$(PY) -m participation.demo

run: .venv/.run ## the site with the settings of the environment: migrate, web server and worker
	@$(PY) -m participation.running

test: .venv/.dev ## everything: check, unit tests on SQLite and PostgreSQL, journeys in a browser
	@bash .ci/system chromium
	@$(MAKE) --no-print-directory check
	@$(PY) -m pytest -q -n $(WORKERS) --dist loadgroup

check: .venv/.dev ## lint, format, types, import contracts, templates
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check -q .
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@.venv/bin/djlint --quiet --lint templates

unit: .venv/.dev ## the tests without a browser
	@$(PY) -m pytest -q -n $(WORKERS) --dist loadgroup -m "not journey"

journeys: .venv/.dev ## the stories in a real browser
	@bash .ci/system chromium
	@$(PY) -m pytest -q -n $(WORKERS) --dist loadgroup -m journey

bench: .venv/.dev ## paired ratios of the performance targets; writes bench/out/*.json
	@$(PY) -m bench

pictures: .venv/.dev ## the pictures of the README, from a running `make demo` (ADDRESS=…)
	@bash .ci/system chromium
	@$(PY) -m docs.take_pictures $(ADDRESS)

messages: .venv/.dev ## collect the messages of code and templates into translations/*.po
	@$(PY) -m participation.kernel.messages

migration: .venv/.dev ## a new migration from the difference between tables and code: NAME="what changes"
	@$(PY) -m participation.migrating "$(NAME)"

lock: $(UV) ## make the hashed lock files anew from pyproject.toml
	@$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate \
	  --python-version 3.11 --extra city pyproject.toml -o requirements.lock
	@$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate \
	  --python-version 3.11 --extra city --group dev pyproject.toml -o requirements-dev.lock

clean: ## remove what was made here (not the data of a site)
	@rm -rf .boot .venv bench/out .pytest_cache .mypy_cache .ruff_cache .hypothesis
