"""Drafts that were never submitted are discarded: off every list, kept with their history, brought back by a head."""

import pytest

from editorial.accounts.models import RoleGrant
from editorial.desk.writing.piece_field import find_pieces
from editorial.editions.blockers import Blocked
from editorial.editions.freezing import build_candidate
from editorial.editions.models import Document, DraftDiscard
from editorial.editions.working.copies import change_slug
from editorial.editions.working.discards import bring_back_draft, discard_draft
from editorial.editions.working.row_history import history_of
from editorial.reading.preview_links import create_preview_link, find_preview_link
from tests.factories import drugs, pages, people
from tests.factories.drugs import verified
from tests.factories.pages import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return people.author()


@pytest.fixture
def draft(author) -> Document:
    return pages.article(author, slug="a-draft", title="Nobody needs this")


def discarded(draft: Document, user) -> Document:
    discard_draft(draft, user=user)
    return Document.objects.get(pk=draft.pk)


def test_its_author_and_a_head_of_content_discard_a_draft_and_it_says_who_and_when(draft, author):
    head = people.head()
    for user in (author, head):
        made = discard_draft(draft, user=user)
        assert (made.made_by_name, made.is_discarded, made.slug) == (user.name, True, "a-draft")
        assert not Document.objects.filter(pk=draft.pk, is_discarded=False).exists()
        bring_back_draft(draft, user=head)
    assert [(draft_discard.made_by, draft_discard.is_discarded) for draft_discard in DraftDiscard.objects.all()] == [
        (author, True), (head, False), (head, True), (head, False),
    ]  # fmt: skip


def test_nobody_else_discards_a_draft(draft, author):
    colleague = people.author()
    pages.edit(draft, colleague, lead="They wrote in it, and did not make it.")
    for user in (colleague, people.reviewer(), people.operator(), people.site_admin(), drugs.drug_admin()):
        with pytest.raises(Blocked, match="Only its author or a head of content"):
            discard_draft(draft, user=user)
    RoleGrant.objects.filter(user=author).delete()
    with pytest.raises(Blocked, match="Only its author or a head of content"):
        discard_draft(draft, user=author)


def test_what_was_submitted_or_has_records_is_never_discarded(draft, author):
    submit(draft, "en", user=author)
    admin = drugs.drug_admin()
    drug = drugs.monograph(admin, slug="drug")
    verified(drug, admin, people.reviewer())
    for document in (draft, drug):
        with pytest.raises(Blocked, match="has records, so it cannot be discarded"):
            discard_draft(document, user=people.head())
    words = pages.site_words(author, "withdrawn")
    assert words.key
    with pytest.raises(Blocked, match="finds this page by its key"):
        discard_draft(words, user=people.head())


def test_a_discarded_draft_is_on_no_list_in_no_search_and_in_no_picker(signed_in, draft, author):
    client = signed_in(author)
    addresses = [
        "/admin/articles/article/", "/admin/articles/article/?q=nobody+needs",
        "/admin/library/reference/pick/?q=nobody", "/admin/desk/?tab=all",
    ]  # fmt: skip

    def shown() -> list[bool]:
        return ["a-draft" in client.get(address).content.decode() for address in addresses]

    assert shown() == [True, True, True, False]
    admin = drugs.drug_admin()
    drug = drugs.monograph(admin, slug="drug", title="Zebramab")
    assert find_pieces("Zebramab")
    discard_draft(draft, user=author)
    discard_draft(drug, user=admin)
    assert shown() == [False, False, False, False]
    assert not find_pieces("Zebramab")
    assert client.get(f"/admin/articles/article/{draft.pk}/change/").status_code in (302, 404)


def test_a_discarded_draft_is_not_among_what_links_to_a_page(signed_in, draft, author):
    section = {"heading": "More", "body": '<p>See <a href="/articles/a-draft/">it</a>.</p>'}
    leading = pages.article(author, title="It leads there", sections=[section])
    client = signed_in(author)
    assert "It leads there" in client.get(f"/admin/desk/documents/{draft.pk}/").content.decode()
    discard_draft(leading, user=author)
    assert "It leads there" not in client.get(f"/admin/desk/documents/{draft.pk}/").content.decode()


