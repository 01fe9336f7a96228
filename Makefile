# Everything a newcomer needs, on a machine with Python 3.11 or newer and make.
# `make` alone lists the targets.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.set-up

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint eval bench train lock picture clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP) ## make .venv and install Qala and its tools from requirements.lock

# Wheels are pinned by hash; Qala itself is installed in place, built with the pinned hatchling.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Qala needs Python 3.11 or newer; say: make PYTHON=python3.11") if sys.version_info < (3, 11) else 0'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
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

bench: $(STAMP) ## articles and megabytes a second, memory at its peak
	$(BIN)/python benchmarks/bench.py

train: $(STAMP) ## rebuild the trained models that ship in the package
	$(BIN)/python -m training

lock: ## pin every dependency anew (needs uv: python -m pip install uv)
	printf 'hatchling>=1.27,<2\neditables>=0.5\n' | uv pip compile --quiet --universal --python-version 3.11 \
	  --all-extras --generate-hashes --no-header --no-annotate pyproject.toml - --output-file requirements.lock

picture: $(STAMP) ## draw the README's picture anew (needs Chromium and an Arabic font)
	@mkdir -p out docs/images
	$(BIN)/qala demo --format html --output out/demo.html
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1240,1000 \
	  --screenshot=docs/images/page.png file://$(CURDIR)/out/demo.html

clean: ## remove what the targets above made
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
