"""What is kept, for how long, and what is never kept."""

import gc
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from editorial.editions.models import PublicState, Release
from editorial.reading.kept_pages.answers import DjangoAnswer
from editorial.reading.kept_pages.pages import KeptPage
from editorial.reading.kept_pages.requested_pages import read_request
from tests.factories import pages, people
from tests.factories.unguarded import unguarded

from .asking import ask, environ

PAGE = "/en/articles/page/"
BROWSER = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br, zstd"}


@pytest.fixture
def page(clock):
    author, reviewer = people.author(), people.reviewer()
    document = pages.article(author, slug="page", title="Zebra title")
    pages.publish(document, author, reviewer)
    return document


def raise_state():
    """As any change to another page does."""
    PublicState.objects.filter(scope="").update(number=PublicState.objects.get(scope="").number + 1)


def test_django_is_asked_once_however_the_state_moves(kept, django, page):
    for _time in range(3):
        assert ask(kept, PAGE).status == 200
        assert ask(kept, f"{PAGE}?utm_source=letter").status == 200
        raise_state()
    assert django.asked == [PAGE]


def test_what_readers_share_is_all_that_a_kept_page_depends_on(kept, django, page):
    """Neither who asks nor how is seen by Django, so it can't show in what others get."""
    private = {"HTTP_COOKIE": "sessionid=1", "HTTP_ACCEPT_LANGUAGE": "ar", "HTTP_IF_NONE_MATCH": '"x"', "HTTP_X_A": "b"}
    seen = []

    def spy(asked, start_response):
        seen.append({name for name in asked if name.startswith("HTTP_")})
        return django(asked, start_response)

    kept.keeper._django = spy
    assert ask(kept, PAGE, **private).status == 200
    assert seen == [{"HTTP_HOST"}]


@pytest.mark.parametrize(
    ("path", "more"),
    [
        (PAGE, {"REQUEST_METHOD": "POST"}),
        (PAGE, {"HTTP_HOST": "elsewhere.example"}),
        (PAGE, {"HTTP_HOST": "testserver:8123"}),
        (PAGE, {"HTTP_HOST": "TESTSERVER"}),
        ("/admin/desk/", {}),
        ("/", {}),
        ("/healthz", {}),
        ("/xx/articles/page/", {}),
        ("/en/articles/page", {}),
        ("/en/Articles/page/", {}),
        ("/preview/abc/", {}),
        ("/en/articles/?page=0", {}),
        ("/en/articles/?page=%00", {}),
    ],
)
def test_django_answers_all_else(path, more):
    assert read_request(environ(path) | more) is None


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/en/articles/?page=2&utm_source=letter", ("http", "testserver", "/en/articles/", "page=2")),
        ("/en/articles/?page=1&page=2", ("http", "testserver", "/en/articles/", "page=2")),
        ("/en/articles/?page=", ("http", "testserver", "/en/articles/", "")),
        ("/en/articles/page/?page=2", ("http", "testserver", "/en/articles/page/", "")),
        ("/en/no/such/page/", ("http", "testserver", "en")),
    ],
)
def test_addresses_that_mean_the_same_page_are_one(path, key):
    assert read_request(environ(path)).key == key


@pytest.mark.parametrize(
    ("status", "headers", "may_be_kept"),
    [
        ("200 OK", {}, True),
        ("404 Not Found", {}, True),
        ("410 Gone", {}, True),
        ("301 Moved Permanently", {}, True),
        ("200 OK", {"Vary": "Accept-Encoding"}, True),
        ("302 Found", {}, False),
        ("503 Service Unavailable", {}, False),
        ("500 Internal Server Error", {}, False),
        ("206 Partial Content", {}, False),
        ("200 OK", {"Cache-Control": "public, no-store"}, False),
        ("200 OK", {"Cache-Control": "private"}, False),
        ("200 OK", {"Cache-Control": "no-cache"}, False),
        ("200 OK", {"Set-Cookie": "a=b"}, False),
        ("200 OK", {"Vary": "Accept-Encoding, Cookie"}, False),
        ("200 OK", {"Vary": "*"}, False),
        ("200 OK", {"Content-Security-Policy": "script-src 'nonce-abc'"}, False),
    ],
)
def test_only_what_is_the_same_for_everybody_is_kept(status, headers, may_be_kept):
    answer = DjangoAnswer(status, list(({"Cache-Control": "public, no-cache"} | headers).items()), b"")
    assert answer.may_be_kept is may_be_kept


def test_a_page_holds_until_the_day_at_home_ends(kept, django, page, clock):
    clock.move_to(datetime(2026, 1, 6, 4, 59, 58, tzinfo=UTC))  # New York's midnight is two seconds away
    ask(kept, PAGE)
    clock.shift(1)
    ask(kept, PAGE)
    assert len(django.asked) == 1
    clock.shift(1)
    ask(kept, PAGE)
    assert len(django.asked) == 2


def test_a_clock_that_goes_backwards_keeps_nothing(kept, django, page, clock):
    ask(kept, PAGE)
    clock.shift(timedelta(minutes=-1))
    ask(kept, PAGE)
    assert len(django.asked) == 2


