"""What a correction marks as unsafe gives way at once to a signed placeholder in every language, wherever it is."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drugs.listing import ApprovalList
from drugs.services import correct_event
from editorial.editions.state_triggers import raising_models
from editorial.reading.list_rows import rebuild_lists
from editorial.reading.models import WithheldBlock
from tests.factories import drugs, pages, people
from tests.layers import layer
from tests.reading import rendered

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PLACEHOLDER = "This part cannot be shown now."
PATHS = ["/en/drugs/zebramab/", "/es/drugs/zebramab/", "/en/articles/main/", "/en/drugs/?view=approvals"]


def make_desk() -> SimpleNamespace:
    """A monograph with two approvals, in two languages, and an article that shows pieces of it."""
    made = SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), author=people.author(), reviewer=people.reviewer(),
        translator=people.translator("es"),
    )  # fmt: skip
    approvals = [drugs.APPROVAL, {**drugs.APPROVAL, "plain": "For another cancer.", "stage": "early"}]
    made.document = drugs.monograph(made.admin, slug="zebramab", approvals=approvals)
    made.event = drugs.verified(made.document, made.admin, made.other)
    drugs.verified(made.document, made.admin, made.other, approval=drugs.approval(made.document, 1))
    pages.publish(made.document, made.admin, made.reviewer)
    pages.publish_translation(made.document, "es", made.translator, made.reviewer)
    sections = [
        {"heading": name, "body": "<p>Words.</p>", "piece_of": made.document, "piece": name}
        for name in ("approvals", "dosing")
    ]
    pages.publish(pages.article(made.author, slug="main", title="Main", sections=sections), made.author, made.reviewer)
    return made


@layer
def desk():
    return make_desk()


def words(client, path: str) -> str:
    return " ".join("".join(rendered.parsed(client.get(path)).itertext()).split())


def mark(desk, **fields):
    return correct_event(desk.event, user=desk.admin, note="Wrong.", happened_on=date(2020, 11, 10), **fields)


def test_an_approval_that_is_unsafe_gives_way_at_once_and_the_rest_stays(desk, client):
    before = {path: words(client, path) for path in PATHS}
    assert all("For cancer that has spread." in shown for shown in before.values())
    mark(desk, is_unsafe=True)
    assert WithheldBlock in raising_models()  # so no page is served as it was kept
    for path in PATHS:
        shown = words(client, path)
        assert "For cancer that has spread." not in shown, path
        assert "For another cancer." in shown, path
        assert PLACEHOLDER in shown or path.startswith("/es/") or path.startswith("/en/drugs/?"), path
    assert "drug-withheld" in client.get("/es/drugs/zebramab/").content.decode()
    assert "200" in words(client, "/en/articles/main/")  # its doses are no part of it


def test_who_asks_whether_a_page_is_still_the_same_gets_another(desk, client):
    tags = {path: client.get(path)["ETag"] for path in PATHS}
    mark(desk, is_unsafe=True)
    for path, tag in tags.items():
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200, path


def test_a_correction_that_is_not_unsafe_withholds_nothing(desk, client):
    mark(desk)
    assert not WithheldBlock.objects.exists()
    assert all("For cancer that has spread." in words(client, path) for path in PATHS)


def test_it_is_back_with_the_edition_that_has_the_verified_correction(desk, client):
    right = mark(desk, is_unsafe=True)
    drugs.verify(right, desk.other)
    assert "For cancer that has spread." not in words(client, PATHS[0])
    pages.publish(desk.document, desk.admin, desk.reviewer)
    shown = words(client, PATHS[0])
    assert "For cancer that has spread." in shown
    assert PLACEHOLDER not in shown


def test_what_is_withheld_takes_no_statement_more(desk, client):
    def measure() -> list[int]:
        counts = []
        for path in PATHS:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    before = measure()
    mark(desk, is_unsafe=True)
    assert measure() == before


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_list_counts_what_is_withheld_no_more_and_stays_right(desk, language):
    def count() -> tuple[int, int]:
        found = ApprovalList().find(language, {}, timezone.now(), 1)
        return found.total, found.slice.count

    assert count() == (2, 2)
    mark(desk, is_unsafe=True)
    assert count() == (1, 1)
    assert not list(ApprovalList().find_problems())
    rebuild_lists()
    assert count() == (1, 1)


def test_what_stands_in_its_place_has_signed_words_of_its_own(desk, client):
    said = "What stood here was found to be wrong. Ask your care team."
    phrases = [{"key": "approval-withheld", "text": said}]
    written = pages.site_words(desk.author, "drug-words", "Words about drugs", "", phrases=phrases)
    pages.publish(written, desk.author, desk.reviewer)
    mark(desk, is_unsafe=True)
    for path in ("/en/drugs/zebramab/", "/en/articles/main/"):
        assert said in words(client, path)
        assert PLACEHOLDER not in words(client, path)
