"""Links within the site name documents: a page that moves changes nothing for readers, nor for those who write."""

from html import unescape
from types import SimpleNamespace

import pytest

from editorial.checks import links
from editorial.editions import fields, freezing
from editorial.editions.blockers import Blocked
from editorial.editions.models import Dependency
from editorial.editions.models.addresses import resolve_links, show_html_addresses, store_html_addresses
from editorial.editions.tree.links import find_links
from editorial.editions.working.copies import change_slug
from editorial.editions.working.translated_words import typed_words
from tests.factories import drugs, pages, people
from tests.factories.pages import submit
from tests.layers import layer
from tests.reading import rendered

pytestmark = pytest.mark.django_db
EVERY_SPELLING = (
    "/articles/fatigue/", "/es/articles/fatigue/", "/articles/fatigue", "articles/fatigue", "/Articles/Fatigue/?x=1",
    "https://testserver/en/articles/fatigue/", "//testserver/articles/fatigue", "testserver/vi/articles/FATIGUE",
)  # fmt: skip


@layer
def desk():
    made = SimpleNamespace(author=people.author(), reviewer=people.reviewer(), head=people.head())
    made.translator = people.translator("es")
    made.target = pages.article(made.author, slug="fatigue", title="Fatigue")
    pages.publish(made.target, made.author, made.reviewer)
    return made


def linking(desk, *links: str, slug: str = "linking"):
    """An article with a paragraph for each link."""
    body = "".join(f'<p>Read <a href="{link}">this page</a> first.</p>' for link in links)
    return pages.article(desk.author, slug=slug, sections=[{"heading": "More", "body": body}])


def body_of(document) -> str:
    return pages.working(document).sections.get().body_en


TYPED = (
    *EVERY_SPELLING, "/articles/fatigue/#s-1", "/articles/fatigue/#a%20b", "/articles/nothing/", "/articles/",
    "/nokind/x/", "/documents/17/", "https://example.org/articles/fatigue/", "/articles/fatigue/?a=1&amp;b=2", "#s-1",
)  # fmt: skip


@pytest.mark.parametrize("link", TYPED)
def test_what_was_typed_is_read_the_same_with_its_documents_named_for_all_texts_at_once(desk, link):
    text = f'<p>Read <a href="{link}">this page</a> first.</p>'
    [stored, other] = store_html_addresses(text, "<p>No link.</p>")
    assert other == "<p>No link.</p>"
    assert [node.words for node in fields.read_prose(stored)] == [node.words for node in fields.read_prose(text)]


def test_a_text_that_nobody_typed_in_is_the_one_that_is_stored(desk):
    stored = body_of(linking(desk, "/articles/fatigue/", "/articles/fatigue/#s-1", "https://example.org/"))
    assert "/documents/" in stored
    assert store_html_addresses(*show_html_addresses(stored)) == (stored,)


def test_every_spelling_is_kept_and_frozen_as_the_document_and_shown_as_an_address(client, desk):
    document = linking(desk, *EVERY_SPELLING)
    stored = f'href="/documents/{desk.target.pk}/"'
    assert body_of(document).count(stored) == len(EVERY_SPELLING)
    edition = pages.publish(document, desk.author, desk.reviewer)
    runs = list(find_links(edition.tree.root).values())
    assert runs == [{"text": "this page", "document": desk.target.pk}]
    client.force_login(desk.author)
    form = unescape(client.get(f"/admin/articles/article/{document.pk}/change/").content.decode())
    assert form.count('href="/articles/fatigue/"') == len(EVERY_SPELLING)
    for language in ("en", "es"):
        page = client.get(f"/{language}/articles/linking/")
        assert f"/{language}/articles/fatigue/" in rendered.links(page)


def test_what_is_shown_in_the_form_is_saved_as_the_same_document(desk):
    document = linking(desk, "/articles/fatigue/#s-1")
    before = body_of(document)
    change_slug(desk.target, "tiredness", user=desk.head)
    section = pages.working(document).sections.get()
    body = before.replace(f"/documents/{desk.target.pk}/", "/articles/fatigue/")  # a form that was opened before
    pages.edit(document, desk.author, sections=[{"id": section.pk, "heading": "More", "body": body}])
    assert body_of(document) == before


