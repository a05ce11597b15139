# Vivero. `make demo` and `make test` do all the set-up on a fresh machine (git, Python ≥ 3.11, make).
PYTHON ?= python3
BIN := .venv/bin
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)
JOBS ?= 2

.PHONY: demo test check bench shots catalogues requirements clean

demo: $(BIN)/.ready $(COMPILED)
	$(BIN)/vivero demo

test: $(BIN)/.ready-dev $(COMPILED)
	@$(BIN)/python -m tests.browser_ready
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

check: $(BIN)/.ready-dev $(COMPILED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -q tests/architecture tests/migrations tests/translations --ignore=tests/architecture/test_shots.py # make test looks at pages
	$(BIN)/vivero check curricula

bench: $(BIN)/.ready-dev $(COMPILED)
	$(BIN)/vivero bench $(ARGS)

shots: $(BIN)/.ready-dev $(COMPILED)
	@$(BIN)/python -m tests.browser_ready
	$(BIN)/python -m tests.shots $(ARGS)

$(BIN)/.ready: requirements.txt pyproject.toml
	@echo "Setting up Python in .venv (the first time takes about a minute) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(BIN)/.ready-dev: $(BIN)/.ready requirements-dev.txt
	@echo "Adding what tests and checks need …"
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

%.mo: %.po $(BIN)/.ready
	@$(BIN)/pybabel -q compile -i $< -o $@

# Takes new sentences from the code into both catalogues.
catalogues: $(BIN)/.ready
	$(BIN)/pybabel -q extract -F translations/babel.cfg -k N_ --no-location --sort-output --project Vivero --version "" -o translations/messages.pot .
	for l in es en; do $(BIN)/pybabel -q update -i translations/messages.pot -d translations -l $$l --no-fuzzy-matching --ignore-obsolete --no-wrap; done

# Pins every package with its hashes; no index address is written.
requirements:
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group dev -o requirements-dev.txt

clean:
	rm -rf .venv var shots .mypy_cache .ruff_cache .pytest_cache .hypothesis
