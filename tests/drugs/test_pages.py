"""Pages of drugs as readers get them: languages, signed words, tables that match the drawing, pieces on their own."""

import re
from dataclasses import replace

import pytest

from editorial.accounts.languages import bcp47, direction
from tests.drugs import rendering, trees
from tests.drugs.rendering import LABEL, MARK, Labels, marked
from tests.reading import rendered

pytestmark = pytest.mark.django_db  # the list is asked from rows

LANGUAGES = ["en", "es", "ar", "zh-hans", "vi"]
PIECES = ["card", "approvals", "dosing", "side_effects"]
ALL = marked(trees.everything())
ITEMS = [trees.item(ALL, title=f"{MARK} title")]


def pictured(what: str, language: str, **more):
    if what == "page":
        return rendering.page(ALL, language, **more)
    if what == "list":
        own = more.pop("words_in", language)
        fields = {"lang": bcp47(own), "dir": direction(own), "is_fallback": own != language}
        return rendering.listing([trees.item(ALL, title=f"{MARK} title", **fields)], language=language, **more)
    return rendering.piece(what, ALL, language, **more)


def elements(response, tag: str, name: str = "") -> list:
    """Elements with this tag and, if named, this class."""
    found = rendered.parsed(response).iter(tag)
    return [item for item in found if not name or name in (item.get("class") or "").split()]


def said(element) -> str:
    return " ".join("".join(element.itertext()).split())


# --- Languages ---


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("own", ["en", "ar"])
@pytest.mark.parametrize("what", ["page", "list", *PIECES])
def test_words_of_the_drug_and_of_the_reader_are_never_mixed(what, language, own):
    texts = rendered.texts(pictured(what, language, words_in=own))
    of_drug = [text for text in texts if MARK in text.words]
    of_reader = [text for text in texts if LABEL in text.words]
    assert of_drug
    assert of_reader or what == "card"
    assert {(text.lang, text.dir) for text in of_drug} <= {(bcp47(own), direction(own)), (bcp47(own), "")}
    assert {(text.lang, text.dir) for text in of_reader} <= {(bcp47(language), direction(language))}


@pytest.mark.parametrize("what", ["page", "list", *PIECES])
def test_words_signed_in_the_source_language_alone_are_marked(what):
    response = pictured(what, "ar", site_words=Labels("ar", "en"))
    labels = [text for text in rendered.texts(response) if LABEL in text.words]
    assert {(text.lang, text.dir) for text in labels} <= {("en", "ltr")}
    assert not [item for item in elements(response, "option") if item.get("lang") == "ar"]


@pytest.mark.parametrize("what", ["page", "list", *PIECES])
def test_what_is_not_signed_leaves_no_gap_behind(what):
    response = pictured(what, "es", site_words=Labels("es"))
    for tag in ("h1", "h2", "h3", "h4", "h5", "label", "a", "button", "dt", "time", "summary"):
        assert [said(item) for item in elements(response, tag) if not said(item)] == [], tag
    # A state and a level of care have their sign and their colour.
    signs = {"drug-state", "care-label"}
    for tag in ("li", "p", "option"):
        empty = [item.get("class", "").split(" ")[0] for item in elements(response, tag) if not said(item)]
        assert set(empty) <= signs, tag
    for element in rendered.parsed(response).iter():
        assert element.get("aria-label") != ""
        for owner in (element.get("aria-labelledby") or "").split():
            assert [item for item in rendered.parsed(response).iter() if item.get("id") == owner]
    # Every row of a table still says what it is about.
    assert all(said(item) for item in elements(response, "th") if item.get("scope") == "row")


# --- The page ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_on_a_page_is_there_once_and_links_lead_to_it(language):
    response = rendering.page(trees.everything(), language)
    ids = [item.get("id") for item in rendered.parsed(response).iter() if item.get("id")]
    assert sorted(ids) == sorted(set(ids))
    inside = {link[1:] for link in rendered.links(response) if link and link.startswith("#")}
    assert inside - set(ids) == set()
    blocks = {
        node.id for node in trees.everything().walk() if node.type in ("approval", "event", "dose", "side-effect")
    }
    assert blocks - set(ids) == set()


@pytest.mark.parametrize("what", ["page", "list", *PIECES])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_styled_or_scripted_in_place(what, language):
    root = rendered.parsed(pictured(what, language))
    placed = [item for item in root.iter() if item.tag.split("}")[-1] in ("style", "script")]
    assert [item.get("src") for item in placed] == ["/static/js/page.js"] * (what == "page")
    assert not any(item.text for item in placed)
    assert [name for item in root.iter() for name in item.attrib if name == "style" or name.startswith("on")] == []