def test_a_page_that_moves_changes_nothing_for_readers_and_blocks_nothing(client, desk):
    document = linking(desk, "/articles/fatigue/#s-1")
    pages.publish(document, desk.author, desk.reviewer)
    before = client.get("/en/articles/linking/").content.decode()
    assert "/en/articles/fatigue/#s-1" in before
    change_slug(desk.target, "tiredness", user=desk.head)
    after = client.get("/en/articles/linking/").content.decode()
    assert after == before.replace("/fatigue/", "/tiredness/")
    pages.edit(document, desk.author, lead="Another lead.")
    assert submit(document, "en", user=desk.author).number == 2


def test_a_monograph_that_moves_is_still_linked_and_shown_in_pieces(client, desk):
    recorder = drugs.drug_admin()
    monograph = drugs.monograph(recorder, slug="pembrolizumab", title="Pembrolizumab")
    pages.publish(monograph, recorder, desk.reviewer)
    body = '<p>See <a href="/drugs/Pembrolizumab">its page</a>.</p>'
    sections = [{"heading": "More", "body": body, "piece_of": monograph, "piece": "card"}]
    pages.publish(pages.article(desk.author, slug="linking", sections=sections), desk.author, desk.reviewer)
    change_slug(monograph, "keytruda", user=desk.head)
    page = client.get("/en/articles/linking/")
    assert rendered.links(page).count("/en/drugs/keytruda/") >= 2
    assert "piece-live" in page.content.decode()
    assert "/drugs/pembrolizumab" not in page.content.decode()


def test_foreign_links_are_mended_or_kept_and_never_vanish(client, desk):
    pages.publish(linking(desk, "www.cancer.gov", "tel:911,,2", "https://who.int/A?b"), desk.author, desk.reviewer)
    links = rendered.links(client.get("/en/articles/linking/"))
    assert {"https://www.cancer.gov", "tel:911,,2", "https://who.int/A?b"} <= {*links}


def test_a_word_that_opens_in_place_opens_after_its_entry_moved(client, desk):
    entry = pages.glossary_entry(desk.author, slug="pd-l1")
    pages.publish(entry, desk.author, desk.reviewer)
    pages.publish(linking(desk, "/glossary/pd-l1/"), desk.author, desk.reviewer)
    change_slug(entry, "pd-ligand-1", user=desk.head)
    page = client.get("/en/articles/linking/").content.decode()
    assert 'popovertarget="glossary-pd-ligand-1"' in page
    assert "A protein on cells." in page


