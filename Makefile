# The few words that set up, run and prove Zegel. `make` alone lists them.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
BIN := .venv/bin

# More words for the command behind a target: make run ARGS="--empty", make test ARGS="tests/unit -x"
ARGS ?=
# Processes for the tests; each starts servers and a browser of its own. Three on two cores were
# slower than two.
WORKERS ?= 2

.PHONY: help
help: ## list these words
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: ## make .venv from the lock, with .venv/bin/zegel (run and test do it by themselves)
	@tools/setup

.PHONY: run
run: setup ## serve portal and console with demonstration staff and cases (ARGS=--empty: no cases)
	@exec $(BIN)/zegel demo $(ARGS)

.PHONY: test
test: setup ## check and prove everything (ARGS="tests/unit -k word" for a part of the tests)
	@tools/test-setup
	@$(MAKE) check
	@# In the order of the folders: the long journeys first, so that no worker waits for one at the end.
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder -p tests.support.branches --branches $(ARGS)

.PHONY: bench
bench: setup ## measure, print one table, write it as JSON under var/
	@$(BIN)/python -m bench $(ARGS)

.PHONY: lighthouse
lighthouse: setup ## what Lighthouse says of the portal's pages (needs npm); ARGS="--language nl report"
	@$(BIN)/python -m tools.lighthouse $(ARGS)

.PHONY: timing
timing: setup ## whether time or shape tells right words from wrong ones, known names from unknown
	@$(BIN)/python -m tools.timing $(ARGS)

.PHONY: audit
audit: setup ## run tools of others against the product and planted faults; ARGS="semgrep sslyze"
	@tools/test-setup
	@$(BIN)/python -m tools.audit $(ARGS)

.PHONY: fuzz
fuzz: setup ## look for bytes of strangers that break a promise; ARGS="--seconds 600" for longer
	@$(BIN)/python -m tools.fuzz $(ARGS)

.PHONY: fmt
fmt: setup ## format the code and sort the imports
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

.PHONY: lint
lint: setup check ## the checks that need no test run: style, format, types, import contracts

# `test` and `lint` share these; not set up again here.
.PHONY: check
check:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "make fmt puts this right" >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

.PHONY: i18n
i18n: setup ## gather new texts into the translations of web/translations and compile them
	@tools/i18n

.PHONY: screenshots
screenshots: setup ## picture the main pages anew: four languages, day and night, desktop and phone
	@tools/test-setup
	@$(BIN)/python -m tools.screenshots $(ARGS)

.PHONY: dist
dist: setup ## build the wheel, with its bill of materials and checksums, in dist/
	@tools/dist

.PHONY: lock
lock: ## choose newer versions of all dependencies (needs uv: pip install uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate pyproject.toml --group dev -o requirements.lock
	tools/setup && $(BIN)/python -m tools.runtime_lock

.PHONY: clean
clean: ## remove .venv, caches and compiled translations; the data in var/ stays
	@rm -rf tools/lighthouse/node_modules tools/audit/observatory/node_modules .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* dist
	@rm -f web/translations/*/LC_MESSAGES/*.mo
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
