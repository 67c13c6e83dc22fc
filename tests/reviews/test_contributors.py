"""Four eyes: every word that is read was signed by somebody who did not write it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from editorial.accounts.roles import Role
from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.library.models import Reference
from editorial.library.services import save_reference
from editorial.library.services.topics import save_topic
from editorial.reviews.models import SignOffPolicy
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.factories import figures, pages, people
from tests.factories.pages import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """An author, a reviewer, and somebody who is author, reviewer and Spanish translator at once."""
    both = people.person(Role.AUTHOR, Role.REVIEWER, translates=["es"], signs_in=people.EVERY_LANGUAGE)
    return people.author(), people.reviewer(), both


def names(edition) -> list[str]:
    return [person["name"] for person in edition.contributors]


def refuses(edition, user) -> None:
    with pytest.raises(Blocked, match="You contributed to this edition"):
        pages.sign(edition, user)


def rows(document) -> list[dict]:
    return [
        {"id": item.pk, "heading": item.heading_en, "body": item.body_en}
        for item in pages.working(document).sections.all()
    ]


def test_everyone_since_the_edition_released_before_contributed(cast):
    author, reviewer, both = cast
    document = pages.article(author)
    first = pages.publish(document, author, reviewer)
    assert names(first) == [author.name]
    pages.edit(document, both, title="Another title")
    second = submit(document, "en", user=author)
    assert names(second) == [both.name]  # the author only submitted it
    refuses(second, both)
    pages.edit(document, author, lead="Another lead.")
    third = submit(document, "en", user=author)
    assert set(names(third)) == {author.name, both.name}  # the second edition was never released
    refuses(third, both)
    pages.sign(third, reviewer)
    pages.edit(document, author, lead="A third lead.")
    fourth = submit(document, "en", user=author)
    assert names(fourth) == [author.name]
    assert pages.sign(fourth, both)  # whose words the reviewer signed in the third


def test_words_of_an_edition_whose_sign_off_was_revoked_count_again(cast):
    author, reviewer, both = cast
    document = pages.article(author)
    pages.publish(document, author, reviewer)
    pages.edit(document, both, title="Another title")
    second = pages.publish(document, author, reviewer)
    revoke_sign_off(second.sign_offs.get(), user=reviewer, reason="An error.")
    pages.edit(document, author, lead="Another lead.")
    third = submit(document, "en", user=author)
    assert set(names(third)) == {author.name, both.name}
    refuses(third, both)


def test_words_of_a_withdrawn_edition_stay_signed(cast):
    author, reviewer, both = cast
    document = pages.article(both)
    pages.publish(document, author, reviewer)
    withdraw(document, "en", user=reviewer, reason="An error.")
    again = submit(document, "en", user=author)
    assert names(again) == []
    assert pages.sign(again, both)


def test_contributors_are_frozen_with_the_edition(cast):
    author, _reviewer, both = cast
    document = pages.article(author)
    edition = submit(document, "en", user=author)
    pages.edit(document, both, title="Later")
    assert pages.sign(edition, both)  # what they wrote since is not in it


def test_words_that_come_back_come_back_with_those_who_wrote_them(cast):
    author, reviewer, both = cast
    document = pages.article(author)
    pages.edit(document, both, title="Mine")
    pages.edit(document, author, title="Not theirs")
    pages.publish(document, author, reviewer)
    pages.edit(document, author, title="Mine")
    edition = submit(document, "en", user=author)
    assert set(names(edition)) == {author.name, both.name}
    refuses(edition, both)


def test_words_that_were_signed_come_back_as_nobodys(cast):
    author, reviewer, both = cast
    document = pages.article(author)
    pages.edit(document, both, title="Mine")
    pages.publish(document, author, reviewer)
    pages.edit(document, author, title="Another")
    pages.edit(document, author, title="Mine", lead="Changed.")
    edition = submit(document, "en", user=author)
    assert names(edition) == [author.name]
    assert pages.sign(edition, both)


def test_translating_is_contributing_in_that_language_alone(cast):
    author, reviewer, both = cast
    document = pages.article(author)
    pages.publish(document, author, reviewer)
    pages.translate(document, "es", both)
    spanish = submit(document, "es", user=both)
    assert names(spanish) == [both.name]
    refuses(spanish, both)
    pages.edit(document, author, title="Another title")
    assert pages.sign(submit(document, "en", user=author), both)


def test_words_of_a_section_that_comes_back_were_not_signed_yet(cast):
    author, reviewer, both = cast
    document = pages.article(author)
    pages.edit(document, both, sections=[*rows(document), {"heading": "Mine", "body": "<p>All mine.</p>"}])
    first, mine = rows(document)
    pages.edit(document, both, sections=[first, {**mine, "retired": True}])
    pages.publish(document, author, reviewer)  # without that section
    pages.edit(document, author, sections=[first, {**mine, "retired": False}])
    refuses(submit(document, "en", user=author), both)


def test_words_of_a_key_point_that_comes_back_were_not_signed_yet(cast):
    author, reviewer, both = cast
    document = pages.article(author)
    pages.edit(document, both, key_points=[{"text": "Mine.", "retired": True}])
    pages.publish(document, author, reviewer)
    point = pages.working(document).key_points.get()
    pages.edit(document, author, key_points=[{"id": point.pk, "retired": False}])
    refuses(submit(document, "en", user=author), both)


def test_words_of_a_reference_that_is_cited_only_now_were_not_signed_yet(cast):
    author, reviewer, both = cast
    document = pages.article(author)
    pages.edit(document, both, references=[pages.reference(title="A title that nobody checked")])
    pages.publish(document, author, reviewer)  # which does not cite it
    pages.edit(document, author, key_points=[{"text": "A point.[@schmid-2020]"}])
    refuses(submit(document, "en", user=author), both)


def test_facts_of_a_reference_that_somebody_changed_were_not_signed_yet(cast):
    """One record serves every page: whoever changed it contributed to each next edition that cites it."""
    author, reviewer, both = cast
    cited = {"key_points": [{"text": "A point.[@schmid-2020]"}], "references": [pages.reference()]}
    documents = [pages.article(author, **cited), pages.article(author, **cited)]
    for document in documents:
        pages.publish(document, author, reviewer)
    save_reference(Reference.objects.get(), title="Another title", user=both)
    for document in documents:
        refuses(submit(document, "en", user=author), both)
    save_reference(Reference.objects.get(), title=pages.reference()["title"], user=author)
    pages.edit(documents[0], author, lead="Another lead.")
    assert pages.sign(submit(documents[0], "en", user=author), both)  # what was signed stands there again


def test_translated_words_of_a_section_that_comes_back_were_not_signed_yet(cast):
    author, reviewer, both = cast
    document = pages.article(author)
    pages.edit(document, author, sections=[*rows(document), {"heading": "Second", "body": "<p>More.</p>"}])
    pages.publish(document, author, reviewer)
    pages.translate(document, "es", both)
    first, second = rows(document)
    pages.edit(document, author, sections=[first, {**second, "retired": True}])
    pages.publish(document, author, reviewer)
    translator = people.translator("es")
    pages.publish(document, translator, reviewer, "es")  # without the second section
    pages.edit(document, author, sections=[first, {**second, "retired": False}])
    pages.publish(document, author, reviewer)
    spanish = submit(document, "es", user=translator)
    refuses(spanish, both)


def test_naming_a_topic_is_contributing_to_every_page_about_it(cast):
    author, reviewer, both = cast
    topic = save_topic("breast-cancer", "Breast cancer", user=author)
    one, other = (pages.article(author, topics=[topic]) for _ in range(2))
    for document in (one, other):
        pages.publish(document, author, reviewer)
    save_topic("breast-cancer", "Cancer of the breast", user=both)
    for document in (one, other):
        refuses(submit(document, "en", user=author), both)


def test_a_topic_brings_those_who_named_it(cast):
    author, _reviewer, both = cast
    topic = save_topic("breast-cancer", "Breast cancer", user=both)
    document = pages.article(author, topics=[topic])
    refuses(submit(document, "en", user=author), both)


def test_translating_a_topic_on_one_page_is_contributing_to_every_page_about_it(cast):
    author, reviewer, both = cast
    topic = save_topic("breast-cancer", "Breast cancer", user=author)
    one, other = (pages.article(author, topics=[topic]) for _ in range(2))
    for document in (one, other):
        pages.publish(document, author, reviewer)
    pages.translate(one, "es", both)  # all of it, with the topic's name
    translator = people.translator("es")
    words = pages.typed_translation(freezing.find_signed_source(other), "es")
    del words["topic-breast-cancer", "name"]
    pages.translate(other, "es", translator, words, checked=frozenset({("topic-breast-cancer", "name")}))
    refuses(submit(other, "es", user=translator), both)


def test_who_translated_what_a_new_article_shows_wrote_nothing_of_it(cast):
    """A topic, a figure and a section that comes back hold words of every language in one row, with one history."""
    author, reviewer, both = cast
    topic = save_topic("breast-cancer", "Breast cancer", user=author)
    entry = pages.glossary_entry(author)
    pages.publish(entry, author, reviewer)
    section = {"heading": "Cells", "body": '<p>See <a href="/glossary/pd-l1/">PD-L1</a>.[@schmid-2020]</p>'}
    shows = {"topics": [topic], "references": [pages.reference()]}
    shown = figures.figure(author)
    document = pages.article(author, sections=[{**section, "figure": shown}], **shows)
    pages.publish(document, author, reviewer)
    pages.translate(document, "es", both)
    save_topic("breast-cancer", "Cáncer de seno", language="es", user=people.translator("es"))
    new = pages.article(author, sections=[{**section, "figure": shown}], **shows)
    edition = submit(new, "en", user=author)
    assert names(edition) == [author.name]
    assert pages.sign(edition, both)
    [row] = rows(document)
    pages.edit(document, author, sections=[{**row, "group": "when-to-call"}])  # its facts are new, its words are not
    assert names(submit(document, "en", user=author)) == [author.name]


def test_each_contributor_is_named_with_what_they_wrote_and_when(cast, signed_in):
    author, reviewer, both = cast
    with time_machine.travel(datetime(2026, 11, 12, 17, tzinfo=UTC), tick=False) as clock:
        document = pages.article(author, references=[pages.reference()])
        section = {"heading": "Side effects", "body": "<p>Few.[@schmid-2020]</p>"}
        pages.edit(document, both, sections=[*rows(document), section])
        clock.shift(timedelta(days=2))
        first, second = rows(document)
        for body in ("<p>Some.[@schmid-2020]</p>", "<p>Some.[@schmid-2020]</p>", "<p>Many.[@schmid-2020]</p>"):
            pages.edit(document, both, sections=[first, {**second, "body": body}])
        edition = submit(document, "en", user=author)
        page = signed_in(reviewer).get(f"/admin/desk/editions/{edition.pk}/")
        why = dict(page.context["contributors"])
    assert why[both.name] == "wrote “\u2068Side effects\u2069” · 3 saves · 11/12/2026 – 11/14/2026"
    assert why[author.name].startswith("wrote Title and lead: \u2068Immunotherapy\u2069, “\u2068What is it?\u2069”")
    assert "Reference: " in why[author.name]
    assert why[author.name].endswith("2 saves · 11/12/2026")
    html = page.content.decode()
    assert all(words in html for words in why.values())


def test_a_save_that_changes_nothing_makes_no_contributor(cast):
    author, _reviewer, both = cast
    document = pages.article(author)
    pages.edit(document, both, sections=rows(document))
    assert names(submit(document, "en", user=author)) == [author.name]


def test_who_wrote_what_somebody_else_typed_again_still_counts(cast):
    """Nobody launders another's words by typing them again: not since the last signed edition, nor in a new part."""
    author, reviewer, both = cast
    document = pages.article(author)
    for user, lead in ((both, "Their words."), (author, "None."), (author, "Their words.")):
        pages.edit(document, user, lead=lead)
    assert set(names(submit(document, "en", user=author))) == {author.name, both.name}
    pages.edit(document, both, sections=[*rows(document), {"heading": "New", "body": "<p>Their words.</p>"}])
    first, new = rows(document)
    pages.edit(document, both, sections=[first, {**new, "retired": True}])
    pages.edit(document, author, title="Another title")
    pages.publish(document, author, reviewer)  # without that section
    pages.edit(document, author, sections=[first, {**new, "retired": False, "body": "<p>Other words by another.</p>"}])
    refuses(submit(document, "en", user=author), both)


def test_two_people_sign_where_the_policy_asks_for_two(cast):
    author, reviewer, both = cast
    SignOffPolicy.objects.create(kind="article", language="en", sign_offs=2)
    document = pages.article(author)
    edition = submit(document, "en", user=author)
    pages.sign(edition, reviewer, publish_at=timezone.now() + timedelta(days=2))
    assert not edition.releases.exists()
    pages.sign(edition, both, publish_at=timezone.now() + timedelta(days=1))
    release = edition.releases.get()
    assert len(release.met_by) == 2
    assert release.released_from == edition.sign_offs.order_by("sequence")[0].release_not_before