@pytest.mark.both_databases
def test_bytes_changed_behind_the_triggers_are_shown_no_longer_than_the_setting_says(kept, page, clock, settings):
    """A page that is loaded is verified at once; one that is kept, before the seconds of the setting are over."""
    ask(kept, PAGE)
    tamper()
    assert ask(kept, PAGE).status == 200
    clock.shift(settings.KEPT_PAGES_SECONDS)
    assert ask(kept, PAGE).status == 503
    assert ask(kept, PAGE).status == 503


def tamper() -> None:
    """Change every release, as whoever owns the database can."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Release._meta.db_table} SET met_by = '[]'")


def test_the_caretaker_finds_them_before_a_reader_waits(kept, django, page, clock, settings):
    ask(kept, PAGE)
    clock.shift(settings.KEPT_PAGES_SECONDS * 0.8)
    ask(kept, PAGE)
    kept.caretaker.go_round()
    asked = len(django.asked)
    clock.shift(settings.KEPT_PAGES_SECONDS * 0.8)
    assert ask(kept, PAGE).status == 200
    assert len(django.asked) == asked == 2
    clock.shift(settings.KEPT_PAGES_SECONDS * 0.8)
    tamper()
    kept.caretaker.go_round()
    assert kept.keeper.get(read_request(environ(PAGE))) is None


def test_readers_who_come_together_wait_for_one_page(make_kept, django, page, monkeypatch):
    kept, count = make_kept(), 12
    boarding, told, all_came = threading.Semaphore(0), [], threading.Event()
    django_answers, board = kept.keeper._django, kept.keeper._flights.board

    def answer_late(asked, start_response):
        assert all_came.wait(30)
        return django_answers(asked, start_response)

    def count_and_board(key, make):
        boarding.release()
        return board(key, make)

    monkeypatch.setattr(kept.keeper, "_django", answer_late)
    monkeypatch.setattr(kept.keeper._flights, "board", count_and_board)

    def read():
        told.append(ask(kept, PAGE).status)
        kept.keeper.state.close()
        connections.close_all()

    threads = [threading.Thread(target=read) for _number in range(count)]
    for thread in threads:
        thread.start()
    for _number in range(count):
        assert boarding.acquire(timeout=30)
    all_came.set()
    for thread in threads:
        thread.join()
    assert told == [200] * count
    assert django.asked == [PAGE]


def test_addresses_that_lead_nowhere_take_hardly_any_memory(kept, page):
    for number in range(300):
        assert ask(kept, f"/en/articles/nothing-{number}/", **BROWSER).status == 404
        assert ask(kept, f"/en/nowhere/{number}/", **BROWSER).status == 404
    [one, *others] = [page for page in kept.keeper.pages() if page.is_missing and page.requested.slug]
    assert all(other.bodies is one.bodies for other in others)
    assert len({page.requested.key for page in kept.keeper.pages() if not page.requested.view}) == 1


def test_memory_is_bounded_and_what_was_asked_for_last_stays(make_kept, settings, page):
    settings.KEPT_PAGES_MEMORY = 1
    kept = make_kept()
    memory = kept.keeper._pages
    for number in range(200):
        requested = read_request(environ(f"/en/articles/page-{number}/"))
        kept_page = KeptPage.make(
            requested, DjangoAnswer("200 OK", [], b"x" * 20_000), evidence=None, verified_at=0, day_ends=0
        )
        kept_page.used_at = number
        kept.keeper.keep(kept_page)
        assert memory.total_bytes <= 750_000
        assert kept.keeper.get(requested) is kept_page
    assert kept.keeper.get(read_request(environ("/en/articles/page-0/"))) is None
    assert 20 < len(memory) < 40


def test_a_database_that_fails_is_djangos_to_answer_for(kept, django, page, monkeypatch):
    ask(kept, PAGE)

    def fail():
        raise OSError("gone")

    monkeypatch.setattr(kept, "_read_state", fail)
    monkeypatch.setattr(kept.keeper.state, "read", fail)
    assert ask(kept, PAGE).status == 200
    assert len(django.asked) == 2


def test_a_connection_that_broke_is_opened_again(kept, django, page):
    ask(kept, PAGE)
    kept.keeper.state.connection.connection.close()
    assert ask(kept, PAGE).status == 200
    assert len(django.asked) == 1


def test_a_page_that_is_forgotten_leaves_no_memory_taken(kept, page):
    """Neither the note that it waits to be compressed nor a circle of references keeps it."""
    ask(kept, PAGE, **BROWSER)
    noted = kept.keeper.newly_kept[-1]
    gc.disable()
    try:
        assert noted() is not None
        kept.keeper.forget(noted().requested)
        assert noted() is None
    finally:
        gc.enable()


def test_a_coding_that_is_asked_for_later_counts_too(kept, page):
    ask(kept, PAGE)
    [memory] = [memory for memory in (kept.keeper._pages, kept.keeper._lesser_pages) if len(memory)]
    before = memory.total_bytes
    answer = ask(kept, PAGE, **BROWSER)
    assert memory.total_bytes == before + len(answer.body)
