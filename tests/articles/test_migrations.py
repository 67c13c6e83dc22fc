"""What articles kept for themselves before there was a library is all in it afterwards."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from editorial.editions import triggers
from tests.databases import connected_to, copied

PEOPLE = ("accounts", "0002_choice_of_mail")
BEFORE = [PEOPLE, ("articles", "0002_section_pieces"), ("library", "0003_phrases_and_pages")]
AFTER = [PEOPLE, ("articles", "0004_drop_own_references")]


def migrated(targets):
    if connection.vendor == "sqlite":
        triggers.lift(connection)  # as the migrate command does
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


class Old:
    """Rows as they were."""

    def __init__(self, apps):
        self.apps = apps
        self.user = apps.get_model("accounts", "User").objects.create(username="somebody")

    def article(self, slug: str, text: str, references: list[dict]) -> int:
        document = self.apps.get_model("editions", "Document").objects.create(kind="article", slug=slug)
        article = self.apps.get_model("articles", "Article").objects.create(document=document)
        key_point = self.apps.get_model("articles", "KeyPoint")
        key_point.objects.create(article=article, block_id="k-1", text_en=text, text_es=f"es {text}")
        section = self.apps.get_model("articles", "Section")
        section.objects.create(article=article, block_id="s-1", heading_en="H", body_en=f"<p>{text}</p>")
        for order, fields in enumerate(references):
            values = {
                "order": order, "retired": False, "title": f"{slug} {fields['key']}", "source": "S", "doi": "",
                "pmid": "", "url": "", "accessed_on": "2026-01-01", **fields,
            }  # fmt: skip
            row = self.apps.get_model("articles", "Reference").objects.create(article=article, **values)
            self.apps.get_model("articles", "HistoricalReference").objects.create(
                id=row.pk, article=article, history_user=self.user, history_user_name="Some Body", history_type="+",
                history_date="2026-01-01T00:00Z", **values,
            )  # fmt: skip
        return document.pk


@pytest.fixture(scope="module")
def library(template_database, django_db_blocker):
    """The articles' tables and the library as they are after the migration of two articles. Tests only read them."""
    with copied(template_database) as url, django_db_blocker.unblock(), connected_to(url):
        yield _library()


def _library():
    old = Old(migrated(BEFORE))
    old.article("first", "A[@a]B[@b]", [
        {"key": "a", "doi": "10.1000/One"}, {"key": "b", "url": "https://example.org/b"}, {"key": "lost"},
    ])  # fmt: skip
    old.article("second", "A[@a]B[@b]C[@c]D[@d][@other]", [
        {"key": "c", "doi": "10.1000/ONE", "pmid": "7"},  # the first one's a
        {"key": "a", "pmid": "8"},  # another source under the key a
        {"key": "b", "url": "https://example.org/b"},
        {"key": "d", "pmid": "8"},  # this article's own a once more
    ])  # fmt: skip
    return migrated(AFTER)


def test_each_source_is_in_the_library_once(library):
    rows = library.get_model("library", "Reference").objects.order_by("key").values_list("key", "doi", "pmid", "url")
    assert list(rows) == [
        ("a", "10.1000/One", "7", ""),
        ("a-2", "", "8", ""),
        ("b", "", "", "https://example.org/b"),
    ]


def test_texts_of_every_language_cite_what_they_cited(library):
    point = library.get_model("articles", "KeyPoint").objects.get(article__document__slug="second")
    assert point.text_en == "A[@a-2]B[@b]C[@a]D[@a-2][@other]"
    assert point.text_es == f"es {point.text_en}"
    assert point.text_ar is None
    section = library.get_model("articles", "Section").objects.get(article__document__slug="second")
    assert section.body_en == f"<p>{point.text_en}</p>"
    first = library.get_model("articles", "KeyPoint").objects.get(article__document__slug="first")
    assert first.text_en == "A[@a]B[@b]"


def test_history_says_who_wrote_them(library):
    History = library.get_model("library", "HistoricalReference")
    kept = library.get_model("library", "Reference").objects.get(key="a")
    told = History.objects.filter(id=kept.pk).order_by("history_id")
    assert list(told.values_list("history_type", "pmid", "history_user_name")) == [
        ("+", "", "Some Body"),
        ("~", "7", "Some Body"),
    ]


def test_the_old_tables_are_gone(library):
    tables = connection.introspection.table_names()
    assert [name for name in tables if name in ("articles_reference", "articles_historicalreference")] == []
