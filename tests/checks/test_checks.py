"""Running checks: one that fails takes nothing down with it, and no page passes a blocker that did not look."""

from datetime import date
from time import process_time
from types import SimpleNamespace

import pytest

from editorial.checks.checked_pages import CheckedPage
from editorial.checks.contract import Check, FindingPlace
from editorial.checks.dismissals import read_working_page
from editorial.checks.links import ClickHere
from editorial.checks.registry import all_checks, register_checks, run_checks
from editorial.editions.blockers import Blocked
from editorial.editions.models import Document
from editorial.editions.tree.nodes import Node, Tree
from tests.factories import pages, people
from tests.factories.pages import submit

pytestmark = pytest.mark.django_db


class Failing(Check):
    id, name, why = "failing", "Failing check", "It fails half-way."

    def find(self, page):
        yield FindingPlace(page.tree.root, "half")
        raise KeyError("atezolızumab")


class FailingBlocker(Failing):
    is_blocker = True


class FailingQuery(Failing):
    def find(self, page):
        yield from Document.objects.extra(where=["no_such_column = 1"])


# Long runs of what patterns repeat: one that goes over them again and again takes many times as long on these.
LONG = [
    ("en", "a"), ("en", "A"), ("en", "1"), ("en", "1,"), ("en", "A1-"), ("en", "cure "), ("en", "CRS ("), ("en", "İ"),
    ("en", "of 1 people "), ("en", "2026-01-01-"), ("en", "% "), ("es", "uno "), ("es", "de 1 "), ("vi", "một "),
    ("zh-hans", "一"), ("zh-hans", "治愈不"), ("ar", "من 1 "),
]  # fmt: skip


def long_page(language: str, sign: str) -> CheckedPage:
    def tree(length: int) -> Tree:
        text = (sign * length)[:length] + "1"
        paragraph = Node("paragraph", "p", words={"text": [{"text": text}]})
        words = {"title": "A", "lead": "B", "change_note": ""}
        return Tree("article", language, Node("article", "article", words=words, children=(paragraph,)))

    return CheckedPage(Document(kind="article", slug="a"), tree(12_000), tree(11_000), date(2026, 6, 1))


@pytest.mark.parametrize(("language", "sign"), LONG)
def test_no_text_makes_a_check_go_over_it_again_and_again(language, sign):
    page, before = long_page(language, sign), process_time()
    run_checks(page)
    assert process_time() - before < 2


@pytest.fixture
def work(db):
    made = SimpleNamespace(author=people.author())
    sections = [{"heading": "A", "body": '<p>See <a href="https://who.int/">here</a>.</p>'}]
    made.document = pages.article(made.author, sections=sections)
    made.page = read_working_page(made.document, "en")
    return made


@pytest.fixture
def using(request):
    known = all_checks()
    request.addfinalizer(lambda: register_checks(known))
    return register_checks


@pytest.mark.parametrize("check", [Failing, FailingQuery])
def test_a_check_that_fails_is_logged_with_its_traceback_and_the_others_go_on(work, using, caplog, check):
    using([check(), ClickHere()])
    assert [item.check.id for item in run_checks(work.page)] == ["click-here"]
    [record] = caplog.records
    assert record.exc_info
    assert "failing" in record.getMessage()
    assert Document.objects.exists()


def test_a_page_that_no_check_can_read_is_still_submitted_where_only_advice_fails(work, using):
    using([Failing()])
    assert submit(work.document, "en", user=work.author)


def test_a_blocker_that_fails_is_told_and_refuses_to_be_submitted(work, using, caplog):
    using([FailingBlocker(), ClickHere()])
    failed, other = run_checks(work.page)
    assert (failed.check.id, failed.node.id, other.check.id) == ("failing", "article", "click-here")
    with pytest.raises(Blocked) as refused:
        submit(work.document, "en", user=work.author)
    assert refused.value.blockers == [failed.places[0].message]
    assert "“Failing check” could not be run" in failed.places[0].message
    assert all(record.exc_info for record in caplog.records)
