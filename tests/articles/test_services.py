"""Writing articles: one language at a time, nothing lost, and a history that says who, when and why."""

import pytest
from django.utils.translation import override

from articles.models import Article, ArticleTopic, KeyPoint, Section
from articles.services import create_article, save_article
from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.models import Contribution, Document, SearchText
from editorial.editions.working.copies import WorkingCopyChanged, version_token
from editorial.editions.working.tracking import tracked_models
from editorial.editions.working.translated_words import typed_words
from editorial.library.models import Reference, Topic
from editorial.library.services.topics import save_topic
from tests.factories import pages, people
from tests.layers import layer

pytestmark = pytest.mark.django_db

TRACKED = [Article, ArticleTopic, KeyPoint, Section, Topic, Reference]


@layer
def author():
    return people.author()


@layer
def document(author):
    topic = save_topic("breast-cancer", "Breast cancer", user=author)
    return pages.article(
        author, topics=[topic], key_points=[{"text": "A point.[@schmid-2020]"}], references=[pages.reference()]
    )


@layer
def live_document(document, author):
    pages.publish(document, author, people.reviewer())
    return document


def history_counts() -> dict:
    return {model.__name__: model.history.count() for model in TRACKED}


def section_row(document, **changed) -> dict:
    section = pages.working(document).sections.first()
    return {"id": section.pk, "heading": section.heading_en, "body": section.body_en, **changed}


def test_every_model_of_an_article_is_tracked():
    assert set(TRACKED) <= set(tracked_models())


def test_a_save_that_changes_nothing_writes_no_history(document, author):
    before = history_counts()
    article = pages.working(document)
    pages.edit(
        document, author, title=article.title_en, lead=article.lead_en, topics=Topic.objects.all(),
        key_points=[{"id": article.key_points.get().pk, "text": article.key_points.get().text_en}],
        sections=[section_row(document)],
        references=[pages.reference()],
    )  # fmt: skip
    assert history_counts() == before


def test_prose_from_an_editor_that_drops_ids_is_no_change(document, author):
    before = history_counts()
    pages.edit(document, author, sections=[section_row(document, body=pages.SECTION["body"])])
    assert history_counts() == before


@pytest.mark.parametrize("active", people.EVERY_LANGUAGE)
def test_saving_under_another_active_language_changes_the_source_alone(document, author, active):
    with override(active):
        pages.edit(document, author, title="Changed", sections=[section_row(document, heading="Changed too")])
    article = Article.objects.get(document=document)
    assert article.title_en == "Changed"
    for language in ("es", "ar", "zh_hans", "vi"):
        assert not getattr(article, f"title_{language}")
        assert not getattr(article.sections.first(), f"heading_{language}")


@pytest.mark.parametrize("active", people.EVERY_LANGUAGE)
def test_history_tells_no_change_that_nobody_made(document, author, active):
    with override(active):
        pages.edit(document, author, lead="Changed lead.", reason="why")
    newest, older = Article.history.filter(document_id=document.pk).order_by("-history_id")[:2]
    assert newest.diff_against(older).changed_fields == ["lead_en"]


def test_history_says_who_when_and_why(document):
    other = people.author(first_name="Ana", last_name="Ruiz")
    reason = ("Because of a new study. " * 20).strip()
    pages.edit(document, other, title="Changed", reason=reason)
    row = Article.history.filter(document_id=document.pk).latest("history_id")
    assert (row.history_user, row.history_user_name, row.history_change_reason) == (other, "Ana Ruiz", reason)
    other.last_name = "Changed"
    other.save()
    assert Article.history.get(pk=row.pk).history_user_name == "Ana Ruiz"


def test_nothing_is_saved_without_a_name(document):
    article = pages.working(document)
    article.title_en = "Nobody's"
    with pytest.raises(RuntimeError, match="through a service"):
        article.save()


def test_a_stale_form_is_refused_and_says_whose_words_it_would_have_lost(document, author):
    other = people.author()
    token = version_token(document, "en")
    save_article(document, user=other, token=token, fields={"title": "Theirs"})
    before = history_counts()
    with pytest.raises(WorkingCopyChanged, match=other.name):
        save_article(document, user=author, token=token, fields={"title": "Mine"})
    assert pages.working(document).title_en == "Theirs"
    assert history_counts() == before


