# make serve, make test and make build need Python 3.11 or newer, make and git; they set up the rest in .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
BIOME := @biomejs/biome@2.6.8
export NO_MKDOCS_2_WARNING = 1
# The tests start some hundred processes. Where this is set, each would compile all modules again.
export PYTHONDONTWRITEBYTECODE =

.PHONY: serve build offline test check lint browser bench clean

serve: .venv/.site
	$(BIN)/mkdocs serve

build: .venv/.site
	$(BIN)/mkdocs build --strict

# A copy without a server, search included: open offline/index.html, or hand on the zipped folder.
offline: .venv/.site
	$(BIN)/mkdocs build --strict --config-file mkdocs.offline.yml

test: lint browser
	$(BIN)/mkdocs build --strict --site-dir .cache/site
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

# Checks that the quick tests reach at least 90 % of the code; then builds sites with other versions of Python and of what
# Talkbook depends on, and with other tools' plugins.
check: .venv/.dev
	$(BIN)/mkdocs build --strict --site-dir .cache/site
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not slow" --ignore tests/browser \
	  --cov --cov-report=term:skip-covered
	$(BIN)/python tests/compatibility/run.py

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if npx --yes $(BIOME) --version > /dev/null 2>&1; then npx --yes $(BIOME) ci --error-on-warnings; \
	else echo "Biome can't be had here, it needs Node and its registry: the scripts are NOT LINTED"; fi

# A Chromium for the browser tests: one on the PATH, else Playwright's own, else Debian's.
browser: .venv/.dev
	@command -v chromium || command -v chromium-browser || command -v google-chrome \
	  || $(BIN)/playwright install --with-deps chromium \
	  || (apt-get update -qq && apt-get install -y -qq chromium)

.venv/.site: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/.dev: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $@ .venv/.site

bench: .venv/.dev
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf .venv .cache dist offline
