# Everything runs in .venv, which is made on first use and left alone while pyproject.toml and the locks stay the same.
PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
TOOLS := $(VENV)/tools
PIP := -m pip install --quiet --disable-pip-version-check
# Without annotations and options a lock names no index: whoever installs has their own, and the hashes tell whether it serves the same.
LOCK := $(TOOLS)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
# What a project may need for its articles: every type of file, and the reader that finds most.
EXTRAS := accurate documents html
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site serve test test-quick check picture dist lock audit clean

help: ## List what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/.installed ## Build the report site of the first article
	$(BIN)/mkdocs build --quiet --strict -f site/mkdocs.yml
	@echo "Built: open site/public/index.html in a browser"

serve: $(VENV)/.installed ## Look at the site; it reloads when an article changes
	$(BIN)/mkdocs serve -f site/mkdocs.yml

test: $(VENV)/.installed-test ## Run the tests
	$(BIN)/pytest -n auto --dist worksteal

test-quick: $(VENV)/.installed-test ## Run those that start no process and no browser, measure no time and build few sites
	$(BIN)/pytest -n auto --dist worksteal -m "not slow"

check: $(VENV)/.installed-test ## Check format, lint and strict types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

picture: site $(VENV)/.installed-test ## Take the README's picture anew (needs Chromium)
	$(BIN)/python .github/picture.py

dist: $(TOOLS)/.installed ## Pack a release, and check what a package index would show
	rm -rf dist
	$(TOOLS)/bin/python -m build --no-isolation --outdir dist .
	$(TOOLS)/bin/twine check --strict dist/*

lock: $(TOOLS)/.installed ## Lock what pyproject.toml asks for, by version and hash (UPGRADE=--upgrade: the newest)
	$(LOCK) $(UPGRADE) pyproject.toml --extra test -o .ci/lock-test.txt > /dev/null
	echo hatchling | $(LOCK) -c .ci/lock-test.txt pyproject.toml - $(EXTRAS:%=--extra %) -o .ci/lock.txt > /dev/null
	cp .ci/lock.txt templates/project/lock.txt
	cp .ci/lock.txt site/lock.txt
	sed -n 's/^\([a-z0-9].*==.*\) \\$$/\1/p' .ci/lock-test.txt > constraints.txt
	$(LOCK) $(UPGRADE) .ci/tools.in -o .ci/lock-tools.txt > /dev/null

audit: $(TOOLS)/.installed ## Look the locked versions up among known vulnerabilities (asks the package index)
	$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r .ci/lock-test.txt -r .ci/lock-tools.txt

clean: ## Remove the environment and what was built
	rm -rf $(VENV) build dist site/public

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(PYTHON) is older than Python 3.11: run make PYTHON=python3.11 (or later)"; exit 1; }
	@$(PYTHON) -m venv --help > /dev/null 2>&1 || { echo "$(PYTHON) has no venv: install it (Debian: apt-get install python3-venv)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Everything by its hash, then the package itself, which is this folder: the stamp is written last, so a broken install is tried again.
$(VENV)/.installed: pyproject.toml .ci/lock.txt | $(BIN)/python
	@echo "Installing into $(VENV) (once; some minutes at most) ..."
	$(BIN)/python $(PIP) --require-hashes -r .ci/lock.txt
	$(BIN)/python $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed .ci/lock-test.txt
	@echo "Installing what the tests need ..."
	$(BIN)/python $(PIP) --require-hashes -r .ci/lock-test.txt
	@touch $@

$(TOOLS)/.installed: .ci/lock-tools.txt | $(BIN)/python
	$(BIN)/python -m venv $(TOOLS)
	$(TOOLS)/bin/python $(PIP) --require-hashes -r .ci/lock-tools.txt
	@touch $@
