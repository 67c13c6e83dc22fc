"""What an article freezes: order, numbering, and everything that stands in the way, at once."""

import pytest
from django.utils import timezone

from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.kinds import kind_of
from editorial.editions.tree.nodes import to_bytes
from editorial.library.services.topics import save_topic
from editorial.reading import presenters
from tests.factories import pages, people
from tests.factories.pages import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return people.author()


def tree(document):
    candidate = freezing.build_candidate(document, "en")
    assert candidate.blockers == []
    return candidate.tree


def section(heading: str = "H", body: str = "<p>Words.</p>", **fields) -> dict:
    return {"heading": heading, "body": body, **fields}


def test_references_come_in_the_order_of_their_first_citation(author):
    document = pages.article(
        author,
        references=[pages.reference(key) for key in ("never", "third", "first", "second")],
        key_points=[{"text": "A.[@first]"}],
        sections=[section(body="<p>B [@second] and [@first].</p><ul><li>C [@third]</li></ul>")],
    )
    assert presenters.number_references(tree(document).root) == {"first": 1, "second": 2, "third": 3}


def test_references_follow_when_sections_change_places(author):
    document = pages.article(
        author,
        references=[pages.reference(key) for key in ("a", "b")],
        sections=[section("One", "<p>1 [@a]</p>"), section("Two", "<p>2 [@b]</p>")],
    )
    one, two = pages.working(document).sections.all()
    pages.edit(document, author, sections=[{"id": two.pk}, {"id": one.pk}])
    assert presenters.number_references(tree(document).root) == {"b": 1, "a": 2}


def test_sections_come_in_the_forms_order_and_retired_ones_not_at_all(author):
    document = pages.article(author, sections=[section("A"), section("B", retired=True), section("C")])
    a, b, c = pages.working(document).sections.all()
    pages.edit(document, author, sections=[{"id": c.pk}, {"id": b.pk}, {"id": a.pk}])
    assert [item.words["heading"] for item in tree(document).root.of_type("section")] == ["C", "A"]


def test_a_new_section_stands_where_the_form_puts_it(author):
    document = pages.article(author, sections=[section("A"), section("C")])
    a, c = pages.working(document).sections.all()
    pages.edit(document, author, sections=[{"id": a.pk}, {"id": None, **section("B")}, {"id": c.pk}])
    assert [item.words["heading"] for item in tree(document).root.of_type("section")] == ["A", "B", "C"]


def test_ids_are_unique_in_the_tree(author):
    topic = save_topic("breast-cancer", "Breast cancer", user=author)
    document = pages.article(
        author, topics=[topic], key_points=[{"text": "A"}, {"text": "B"}], references=[pages.reference()],
        sections=[pages.SECTION, pages.SECTION, section(body="<p>See [@schmid-2020]</p>")],
    )  # fmt: skip
    ids = [node.id for node in tree(document).walk()]
    assert len(set(ids)) == len(ids)
    assert "" not in ids


def test_the_same_working_copy_freezes_to_the_same_bytes(author):
    document = pages.article(author, references=[pages.reference()], key_points=[{"text": "A.[@schmid-2020]"}])
    assert to_bytes(tree(document)) == to_bytes(tree(document))


def test_groups_are_told_once_in_the_authors_order(author):
    sections = [
        section("A", group="risks-benefits"),
        section("B", group="overview"),
        section("C", group="risks-benefits"),
    ]
    document = pages.article(author, sections=sections)
    groups = kind_of(document).context(tree(document).root, timezone.now())["groups"]
    assert [(group["key"], [item.words["heading"] for item in group["sections"]]) for group in groups] == [
        ("risks-benefits", ["A", "C"]),
        ("overview", ["B"]),
    ]


