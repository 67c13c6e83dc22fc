"""The desk's search finds words in texts: in every language, whatever the marks and capitals, on both databases."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.desk.page_search import find_pages, named_pages, pages_at, pages_with_words
from editorial.editions.blockers import Blocked
from editorial.editions.freezing import find_signed_source
from editorial.editions.kinds import kind_named
from editorial.editions.models import SearchText
from editorial.editions.search_words import index_text, query_words
from editorial.editions.working import search_texts
from editorial.editions.working.copies import version_token
from editorial.editions.working.translated_words import write_translation
from editorial.library.services.topics import save_topic
from tests.factories import figures, pages, people
from tests.layers import layer
from tests.parsing import parse_page
from tests.reading.query_plans import explain

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

ARTICLES = "/admin/articles/article/"
BODY = "<p>Ask about naïve T cells and <strong>im</strong>munity, Đặng said.</p><ul><li><p>Straße 12</p></li></ul>"
TRANSLATED = {
    "es": "<p>La inmunización del niño</p>",
    "ar": "<p>اِسْأَلْ طَبِيبَكَ عن العِلاجُ ٣ مرات</p>",
    "zh-hans": "<p>免疫治疗可以帮助</p>",
    "vi": "<p>Liệu pháp miễn dịch</p>",
}


@layer
def written(world):
    """An article with words in every language, and one that has none of them."""
    document = pages.article(world.author, slug="wanted", title="Wanted", sections=[{"heading": "What?", "body": BODY}])
    pages.publish(document, world.author, world.reviewer)
    source = find_signed_source(document)
    [place] = [place for place, text in pages.typed_translation(source, "es").items() if "naïve" in text]
    translator = people.translator("es", "ar", "zh-hans", "vi")
    for language, words in TRANSLATED.items():
        write_translation(
            document, language, {place: words}, source=source, user=translator, token=version_token(document, language)
        )
    pages.article(world.author, slug="other", title="Other")
    return document


def found(client, query: str, path: str = ARTICLES) -> list[str]:
    """Titles in the list of what is found."""
    root = parse_page(client.get(path, {"q": query}))
    cells = [*root.iter("td"), *root.iter("th")]
    return [cell.find(".//strong").text for cell in cells if "field-working_title" in cell.get("class", "")]


@pytest.mark.parametrize(
    "query",
    ["naive", "NAÏVE", "immunity", "dang said", "strasse", "said straße", "wanted naive", "12",
     "inmunizacion", "NIÑO", "nino inmunización", "اسأل", "العلاج", "طبيبك", "اِسْأَلْ", "3 مرات", "免疫", "治疗", "疗",
     "助", "可以帮助", "lieu phap", "MIEN DICH", "dịch"],
)  # fmt: skip
def test_a_word_of_a_text_is_found_whatever_its_marks_and_capitals(signed_in, world, written, query):
    assert found(signed_in(world.author), query) == ["Wanted"]


@pytest.mark.parametrize(
    "query",
    ["naive nothing", "naive inmunizacion", "mmunity", "strong", "免助", "naive' | 'x", "ul", "%", "_"],
)
def test_what_no_text_of_one_language_has_is_not_found(signed_in, world, written, query):
    assert "Wanted" not in found(signed_in(world.author), query)


@pytest.mark.parametrize(
    "query",
    ["plain", "plainly-sp", "plainly spoken", "plainly-spoken-words", "/articles/plainly-spoken-words/", "PLAINLY"],
)
def test_the_beginning_of_an_address_is_found(signed_in, world, written, query):
    pages.article(world.author, slug="plainly-spoken-words", title="Spoken")
    client = signed_in(world.author)
    assert found(client, query) == ["Spoken"]
    picked = client.get("/admin/library/reference/pick/", {"q": query}).json()["results"]
    assert [item["name"] for item in picked] == ["Spoken"]


def test_pages_are_found_at_their_address_then_by_their_title_then_by_their_words(world, written):
    pages.article(world.author, slug="a-page", title="On quaggas")
    pages.article(world.author, slug="b-page", title="Other", lead="Quaggas are rare.")
    pages.article(world.author, slug="c-page", title="Quaggas")
    pages.article(world.author, slug="quagga-page", title="Others")
    addresses = ["quagga-page", "a-page", "c-page", "b-page"]
    for most in (1, 2, 3, 4, 9):
        found = find_pages(kind_named("article"), "quagga", most)
        assert [page.document.slug for page in found] == addresses[:most]


@pytest.mark.parametrize("search", [pages_at, named_pages, pages_with_words])
def test_a_search_by_name_or_words_reads_past_no_table(world, written, search):
    assert not re.search("SCAN (?!.*VIRTUAL)|Seq Scan", explain(lambda: list(search(kind_named("article"), "wan")[:8])))


def test_a_search_in_a_list_reads_past_no_table(signed_in, world, written):
    client = signed_in(world.author)
    client.get(ARTICLES, {"q": "wan"})
    plan = explain(lambda: client.get(ARTICLES, {"q": "wan"}))
    assert not re.search(
        "SCAN (articles_article|editions_(document|searchtext))|Seq Scan on (articles|editions)_", plan
    )


@pytest.mark.parametrize(
    "query", ["", " ", "\0", "😀", "!!!", "x" * 5000, "a " * 500, "'", '"', "🄰\ud7ff", "NOT AND OR NEAR(", "*"]
)
def test_whatever_is_asked_there_is_an_answer(signed_in, world, written, query):
    assert signed_in(world.author).get(ARTICLES, {"q": query}).status_code == 200


def test_a_saved_word_is_found_and_a_deleted_one_is_not(signed_in, world, written):
    client = signed_in(world.author)
    section = written.article.sections.get()
    pages.edit(written, world.author, sections=[{"id": section.pk, "heading": "What?", "body": "<p>Zebra</p>"}])
    assert found(client, "zebra") == ["Wanted"]
    assert found(client, "naive") == []
    assert found(client, "inmunizacion") == ["Wanted"], "the other languages keep theirs"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("library/reference", "etude ZURICH"), ("library/reference", "naïvete"), ("library/reference", "10.1056/etu"),
        ("library/figure", "uberblick cellule"), ("library/figure", "ÜBERBLICK"), ("library/topic", "cancer naso"),
        ("library/reference/choices", "etude"), ("library/figure/choices", "cellule"),
        ("library/reference/pick", "etude zurich"),
    ],
)  # fmt: skip
def test_the_librarys_lists_find_words_whatever_their_marks_and_capitals(signed_in, world, path, query):
    source = pages.reference("etude-1", title="Étude naïveté", source="Zürich 2020", doi="10.1056/etude1")
    pages.put_references(world.author, source)
    figures.figure(world.author, "uberblick", alt="Überblick: une cellulé")
    save_topic("naso", "Cáncer of the Nasopharynx", user=world.author)
    page = signed_in(world.author).get(f"/admin/{path}/", {"q": query}).content.decode()
    assert any(words in page for words in ("etude-1", "uberblick", "Cáncer of the Nasopharynx"))
    other = signed_in(world.author).get(f"/admin/{path}/", {"q": f"{query} zzz"}).content.decode()
    assert not any(words in other for words in ("etude-1", "Überblick:", "Cáncer of the Nasopharynx"))


def test_a_save_that_is_refused_changes_no_search_text(signed_in, world, written):
    before = [*SearchText.objects.order_by("pk").values()]
    with pytest.raises(Blocked):
        write_translation(
            written, "es", {("nowhere", ""): "x" * 300_000}, source=find_signed_source(written),
            user=people.translator("es"), token=version_token(written, "es"),
        )  # fmt: skip
    assert [*SearchText.objects.order_by("pk").values()] == before


def test_drafts_of_before_are_found_once_all_migrations_have_run(signed_in, world, written):
    kept = dict(SearchText.objects.values_list("document", "words").filter(language="en"))
    SearchText.objects.all().delete()
    search_texts.keep_missing_search_texts(sender=None, using="default")
    assert dict(SearchText.objects.values_list("document", "words").filter(language="en")) == kept
    assert found(signed_in(world.author), "naive") == ["Wanted"]


def test_a_search_takes_as_few_queries_however_much_is_found(signed_in, world, written):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(ARTICLES, {"q": "naive"})
        return len(captured)

    client = signed_in(world.author)
    before = queries()
    for number in range(3):
        pages.article(world.author, slug=f"more-{number}", sections=[{"heading": "What?", "body": BODY}])
    assert queries() == before


def test_the_words_of_a_query_are_those_of_the_text_that_has_it():
    for text in [
        "Café au lait",
        "ﬁne ﬁsh",
        "İstanbul",
        "免疫治疗",
        "T细胞 and B细胞",
        "ـمـاءـ",
        "a\u200cb",
        "½ ² x³",
        "𠀀𠀁",
    ]:
        words = set(index_text([text]).split(" "))
        assert all(any(word.startswith(asked) for word in words) for asked in query_words(text)), text
