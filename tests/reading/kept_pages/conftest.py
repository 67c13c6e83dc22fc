"""The application that keeps pages, on a database with real commits and a clock that stands still."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.wsgi import get_wsgi_application

from editorial.reading.kept_pages.application import KeptPagesApplication
from editorial.reading.kept_pages.caretaker import Caretaker


class CountedDjango:
    """Django, and how often it was asked."""

    def __init__(self):
        self.asked, self._application = [], get_wsgi_application()

    def __call__(self, environ, start_response):
        self.asked.append(environ["PATH_INFO"])
        return self._application(environ, start_response)


@pytest.fixture
def clock(fresh_connection):
    with time_machine.travel(datetime(2026, 1, 5, 17, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def django():
    return CountedDjango()


@pytest.fixture
def make_kept(clock, django, settings, tmp_path, monkeypatch):
    """make_kept() is the application of one more process; tests do what its caretaker does at a time of their own."""
    settings.KEPT_PAGES_FOLDER = str(tmp_path / "kept")
    monkeypatch.setattr(Caretaker, "start", lambda self: None)
    made = []

    def make() -> KeptPagesApplication:
        made.append(KeptPagesApplication(django))
        return made[-1]

    yield make
    for application in made:
        application.keeper.state.close()


@pytest.fixture
def kept(make_kept):
    return make_kept()