@pytest.mark.parametrize(
    "link",
    [
        "/en/articles/nonexistent/", "/articles/nonexistent", "/articles/nonexistent/?x=1", "/Articles/Nothing/",
        "https://testserver/articles/nonexistent/", "/documents/999999/", "/about/helpline/", "/about/", "#signs",
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_kept_and_blocked_with_its_place(desk, link):
    pages.site_words(desk.author, "helpline")  # has no page of its own
    document = linking(desk, link)
    assert "href=" in body_of(document)
    with pytest.raises(Blocked) as refused:
        submit(document, "en", user=desk.author)
    [told] = refused.value.blockers
    assert "leads to no pa" in told
    assert "Read this page first." in told
    assert link in told or "/about/helpline/" in told


@pytest.mark.parametrize(
    "link",
    ["/reviewers/jo-doe/", "https://testserver/es/reviewers/jo-doe", "/figures/0f.svg", "/nokind/x/", "/admin/"],
)
def test_what_cannot_be_linked_to_is_refused_with_what_can(desk, link):
    with pytest.raises(Blocked) as refused:
        submit(linking(desk, link), "en", user=desk.author)
    [message] = refused.value.blockers
    assert (
        f"The link {link} does not lead to one of the pages that can be linked to: “Read this page first.”" in message
    )
    assert "Glossary, Leaflets, Drugs, Articles." in message
    assert "choose it as the figure of a section" in message


@pytest.mark.parametrize("link", ["/", "/en/", "/glossary", "https://testserver/es/articles/"])
def test_a_link_to_a_list_leads_to_that_of_the_readers_language(client, desk, link):
    pages.publish(linking(desk, link), desk.author, desk.reviewer)
    path = {"/": "", "/en/": "", "/glossary": "glossary/"}.get(link, "articles/")
    page = client.get("/es/articles/linking/").content.decode()
    assert f'<a href="/es/{path}">this page</a>' in page


def test_a_link_to_a_part_of_the_same_page_is_kept(client, desk):
    document = linking(desk, "/articles/fatigue/")
    section = pages.working(document).sections.get()
    body = f'<p>See <a href="#{section.block_id}">below</a>.</p>'
    pages.edit(document, desk.author, sections=[{"id": section.pk, "heading": "More", "body": body}])
    edition = pages.publish(document, desk.author, desk.reviewer)
    assert list(find_links(edition.tree.root).values()) == [{"text": "below", "block": section.block_id}]
    assert f'<a href="#{section.block_id}">below</a>' in client.get("/en/articles/linking/").content.decode()
    assert not Dependency.objects.filter(edition=edition, document=document).exists()


def test_a_translation_cannot_lead_to_another_page_than_its_source(desk):
    other = pages.article(desk.author, slug="another-drug")
    pages.publish(other, desk.author, desk.reviewer)
    document = linking(desk, "/articles/fatigue/")
    source = pages.publish(document, desk.author, desk.reviewer)
    words = pages.typed_translation(source, "es")
    same = {
        place: text.replace(f"/documents/{desk.target.pk}/", "/es/articles/fatigue") for place, text in words.items()
    }
    pages.translate(document, "es", desk.translator, same)
    assert freezing.build_candidate(document, "es").blockers == []
    assert any('href="/articles/fatigue/"' in text for text in typed_words(document, "es").values())
    elsewhere = {place: text.replace("/es/articles/fatigue", "/articles/another-drug/") for place, text in same.items()}
    pages.translate(document, "es", desk.translator, elsewhere)
    [told] = freezing.build_candidate(document, "es").blockers
    assert "A link goes to /articles/another-drug/, which the source doesn't link to" in told


@pytest.fixture
def before_documents(monkeypatch):
    """Words are stored and frozen as they were when links held addresses."""

    def as_typed(nodes, **_more):
        return nodes

    monkeypatch.setattr(fields, "resolve_links", as_typed)
    for module in (freezing, links):
        monkeypatch.setattr(module, "dead_links", lambda *_arguments: {})
    find = freezing.find_dependencies
    monkeypatch.setattr(
        freezing, "find_dependencies", lambda tree: find(tree.with_root(resolve_links((tree.root,))[0]))
    )
    return monkeypatch


def test_an_old_edition_that_holds_addresses_leads_where_its_pages_moved_to(
    client, desk, before_documents, django_assert_max_num_queries
):
    document = linking(desk, "/articles/fatigue/", "/articles/nowhere/", "/es/articles/fatigue/")
    edition = pages.publish(document, desk.author, desk.reviewer)
    before_documents.undo()
    assert b'"link":"/articles/fatigue/"' in bytes(edition.content)
    before = client.get("/es/articles/linking/").content.decode()
    assert '<a href="/es/articles/fatigue/">' in before
    change_slug(desk.target, "tiredness", user=desk.head)
    with django_assert_max_num_queries(5):
        page = client.get("/en/articles/linking/").content.decode()
    assert '<a href="/en/articles/tiredness/">' in page
    assert "/articles/nowhere/" not in page
    assert '<a href="/es/articles/fatigue/">' in page  # an ordinary link then, which redirects


def test_words_that_were_stored_with_addresses_are_read_as_documents_and_their_writers_count(desk, before_documents):
    document = linking(desk, "/articles/fatigue/")
    assert 'href="/articles/fatigue/"' in body_of(document)
    first = pages.publish(document, desk.author, desk.reviewer)
    other = people.author()
    section = pages.working(document).sections.get()
    body = body_of(document).replace("first.", "before your visit.")
    pages.edit(document, other, sections=[{"id": section.pk, "heading": "More", "body": body}])
    before_documents.undo()
    edition = submit(document, "en", user=desk.author)
    assert [run.get("document") for run in find_links(edition.tree.root).values()] == [desk.target.pk]
    assert {person["id"] for person in edition.contributors} == {other.pk}
    assert first.content_digest != edition.content_digest


def test_a_translation_that_was_checked_stays_checked_when_its_source_holds_documents(desk, before_documents):
    document = linking(desk, "/articles/fatigue/")
    pages.publish(document, desk.author, desk.reviewer)
    pages.translate(document, "es", desk.translator)
    before_documents.undo()
    assert freezing.build_candidate(document, "es").blockers == []
    pages.edit(document, desk.author, lead="Another lead.")
    pages.publish(document, desk.author, desk.reviewer)
    told = freezing.build_candidate(document, "es").blockers
    assert [text for text in told if "Read this page" in text] == []
