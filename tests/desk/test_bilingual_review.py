"""What a reviewer of a translation sees: both languages, what changed in each, and the reasons that were given."""

import pytest

from editorial.editions.tree.units import find_units
from editorial.reviews.services import add_remark
from tests.factories import pages, people
from tests.factories.counting import counted_cost
from tests.factories.pages import submit
from tests.layers import layer
from tests.reading import rendered

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BODY = "<p>Call if your fever is over {fever} °C.</p><p>Rest at home{rest}.</p><p>Do not drive.</p>"
SPANISH = {
    "Call": "Llame si su fiebre supera los {fever} °C.",
    "Rest": "Descanse en casa{rest}.",
    "Do not": "No conduzca.",
    "Fever": "Fiebre",
    "Immunotherapy": "Inmunoterapia",
    "What it is": "Qué es y a quién ayuda.",
}


def _body(fever: int, rest: str = "") -> str:
    return BODY.format(fever=fever, rest=rest)


class Translated:
    """A page that is live in Spanish; then its source changed and was signed, and was translated again."""

    def __init__(self):
        self.author, self.translator = people.author(), people.translator("es")
        self.english, self.reviewer = people.reviewer("en"), people.reviewer("es")
        sections = [{"heading": "Fever", "body": _body(38)}]
        self.document = pages.article(self.author, sections=sections)
        self.sources = [pages.publish(self.document, self.author, self.english)]
        self.translate(38)
        self.first = pages.publish(self.document, self.translator, self.reviewer, "es")

    def change_source(self, body: str) -> None:
        section = pages.working(self.document).sections.get()
        pages.edit(self.document, self.author, sections=[{"id": section.pk, "heading": "Fever", "body": body}])
        self.sources.append(pages.publish(self.document, self.author, self.english))

    def translate(self, fever: int, rest: str = "") -> None:
        source = self.sources[-1]
        words = {}
        for unit in find_units(source.tree):
            plain = unit.node.plain(unit.place[1])
            spanish = next(text for start, text in SPANISH.items() if plain.startswith(start))
            words[unit.place] = spanish.format(fever=fever, rest=rest)
        pages.translate(self.document, "es", self.translator, words, checked=list(words))

    def submit(self, fever: int = 39, rest: str = "", *, has_reasons: bool = False):
        self.translate(fever, rest)
        if not has_reasons:
            pages.give_reasons(self.document, "es", self.translator)
        return submit(self.document, "es", user=self.translator)


@layer
def translated() -> Translated:
    return Translated()


ROWS = "//ol[contains(@class, 'bilingual')]/li"
LOUD, FOLDS = f"{ROWS}[not(contains(@class, 'fold'))]", f"{ROWS}[contains(@class, 'fold')]"


def _page(client, edition, query=""):
    response = client.get(f"/admin/desk/editions/{edition.pk}/{query}")
    assert response.status_code == 200
    return rendered.parsed(response)


def _texts(root, path):
    return ["".join(found.itertext()).strip() for found in root.xpath(path)]


def test_what_changed_is_marked_in_both_languages_side_by_side(translated, signed_in):
    translated.change_source(_body(39))
    edition = translated.submit()
    page = _page(signed_in(translated.reviewer), edition)
    [row] = page.xpath(LOUD)
    source, target = row.xpath(".//div[@class='pair']/div")
    assert (source.get("lang"), target.get("lang")) == ("en", "es")
    assert _texts(source, ".//del") == ["38"]
    assert _texts(source, ".//ins") == ["39"]
    assert (_texts(target, ".//del"), _texts(target, ".//ins")) == (["38"], ["39"])
    folds = _texts(page, f"{FOLDS}/details/summary")
    assert folds and all("unchanged" in words for words in folds)


def test_what_changed_in_one_language_only_says_so(translated, signed_in):
    translated.change_source(_body(39, " today"))
    edition = translated.submit(38, " hoy")
    page = _page(signed_in(translated.reviewer), edition)
    assert "changed in the source only" in " ".join(_texts(page, f"{ROWS}//*[contains(@class, 'badge')]"))
    source, target, *_others = page.xpath("//*[@id='highlights']//div[@class='pair']/div")
    assert "39" in "".join(source.itertext())
    assert "nothing of this sort changed" in "".join(target.itertext())


def test_what_changed_in_one_language_only_comes_first(translated, signed_in):
    translated.change_source(_body(39, " for 3 days"))
    edition = translated.submit(39)
    page = _page(signed_in(translated.reviewer), edition)
    said = _texts(page, "//*[@id='highlights']/ul/li")
    assert ["nothing of this sort changed" in words for words in said] == [True, False]