def rows(response, name: str) -> list[list[str]]:
    [table] = elements(response, "table", name)
    return [[said(cell) for cell in row if cell.tag in ("th", "td")] for row in table.find("tbody")]


def without_labels(response):
    """A page without the labels that only narrow screens show."""
    text = re.sub(r'<span class="cell-label".*?</span>', "", response.content.decode(), flags=re.S)
    response.content = text.encode()
    return response


def test_the_table_says_what_the_drawing_shows_with_its_source():
    response = rendering.page(trees.everything(), site_words=trees.demonstration_words("en"))
    found = [(row[0], row[1], row[3]) for row in rows(without_labels(response), "events")]
    assert found == [
        ("March 8, 2019", "Accelerated approval granted FDA BLA1", "[1]"),
        ("June 16, 2020", "Accelerated approval granted FDA BLA1", "[1]"),
        ("Nov. 13, 2020", "Accelerated approval granted FDA BLA1", "[1]"),
        ("July 26, 2021", "Regular approval granted FDA BLA1", "[1]"),
        ("July 26, 2021", "Changed to regular approval FDA BLA1", "[1]"),
        ("Aug. 27, 2021", "Withdrawn by the company FDA BLA1", "[1]"),
        ("Jan. 2, 2023", "Narrowed to fewer people FDA BLA1", "[1]"),
    ]
    marks = elements(response, "svg", "timeline-mark")
    assert len([mark for mark in marks if mark.get("y") == "18"]) == len(found)


def bars(language: str) -> list[tuple[float, float]]:
    """(place, width) of each bar of the drawing in percent."""
    [drawing] = elements(rendering.page(trees.everything(), language), "div", "timeline")
    assert drawing.get("aria-hidden") == "true"
    assert list(drawing.iter("a")) == []
    found = [item for item in drawing.iter("rect") if item.get("x").endswith("%")]
    return [tuple(float(item.get(name).removesuffix("%")) for name in ("x", "width")) for item in found]


def test_the_drawing_is_for_the_eye_alone_and_runs_the_readers_way():
    left = bars("es")
    assert len(left) == 6
    assert [x for x, _width in bars("ar")] == pytest.approx([100 - x - width for x, width in left], abs=0.011)


def test_a_withdrawn_approval_is_plain_to_see():
    response = rendering.page(trees.everything(), site_words=trees.demonstration_words("en"))
    [block] = [item for item in rendered.parsed(response).iter("section") if item.get("id") == "no-longer-approved"]
    assert "No longer approved for" in said(block.find("h2"))
    for words in ("Approval withdrawn", "Aug. 27, 2021", "Plain a-gone", "Meaning a-gone", "do not stop on your own"):
        assert words in said(block)
    assert block.find(".//*[@class='drug-state drug-state-withdrawn']/svg") is not None
    [approved] = [item for item in rendered.parsed(response).iter("section") if item.get("id") == "approvals"]
    assert "a-gone" not in said(approved)
    assert "The regulator allowed this early" in said(approved)
    assert said(approved).count("The regulator allowed this early") == 1  # of three, one is accelerated today


def test_a_drug_without_withdrawals_says_nothing_of_them():
    response = rendering.page(trees.monograph(trees.part("approvals", trees.approval("a"))))
    assert "withdrawn" not in rendered.words(response)


def test_serious_side_effects_say_how_urgent_they_are():
    response = rendering.page(trees.everything(), site_words=trees.demonstration_words("en"), jurisdiction="US")
    cards = [(said(card.find("p")), said(card.find(".//h3"))) for card in elements(response, "div", "care")]
    assert [label.split(" Call 911")[0] for label, _name in cards] == [
        "Emergency", "Call today", "Call during office hours",
    ]  # fmt: skip
    assert [name for _label, name in cards] == ["Effect s-emergency", "Effect s-urgent", "Effect s-non-urgent"]


def test_a_serious_side_effect_without_a_level_gets_no_label():
    root = trees.monograph(trees.part("side-effects", trees.effect("s")))
    [card] = elements(rendering.page(root, site_words=trees.demonstration_words("en")), "div", "care")
    assert said(card) == "Effect s Signs Signs s What to do Do s"


# --- Citations ---

FACTS = ("phase", "name", "signs", "what_to_do", "text", "meaning", "terms")


def facts(node) -> list[str]:
    return [name for name, value in node.words.items() if name in FACTS and isinstance(value, str)]


def cited(node):
    """The same, where each fact ends with a citation."""
    runs = {name: [{"text": node.words[name]}, {"cite": "a-source"}] for name in facts(node)}
    words = {**node.words, **runs}
    return replace(node, words=words, children=tuple(cited(child) for child in node.children))


