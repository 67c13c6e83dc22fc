"""Many rechecks of one cause are settled at once: each page's words shown, one reason, one password."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.editions.blockers import Blocked
from editorial.editions.models import Release
from editorial.editions.working.copies import lock_document
from editorial.reviews.mentions import find_mentions
from editorial.reviews.models import Mail, Recheck, Remark, Settlement, SettlementProposal
from editorial.reviews.services import (
    propose_settlement,
    request_wording,
    settle_together,
    settlements,
    withdraw,
)
from tests.factories import drugs, pages, people
from tests.factories.leaflets import write_leaflet
from tests.layers import layer

pytestmark = pytest.mark.django_db
REASON = "The dose stayed the same."
MANY = 40


class Library:
    """Leaflets that lead to one leaflet, which changed."""

    def __init__(self, count: int):
        self.author, self.reviewer, self.admin = people.author(), people.reviewer(), drugs.drug_admin()
        self.translator, self.writer = people.translator("es"), people.author()
        self.base = write_leaflet(self.author, f"base-of-{count}", "Base", "<p>Take 24 mg.</p>")
        pages.publish(self.base, self.author, self.reviewer)
        self.link = f'<a href="/leaflets/base-of-{count}/">the dose</a>'
        words = f"<p>Nothing here. See {self.link} first. Nor here.</p>"
        self.editions = []
        for number in range(count):
            leaflet = write_leaflet(self.author, f"page-{number}-of-{count}", f"Page {number}", words)
            self.editions.append(pages.publish(leaflet, self.author, self.reviewer))
        self.change("Take 25 mg.")

    def change(self, words: str) -> None:
        write_leaflet(self.author, "", "Base", f"<p>{words}</p>", document=self.base)
        pages.publish(self.base, self.author, self.reviewer)

    @property
    def address(self) -> str:
        return f"/admin/desk/rechecks/released/{self.base.pk}/"

    def opened(self):
        return Recheck.objects.open().filter(document=self.base)


def cells(page) -> list:
    return [cell for row in page.context["page"].rows for cell in row.cells]


def keys(page) -> list[int]:
    return [cell.line.newest.pk for cell in cells(page)]


@layer
def many():
    return Library(MANY)


@layer
def few():
    return Library(3)


@pytest.mark.usefixtures("few")  # the forty are made once for this test and the next
def test_forty_rechecks_are_settled_in_twelve_actions_or_fewer(many, client):
    client.force_login(many.reviewer)
    actions = ["open the list", "open the cause", "tick all", "type the reason", "type the password", "press Settle"]
    assert many.address in client.get("/admin/desk/rechecks/").content.decode()
    page = client.get(many.address)
    shown = keys(page)
    assert len(shown) == MANY
    sent = {"shown": shown, "all": "on", "reason": REASON, "password": people.PASSWORD}
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(many.address, sent, follow=True)
    assert "Settled on 40 pages." in answer.content.decode()
    assert len(actions) <= 12
    assert not many.opened().exists()
    assert set(Settlement.objects.values_list("outcome", "reason", "settled_by")) == {
        ("dismissed", REASON, many.reviewer.pk)
    }
    assert len(queries) < 16 * MANY  # each page in a transaction of its own


def test_a_page_of_forty_takes_as_many_questions_as_a_page_of_three(many, few, client):
    counts = []
    for library in (few, many):
        client.force_login(library.reviewer)
        client.get(library.address)  # what is asked once in a process
        with CaptureQueriesContext(connection) as queries:
            client.get(library.address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_each_page_shows_the_words_that_rest_on_the_change_and_what_changed(few, client):
    client.force_login(few.reviewer)
    told = client.get(few.address).content.decode()
    assert told.count("See the dose first.") == 3
    assert "Nor here." not in told
    assert "24" in told and "25" in told
    assert find_mentions(few.editions[0].tree, few.base.pk) == ["See the dose first."]


@pytest.mark.parametrize(
    ("change", "status", "told"),
    [
        ({"password": "not it"}, 409, "That password is incorrect"),
        ({"password": ""}, 409, "That password is incorrect"),
        ({"reason": " "}, 400, "This field is required"),
        ({"chosen": [], "all": ""}, 409, "Choose the pages."),
        ({"chosen": ["x", "9" * 30, "٣"]}, 409, "Choose the pages."),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_settled(few, client, change, status, told):
    client.force_login(few.reviewer)
    chosen = [recheck.pk for recheck in few.opened()]
    sent = {"chosen": chosen, "reason": REASON, "password": people.PASSWORD, **change}
    answer = client.post(few.address, sent)
    assert (answer.status_code, Settlement.objects.count()) == (status, 0)
    assert told in answer.content.decode()
    if "reason" not in change:
        assert REASON in answer.content.decode()


def test_a_page_that_its_reviewer_may_not_sign_is_named_and_keeps_the_others_back(few):
    spanish_only = people.reviewer("es")
    with pytest.raises(Blocked, match=r"Page 0.*You may not sign pages in English"):
        settle_together(few.opened(), user=spanish_only, password=people.PASSWORD, reason=REASON)
    assert few.opened().count() == 3


def test_all_settles_those_that_this_person_may_sign_and_no_others(few, client):
    wrote = people.person("author", "reviewer", signs_in=("en",))
    document = few.editions[0].document
    write_leaflet(wrote, "", "Page 0 anew", f"<p>See {few.link}.</p>", document=document)
    pages.publish(document, few.author, few.reviewer)
    few.change("Take 26 mg.")
    client.force_login(wrote)
    page = client.get(few.address)
    shown = keys(page)
    sent = {"shown": shown, "all": "on", "reason": REASON, "password": people.PASSWORD}
    assert "Editions that you may settle: 2." in page.content.decode()
    assert "Settled on 2 pages." in client.post(few.address, sent, follow=True).content.decode()
    assert [recheck.edition.title for recheck in few.opened()] == ["Page 0 anew"]


def test_who_may_not_sign_a_page_is_told_why_and_is_asked_for_no_password(few, client):
    client.force_login(people.reviewer("es"))
    told = client.get(few.address).content.decode()
    assert told.count("You may not sign pages in English") == 3
    assert "Still correct" not in told and 'name="password"' not in told.split('id="content"')[1].split("</form>")[0]
    assert "Send to the authors" in told


def test_who_may_not_write_remarks_gets_no_boxes(few, client):
    client.force_login(people.operator())
    told = client.get(few.address).content.decode()
    assert told.count("See the dose first.") == 3
    assert 'name="chosen"' not in told and "Send to the authors" not in told


def test_one_cause_at_a_time_and_nothing_twice(few):
    withdraw(few.base, "en", user=few.reviewer, reason="An error.")
    with pytest.raises(Blocked, match="one cause at a time"):
        settle_together(few.opened(), user=few.reviewer, password=people.PASSWORD, reason=REASON)
    released = list(few.opened().filter(cause="released"))
    settle_together(released, user=few.reviewer, password=people.PASSWORD, reason=REASON)
    results = settle_together(released, user=few.reviewer, password=people.PASSWORD, reason="Another.")
    assert {why for result in results for why in result.blockers} == {"This recheck has already been settled."}
    assert set(Settlement.objects.values_list("reason", flat=True)) == {REASON}
    assert few.opened().filter(cause="withdrawn").count() == 3


def test_pages_are_settled_in_the_order_of_their_editions_whichever_recheck_came_first(few):
    older = few.opened().get(edition=few.editions[1])
    few.change("Take 26 mg.")
    newer = few.opened().filter(edition=few.editions[0]).latest("pk")
    results = settle_together([older, newer], user=few.reviewer, password=people.PASSWORD, reason=REASON)
    assert [result.edition for result in results] == few.editions[:2]


def test_each_page_is_settled_by_itself_and_what_happened_to_one_meanwhile_is_told(few, client, monkeypatch):
    """One lock at a time: nobody who writes one of these pages waits until all of them are settled."""
    other, depths, first = people.reviewer(), [], few.opened().get(edition=few.editions[0])

    def lock(document):
        depths.append(len(connection.savepoint_ids))
        if document == few.editions[1].document:
            assert not few.opened().filter(pk=first.pk).exists()
            Settlement.objects.bulk_create(
                Settlement(recheck=recheck, outcome="dismissed", reason="Theirs.", **Settlement.attribution(other))
                for recheck in few.opened().filter(edition=few.editions[1])
            )
        return lock_document(document)

    shown = [recheck.pk for recheck in few.opened()]
    client.force_login(few.reviewer)
    few.change("Take 26 mg.")
    monkeypatch.setattr(settlements, "lock_document", lock)
    sent = {"shown": shown, "all": "on", "reason": REASON, "password": people.PASSWORD}
    told = client.post(few.address, sent, follow=True).content.decode()
    assert (len(depths), len(set(depths))) == (3, 1)
    assert "Page 1" in told and "This recheck has already been settled." in told
    assert told.count("It has changed again since you opened this list.") == 2
    assert few.opened().count() == 2


def test_what_came_since_the_page_was_shown_stays_open(few):
    shown = list(few.opened())
    few.change("Take 26 mg.")
    settle_together(shown, user=few.reviewer, password=people.PASSWORD, reason=REASON)
    assert few.opened().count() == 3
    newest = list(few.opened())
    few.change("Take 27 mg.")
    newest = [few.opened().filter(edition=recheck.edition_id).latest("pk") for recheck in newest]
    settle_together(newest, user=few.reviewer, password=people.PASSWORD, reason=REASON)
    assert not few.opened().exists()


@pytest.mark.both_databases
def test_a_held_schedule_goes_on_when_its_last_safety_recheck_is_settled_with_others(few):
    document = few.editions[0].document
    write_leaflet(few.author, "", "Scheduled", f"<p>See {few.link}.</p>", document=document)
    edition = pages.publish(document, few.author, few.reviewer, publish_at=timezone.now() + timedelta(days=1))
    withdraw(few.base, "en", user=few.reviewer, reason="An error.")
    tomorrow = timezone.now() + timedelta(days=2)
    assert not Release.objects.live(tomorrow).filter(edition=edition).exists()
    settle_together(few.opened().filter(cause="withdrawn"), user=few.reviewer, password=people.PASSWORD, reason=REASON)
    assert Release.objects.live(tomorrow).filter(edition=edition).exists()


# --- Where the words are not right any more ---


def test_authors_are_sent_the_wording_at_its_place_and_nothing_is_settled(few, client):
    client.force_login(few.reviewer)
    sent = {"shown": [recheck.pk for recheck in few.opened()], "all": "on", "reason": "It says 24 mg.", "reword": "1"}
    for done in ("Sent to the authors. Pages: 3.", "You have already asked for this."):
        assert done in client.post(few.address, sent, follow=True).content.decode()
    assert few.opened().count() == 3
    for edition in few.editions:
        remark = Remark.objects.get(edition=edition)
        [block] = [node for node in edition.tree.walk() if node.id == remark.node_id]
        assert (block.type, "It says 24 mg." in remark.text) == ("paragraph", True)
        assert Mail.objects.filter(edition=edition, event="remark", user=few.author).exists()
    assert client.get(few.address).content.decode().count("remarks since: 1") == 3


def test_wording_is_asked_for_with_a_reason_by_those_who_may_remark(few):
    reader = people.person()
    with pytest.raises(Blocked, match="Give a reason"):
        request_wording(few.opened(), user=few.reviewer, reason=" ")
    results = request_wording(few.opened(), user=reader, reason="Say it anew.")
    assert {why for result in results for why in result.blockers} == {"You can view remarks but not write them."}
    assert not Remark.objects.exists()


def test_each_page_leads_to_its_own_form_for_taking_down(few, client):
    client.force_login(few.reviewer)
    told = client.get(few.address).content.decode()
    for edition in few.editions:
        address = f"/admin/desk/documents/{edition.document_id}/en/withdraw/"
        assert address in told
        assert client.get(address).context["form"]["languages"].value() == ["en"]
    client.force_login(few.author)
    assert "/withdraw/" not in client.get(few.address).content.decode()


# --- Proposing ---


@pytest.mark.parametrize("who", ["author", "admin"])
def test_authors_and_drug_admins_propose_and_do_not_settle(few, client, who):
    client.force_login(getattr(few, who))
    sent = {"shown": [recheck.pk for recheck in few.opened()], "all": "on", "reason": REASON}
    answer = client.post(few.address, {**sent, "propose": "1"}, follow=True)
    assert "Proposed for 3 pages." in answer.content.decode()
    assert client.post(few.address, {**sent, "password": people.PASSWORD}).status_code == 409
    assert (few.opened().count(), Settlement.objects.count()) == (3, 0)


def test_a_reviewer_confirms_what_was_proposed_and_the_record_says_so(few, client):
    proposals = propose_settlement(few.opened(), user=few.admin, reason=REASON)
    client.force_login(few.reviewer)
    page = client.get(few.address)
    told = page.content.decode()
    assert (page.context["suggested"], few.admin.name in told) == (REASON, True)
    for edition in few.editions[:1]:
        assert few.admin.name in client.get(f"/admin/desk/editions/{edition.pk}/").content.decode()
    settle_together(few.opened(), user=few.reviewer, password=people.PASSWORD, reason=REASON)
    assert set(Settlement.objects.values_list("proposal", flat=True)) == {proposal.pk for proposal in proposals}


def test_pages_that_show_what_happened_come_before_those_that_may_rest_on_it(client):
    author, reviewer = people.author(), people.reviewer()
    drug = drugs.monograph(admin := drugs.drug_admin(), slug="zebramab")
    drugs.verified(drug, admin, drugs.drug_admin())
    pages.publish(drug, admin, reviewer)
    link = {"heading": "More", "body": '<p>See <a href="/drugs/zebramab/">it</a>.</p>'}
    shown = {"heading": "Here", "body": "", "piece_of": drug, "piece": "card"}
    for title, section in (("A link", link), ("Z card", shown)):
        pages.publish(pages.article(author, title=title, sections=[section]), author, reviewer)
    withdraw(drug, "en", user=reviewer, reason="An error.")
    client.force_login(reviewer)
    rows = client.get(f"/admin/desk/rechecks/withdrawn/{drug.pk}/").context["page"].rows
    assert [(row.title, row.is_certain) for row in rows] == [
        ("Z card", True),
        ("A link", False),
    ]


@pytest.mark.parametrize("who", ["reviewer", "translator"])
def test_nobody_else_proposes(few, who):
    with pytest.raises(Blocked, match="Only authors, drug admins and heads of content"):
        propose_settlement(few.opened(), user=getattr(few, who), reason=REASON)
    assert not SettlementProposal.objects.exists()


@pytest.mark.parametrize("address", ["rechecks/nothing/1/", "rechecks/released/999999/", "rechecks/source/0/"])
def test_what_is_no_cause_or_no_page_is_not_found(few, client, address):
    client.force_login(few.reviewer)
    assert client.get(f"/admin/desk/{address}").status_code == 404
