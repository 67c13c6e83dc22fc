"""A real browser, as a pytest plugin. What it complains of (errors, CSP, failed requests) fails the test."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests import chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # Several pages are open at once, and each draws and keeps its clocks as if it were in front.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
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
        for event, heard in self._listeners():
            context.on(event, heard)

    def leave(self, context: BrowserContext) -> None:
        for event, heard in self._listeners():
            context.remove_listener(event, heard)

    def _listeners(self) -> list[tuple[str, Callable]]:
        return [
            ("console", self._on_console),
            ("weberror", self._on_error),
            ("response", self._on_response),
            ("requestfailed", self._on_failed_request),
        ]

    def _on_error(self, error) -> None:
        self.problems.append(f"error: {error.error}")

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


@pytest.fixture(scope="session")
def idle_contexts(browser) -> list[BrowserContext]:
    """Plain contexts of tests that are over, emptied: what they hold of scripts and styles need not be loaded again."""
    return []


@pytest.fixture
def watch() -> Iterator[Watch]:
    watching = Watch()
    yield watching
    assert not watching.problems, "The browser complained:\n" + "\n".join(watching.problems)


@pytest.fixture
def new_context(browser, watch, idle_contexts) -> Iterator[Callable[..., BrowserContext]]:
    """Makes watched contexts, one for each person in a journey: new_context(locale="es", viewport={…}).

    Those without options are lent from test to test. What stays in one, such as an init script, belongs in one with
    an option of its own, new_context(locale="en-US"), or on a page.
    """
    lent, opened = [], []

    def make(**options) -> BrowserContext:
        if options or not idle_contexts:
            context = browser.new_context(**{"locale": "en-US"} | options)
            context.set_default_timeout(PATIENCE)
        else:
            context = idle_contexts.pop()
        watch.over(context)
        (opened if options else lent).append(context)
        return context

    yield make
    for context in opened:
        context.close()
    for context in lent:
        watch.leave(context)
        try:
            _empty(context)
        except Error:  # a page that is on its way elsewhere
            context.close()
        else:
            idle_contexts.append(context)


def _empty(context: BrowserContext) -> None:
    """Leaves in a context nothing of the test that had it but the files that its browser keeps."""
    for page in context.pages:
        if page.url.startswith("http"):
            page.evaluate("localStorage.clear()")
        page.close()
    context.clear_cookies()
    context.clear_permissions()


@pytest.fixture
def page(new_context) -> Page:
    """A page in a watched context of its own, in English."""
    return new_context().new_page()