def test_every_fact_on_a_page_leads_to_its_source():
    root = trees.everything()
    response = rendering.page(cited(root))
    numbered = [item for item in elements(response, "sup", "cite") if said(item) == "[1]"]
    # The regulator's decisions have their source in a column; a meaning shows of what was withdrawn alone.
    approvals = [node for node in root.walk() if node.type == "approval"]
    unseen = sum(node.id != "a-gone" for node in approvals)
    assert len(numbered) == sum(len(facts(node)) for node in root.walk()) - unseen
    assert {item.find("a").get("href") for item in numbered} == {"#ref-a-source"}


@pytest.mark.parametrize("name", PIECES)
def test_no_piece_shows_a_number_of_another_pages_references(name):
    response = rendering.piece(name, cited(trees.everything()))
    assert elements(response, "sup") == []


# --- Numbers ---

DOSES = [
    # language, attributes, the cells after the phase
    ("en", {}, ["200 mg Into a vein", "3 weeks", "Until your care team tells you to stop"]),
    ("en", {"dose": "1000", "every": 6, "number": 4}, ["1,000 mg Into a vein", "6 weeks", "4"]),
    ("en", {"dose": "7.5", "unit": "mg-per-kg", "every": 1}, ["7.5 mg per kg of body weight Into a vein", "1 week"]),
    ("en", {"dose": "0.125"}, ["0.125 mg Into a vein"]),
    ("en", {"dose": "20.0"}, ["20 mg Into a vein"]),
    ("es", {"dose": "7.5", "every": 2, "route": "skin"}, ["7,5 mg Debajo de la piel", "2 semanas"]),
    ("ar", {"every": 1}, ["200 ملغ عبر الوريد", "أسبوع واحد"]),
    ("ar", {"every": 2}, ["200 ملغ عبر الوريد", "أسبوعان"]),
    ("ar", {"every": 3}, ["200 ملغ عبر الوريد", "3 أسابيع"]),
    ("ar", {"every": 12}, ["200 ملغ عبر الوريد", "12 أسبوعًا"]),
    ("ar", {"every": 5, "every_unit": "days"}, ["200 ملغ عبر الوريد", "5 أيام"]),
    ("ar", {"every": 21, "every_unit": "days"}, ["200 ملغ عبر الوريد", "21 يومًا"]),
    ("zh-hans", {"every": 21, "every_unit": "days"}, ["200 毫克 静脉给药", "21 天"]),
]


@pytest.mark.parametrize(("language", "attrs", "cells"), DOSES)
def test_doses_are_written_as_the_reader_writes_numbers(language, attrs, cells):
    root = trees.monograph(trees.part("doses", trees.dose("d", **attrs)))
    response = rendering.page(root, language, site_words=trees.demonstration_words(language))
    [row] = rows(without_labels(response), "facts")
    assert row[1 : 1 + len(cells)] == cells


@pytest.mark.parametrize(
    ("numbers", "head", "labels"),
    [
        ([0], "How long", ["How long"]),
        ([4], "Number of doses", ["Number of doses"]),
        ([4, 0], "Number of doses", ["Number of doses", "How long"]),
    ],
)
def test_what_has_no_number_of_doses_is_labelled_by_how_long_it_is_given(numbers, head, labels):
    doses = [trees.dose(f"d{place}", number=number) for place, number in enumerate(numbers)]
    response = rendering.page(trees.monograph(trees.part("doses", *doses)), site_words=trees.demonstration_words("en"))
    [table] = elements(response, "table", "facts")
    assert said(list(table.iter("th"))[3]) == head
    assert [said(row[-1].find("span")) for row in table.find("tbody")] == labels


def test_a_number_never_stands_without_its_unit():
    root = trees.monograph(
        trees.part("doses", trees.dose("d"), trees.dose("e", unit="mg-per-kg")),
        trees.part("biomarkers", trees.biomarker("m", "PD-L1", ">=", "10", "CPS")),
    )
    response = rendering.page(root, site_words=Labels("en"))
    assert [row[1:] for row in rows(response, "facts")] == [["200 mg", "", ""], ["200 mg/kg", "", ""]]
    [marker] = elements(response, "section", "marker")
    assert said(marker.find("h3")) == "PD-L1 ≥ 10 CPS"


# --- Pieces ---


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PIECES)
def test_a_piece_stands_alone(name, language):
    response = rendering.piece(name, ALL, language)
    [heading] = elements(response, "h4")
    assert heading.get("id") == "b-here-title"
    assert MARK in said(heading)
    ids = {item.get("id") for item in rendered.parsed(response).iter() if item.get("id")}
    assert ids - {"b-here-details"} == {"b-here", "b-here-title"}
    assert rendered.links(response) == [f"/{language}/drugs/zebramab/"]
    assert "[99]" not in rendered.words(response)
    assert not {item.tag for item in rendered.parsed(response).iter()} & {"h1", "h2", "h3"}


