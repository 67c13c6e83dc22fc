"""Urgent notices on the desk: written, sent and ended from the page of a decision, which the settle page leads to."""

import pytest

from editorial.editions.models import Edition
from editorial.editions.tree import inline
from editorial.editions.tree.units import find_units
from editorial.reading.models import UrgentNotice
from tests.factories import notices, pages, people
from tests.factories.notices import ACTION, HAPPENED
from tests.layers import layer

pytestmark = pytest.mark.django_db
PASSWORD = people.PASSWORD


@layer
def desk():
    made = notices.make_desk()
    made.event = notices.withdrawal(made)
    made.address = f"/admin/desk/notices/{made.event.record_digest}/"
    made.settle = f"/admin/desk/rechecks/event/{made.drug.pk}/"
    return made


def send(client, desk, who: str, **typed):
    client.force_login(getattr(desk, who))
    return client.post(desk.address, typed)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_drug_admin_writes_a_notice_which_a_reviewer_finds_and_signs(desk, client):
    answer = send(client, desk, "admin", **{"write": "1", "write-happened": HAPPENED, "write-action": ACTION})
    assert answer.status_code == 302
    client.force_login(desk.reviewer)
    page = words(client.get(desk.address))
    edition = Edition.objects.get(document=UrgentNotice.objects.get().text)
    assert "awaiting a signature" in page and f"/admin/desk/editions/{edition.pk}/" in page
    pages.sign(edition, desk.reviewer)
    page = words(client.get(desk.settle))
    assert 'class="badge badge-live">live<' in page and "<bdi>English</bdi>" in page and desk.reviewer.name in page
    assert "It ends by itself when all rechecks of this decision are settled." in page


def test_a_reviewer_sends_a_stock_notice_and_ends_it(desk, client):
    assert send(client, desk, "reviewer", **{"send": "1", "send-password": PASSWORD}).status_code == 302
    notice = UrgentNotice.objects.get()
    typed = {"end": "1", "notice": notice.pk, "end-reason": "An error.", "end-password": PASSWORD}
    assert send(client, desk, "reviewer", **typed).status_code == 302
    assert UrgentNotice.objects.get().end.reason == "An error."
    assert "An error." in words(client.get(desk.address))


@pytest.mark.parametrize(
    ("who", "typed", "status", "told"),
    [
        ("admin", {"write": "1", "write-happened": HAPPENED}, 400, "This field is required."),
        ("reviewer", {"write": "1", "write-happened": HAPPENED, "write-action": ACTION}, 409, "Only drug admins"),
        ("reviewer", {"send": "1", "send-password": "wrong"}, 400, "That password is incorrect."),
        ("author", {"send": "1", "send-password": PASSWORD}, 409, "Only a medical reviewer or a duty operator"),
        ("reviewer", {"end": "1", "end-reason": "x", "end-password": PASSWORD}, 409, "Choose the notice."),
        ("reviewer", {"end": "1", "notice": "9" * 40, "end-reason": "x", "end-password": "x"}, 409, "Choose the"),
    ],
)
def test_what_is_wrong_is_told_what_was_typed_is_kept_and_nothing_changes(desk, client, who, typed, status, told):
    answer = send(client, desk, who, **typed)
    assert answer.status_code == status
    assert told in answer.content.decode().replace("&#x27;", "'")
    if "write-happened" in typed:
        assert HAPPENED in answer.content.decode()
    assert not UrgentNotice.objects.exists()


def test_a_record_that_is_not_there_has_no_page(desk, client):
    client.force_login(desk.reviewer)
    assert client.get(f"/admin/desk/notices/{'0' * 64}/").status_code == 404


def test_the_monograph_and_the_settle_page_lead_to_the_notice_of_urgent_news_alone(desk, client):
    client.force_login(desk.admin)
    for address in (f"/admin/drugs/monograph/{desk.drug.pk}/change/", desk.settle):
        page = words(client.get(address))
        assert page.count(f'href="{desk.address}"') == 1
        assert page.count('href="/admin/desk/notices/') == 1
    assert "Readers have not been warned." in words(client.get(desk.settle))
    assert "Write a notice" in words(client.get(desk.settle))


def test_who_may_do_nothing_about_it_is_told_why(desk, client):
    client.force_login(desk.author)
    page = words(client.get(desk.address))
    assert "Only drug admins write urgent notices." in page
    assert "Only a medical reviewer or a duty operator sends a stock notice." in page
    assert page.count("disabled") == 2


def test_a_drug_admin_changes_the_words_of_a_notice_on_its_own_page(desk, client):
    edition = notices.written(desk, desk.event)
    client.force_login(desk.admin)
    answer = client.get(f"/admin/library/notice/{edition.document_id}/change/")
    assert answer.status_code == 200
    assert HAPPENED in answer.content.decode()


def test_who_signs_a_notice_reads_it_as_it_will_stand_and_it_has_no_page_of_its_own(desk, client):
    edition = notices.written(desk, desk.event)
    client.force_login(desk.reviewer)
    for address in ("/admin/desk/editions/{}/", "/admin/desk/editions/{}/page/"):
        answer = client.get(address.format(edition.pk))
        assert answer.status_code == 200
        assert HAPPENED in answer.content.decode() and ACTION in answer.content.decode()
    pages.sign(edition, desk.reviewer)
    slug = edition.document.slug
    for address in (f"/en/notices/{slug}/", "/en/notices/"):
        assert client.get(address).status_code == 404
    for address in ("/en/search/?q=Zebramab", "/sitemap.xml"):
        assert "notices/" not in client.get(address).content.decode()


def test_a_notice_is_translated_as_any_page_is(desk, client):
    edition = notices.live(desk, desk.event)
    client.force_login(desk.translator)
    units = find_units(edition.tree)
    [place] = [".".join(unit.place) for unit in units if inline.plain(unit.source) == HAPPENED]
    answer = client.get(f"/admin/translate/{edition.document_id}/es/?unit={place}")
    assert answer.status_code == 200
    assert HAPPENED in answer.content.decode()
    client.force_login(desk.reviewer)
    assert client.get(f"/admin/desk/documents/{edition.document_id}/").status_code == 200
    assert client.get(f"/admin/desk/documents/{edition.document_id}/history/").status_code == 200