BLOCKERS = [
    ({"title": ""}, "The article needs a title."),
    ({"lead": " "}, "The article needs a lead."),
    ({"sections": []}, "The article needs at least one section."),
    ({"sections": [section(retired=True)]}, "The article needs at least one section."),
    ({"sections": [section(), section("")]}, "Section 2 needs a heading."),
    ({"sections": [section("Why?", "<p> </p>")]}, "The section “Why?” is empty. Write it or retire it."),
    ({"sections": [section("Why?", "<script>x</script>")]}, "The section “Why?” is empty. Write it or retire it."),
    ({"key_points": [{"text": ""}]}, "A key point is empty. Write it or retire it."),
    ({"key_points": [{"text": "A.[@nobody-1999]"}]}, "The text cites [@nobody-1999], but there is no such reference."),
    (
        {"title": "A title [@schmid-2020]", "references": [pages.reference()]},
        "Titles and other plain lines hold no citations: “A title [@schmid-2020]”",
    ),
    (
        {"key_points": [{"text": "A.[@a]"}], "references": [pages.reference("a", url="ftp://example.org/")]},
        "The web address of [@a] is not valid.",
    ),
    (
        {"sections": [section(care_level="emergency")]},
        "“H” asks the reader to act: put it into the group “When to call”.",
    ),
]


@pytest.mark.parametrize(("parts", "blocker"), BLOCKERS)
def test_submitting_is_refused(author, parts, blocker):
    document = pages.article(author, **parts)
    with pytest.raises(Blocked) as caught:
        submit(document, "en", user=author)
    assert caught.value.blockers == [blocker]


def test_submitting_is_refused_for_every_reason_at_once(author):
    document = pages.article(
        author,
        title="",
        lead="",
        key_points=[{"text": ""}],
        sections=[section("", "<p>[@nobody]</p>"), section("B", "")],
    )
    with pytest.raises(Blocked) as caught:
        submit(document, "en", user=people.reviewer())
    assert len(caught.value.blockers) == 7


@pytest.mark.parametrize(
    "missing", [("article", "title"), ("article", "lead"), ("k", "text"), ("s", "heading"), ("b", "text")]
)
def test_a_translation_lacks_nothing(author, missing):
    document = pages.article(author, key_points=[{"text": "A point."}])
    pages.publish(document, author, people.reviewer())
    translator = people.translator("es")
    words = pages.typed_translation(freezing.find_signed_source(document), "es")
    place = next(word for word in words if word[0].startswith(missing[0]) and word[1] == missing[1])
    del words[place]
    pages.translate(document, "es", translator, words)
    with pytest.raises(Blocked) as caught:
        submit(document, "es", user=translator)
    assert len(caught.value.blockers) == 1
    assert caught.value.blockers[0].startswith("Not translated yet: “")


def test_a_translation_cites_what_its_source_cites(author):
    document = pages.article(author, key_points=[{"text": "A.[@schmid-2020]"}], references=[pages.reference()])
    pages.publish(document, author, people.reviewer())
    translator = people.translator("es")
    words = pages.typed_translation(freezing.find_signed_source(document), "es")
    point = next(place for place in words if place[0].startswith("k-"))
    for text in ("es A.", "es A.[@schmid-2020][@schmid-2020]", "es A.[@other]"):
        pages.translate(document, "es", translator, words | {point: text})
        with pytest.raises(Blocked, match="The citations differ from the source"):
            submit(document, "es", user=translator)
    pages.translate(document, "es", translator, words)
    assert submit(document, "es", user=translator)


def test_a_translated_subheading_is_plain_like_its_source(author):
    document = pages.article(author, sections=[section(body="<h3>Before</h3><p>Words.</p>")])
    source = pages.publish(document, author, people.reviewer())
    spanish = pages.publish_translation(document, "es", people.translator("es"), people.reviewer())
    kinds = [
        [(node.id, name, type(words)) for node in item.tree.walk() for name, words in node.words.items()]
        for item in (source, spanish)
    ]
    assert kinds[0] == kinds[1]
