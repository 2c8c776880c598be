# make run: the site on this machine. make test: every test this machine can run. CONTRIBUTING.md says more.
PORT ?= 8000
WORKERS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# Where a Python may be: PYTHON=... alone if given, else the path, then the folders of version managers.
MANAGED = $(wildcard $(HOME)/.pyenv/versions/3.*/bin/python3 $(HOME)/.local/share/uv/python/*/bin/python3 \
  $(HOME)/.asdf/installs/python/3.*/bin/python3 $(HOME)/.local/share/mise/installs/python/3.*/bin/python3 \
  /opt/homebrew/bin/python3.* /usr/local/bin/python3.*)
PYTHONS = $(or $(PYTHON),python3.13 python3.14 python3.12 python3 python $(MANAGED))
IS_FIT = import sys, venv, ensurepip, sqlite3; sys.exit(sys.version_info < (3, 12))
MANAGE = SECRET_KEY="$${SECRET_KEY:-$$(cat var/secret-key)}" .venv/bin/python manage.py

run: .venv/run var/secret-key ## start the site on 127.0.0.1 (PORT=8000)
	@$(MANAGE) prepare --port $(PORT)
	@SECRET_KEY="$${SECRET_KEY:-$$(cat var/secret-key)}" exec .venv/bin/granian studysite.wsgi:application \
	  --interface wsgi --host 127.0.0.1 --port $(PORT) --workers $(WORKERS) --blocking-threads 1 --no-ws \
	  --log-level error --workers-kill-timeout 1 --respawn-failed-workers

test: .venv/dev ## run the tests on every database and browser found here (ARGS="-k reader")
	@.venv/bin/python -m tests.run $(ARGS)

abuse: .venv/dev ## kill servers, restart databases, fill disks while people answer (ARGS="-k kill", ARGS=--help)
	@.venv/bin/python -m tests.abuse $(ARGS)

bench: .venv/dev ## measure how fast the site is, beside other programs (ARGS="--only pages --seconds 3")
	@.venv/bin/python -m tests.bench $(ARGS)

gfm: .venv/dev ## compare the reader with the public GFM test files (FILES="spec.txt extensions.txt")
	@.venv/bin/python -m tests.gfm_cases $(FILES)

hostile: .venv/dev ## hand in every document that means harm, and send every bad value to every field
	@HOSTILE=all FUZZ=2000 .venv/bin/python -m pytest tests/quizzes/test_hostile_documents.py tests/fuzz -q --numprocesses=auto -o faulthandler_timeout=3600 $(ARGS)

lint: .venv/dev ## look for mistakes and untidy files
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/djade --target-version 6.1 --check $(TEMPLATES)
	@SECRET_KEY=lint .venv/bin/mypy

format: .venv/dev ## tidy Python and templates
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format . ; .venv/bin/djade --target-version 6.1 $(TEMPLATES)
TEMPLATES = $(shell find templates -name '*.html')

admin: .venv/run var/secret-key ## make an account that may edit content at /admin/
	@$(MANAGE) createsuperuser

import: .venv/run var/secret-key ## read a Markdown document of yours (FILE=notes.md, more by ARGS=--accept-renames)
	@$(if $(FILE),,$(error Name the document: make import FILE=notes.md))$(MANAGE) import_guide "$(FILE)" $(ARGS)

lock: .venv/dev ## write the lock files anew from pyproject.toml, keeping the versions that still fit
	@$(LOCK) -o requirements.txt && $(LOCK) --group dev -c requirements.txt -o requirements-dev.txt
LOCK = .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.12 --generate-hashes --no-header --no-annotate -q

clean: ## remove the virtual environment and what the build made; the database and the key stay
	@rm -rf .venv var/static var/static.made var/joined .pytest_cache .ruff_cache .mypy_cache .hypothesis

help: ## show this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /make \1	/'

.venv/run: requirements.txt
	@$(INSTALL) && touch $@

.venv/dev: requirements-dev.txt
	@$(INSTALL) && touch $@

INSTALL = if ! .venv/bin/python -c '$(IS_FIT)' 2>/dev/null; then $(MAKE_VENV); fi \
  && echo "Installing $<" && .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
MAKE_VENV = for python in $(PYTHONS); do "$$python" -c '$(IS_FIT)' 2>/dev/null && break; python=; done; \
  if [ -z "$$python" ]; then echo "$(NO_PYTHON)" >&2; exit 1; fi; \
  echo "Making .venv with $$("$$python" --version)" && "$$python" -m venv --clear .venv
NO_PYTHON = Studysite needs Python 3.12 or newer with its venv module, and none of these is one: $(PYTHONS). \
  Install one, or name yours: make run PYTHON=/path/to/python3

var/secret-key:
	@mkdir -p var && umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

.PHONY: run test abuse bench gfm hostile lint format admin import lock clean help
