"""A regulator's decision is settled from one page: every edition that it reaches, in each language, with its words."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drugs.models import Monograph
from editorial.desk import settle_rows
from editorial.reviews.models import Recheck, Remark
from editorial.reviews.services import settlements
from tests.factories import drugs, pages, people
from tests.layers import layer
from tests.parsing import parse_page

pytestmark = pytest.mark.django_db
REASON = "The use was withdrawn."


@layer
def desk():
    """A drug whose use was withdrawn, pages that show, link to or name it, and one of them in Spanish and Arabic."""
    admin, reviewer, author = drugs.drug_admin(), people.reviewer("en", "es", "ar"), people.author()
    drug = drugs.monograph(admin, slug="zebramab", title="Zebramab")
    Monograph.objects.filter(pk=drug.pk).update(title_ar="زيبراماب")
    drugs.verified(drug, admin, drugs.drug_admin())
    pages.publish(drug, admin, reviewer)
    made = {}
    for name, section in {
        "Shows": {"heading": "Here", "body": "", "piece_of": drug, "piece": "approvals"},
        "Links": {"heading": "More", "body": '<p>Not this. See <a href="/drugs/zebramab/">the drug</a>.</p>'},
        "Names": {"heading": "More", "body": "<p>Not this. Some get zebramab today.</p>"},
    }.items():
        made[name] = pages.publish(pages.article(author, title=name, sections=[section]), author, reviewer)
    translator = people.translator("es", "ar")
    pages.publish_translation(made["Names"].document, "es", translator, reviewer)
    pages.edit(made["Links"].document, author, title="Links anew")
    pages.publish(made["Links"].document, author, reviewer, publish_at=timezone.now() + timedelta(days=1))
    drugs.event(drug, admin, "withdrawn-by-sponsor", on=date(2021, 7, 1))
    return SimpleNamespace(
        admin=admin, reviewer=reviewer, author=author, translator=translator, drug=drug, made=made,
        address=f"/admin/desk/rechecks/event/{drug.pk}/",
    )  # fmt: skip


def rows_of(client, desk) -> dict[str, list]:
    """{title of a page: its cells}"""
    page = client.get(desk.address).context["page"]
    return {row.title: row.cells for row in page.rows}


def test_every_edition_is_listed_in_its_language_with_its_state_and_its_words(desk, client):
    client.force_login(desk.reviewer)
    answer = client.get(desk.address)
    page = answer.context["page"]
    assert page.languages == ["English", "Español"]
    told = [
        (row.title, row.is_certain, [(cell.edition.language, str(cell.state), cell.words) for cell in row.cells])
        for row in page.rows
    ]
    spanish = [words for words in rows_of(client, desk)["Names"][1].words]
    assert told == [
        ("Shows", True, [("en", "live", [])]),
        ("Zebramab", True, [("en", "live", told[1][2][0][2])]),
        ("Links anew", False, [("en", "live", ["See the drug."]), ("en", "held", ["See the drug."])]),
        ("Names", False, [("en", "live", ["Some get zebramab today."]), ("es", "live", spanish)]),
    ]
    assert any("zebramab" in words for words in spanish)
    text = answer.content.decode()
    assert "withdrawn by" in text.lower() and "Not this." not in text


def test_a_drug_admin_sends_pages_to_their_authors_with_the_wording_for_each(desk, client):
    client.force_login(desk.admin)
    shown = [cell.line.newest.pk for cells in rows_of(client, desk).values() for cell in cells]
    naming = desk.made["Names"].document_id
    sent = {"shown": shown, "pages": [naming], f"wording-{naming}": "Nobody gets\nzebramab.", "reason": REASON}
    answer = client.post(desk.address, {**sent, "reword": "1"}, follow=True)
    assert "Sent to the authors. Pages: 2." in answer.content.decode()
    assert {(remark.language, REASON in remark.text, "Nobody gets zebramab." in remark.text)
            for remark in Remark.objects.all()} == {("en", True, True), ("es", True, True)}  # fmt: skip
    english = Remark.objects.get(language="en")
    [block] = [node for node in desk.made["Names"].tree.walk() if node.id == english.node_id]
    assert "zebramab" in " ".join(map(block.plain, block.words))
    refused = client.post(desk.address, {**sent, "password": people.PASSWORD})
    assert refused.status_code == 409 and "Nobody gets\nzebramab." in refused.content.decode()


def test_whole_pages_are_settled_in_every_language_that_their_reviewer_may_sign(desk, client):
    english_only = people.reviewer("en")
    client.force_login(english_only)
    shown = [cell.line.newest.pk for cells in rows_of(client, desk).values() for cell in cells]
    sent = {"shown": shown, "pages": [desk.made["Names"].document_id], "reason": REASON, "password": people.PASSWORD}
    assert "Settled on 1 page." in client.post(desk.address, sent, follow=True).content.decode()
    left = Recheck.objects.open().filter(edition__document=desk.made["Names"].document)
    assert [recheck.edition.language for recheck in left] == ["es"]


@pytest.mark.parametrize("start", ["x", "-1", "9" * 30, "٣", ""])
def test_a_part_that_does_not_exist_is_the_first(desk, client, start):
    client.force_login(desk.reviewer)
    assert len(client.get(desk.address, {"start": start}).context["page"].rows) == 4


def test_of_more_editions_than_are_settled_at_once_the_rest_comes_in_further_parts(desk, client, monkeypatch):
    monkeypatch.setattr(settle_rows, "MOST_AT_ONCE", 3)
    client.force_login(desk.reviewer)
    titles, start = [], 0
    for _part in range(9):
        page = client.get(desk.address, {"start": start}).context["page"]
        assert sum(len(row.cells) for row in page.rows) <= 3
        titles.append([row.title for row in page.rows])
        start = page.next_start
        if not start:
            break
    assert titles == [["Shows", "Zebramab"], ["Links anew"], ["Names"]]
    assert settlements.MOST_AT_ONCE == 50


def test_the_page_takes_as_many_questions_for_many_pages_as_for_few(desk, client):
    client.force_login(desk.reviewer)
    counts = []
    for _time in range(2):
        client.get(desk.address)
        with CaptureQueriesContext(connection) as queries:
            client.get(desk.address)
        counts.append(len(queries))
        for number in range(6):
            section = {"heading": "More", "body": "<p>Some get zebramab.</p>"}
            document = pages.article(desk.author, title=f"More {number}", sections=[section])
            pages.publish(document, desk.author, desk.reviewer)
            pages.publish_translation(document, "es", desk.translator, desk.reviewer)
        if len(counts) == 1:
            drugs.event(desk.drug, desk.admin, "granted", on=date(2022, 7, 1))
    assert counts[0] == counts[1]


def test_who_may_settle_sees_every_passage_and_others_open_all_but_the_first(desk, client):
    body = "<p>Zebramab is one.</p><p>Zebramab is used.</p><p>Zebramab helps.</p>"
    document = pages.article(desk.author, title="Much", sections=[{"heading": "More", "body": body}])
    pages.publish(document, desk.author, desk.reviewer)
    drugs.event(desk.drug, desk.admin, "reinstated", on=date(2021, 8, 1))
    shown = {}
    for user in (desk.reviewer, desk.admin):
        client.force_login(user)
        root = parse_page(client.get(desk.address))
        shown[user] = [
            ("".join(quote.itertext()), any(above.tag == "details" for above in quote.iterancestors()))
            for quote in root.iter("blockquote")
            if "Zebramab" in "".join(quote.itertext()) and quote.get("lang") == "en"
        ]
    sentences = ["Zebramab is one.", "Zebramab is used.", "Zebramab helps."]
    folded = {
        user: [(text, is_folded) for text, is_folded in found if text in sentences] for user, found in shown.items()
    }
    assert folded[desk.reviewer] == [(text, False) for text in sentences]
    assert folded[desk.admin] == [(text, text != sentences[0]) for text in sentences]
