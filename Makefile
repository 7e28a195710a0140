# Guimard's commands. `make run` and `make test` set up whatever is missing; a step is done again only when what it is
# made from has changed.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
# The newest Python that is here; any from 3.11 on will do. Choose another with: make run PYTHON=/path/to/python3
ifndef PYTHON
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-input --require-hashes
# npm starts its scripts with the node that it finds on the path: ours, not the machine's.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(CURDIR)/$(BIN)/npm --prefix frontend --no-audit --no-fund --loglevel error
FRONTEND := $(shell find frontend -name node_modules -prune -o -type f -print 2>/dev/null)
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)
APPS := core delegations events registrations checkin totals desk

# A second test pass runs on these; make test starts no server. Empty: the first pass, on SQLite, alone.
TEST_DATABASE_URL ?= $(shell $(BIN)/python tests/services.py database 2>/dev/null)
TEST_REDIS_URL ?= $(shell $(BIN)/python tests/services.py redis 2>/dev/null)
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

.PHONY: help run test test-frontend test-sqlite test-services check bench lock messages clean build

help: ## list these commands
	@echo "Guimard, the event desk of a European delegation. Commands:"
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'
	@echo "Set before run: PORT (8000), GUIMARD_HOME (var/). See README.md and docs/operations.md."

run: build ## set up what is missing, start everything, print the addresses; Ctrl-C stops it
	@exec $(BIN)/python -I -S config/launcher.py 0 $(BIN)/python -m config.run

test: build $(VENV)/dev.stamp test-frontend test-sqlite test-services ## all tests: front end, on SQLite, on PostgreSQL and Redis

test-frontend: frontend/node_modules/.package-lock.json
	@echo "== front end"
	@$(NPM) run --silent typecheck
	@$(NPM) run --silent test

test-sqlite: build $(VENV)/dev.stamp
	@echo "== Python, on SQLite"
	@$(PYTEST) -m "not services"

test-services: build $(VENV)/dev.stamp
	@if [ -n "$(TEST_DATABASE_URL)" ] && [ -n "$(TEST_REDIS_URL)" ]; then \
		echo "== Python, on PostgreSQL and Redis"; \
		TEST_DATABASE_URL="$(TEST_DATABASE_URL)" TEST_REDIS_URL="$(TEST_REDIS_URL)" $(PYTEST) -m "not once"; \
	elif [ -n "$$GUIMARD_REQUIRE_SERVICES" ]; then \
		echo "PostgreSQL or Redis is not reachable, and GUIMARD_REQUIRE_SERVICES is set."; exit 1; \
	else \
		echo "== no pass on PostgreSQL and Redis: neither answers here. Give TEST_DATABASE_URL and TEST_REDIS_URL."; \
	fi

# The tools load the settings, and the settings make their folder: not the one with the data.
check: export GUIMARD_HOME := $(CURDIR)/.cache/home
check: export GUIMARD_DEMO := 1
check: build $(VENV)/dev.stamp ## style, types, import contracts, templates, migrations, catalogues, compose file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/mypy
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec compose.yaml
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python tests/catalogues.py

bench: build $(VENV)/dev.stamp ## requests a second against a bare view, on PostgreSQL and Redis
	@$(BIN)/python -m benchmarks

build: $(VENV)/run.stamp static/dist/.stamp $(CATALOGUES:.po=.mo)

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Guimard needs Python 3.11 or newer, and there is none on the path. Name one: make run PYTHON=/path/to/python3"; exit 1; }
	@echo "Making a virtual environment with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is not whole here. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/run.stamp: requirements/run.txt | $(VENV)/bin/python
	@echo "Installing what is locked in $< …"
	@$(PIP) -r $< || { echo "The locked packages could not be installed; the reason stands above. Is the package index reachable?"; exit 1; }
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "Installing what the tests need …"
	@$(PIP) -r $<
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package-lock.json frontend/package.json $(VENV)/run.stamp
	@echo "Installing the front end's packages …"
	@$(NPM) ci
	@touch $@

static/dist/.stamp: frontend/node_modules/.package-lock.json $(FRONTEND)
	@echo "Building the front end …"
	@$(NPM) run --silent build
	@touch $@

%.mo: %.po $(VENV)/run.stamp
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

messages: $(VENV)/dev.stamp ## gather the texts to translate into locale/
	@command -v xgettext >/dev/null || { echo "GNU gettext is not here. On Debian or Ubuntu: apt install gettext"; exit 1; }
	@GUIMARD_DEMO=1 $(BIN)/python manage.py makemessages --locale fr --locale nl --locale de --no-location \
		--ignore '.venv/*' --ignore 'frontend/*' --ignore 'tests/*' --ignore 'var/*'

lock: ## renew requirements/*.txt from requirements/*.in, with hashes and without index addresses
	@test -x .venv-lock/bin/uv || { $(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip --disable-pip-version-check install --quiet uv; }
	@for name in run dev; do .venv-lock/bin/uv pip compile --quiet --upgrade --generate-hashes --universal --no-emit-index-url \
		--no-annotate --no-header --python-version 3.11 requirements/$$name.in -o requirements/$$name.txt; done

clean: ## remove everything that was made, but not the data under var/
	rm -rf $(VENV) .venv-lock frontend/node_modules static/dist staticfiles .cache core/fonts/*.ttf
	find locale -name '*.mo' -delete
	find . -name __pycache__ -prune -exec rm -rf {} +