def test_its_words_and_history_are_kept(draft, author):
    before = list(history_of(type(pages.working(draft))).values_list("history_id", flat=True))
    discard_draft(draft, user=author)
    assert pages.working(draft).title_en == "Nobody needs this"
    assert list(history_of(type(pages.working(draft))).values_list("history_id", flat=True)) == before


def test_its_address_is_free_again_and_its_own_when_it_comes_back_while_that_is_free(draft, author):
    head = people.head()
    change_slug(draft, "moved", user=head)
    assert discarded(draft, author).slug.startswith("moved-discarded-")
    bring_back_draft(draft, user=head)
    assert Document.objects.get(pk=draft.pk).slug == "moved"
    discard_draft(draft, user=author)
    for slug in ("moved", "a-draft"):
        pages.article(author, slug=slug)
    bring_back_draft(draft, user=head)
    assert Document.objects.get(pk=draft.pk).slug.startswith("moved-discarded-")


def test_a_signed_link_to_a_discarded_draft_never_leads_to_another_page(draft, author):
    section = {"heading": "More", "body": '<p>See <a href="/articles/a-draft/">it</a>.</p>'}
    pages.publish(pages.article(author, sections=[section]), author, people.reviewer())
    assert discarded(draft, author).slug == "a-draft"


def test_nobody_writes_in_submits_or_shares_a_discarded_draft(draft, author):
    _link, token = create_preview_link(draft, "en", user=author)
    assert find_preview_link(token)
    gone = discarded(draft, author)
    for act in (
        lambda: pages.edit(gone, author, lead="More."),
        lambda: submit(gone, "en", user=author),
        lambda: change_slug(gone, "elsewhere", user=people.head()),
        lambda: create_preview_link(gone, "en", user=author),
    ):
        with pytest.raises(Blocked, match="This draft was discarded"):
            act()
    assert find_preview_link(token) is None


def test_a_page_that_leads_to_a_discarded_draft_is_told_so(draft, author):
    section = {"heading": "More", "body": '<p>See <a href="/articles/a-draft/">it</a>.</p>'}
    leading = pages.article(author, sections=[section])
    assert build_candidate(leading, "en").blockers == []
    discard_draft(draft, user=author)
    assert "leads to no page of this site" in " ".join(build_candidate(leading, "en").blockers)


def test_only_a_head_brings_it_back_and_only_once(draft, author):
    discard_draft(draft, user=author)
    for user in (author, people.site_admin()):
        with pytest.raises(Blocked, match="Only a head of content"):
            bring_back_draft(draft, user=user)
    with pytest.raises(Blocked, match="already discarded"):
        discard_draft(draft, user=author)
    bring_back_draft(draft, user=people.head())
    with pytest.raises(Blocked, match="is not discarded"):
        bring_back_draft(draft, user=people.head())
    assert submit(draft, "en", user=author)


def test_it_is_discarded_and_brought_back_on_the_desk(signed_in, draft, author):
    page, head = f"/admin/desk/documents/{draft.pk}/", people.head()
    assert "Discard this draft" not in signed_in(people.author()).get(page).content.decode()
    client = signed_in(author)
    assert "Discard this draft" in client.get(page).content.decode()
    told = client.post(f"{page}discard/", follow=True).content.decode()
    assert "A head of content can bring it back." in told and "This draft was discarded" in told
    assert "Draft discarded" in told
    assert client.post(f"{page}discard/").status_code == client.post(f"{page}bring-back/").status_code == 409
    client = signed_in(head)
    assert "Nobody needs this" in client.get("/admin/desk/discarded/").content.decode()
    assert "It is a draft again." in client.post(f"{page}bring-back/", follow=True).content.decode()
    assert "Nobody needs this" not in client.get("/admin/desk/discarded/").content.decode()
