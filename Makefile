# make demo    the example organisation, running on this machine
# make test    everything that must hold before a change lands

PYTHON ?= python3
PIP = .venv/bin/python -m pip install --disable-pip-version-check -qq --require-hashes

.PHONY: demo test lint lock chromium screenshots

# make demo DATA=gitlab, or DATA=path/to/list.csv: that list, in a database of its own.
demo: .venv/product .env
	@DATA="$(DATA)" exec .venv/bin/python manage.py demo

# What is installed depends on the lock alone, so a second start asks no registry.
.venv/product: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Bearing needs Python 3.11 or newer; say where it is with make demo PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Bearing needs Python with venv (on Debian: apt-get install python3-venv)."; exit 1; }
	@echo "Installing what Bearing needs into .venv, once …"
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@$(PIP) -r requirements.txt
	@touch $@

.venv/development: .venv/product requirements-dev.txt
	@$(PIP) -r requirements-dev.txt
	@touch $@

# A key of this folder's own, and the word that this is the demo.
.env:
	@umask 077; $(PYTHON) -c 'import secrets; print("DEMO=on\nSECRET_KEY=" + secrets.token_urlsafe(48))' > $@

# -- Checks ----------------------------------------------------------------------------------

BIN = .venv/bin

test: lint chromium
	@$(BIN)/pytest -n 2

lint: .venv/development .env
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/mypy

# Browser tests need one. Without it they fail in CI, and are skipped elsewhere.
chromium:
	@for name in "$$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do \
		command -v "$$name" >/dev/null && exit; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests …"; \
		apt-get update -qq && apt-get install -y -qq chromium >/dev/null && exit; \
	fi; \
	echo "There is no Chromium here: install it, or set CHROMIUM to its path, to run the browser tests."

# make screenshots    the main pages, of the example and of imported lists, into screenshots/;
#                     DATA=path/to/list.csv adds one that does not lie in the repository
screenshots: .venv/development .env chromium
	@.venv/bin/python -m tests.screenshots
	@.venv/bin/python -m tests.screenshots gitlab
	@.venv/bin/python -m tests.screenshots $(or $(DATA),--none)

# The lock: every package, every version, every hash, and no address.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements.in -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements-dev.in -c requirements.txt -o requirements-dev.txt