def test_each_language_has_its_own_token(document, author):
    reviewer, spanish, arabic = people.reviewer(), people.translator("es"), people.translator("ar")
    pages.publish(document, author, reviewer)
    tokens = {language: version_token(document, language) for language in ("en", "es", "ar")}
    pages.translate(document, "es", spanish, token=tokens["es"])
    pages.translate(document, "ar", arabic, token=tokens["ar"])
    pages.edit(document, author, title="Changed")
    with pytest.raises(WorkingCopyChanged, match=spanish.name):
        pages.translate(document, "es", people.translator("es"), token=tokens["es"])


@pytest.mark.parametrize(
    ("person", "language", "may"),
    [
        (people.author, "en", True),
        (people.head, "en", True),
        (people.author, "es", False),
        (people.head, "es", False),
        (lambda: people.translator("es"), "es", True),
        (lambda: people.translator("es"), "ar", False),
        (lambda: people.translator("es"), "en", False),
        (people.reviewer, "en", False),
        (people.reviewer, "es", False),
        (people.operator, "en", False),
        (people.site_admin, "en", False),
        (lambda: people.person(is_superuser=True), "en", False),
        (lambda: people.author(is_active=False), "en", False),
    ],
)
def test_only_those_with_the_role_write(live_document, person, language, may):
    document, user = live_document, person()
    before = Contribution.objects.count()

    def write():
        if language == "en":
            pages.edit(document, user, title="Changed")
        else:
            pages.translate(document, language, user)

    if may:
        write()
        assert Contribution.objects.filter(user=user, language=language).exists()
    else:
        with pytest.raises(Blocked, match="Your role can't"):
            write()
        assert Contribution.objects.count() == before


def test_another_documents_parts_are_out_of_reach(document, author):
    other = pages.article(author)
    with pytest.raises(Blocked, match="no longer exists"):
        pages.edit(document, author, sections=[section_row(other, heading="Mine now")])
    assert pages.working(other).sections.get().heading_en == pages.SECTION["heading"]
    assert version_token(document, "en") == 2


def test_block_ids_cannot_be_chosen_by_a_form(document, author):
    foreign = 'b-chosen" onclick="x'
    pages.edit(
        document, author, sections=[section_row(document, body=f"<p data-id='{foreign}'>Quite new words here</p>")]
    )
    assert "chosen" not in pages.working(document).sections.get().body_en


def test_what_authors_paste_is_stored_clean(document, author):
    nasty = "<p onclick=x>New<script>alert(1)</script> words<img src=x></p><svg/onload=x><a>link</a>"
    pages.edit(document, author, title="<b>T</b>  <script>", sections=[section_row(document, body=nasty)])
    body = pages.working(document).sections.get().body_en
    assert "onclick" not in body and "script" not in body and "svg" not in body and "href" not in body


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "sms:988", "vbscript:x", "/\\x.org"])
def test_a_link_that_cannot_be_kept_is_refused_in_words_and_nothing_is_saved(document, author, link):
    before = pages.working(document).sections.get().body_en
    with pytest.raises(Blocked, match="can't be linked to"):
        pages.edit(document, author, sections=[section_row(document, body=f'<p><a href="{link}">here</a></p>')])
    assert pages.working(document).sections.get().body_en == before


def test_what_translators_paste_is_stored_clean(document, author):
    pages.publish(document, author, people.reviewer())
    words = {
        place: "x<script>alert(1)</script><p onclick=x>y</p>z"
        for place, text in pages.typed_translation(freezing.find_signed_source(document), "es").items()
        if text.startswith("es <") or place[0].startswith("b-")
    }
    assert words
    pages.translate(document, "es", people.translator("es"), words)
    stored = pages.working(document).sections.get().body_es
    assert "script" not in stored and "onclick" not in stored


