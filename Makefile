# `make run` serves the site on this machine, `make test` proves it. Each step runs only when something changed.

.DEFAULT_GOAL := run

python := .venv/bin/python
cores := $(shell nproc 2> /dev/null || echo 2)
# One more than there are processors: tests wait for browsers, for other processes and for PostgreSQL.
workers := $(shell expr $(cores) + 1)
pytest := $(python) -m pytest -n $(workers) --dist worksteal
on_sqlite := env -u DATABASE_URL -u TEST_DATABASE $(pytest)
on_postgres := TEST_DATABASE=postgres $(pytest)
PARTS := prove-sqlite prove-sqlite-long prove-postgres prove-postgres-long prove-browser
BENCHMARKS := serving peers stale
PORT ?= 8000
export PORT
# Each of a run's many processes would compile the same modules again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test prove prove-help $(PARTS) audit screenshots bench bench-growth lint locale clean chromium

# --- The site ---------------------------------------------------------------------------------------------------------

run: export DJANGO_SETTINGS_MODULE := immuno_site.settings.local
run: .venv/requirements
	@$(python) manage.py prepare
	@echo "→ Starting the server"
	@$(python) manage.py send_mail --loop --interval 5 --with-parent & \
		exec $(python) -m gunicorn -c python:immuno_site.gunicorn_conf immuno_site.asgi

locale: .venv/requirements
	@$(python) manage.py compile_locale

# --- Proofs -----------------------------------------------------------------------------------------------------------

test: .venv/requirements-dev chromium locale
	@echo "→ Tests on SQLite and in a browser"
	@$(on_sqlite) --durations=25
	@echo "→ Tests on PostgreSQL"
	@$(on_postgres) --durations=25

# All tests on both databases, with far larger budgets and other examples each time: `make prove`, or one part of it
# after the other by PART=… (README.md says how long each takes).
prove: $(if $(PART),prove-$(PART),$(PARTS))

prove-help:
	@echo "make prove PART=… with one of: $(PARTS:prove-%=%)"

$(PARTS): export PROVE := 1
$(PARTS) audit: export PYTEST_ADDOPTS := -o faulthandler_timeout=3600
$(PARTS): .venv/requirements-dev chromium locale

prove-sqlite:
	@echo "→ All but the longest tests, on SQLite"
	@$(on_sqlite) -m "not (long or journey or audit)"

prove-sqlite-long:
	@echo "→ The longest tests, on SQLite"
	@$(on_sqlite) -m long

prove-postgres:
	@echo "→ All but the longest tests, on PostgreSQL"
	@$(on_postgres) -m "not long"

prove-postgres-long:
	@echo "→ The longest tests, on PostgreSQL"
	@$(on_postgres) -m long

prove-browser:
	@echo "→ Journeys and accessibility, in a browser"
	@$(on_sqlite) -m "journey or audit"

audit: .venv/requirements-dev chromium locale var/audit/tools
	@echo "→ Production settings"
	@DJANGO_SETTINGS_MODULE=immuno_site.settings.production \
		SECRET_KEY="$$($(python) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		ALLOWED_HOSTS=example.org CSRF_TRUSTED_ORIGINS=https://example.org \
		SITE_URL=https://example.org DATABASE_URL=sqlite://:memory: EMAIL_URL=smtp+tls://example.org:587 \
		CHECKPOINT_KEY="$$($(python) -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())')" \
		CHECKPOINT_AUDITORS=auditor@example.org \
		$(python) manage.py check --deploy --fail-level WARNING
	@echo "→ Accessibility, in a browser, in every look"
	@PROVE=1 $(on_sqlite) -m audit -rsP

screenshots: .venv/requirements-dev chromium locale
	@$(python) -m tests.screenshots

# What serving costs, against the same bytes from elsewhere; on a machine that does nothing else, in five minutes.
bench: .venv/requirements-dev var/bench/requirements locale
	@for name in $(BENCHMARKS); do echo "→ $$name"; $(python) benchmarks/$$name.py || exit 1; done

# What grows with the library: all other benchmarks.
bench-growth: .venv/requirements-dev locale
	@for file in $(filter-out $(BENCHMARKS:%=benchmarks/%.py),$(wildcard benchmarks/[!_]*.py)); do \
		echo "→ $$file"; $(python) "$$file" || exit 1; done

lint: .venv/requirements-dev
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m djlint templates --lint --quiet
	@.venv/bin/lint-imports
	@$(python) -m mypy
	@DJANGO_SETTINGS_MODULE=immuno_site.settings.test DATABASE_URL=sqlite://:memory: \
		$(python) manage.py makemigrations --check --dry-run

chromium: .venv/requirements-dev
	@$(python) -m tests.chromium > /dev/null

# --- What they need ---------------------------------------------------------------------------------------------------

.venv/bin/python:
	@for candidate in python3.11 python3; do \
		if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "This needs Python 3.11 or newer, as python3.11 or python3." >&2; exit 1; fi; \
	echo "→ Making .venv with $$($$found --version)"; \
	$$found -m venv --clear .venv || { rm -rf .venv; echo "Python's venv module is missing (Debian: python3-venv)." >&2; exit 1; }

.venv/requirements: requirements.txt | .venv/bin/python
	@echo "→ Installing $<"
	@$(python) -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.venv/requirements-dev: requirements-dev.txt requirements.txt | .venv/bin/python
	@echo "→ Installing $<"
	@$(python) -m pip install --quiet --disable-pip-version-check -r $<
	@touch .venv/requirements $@

# The Nu HTML checker and Lighthouse, where npm is; tests say what they leave out.
var/audit/tools: tests/audit_tools/package.json
	@mkdir -p var/audit && cp $< var/audit/
	@if command -v npm > /dev/null; then echo "→ Fetching Nu and Lighthouse"; \
		npm install --prefix var/audit --ignore-scripts --no-fund --no-audit --no-package-lock --silent \
		|| echo "npm could not fetch them: markup and Lighthouse are left out."; \
	else echo "No npm here: markup and Lighthouse are left out."; fi
	@touch $@

# Other systems that `make bench` compares the site with, apart from it: nothing of the project imports them.
var/bench/requirements: benchmarks/_peers/requirements.txt | .venv/bin/python
	@echo "→ Installing what the site is compared with"
	@$(python) -m venv var/bench/venv
	@var/bench/venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# Everything that the commands above made, the demonstration's database included.
clean:
	rm -rf .venv var .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
	find . -name '*.mo' -not -path './.git/*' -delete
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
