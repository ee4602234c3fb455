# serve, test, lint, eval, bench: each sets up what it needs, in .venv.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
READY := .venv/.ready
DEV := .venv/.ready-dev

.PHONY: serve test lint format eval bench clean

# Where reindex cannot or may not bring the index up to date it says why, and what is there is served.
serve: $(READY)
	-$(BIN)/reindex
	$(BIN)/telusur serve --host $(HOST) --port $(PORT)

test: $(DEV)
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(ARGS)

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: $(DEV)
	$(BIN)/python -m bench.evaluate $(ARGS)

bench: $(DEV)
	$(BIN)/python -m bench.speed $(ARGS)

clean:
	rm -rf .venv instance

# A virtual environment made by an older Python, or half made, is made anew.
$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python && $(BIN)/python -c "import pip" 2>/dev/null || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(DEV): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,tantivy]'
	touch $@