@pytest.mark.parametrize("name", PIECES)
def test_a_piece_of_a_drug_without_such_facts_still_says_whose_it_is(name):
    response = rendering.piece(name, trees.monograph())
    assert said(elements(response, "h4")[0]).startswith("Zebramab")
    assert elements(response, "table") == []


@pytest.mark.parametrize("name", ["card", "approvals"])
def test_a_piece_tells_of_a_withdrawal_too(name):
    words = rendered.words(rendering.piece(name, trees.everything(), site_words=trees.demonstration_words("en")))
    assert "Approval withdrawn" in words
    assert "Meaning a-gone" in words


def test_a_piece_says_which_regulator_decided_and_whether_fewer_people_may_get_the_drug():
    tree, words = trees.everything(), trees.demonstration_words("en")
    response = without_labels(rendering.piece("approvals", tree, site_words=words))
    standings = {row[0]: row[-1].partition(" FDA (") for row in rows(response, "facts")}
    assert {last for _state, _where, last in standings.values()} == {"United States)"}
    states = {name: state for name, (state, _where, _last) in standings.items()}
    assert states == {
        "Plain a-early": "Regular approval Since July 26, 2021",
        "Plain a-late": "Regular approval Since July 26, 2021 Narrowed to fewer people Jan. 2, 2023",
        "Plain a-solid": "Accelerated approval Since June 16, 2020",
    }
    for name in ("approvals", "card"):
        [gone] = elements(rendering.piece(name, tree, site_words=words), "div", "piece-withdrawn")
        assert "Aug. 27, 2021 FDA (United States) Plain a-gone" in said(gone)


def test_the_heading_of_a_piece_does_not_promise_an_approval_that_is_gone():
    gone = trees.part("approvals", trees.approval("a", "regular 2020-01-01, withdrawn-by-sponsor 2021-01-01"))
    response = rendering.piece("approvals", trees.monograph(gone), site_words=trees.demonstration_words("en"))
    assert said(elements(response, "h4")[0]) == "Zebramab No longer approved for"


# --- The list ---


def test_each_row_says_which_language_its_drug_is_in():
    fallback = trees.item(ALL, title=f"{MARK} title", is_fallback=True, url="/ar/drugs/zebramab/")
    response = rendering.listing([fallback], language="ar")
    links = [item for item in elements(response, "a", "row-drug")]
    assert {(item.get("lang"), item.get("dir"), item.get("href")) for item in links} == {
        ("en", "ltr", "/ar/drugs/zebramab/")
    }
    assert rendered.words(response).count("English") == len(links) == 4


@pytest.mark.parametrize(
    ("query", "chosen", "count"),
    [
        ("", {}, "Showing 4 of 4."),
        ("state=withdrawn&cancer=hr-positive", {"state": "withdrawn", "cancer": "hr-positive"}, "Showing 1 of 4."),
        ("stage=early&biomarker=nonsense", {"stage": "early"}, "Showing 1 of 4."),
        ("cancer=her2-positive", {"cancer": "her2-positive"}, "Showing 0 of 4."),
    ],
)
def test_filters_keep_what_was_chosen_and_say_how_many_match(query, chosen, count):
    response = rendering.listing(ITEMS, query)
    [form] = elements(response, "form")
    assert (form.get("method"), form.get("action")) == ("get", ".")
    selected = {
        field.get("name"): option.get("value")
        for field in form.iter("select")
        for option in field
        if option.get("selected") is not None
    }
    assert selected == chosen
    assert count in rendered.words(response)
    labelled = {item.get("for") for item in form.iter("label")}
    assert {field.get("id") for field in form.iter("select")} == labelled
    assert ("Show the whole list" in rendered.words(response)) == bool(chosen)
    assert ("Nothing on this site matches" in rendered.words(response)) == count.startswith("Showing 0")


def test_a_filter_whose_label_is_not_signed_is_kept_but_not_offered():
    response = rendering.listing(ITEMS, "state=withdrawn", site_words=Labels("en"))
    assert elements(response, "select") == []
    [_view, kept] = elements(response, "input")
    assert (kept.get("type"), kept.get("name"), kept.get("value")) == ("hidden", "state", "withdrawn")
    assert "Showing 1 of 4." in rendered.words(response)


def test_a_list_without_drugs_says_so():
    response = rendering.listing([], "state=withdrawn")
    assert "No page can be read here yet." in rendered.words(response)
    assert elements(response, "form") == []
