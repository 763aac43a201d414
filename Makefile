# The commands of the project. `make run` and `make test` are all a newcomer needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export DJANGO_SETTINGS_MODULE ?= hub.settings.development
export HUB_DATA_DIR ?= var
export PORT ?= 8000
export BASE_URL ?= http://localhost:$(PORT)

.DEFAULT_GOAL := help
.PHONY: help install install-dev run demo test check bench format messages

help: ## Show the commands.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/.runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; set PYTHON=python3.12 for example."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

install: $(VENV)/.runtime ## Install what the site runs on into .venv.

install-dev: $(VENV)/.dev ## Install what tests and checks need besides.

run: install ## Install, load the demo content, start site and worker.
	@$(BIN)/python manage.py run

demo: install ## Load the demo content; what is there already stays as it is.
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo

test: install-dev ## Run all tests. What this machine lacks is skipped, and says so.
	@DJANGO_SETTINGS_MODULE=hub.settings.test $(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

check: install-dev ## Run every check that needs no test run.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy core search participants kenniskamer toolkit podcasts newsletter home hub
	DJANGO_SETTINGS_MODULE=hub.settings.test $(BIN)/python -W error::SyntaxWarning manage.py check
	DJANGO_SETTINGS_MODULE=hub.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=hub.settings.test $(BIN)/python -m pytest -q -p no:randomly tests/hub/test_translations.py
	git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2 --check

bench: install-dev ## Measure, and print the tables of benchmarks/RESULTS.md.
	@$(BIN)/python -m benchmarks

format: install-dev ## Put code and templates in their standard form.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files 'templates/*.html' | xargs $(BIN)/djade --target-version 5.2 || true

messages: install-dev ## Collect the strings to translate, and compile them (needs gettext).
	$(BIN)/python manage.py makemessages --locale nl --locale en --no-location --ignore var --ignore .venv
	$(BIN)/python manage.py compilemessages --locale nl --locale en --ignore var --ignore .venv
