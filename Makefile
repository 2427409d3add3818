# Every command of the project. A machine needs only Python ≥ 3.11, make and git.
PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/done
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip --quiet
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras \
	--allow-unsafe --no-emit-index-url --no-emit-find-links
LOCKS := build serve test check front

FRONT := htmx.org/dist/htmx.min.js htmx.org/dist/ext/hx-sse.min.js
VENDOR := mesange/kit/web/static/vendor
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard mesange/locales/*.po mesange/locales/*/LC_MESSAGES/*.po))

.PHONY: help install serve test check format bench docs sentences lock clean
.DELETE_ON_ERROR:

help: ## say what each command does
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

install: $(DONE)/mesange $(VENDOR)/htmx.min.js $(CATALOGUES) ## set up .venv/ with everything serving needs; start nothing

serve: install ## serve on http://localhost:8140 out of var/
	@exec $(BIN)/mesange serve --data var --port 8140

test: install $(DONE)/test ## run every test, on SQLite and on PostgreSQL
	@scripts/install-browser
	$(BIN)/python -m scripts.both_engines

check: install $(DONE)/test $(DONE)/check ## format, lint, types, imports, house tests, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright --project pyproject.toml
	$(BIN)/lint-imports
	$(MAKE) test

format: $(DONE)/check ## lay the code out, mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: install $(DONE)/test ## print the table of figures
	$(BIN)/python -m bench

docs: install ## write docs/rooms.md, docs/events.md and docs/settings.md again from the code
	$(BIN)/python -m scripts.docs

sentences: install ## gather the sentences to translate into mesange/locales
	$(BIN)/python -m scripts.sentences

lock: $(DONE)/check ## choose the newest versions again and pin them with their hashes
	for name in $(LOCKS); do $(LOCK) --upgrade --output-file requirements/$$name.txt requirements/$$name.in || exit 1; done
	npm install --package-lock-only

clean: ## take away what the commands above made; var/ stays
	rm -rf $(VENV) node_modules $(VENDOR) build *.egg-info .pytest_cache .ruff_cache .hypothesis

$(DONE)/environment:
	scripts/create-environment $(PYTHON) $(VENV)
	@mkdir -p $(DONE) && touch $@

$(DONE)/serve: requirements/build.txt requirements/serve.txt $(DONE)/environment
	$(PIP) install --require-hashes -r requirements/build.txt -r requirements/serve.txt
	@touch $@

$(DONE)/test: requirements/test.txt $(DONE)/serve
	$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

$(DONE)/check: requirements/check.txt $(DONE)/serve $(DONE)/node
	$(PIP) install --require-hashes -r requirements/check.txt
	@touch $@

# The package itself, in place: the folder is what runs.
$(DONE)/mesange: pyproject.toml mesange/__init__.py $(DONE)/serve
	$(PIP) install --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .
	@touch $@

$(DONE)/node: requirements/front.txt $(DONE)/serve
	@command -v npm >/dev/null || $(PIP) install --require-hashes -r requirements/front.txt
	@touch $@

$(VENDOR)/htmx.min.js: package-lock.json $(DONE)/node
	PATH="$$PATH:$(abspath $(BIN))" npm ci --silent
	@mkdir -p $(VENDOR)
	cp $(addprefix node_modules/,$(FRONT)) $(VENDOR)/
	@touch $@

%.mo: %.po $(DONE)/serve
	$(BIN)/pybabel --quiet compile --locale fr --input-file $< --output-file $@
