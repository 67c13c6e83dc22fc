"""A real browser, as a pytest plugin. What it complains of (errors, CSP, failed requests) fails the test."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]

# Milliseconds for anything to appear: enough for a loaded machine, and a failing test still ends soon.
PATIENCE = 15_000


class Watch:
    """Collects what a browser context complains of."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._expected: set[int] = set()

    def expect_status(self, *statuses: int) -> None:
        """These error statuses are what the test is about."""
        self._expected.update(statuses)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
        context.on("response", self._on_response)
        context.on("requestfailed", self._on_failed_request)

    def _on_console(self, message) -> None:
        # A failed load comes here as well, without its status; _on_response judges it.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def _on_response(self, response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self.problems.append(f"{response.status} from {response.url}")

    def _on_failed_request(self, request) -> None:
        # Leaving a page stops what it was still loading.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"{request.failure} for {request.url}")


def launch(playwright) -> Browser:
    """The system's Chromium. Raises RuntimeError when there is none."""
    path = chromium.find()
    if not path:
        raise RuntimeError(chromium.ADVICE)
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, so Django takes the tests that follow for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    watching = Watch()
    yield watching
    assert not watching.problems, "The browser complained:\n" + "\n".join(watching.problems)


@pytest.fixture
def new_context(browser, watch) -> Iterator[Callable[..., BrowserContext]]:
    """Makes watched contexts, one for each person in a journey: new_context(locale="es", viewport={…})."""
    opened = []

    def make(**options) -> BrowserContext:
        context = browser.new_context(**{"locale": "en-US"} | options)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page(new_context) -> Page:
    """A page in a watched context of its own, in English."""
    return new_context().new_page()
