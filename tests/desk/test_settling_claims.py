"""The page on which a decision is settled shows the sentences that claim something of it, or cite its source."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from editorial.reviews.models import Recheck, Remark
from tests import PROVING
from tests.factories import drugs, pages, people
from tests.factories.bulk_rows import create_dependents
from tests.layers import layer

pytestmark = pytest.mark.django_db
MANY = 2000 if PROVING else 200
CLAIM = "Immunotherapy is approved for triple-negative breast cancer."


@layer
def desk():
    admin, reviewer, author = drugs.drug_admin(), people.reviewer("en", "es"), people.author()
    drug = drugs.monograph(admin, slug="zebramab", title="Zebramab")
    source = drugs.source(admin)
    drugs.verified(drug, admin, drugs.drug_admin(), reference=source)
    pages.publish(drug, admin, reviewer)
    made = {}
    for title, body in {
        "Cites": f"Not this. It helped some.[@{source.key}] Nor this.",
        "Claims": f"Not this. {CLAIM} Nor this.",
    }.items():
        document = pages.article(author, title=title, sections=[{"heading": "More", "body": f"<p>{body}</p>"}])
        made[title] = pages.publish(document, author, reviewer)
    drugs.event(drug, admin, "withdrawn-by-sponsor", on=date(2021, 7, 1))
    return SimpleNamespace(
        admin=admin, reviewer=reviewer, author=author, drug=drug, made=made,
        address=f"/admin/desk/rechecks/event/{drug.pk}/",
    )  # fmt: skip


def test_who_cites_the_source_is_certain_and_who_claims_an_approval_may_rest_on_it_each_with_its_sentence(desk, client):
    client.force_login(desk.reviewer)
    page = client.get(desk.address).context["page"]
    told = [(row.title, row.is_certain, row.cells[0].words) for row in page.rows if row.title != "Zebramab"]
    assert told == [("Cites", True, ["It helped some."]), ("Claims", False, [CLAIM])]


def test_the_page_of_an_edition_shows_its_sentence_with_the_decision_and_what_was_so_before(desk, client):
    client.force_login(desk.reviewer)
    answer = client.get(f"/admin/desk/editions/{desk.made['Claims'].pk}/")
    [(*_line, shown)] = answer.context["recheck_lines"]
    assert shown.mentions == [CLAIM]
    text = answer.content.decode()
    assert f'<blockquote lang="en" dir="ltr">{CLAIM}</blockquote>' in text
    assert "July 1, 2021: withdrawn by the company" in text and "Before: <bdi>Nov. 13, 2020: granted</bdi>" in text


def test_authors_are_asked_for_new_wording_at_the_claim(desk, client):
    client.force_login(desk.admin)
    rechecks = Recheck.objects.filter(edition__in=desk.made.values())
    sent = {"shown": [item.pk for item in rechecks], "all": "1", "reason": "It was withdrawn.", "reword": "1"}
    client.post(desk.address, sent)
    for edition in desk.made.values():
        remark = Remark.objects.get(edition=edition)
        [block] = [node for node in edition.tree.walk() if node.id == remark.node_id]
        assert "Not this." in " ".join(map(block.plain, block.words))


@pytest.mark.both_databases
def test_a_decision_is_recorded_and_shown_in_as_many_statements_for_hundreds_of_editions_as_for_few(desk, client):
    client.force_login(desk.reviewer)
    sections = [{"heading": "More", "body": f"<p>{CLAIM}</p>"}]
    article = pages.article(desk.author, lead="Some get zebramab.", sections=sections)
    model = pages.publish(article, desk.author, desk.reviewer)

    def act() -> tuple[int, int]:
        with transaction.atomic():
            with CaptureQueriesContext(connection) as recorded:
                event = drugs.event(desk.drug, desk.admin, "narrowed", date(2021, 1, 1))
            with CaptureQueriesContext(connection) as shown:
                page = client.get(desk.address).context["page"]
            assert page.edition_count == Recheck.objects.filter(because=event.record_digest).count() > made
            transaction.set_rollback(True)
        return len(recorded), len(shown)

    counts, made = [], 0
    for count in (30, MANY):
        create_dependents(model, desk.drug, desk.reviewer, count - made)
        made = count
        act()
        counts.append(act())
    assert counts[0] == counts[1]