def test_reasons_stand_before_the_signature_and_at_their_text(translated, signed_in):
    translated.change_source(_body(39, " today"))
    edition = translated.submit(38, " hoy")
    page = _page(signed_in(translated.reviewer), edition)
    [reasons] = page.xpath("//*[@id='reasons']")
    told = " ".join("".join(reasons.itertext()).split())
    assert "Made up." in told
    assert translated.translator.name in told
    order = [element.get("id") for element in page.iter() if element.get("id") in ("reasons", "changes", "signing")]
    assert order == ["reasons", "changes", "signing"]
    assert "Made up." in "".join(page.xpath(f"{ROWS}//*[@class='reason-given']")[0].itertext())
    link = reasons.xpath(".//a")[0].get("href").removeprefix("#")
    assert page.xpath(f"//*[@id='{link}']")
    assert page.xpath("//*[@id='signing']//a[@href='#reasons']")


def test_a_reason_that_was_given_before_the_signed_edition_folds_with_its_text(translated, signed_in):
    translated.change_source(_body(39, " today"))
    pages.sign(translated.submit(38, " hoy"), translated.reviewer)
    translated.change_source(_body(39, " tonight"))
    edition = translated.submit(38, " esta noche", has_reasons=True)
    page = _page(signed_in(translated.reviewer), edition)
    loud = " ".join(_texts(page, LOUD))
    assert "tonight" in loud
    assert "Made up." not in loud
    assert "Made up." in " ".join(_texts(page, "//*[@id='reasons']"))


def test_the_first_translation_shows_every_text_and_marks_none(translated, signed_in):
    page = _page(signed_in(translated.reviewer), translated.first)
    assert len(page.xpath(ROWS)) == 5
    assert not page.xpath(f"{ROWS}//ins | {ROWS}//del")


def test_all_texts_are_a_click_away(translated, signed_in):
    translated.change_source(_body(39))
    edition = translated.submit()
    client = signed_in(translated.reviewer)
    [switch] = _page(client, edition).xpath("//*[@class='switch']/a")
    page = _page(client, edition, switch.get("href").split("#")[0])
    assert len(page.xpath(ROWS)) == 5


def test_many_texts_come_in_pages_in_as_many_queries_and_each_is_reached(translated, signed_in):
    client = signed_in(translated.reviewer)
    asked = []
    for count in (60, 220):
        document = pages.article(
            translated.author,
            sections=[{"heading": "Many", "body": "".join(f"<p>Text {n} is here.</p>" for n in range(count))}],
        )
        pages.publish(document, translated.author, translated.english)
        pages.translate(document, "es", translated.translator)
        pages.give_reasons(document, "es", translated.translator)
        edition = submit(document, "es", user=translated.translator)
        client.get(f"/admin/desk/editions/{edition.pk}/")
        with counted_cost() as cost:
            page = _page(client, edition)
        asked.append(cost.queries)
        assert len(page.xpath(ROWS)) == 50
    assert asked[0] == asked[1]
    page = _page(client, edition, "?page=5")
    assert "Text 219" in " ".join(_texts(page, ROWS))


def test_a_remark_on_a_text_comes_back_to_its_page_and_to_the_translator(translated, signed_in):
    translated.change_source(_body(39))
    edition = translated.submit()
    node = next(node for node in edition.tree.walk() if node.plain("text").startswith("Llame"))
    client = signed_in(translated.reviewer)
    response = client.post(
        f"/admin/desk/editions/{edition.pk}/remark/?units=all", {"node": node.id, "text": "Is it 39 °C?"}
    )
    assert response.url.startswith(f"/admin/desk/editions/{edition.pk}/?units=all#remark-")
    [row] = _page(client, edition).xpath(LOUD)
    assert "Is it 39 °C?" in "".join(row.itertext())
    back = signed_in(translated.translator).get(f"/admin/translate/{translated.document.pk}/es/").content.decode()
    assert "Is it 39 °C?" in back


def test_a_text_with_a_remark_is_not_folded_though_nothing_changed_in_it(translated, signed_in):
    translated.change_source(_body(39))
    edition = translated.submit()
    node = next(node for node in edition.tree.walk() if node.plain("text").startswith("No conduzca"))
    add_remark(edition, user=translated.reviewer, text="Better: No maneje.", node_id=node.id)
    loud = _texts(_page(signed_in(translated.reviewer), edition), LOUD)
    assert len(loud) == 2
    assert "Better: No maneje." in loud[1]


def test_a_text_that_left_the_source_is_shown_as_gone_in_both(translated, signed_in):
    translated.change_source(_body(38).replace("<p>Rest at home.</p>", ""))
    edition = translated.submit(fever=38)
    page = _page(signed_in(translated.reviewer), edition)
    gone = {word for words in _texts(page, f"{ROWS}[contains(@class, 'change-removed')]//del") for word in [words]}
    assert gone == {"Rest at home.", "Descanse en casa."}
