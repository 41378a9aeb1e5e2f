# Every target works on a machine with Python 3.11 or newer, make and the package registries.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
LOCAL = $(if $(PYTHON),@$(PYTHON) -m omnichannel.local,$(error error python_missing: Python 3.11 or newer is needed and was not found. Install it, or name it: make run PYTHON=/path/to/python3))

.PHONY: help run stop status logs env manage clean-data venv browser test lint fmt schema \
	translations-update translations-check translations-compile translations-missing \
	bench bench-storefront bench-oversell bench-crash bench-settlement bench-settlement-reports bench-settlement-crash bench-stock bench-routing import-demo-sales schema-file bench-reconciliation demo-statements demo-month

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-22s %s\n", $$1, $$2}'

run: ## Start everything and play the first business day; PORT=8001 for another port
	$(LOCAL) run

stop: ## End everything that `make run` started
	$(LOCAL) stop

status: ## What runs, since when, how often it was restarted
	$(LOCAL) status

logs: ## Follow the logs; NAME=web for one of them
	$(LOCAL) logs $(NAME)

env: ## Print the environment of the local installation, for eval "$$(make -s env)"
	$(LOCAL) env

manage: ## Run a Django command in it: make manage ARGS="shell"
	$(LOCAL) manage $(ARGS)

clean-data: ## Delete the local data (database, cache, uploads): CONFIRM=1
	$(LOCAL) clean-data $(if $(CONFIRM),--yes)

venv: ## Make the virtual environment from the lock
	$(LOCAL) venv

browser: ## Get a browser and a Chinese font for the journeys
	$(LOCAL) browser

test: ## Run the tests: ARGS="-k x", WORKERS=2
	$(LOCAL) test $(ARGS)

lint: ## Style, layers, migrations, translations, API schema
	$(LOCAL) lint

fmt: venv ## Format the Python code
	@.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format .

schema-file: ## Write omnichannel/schema.sql anew after a migration was added (about two minutes)
	$(LOCAL) manage schema_file

schema: ## Write the OpenAPI schema to var/openapi.yaml
	$(LOCAL) manage spectacular --validate --fail-on-warn --file var/openapi.yaml

translations-update: venv ## Take new texts into the .po files: APP=catalog
	@.venv/bin/python scripts/translations.py update $(APP)

translations-check: venv ## Fail with a list of what is not translated
	@.venv/bin/python scripts/translations.py check $(APP)

translations-missing: venv ## Print what has no Chinese as JSON: APP=catalog
	@.venv/bin/python scripts/translations.py missing $(APP)

translations-compile: venv ## Write the .mo files
	@.venv/bin/python scripts/translations.py compile $(APP)

bench: bench-storefront bench-oversell bench-crash bench-stock bench-routing ## All measurements; QUICK=1 for less than a minute each

bench-storefront: venv ## Our storefront beside unmodified django-oscar, on servers of its own under var/bench
	@.venv/bin/python -m benchmarks.run storefront

bench-oversell: venv ## Stock of 10 and up to 64 buyers: django-oscar, ours, ours without its guard
	@.venv/bin/python -m benchmarks.run oversell

bench-routing: venv ## Routing beside its linear bound, planning together, speed: needs no network, no peer
	@.venv/bin/python -m benchmarks.run routing

bench-crash: venv ## A thousand orders while workers are killed: lost and doubled, with the outbox and without
	@.venv/bin/python -m benchmarks.run crash

bench-reconciliation: venv ## A provider's bill of 200,000 rows read, checked, loaded and compared
	@.venv/bin/python -m benchmarks.run reconciliation

demo-month: venv ## A month of the demo company, closed to zero on every control account; QUICK=1 for six days
	@.venv/bin/python -m benchmarks.run demo_month

demo-statements: ## Write the played day's statements with errors sown in, and import them: DAY=2026-11-21
	$(LOCAL) manage write_statements var/statements $(if $(DAY),--day $(DAY))
	$(LOCAL) manage import_statement var/statements

import-demo-sales: venv ## A year of till lines that nobody here wrote, loaded, cleared and compared with their own sums
	@.venv/bin/python -m benchmarks.run till_import

bench-settlement: venv ## The settlement night at a million trades beside unguarded tables, row by row, hordak
	@.venv/bin/python -m benchmarks.run settlement

bench-settlement-reports: venv ## Finance reads a day of a million trades: every report page, the CSV, two rule versions compared
	@.venv/bin/python -m benchmarks.run settlement_reports

bench-settlement-crash: venv ## A night whose workers and PostgreSQL are killed; its books beside an undisturbed one's
	@.venv/bin/python -m benchmarks.run settlement_crash

bench-stock: venv ## Reservations per second of one hot SKU beside a raw UPDATE, none oversold
	@.venv/bin/python -m benchmarks.run stock
