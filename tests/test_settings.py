"""Settings: production refuses a half set-up, and readers get strict headers and no cookie."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from editorial.editions.checkpoints import create_key
from editorial.reviews.models import record_heartbeat
from tests.databases import ROOT

COMPLETE = {
    "SECRET_KEY": "a-long-enough-key-of-many-different-characters-0123456789",
    "ALLOWED_HOSTS": "example.org",
    "SITE_URL": "https://example.org",
    "CSRF_TRUSTED_ORIGINS": "https://example.org",
    "DATABASE_URL": "sqlite://:memory:",
    "EMAIL_URL": "smtp+tls://user:password@example.org:587",
}


def production(*arguments, **environment):
    """manage.py under production settings, with nothing of this process's own environment but PATH."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "immuno_site.settings.production",
        }
        | environment,
        capture_output=True,
        text=True,
    )


def test_production_names_everything_that_is_missing_at_once():
    done = production("check")
    assert done.returncode
    for variable in COMPLETE:
        assert f"{variable} is missing" in done.stderr


@pytest.mark.parametrize(
    ("variable", "weak"),
    [
        ("SECRET_KEY", "too-short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-" + COMPLETE["SECRET_KEY"]),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "example.org, *"),
        ("ALLOWED_HOSTS", " , "),
        ("SITE_URL", "http://example.org"),
        ("SITE_URL", "example.org"),
        ("SITE_URL", "https://example.org/desk"),
        ("DEMONSTRATION", "true"),
        ("EMAIL_URL", "consolemail://"),
        ("EMAIL_URL", "filemail:///var/mail"),
    ],
)
def test_production_refuses_what_is_weak_and_names_only_that(variable, weak):
    done = production("check", **COMPLETE | {variable: weak})
    assert done.returncode
    named = [line for line in done.stderr.splitlines() if re.match(r"[A-Z_]+ is ", line)]
    assert [line.split()[0] for line in named] == [variable]


def test_production_deploys_without_a_warning():
    checkpoints = {"CHECKPOINT_KEY": create_key(), "CHECKPOINT_AUDITORS": "auditor@example.org"}
    done = production("check", "--deploy", "--fail-level=WARNING", **COMPLETE | checkpoints)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PUBLIC_LANGUAGES", "en,tlh"), ("PUBLIC_LANGUAGES", ","), ("HOME_TIME_ZONE", "Mars/Olympus")],
)
def test_settings_refuse_values_that_mean_nothing(variable, value):
    done = production("check", **COMPLETE | {variable: value})
    assert done.returncode
    assert variable in done.stderr


def test_languages_of_the_database_do_not_follow_those_offered_to_readers():
    done = production(
        "shell",
        "--no-imports",
        "--command",
        "from django.conf import settings;print(*settings.PUBLIC_LANGUAGES, '|', *settings.MODELTRANSLATION_LANGUAGES)",
        **COMPLETE | {"PUBLIC_LANGUAGES": "en,es"},
    )
    assert done.stdout.strip() == "en es | en es ar zh-hans vi", done.stderr


def test_cookies_belong_to_the_desk():
    assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/admin/"
    login = Client().get("/admin/login/")
    assert {cookie["path"] for cookie in login.cookies.values()} == {"/admin/"}


def test_health_is_told_without_a_cookie_or_a_database():
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.django_db
def test_readiness_asks_the_database(monkeypatch):
    from django.db import DatabaseError, connection

    record_heartbeat()
    assert Client().get("/readyz").status_code == 200

    def broken():
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", broken)
    assert Client().get("/readyz").status_code == 503


def test_headers_are_strict_and_the_policy_is_the_same_for_each_reader():
    first, second = Client().get("/healthz"), Client().get("/healthz")
    policy = first["Content-Security-Policy"]
    assert policy == second["Content-Security-Policy"]
    assert "unsafe-" not in policy
    assert "nonce-" not in policy
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"} <= set(policy.split("; "))
    assert first["X-Content-Type-Options"] == "nosniff"
    assert first["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert first["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in first["Permissions-Policy"]
