# Everything a newcomer needs, on a machine with Python 3.11 or newer and make.
# `make` alone lists the targets.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.set-up
EXTRAS := web lang tables postgres stix train dev

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint eval bench compiled faults train lock picture clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP) ## make .venv and install Qala and its tools from requirements.lock

# Wheels are pinned by hash; Qala itself is built with the pinned hatchling. The library of FollowTheMoney needs
# PyICU, which has no wheels: where it cannot be built, its tests are skipped and say so.
define install_locked
	$(1)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(1)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-ftm.lock \
	  || echo "without FollowTheMoney: PyICU needs a C++ compiler and ICU's headers (Debian: libicu-dev)"
endef

$(STAMP): requirements.lock requirements-ftm.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Qala needs Python 3.11 or newer; say: make PYTHON=python3.11") if sys.version_info < (3, 11) else 0'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(call install_locked,$(BIN))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: $(STAMP) ## read the article that comes with Qala
	@$(BIN)/qala demo

test: lint ## lint, then all tests
	$(BIN)/python -m pytest

lint: $(STAMP) ## ruff, mypy, and the contract of the floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(STAMP) ## score the readings on ../shared/gold, where it is
	$(BIN)/python -m eval

bench: $(STAMP) ## articles a second, memory; the ledger's rows and bytes, and how fast it is checked
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/ledger.py

# A wheel for this machine and Python alone, in an environment of its own: the sources and .venv stay pure Python.
COMPILED := out/compiled

compiled: $(STAMP) ## out/compiled: an environment whose Qala is compiled (needs a C compiler and Python's headers; minutes)
	rm -f $(COMPILED)/*.whl
	HATCH_BUILD_HOOK_ENABLE_CUSTOM=true $(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps \
	  --no-build-isolation --wheel-dir $(COMPILED) .
	@test -x $(COMPILED)/bin/python || $(BIN)/python -m venv $(COMPILED)
	$(call install_locked,$(COMPILED)/bin)
	$(COMPILED)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall $(COMPILED)/*.whl

faults: $(STAMP) ## the fault laboratory in full: a thousand power losses, 200 kills
	QALA_FAULTS=many $(BIN)/python -m pytest -s tests/faults tests/ledger/test_postgres.py

train: $(STAMP) ## rebuild the trained models that ship in the package
	$(BIN)/python -m training
	$(BIN)/python -m training.corroboration_terms
	$(BIN)/python -m training.corroboration_vectors
	$(BIN)/python -m training.corroboration

LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

lock: ## pin every dependency anew (needs uv: python -m pip install uv)
	printf 'hatchling>=1.27,<2\neditables>=0.5\nsetuptools>=75\n' | $(LOCK) $(addprefix --extra ,$(EXTRAS)) \
	  pyproject.toml - --output-file requirements.lock
	$(LOCK) --extra ftm --constraint requirements.lock pyproject.toml --output-file requirements-ftm.lock

picture: $(STAMP) ## draw the README's picture anew (needs Chromium and an Arabic font)
	@mkdir -p out docs/images
	$(BIN)/qala demo --format html --output out/demo.html
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1240,1000 \
	  --screenshot=docs/images/page.png file://$(CURDIR)/out/demo.html

clean: ## remove what the targets above made
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
