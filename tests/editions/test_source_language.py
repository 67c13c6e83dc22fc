"""The engine writes in whatever language the settings name: here in Spanish, in a process and a database of its own."""

import os
import subprocess
import sys

import pytest

# It migrates a database of its own, since a constraint follows the source language.
pytestmark = [pytest.mark.long, pytest.mark.prove]


def test_a_page_is_typed_signed_and_read_in_another_source_language(tmp_path, settings):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.editions.spanish_settings",
        "DATABASE_URL": f"sqlite:///{tmp_path}/spanish.sqlite3",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.editions.spanish_leaflet"],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