def test_retired_sections_keep_their_translations(document, author):
    reviewer, translator = people.reviewer(), people.translator("es")
    pages.edit(document, author, sections=[section_row(document), {"heading": "Second", "body": "<p>More words.</p>"}])
    pages.publish(document, author, reviewer)
    pages.publish_translation(document, "es", translator, reviewer)
    spanish = typed_words(document, "es")
    second = pages.working(document).sections.last()
    pages.edit(document, author, sections=[section_row(document), {"id": second.pk, "retired": True}])
    pages.publish(document, author, reviewer)
    shorter = pages.publish(document, translator, reviewer, "es")
    assert second.block_id not in {node.id for node in shorter.tree.walk()}
    pages.edit(document, author, sections=[section_row(document), {"id": second.pk, "retired": False}])
    pages.publish(document, author, reviewer)
    assert typed_words(document, "es") == spanish
    longer = pages.publish(document, translator, reviewer, "es")
    assert second.block_id in {node.id for node in longer.tree.walk()}


def test_signed_words_are_translated_though_the_author_has_moved_on(document, author):
    reviewer, translator = people.reviewer(), people.translator("es")
    pages.publish(document, author, reviewer)
    pages.edit(document, author, topics=[], sections=[section_row(document, body="<p>Quite another text by now</p>")])
    spanish = pages.publish_translation(document, "es", translator, reviewer)
    assert spanish.source_edition.number == 1


def test_an_editor_that_moves_blocks_keeps_their_translations(document, author):
    reviewer, translator = people.reviewer(), people.translator("es")
    pages.publish(document, author, reviewer)
    pages.publish_translation(document, "es", translator, reviewer)
    moved = "<ul><li><p>Two</p></li><li><p>One</p></li></ul><p>It helps the <strong>immune system</strong>.</p>"
    pages.edit(document, author, sections=[section_row(document, body=moved)])
    pages.publish(document, author, reviewer)
    assert freezing.find_unchecked_units(document, "es", freezing.find_signed_source(document)) == []
    assert pages.publish(document, translator, reviewer, "es").number == 2


SPACED = [
    pytest.param({"title": "Immunotherapy\u00a0with 5\u202fmg"}, id="a plain text"),
    pytest.param({"lead": "Whom\u00a0it  helps[@schmid-2020] "}, id="a text that cites"),
    pytest.param({"change_note": "a\u00a0note"}, id="a field that is not translated"),
    pytest.param({"key_points": "One\u00a0point"}, id="a part"),
    pytest.param({"body": "<p>Take 200\u00a0mg <strong>once\u2007a day</strong>.</p>"}, id="a block"),
    pytest.param({"body": "<p>Take&nbsp;200  mg\n<strong>once a day</strong>.</p>\n"}, id="a block as it is typed"),
]


def spaced_fields(document, fields: dict) -> dict:
    """What a form sends whose texts are these, and all others as they are saved."""
    points, sections = pages.working(document).key_points.get(), pages.working(document).sections.get()
    body = fields.pop("body", sections.body_en)
    return {
        "key_points": [{"id": points.pk, "text": fields.pop("key_points", points.text_en)}],
        "sections": [{"id": sections.pk, "heading": sections.heading_en, "body": body}],
        **fields,
    }


def rows_of_history() -> list[int]:
    return [model.history.count() for model in TRACKED]


@layer
def plain_document(author):
    return pages.article(
        author,
        title="Immunotherapy with 5 mg",
        lead="Whom it helps[@schmid-2020]",
        change_note="a note",
        references=[pages.reference()],
        key_points=[{"text": "One point"}],
        sections=[{"heading": "What?", "body": "<p>Take 200 mg <strong>once a day</strong>.</p>"}],
    )


@pytest.mark.parametrize("fields", SPACED)
def test_white_space_of_another_sort_is_no_change_and_makes_nobody_a_contributor(plain_document, fields):
    before = rows_of_history(), version_token(plain_document, "en"), Contribution.objects.count()
    search_text = list(SearchText.objects.values_list())
    pages.edit(plain_document, people.author(), **spaced_fields(plain_document, dict(fields)))
    assert (rows_of_history(), version_token(plain_document, "en"), Contribution.objects.count()) == before
    assert list(SearchText.objects.values_list()) == search_text


