# Second Source: set up, run, test, measure.
#
#   make demo          set up, work through the sample case, print the answer, open the desk
#   make demo SERVE=0  the same, ending once the answer is printed and the dossier written
#   make test          set up, run the checkers and the tests (WORKERS=2 processes)
#   make bench         measure cost and start-up;  make evals  measure quality on the material in ../shared
#   make train         learn the extractor's weights anew from ../shared (CHECK=--check compares only)
#   make soak          kill an ingest 200 times;  make fuzz  fuzz each reader for FUZZ=600 seconds (Linux)
#   make ftm           add FollowTheMoney's own library, for the tests of what is exported to it (compiles ICU)
#   make lock          pin the requirements anew (needs uv; LOCK=--upgrade takes newer versions)
#   make clean         remove everything that these targets made
#
# Needs GNU make 3.81, Python 3.11 or newer and a network.  PYTHON=… names another Python.

PYTHON ?= python3
VENV ?= .venv
UV ?= uv
SERVE ?= 1
PORT ?= 8400
WORKERS ?= 2

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
SOURCES := $(shell find src -name '*.py' -o -name '*.html' -o -name '*.toml')
SAMPLE := $(shell find examples/drovia -type f 2>/dev/null)
BUILD := pyproject.toml $(wildcard hatch_build.py) src/secondsource/templates/evidence.css $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
DESK := SECONDSOURCE_CASE=demo/case $(BIN)/secondsource
URL := http://127.0.0.1:$(PORT)/

.DELETE_ON_ERROR:
.PHONY: demo dev test lint bench evals train soak fuzz ftm lock clean

demo: demo/dossier.html
	@echo
	@$(DESK) questions | awk -v RS= -v ORS='\n\n' 'NR <= 6 { print } { last = $$0 } END { print "… " last }'
	@echo "All of them: SECONDSOURCE_CASE=demo/case $(BIN)/secondsource questions"
	@echo
	@$(DESK) screen "Rustel Gavdoyev" --limit 1
	@echo
	@echo "The dossier, one file to read or send on: demo/dossier.html"
	@echo "Everybody and everything in this case is invented."
ifneq ($(SERVE),0)
	@case "$$(uname)$$DISPLAY$$WAYLAND_DISPLAY" in Linux) ;; *) (sleep 2; $(BIN)/python -m webbrowser $(URL) >/dev/null 2>&1) & ;; esac
	@$(DESK) serve --port $(PORT)
endif

demo/dossier.html: $(VENV)/.installed $(SAMPLE) $(SOURCES)
	@rm -rf demo && mkdir demo
	$(DESK) lists add examples/drovia/lists/sdn.csv
	$(DESK) ingest examples/drovia/documents
	$(DESK) dossier -o $@

test: lint
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

dev: $(VENV)/.dev

bench: $(VENV)/.dev
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script || exit; done

evals: $(VENV)/.dev
	@for script in evals/*.py; do echo "== $$script"; $(BIN)/python $$script || exit; done

train: $(VENV)/.dev
	$(BIN)/python training/train.py $(CHECK)

KILLS ?= 200
FUZZ ?= 600
TARGETS ?= plain csv eml mbox mhtml html feed opendocument slides zip tar warc wacz

soak: $(VENV)/.dev
	$(BIN)/python tests/faults.py --kills $(KILLS)

fuzz: $(VENV)/.dev
	@$(PIP) install --require-hashes -r requirements/fuzz.txt
	@for target in $(TARGETS); do echo "== $$target"; $(BIN)/python fuzz/readers.py $$target -max_total_time=$(FUZZ) -artifact_prefix=build/fuzz- || exit; done

# PyICU has no wheel: it takes a C++ compiler, pkg-config and the headers of ICU (Debian's libicu-dev).
ftm: $(VENV)/.dev
	@$(PIP) install --require-hashes -r requirements/ftm.txt

# --- the environment --------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Second Source needs Python 3.11 or newer; '$(PYTHON)' is not. Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo "'$(PYTHON)' comes without the standard module ensurepip; on Debian and Ubuntu it is the package python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The tools that build the package (Node among them, 200 MB) are fetched hash-checked into a
# folder of their own and removed again: an installed Second Source does not carry them.
$(VENV)/.installed: $(BUILD) requirements/build.txt requirements/runtime.txt | $(BIN)/python
	@echo "Installing the pinned requirements into $(VENV): about 500 MB, a minute or two …"
	@$(PIP) install --require-hashes -r requirements/runtime.txt
	@rm -rf build/tools
	@$(PIP) install --require-hashes --target build/tools -r requirements/build.txt
	@echo "Building the package and the desk's assets …"
	@PYTHONPATH=build/tools $(PIP) install --no-build-isolation --no-deps --editable .
	@rm -rf build/tools
	@touch $@

$(VENV)/.dev: $(VENV)/.installed requirements/dev.txt requirements/languages.txt
	@echo "Installing what the tests need …"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --require-hashes --no-deps -r requirements/languages.txt
	@touch $@

COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --emit-build-options --custom-compile-command "make lock" $(LOCK)

# pip heeds the last of the two options for a package, so that the one for a source follows the one for all.
ORDERED = awk '/^--no-binary/ { source = $$0; next } { print } /^--only-binary/ { print source }' $(1) > $(1).new && mv $(1).new $(1)

lock:
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: pip install uv, or UV=path/to/uv" >&2; exit 1; }
	$(COMPILE) pyproject.toml --output-file requirements/runtime.txt
	$(COMPILE) requirements/build.in --constraint requirements/runtime.txt --output-file requirements/build.txt
	$(COMPILE) pyproject.toml requirements/dev.in --constraint requirements/runtime.txt --constraint requirements/build.txt --output-file requirements/dev.txt
	$(COMPILE) --no-deps requirements/languages.in --constraint requirements/dev.txt --output-file requirements/languages.txt
	$(COMPILE) requirements/fuzz.in --output-file requirements/fuzz.txt
	$(COMPILE) --no-binary pyicu requirements/ftm.in --constraint requirements/runtime.txt --output-file requirements/ftm.txt
	$(call ORDERED,requirements/ftm.txt)
	$(COMPILE) requirements/peers.in --constraint requirements/dev.txt --output-file requirements/peers.txt

clean:
	rm -rf $(VENV) build demo dist node_modules frontend/node_modules src/secondsource/web/static
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis
