# Each target sets up what it needs, in .venv.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV ?= .venv
CONSTRAINTS ?= constraints.txt
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV := $(VENV)/.ready-dev
MADE = test -x $(BIN)/python && $(BIN)/python -c "import pip" 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)

.PHONY: serve serve-cluster test lint format eval train bench soak torture clean wheel wheel-test test-oldest test-pythons

# Where reindex cannot or may not bring the index up to date it says why, and what is there is served.
serve: $(READY)
	-$(BIN)/reindex
	$(BIN)/telusur serve --host $(HOST) --port $(PORT)

# Three nodes of OpenSearch and a server on the samples; nothing of it stays after Ctrl+C. Needs Java 21+ and Maven.
serve-cluster: $(DEV)
	$(BIN)/python -m bench.cluster.serve --host $(HOST) --port $(PORT) $(ARGS)

# Half of their time tests wait for servers, browsers and programs: two of them share a core.
test: $(DEV)
	$(BIN)/python -m pytest --numprocesses $$(( 2 * $$(nproc) )) --dist worksteal $(ARGS)

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Every call that changes an index fails once in every way; ENGINE=whoosh for one engine alone, SEED=7 for other
# archives, MINUTES=30 to go on with more of them, POINT=update:kill:12 for that one.
torture: $(DEV)
	$(BIN)/python -m tests.faults.torture $(if $(ENGINE),--engine $(ENGINE)) $(if $(SEED),--seed $(SEED)) \
	  $(if $(MINUTES),--minutes $(MINUTES)) $(if $(POINT),--point $(POINT))

eval: $(DEV)
	$(BIN)/python -m bench.evaluate $(ARGS)

# The weights of what reading the first results of a question tells; writes them into the table if they win.
train: $(DEV)
	$(BIN)/python -m bench.train $(ARGS)

bench: $(DEV)
	$(BIN)/python -m bench.speed $(ARGS)

# An hour on each engine. ENGINE=tantivy is for one of them, ARCHIVE= a folder of articles, MINUTES= for another time.
soak: MINUTES ?= 60
soak: $(DEV)
	$(BIN)/python -m bench.soak --minutes $(MINUTES) $(if $(ENGINE),--engine $(ENGINE)) \
	  $(if $(ARCHIVE),--archive $(ARCHIVE)) $(ARGS)

# Into dist/: what owners install.
wheel: $(DEV)
	$(BIN)/python -m hatchling build

# The wheel in an empty environment, on every supported Python that this machine has.
wheel-test: $(DEV)
	CI=true $(BIN)/python -m pytest --numprocesses auto tests/test_package.py

# All tests with the oldest versions of what pyproject.toml allows, on the oldest Python of this machine.
test-oldest: $(READY)
	$(MAKE) test VENV=.venv-oldest CONSTRAINTS=constraints-oldest.txt \
	  PYTHON="$$($(BIN)/python .ci/pythons.py | sed -n '1s/^[^ ]* //p')"

# All tests on every supported Python that this machine has.
test-pythons: $(READY)
	$(BIN)/python .ci/pythons.py | while read -r version python; do \
	  $(MAKE) test VENV=.venv-$$version PYTHON=$$python || exit 1; \
	done

clean:
	rm -rf .venv .venv-* instance

# A virtual environment made by an older Python, or half made, is made anew.
$(READY): pyproject.toml $(CONSTRAINTS)
	$(MADE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c $(CONSTRAINTS) -e .
	touch $@

# All at once: to install what owners need first, and then the rest, takes pip nearly twice as long.
$(DEV): pyproject.toml $(CONSTRAINTS)
	$(MADE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c $(CONSTRAINTS) -e '.[dev,tantivy,opensearch,postgresql,mysql]'
	touch $(READY) $@