def test_a_no_break_space_stays_when_an_editor_sends_a_space(author):
    kept = {"heading": "Take 5\u00a0mg", "body": "<p>Take 200\u00a0mg.</p>"}
    document = pages.article(author, title="5\u00a0mg", lead="Take 5\u00a0mg", sections=[kept])
    plain = {name: text.replace("\u00a0", " ") for name, text in kept.items()}
    pages.edit(document, author, title="5 mg", lead="Take 5 mg", sections=[section_row(document, **plain)])
    section = pages.working(document).sections.get()
    texts = [pages.working(document).title_en, pages.working(document).lead_en, section.heading_en, section.body_en]
    assert [text.count("\u00a0") for text in texts] == [1, 1, 1, 1]


def test_a_save_of_what_is_saved_makes_nobody_a_contributor_and_a_changed_choice_does(plain_document):
    reader, author = people.author(), people.author()
    pages.edit(plain_document, reader, **spaced_fields(plain_document, {}))
    pages.edit(plain_document, author, review_interval_months=7, **spaced_fields(plain_document, {}))
    wrote = set(plain_document.contributions.values_list("user", flat=True))
    assert reader.pk not in wrote and author.pk in wrote


def test_a_translators_white_space_is_no_change_but_a_check_is(document, author):
    pages.publish(document, author, people.reviewer())
    first, second, third = (people.translator("es") for _number in range(3))
    pages.translate(document, "es", first)
    source = freezing.find_signed_source(document)
    before = rows_of_history(), version_token(document, "es")
    words = {place: text.replace(" ", "\u00a0") for place, text in typed_words(document, "es").items()}
    pages.translate(document, "es", second, words)
    assert (rows_of_history(), version_token(document, "es")) == before
    section = pages.working(document).sections.get()
    pages.edit(document, author, sections=[section_row(document, heading=f"{section.heading_en} Now")])
    pages.publish(document, author, people.reviewer())
    unchecked = freezing.find_unchecked_units(document, "es", freezing.find_signed_source(document))
    pages.translate(document, "es", third, {}, checked=[unit.place for unit in unchecked])
    wrote = set(document.contributions.filter(language="es").values_list("user", flat=True))
    assert source and (first.pk in wrote, second.pk in wrote, third.pk in wrote) == (True, False, True)


def test_create_article_leaves_nothing_when_it_is_refused(document, author):
    before = Document.objects.count()
    for user, slug in ((author, document.slug), (people.reviewer(), "new")):
        with pytest.raises(Blocked):
            create_article(slug, "Title", user=user)
    assert Document.objects.count() == before


def test_new_articles_begin_with_their_author_as_contributor(author):
    document = create_article("new", "  A   title ", user=author).document
    assert pages.working(document).title_en == "A title"
    assert [contribution.user for contribution in document.contributions.all()] == [author]
    assert version_token(document, "en") == 1


def test_topics_are_rows_whose_history_is_kept(document, author):
    other = save_topic("immunotherapy", "Immunotherapy", user=author)
    pages.edit(document, author, topics=[other], reason="moved")
    kinds = (
        ArticleTopic.history.filter(article_id=document.pk)
        .order_by("history_id")
        .values_list("history_type", flat=True)
    )
    assert list(kinds) == ["+", "-", "+"]
    removed = ArticleTopic.history.get(article_id=document.pk, history_type="-")
    assert (removed.history_user_name, removed.history_change_reason) == (author.name, "moved")


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("CA", "CAB"),  # B goes on following A
        ("A", "ABC"),
        ("C", "ABC"),  # nothing to follow: they stay first
        ("AnC", "ABnC"),
        ("Cn", "ABCn"),
        ("n", "ABCn"),
        ("", "ABC"),
    ],
)
def test_a_part_that_a_save_does_not_name_keeps_its_place_after_the_one_it_follows(author, named, expected):
    rows = [{"id": None, "heading": name, "body": "<p>x</p>", "care_level": ""} for name in "ABC"]
    document = pages.article(author, sections=rows)
    known = {part.heading_en: part.pk for part in pages.working(document).sections.all()}
    pages.edit(document, author, sections=[{**rows[0], "id": known.get(name), "heading": name} for name in named])
    kept = list(pages.working(document).sections.all())
    assert "".join(part.heading_en for part in kept) == expected
    assert len({part.order for part in kept}) == len(kept)
