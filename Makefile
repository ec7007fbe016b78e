# make demo    the cinema on http://127.0.0.1:8000 (PORT=…), its state in .marquee (MARQUEE_DATA=…)
# make reset   stop what is left of the demo and forget its state
# make test    everything, on a real PostgreSQL
# make bench   what it costs: a table, and benchmarks/results.json (about twenty minutes)
# make audit   Lighthouse's scores, and whether the HTML is valid (about six minutes; docs/audit.md)
# make picture docs/eventmodel.svg, drawn from the code
# make messages collect the texts and compile their translations (needs GNU gettext)
# make check   lint, format, types, import contracts, templates, settings, the event model
# make PYTHON=/path/to/python3 …   name the interpreter (3.12 or newer) instead of having it found

SHELL := /bin/sh
.DEFAULT_GOAL := demo
python := .venv/bin/python
pip := $(python) -m pip install --quiet --disable-pip-version-check --require-hashes
html = $(shell find templates apps cinema_site -name '*.html')

.PHONY: demo reset test bench audit picture messages check format requirements

demo: .venv/runtime
	@exec $(python) manage.py demo

reset:
	@if [ -x $(python) ]; then exec $(python) manage.py reset; fi

test: .venv/dev
	$(python) -m pytest -n 2 --dist loadfile

bench: .venv/bench
	$(python) -m benchmarks

audit: .venv/audit
	$(python) -m audit

picture: .venv/runtime
	SECRET_KEY=check $(python) manage.py eventmodel --svg --output docs/eventmodel.svg

messages: .venv/runtime
	SECRET_KEY=check $(python) manage.py makemessages --locale=de --add-location=file --no-wrap --no-obsolete \
	  $(patsubst %,--ignore=%,.venv tests benchmarks audit docs)
	SECRET_KEY=check $(python) manage.py compilemessages --locale=de --ignore=.venv

check: .venv/dev .venv/bench
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy apps cinema_site tests benchmarks audit
	.venv/bin/lint-imports
	$(if $(html),.venv/bin/djade --check --target-version 6.0 $(html))
	@# Throw-away values: these settings are only looked at, never served.
	MARQUEE_ENV=production SECRET_KEY=$$($(python) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	  DATABASE_URL=postgresql://nobody@127.0.0.1:1/none ALLOWED_HOSTS=tickets.example BANK= \
	  $(python) manage.py check --deploy --fail-level WARNING
	SECRET_KEY=check $(python) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	SECRET_KEY=check $(python) manage.py eventmodel --check

format: .venv/dev
	$(python) -m ruff check --fix-only --quiet .
	$(python) -m ruff format .
	$(if $(html),-.venv/bin/djade --target-version 6.0 $(html))

requirements:
	uv pip compile --quiet --generate-hashes --universal --no-header --python-version 3.12 requirements.in -o requirements.txt
	uv pip compile --quiet --generate-hashes --universal --no-header --python-version 3.12 requirements-dev.in -c requirements.txt -o requirements-dev.txt
	uv pip compile --quiet --generate-hashes --universal --no-header --python-version 3.12 requirements-bench.in -c requirements.txt -c requirements-dev.txt -o requirements-bench.txt
	cd audit && npm install --package-lock-only --omit-lockfile-registry-resolved
	$(python) -m audit.lock

# Stamps: pip runs only after its requirements changed, or when the interpreter is gone.
ifeq ($(wildcard $(python)),)
.venv/runtime: build
endif
.PHONY: build

.venv/runtime: requirements.txt
	@found=$$(.ci/find-python) && "$$found" -m venv --clear .venv
	@echo "Installing what the box office runs on (once) …"
	@$(pip) -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/runtime
	@echo "Installing the development tools (once) …"
	@$(pip) -r requirements-dev.txt
	@touch $@

.venv/bench: requirements-bench.txt .venv/runtime
	@echo "Installing what is measured against (once) …"
	@$(pip) -r requirements-bench.txt
	@touch $@

.venv/audit: audit/package-lock.json .venv/dev
	@$(python) -m audit.tools
	@echo "Installing what audits (once) …"
	@mkdir -p .venv/audit_modules && cp audit/package.json audit/package-lock.json .venv/audit_modules
	@npm ci --prefix .venv/audit_modules --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
