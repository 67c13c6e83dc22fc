"""Whatever a page's blocks hold is called by words, in the desk's language, and never by what code calls it."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from editorial.accounts.models import User
from editorial.desk.edition.blocks import rows_of
from editorial.desk.edition.summaries import Summaries
from editorial.desk.templatetags.desk import formatted, parts
from editorial.editions.freezing import build_candidate
from editorial.editions.kinds import all_kinds, kind_of
from editorial.editions.labels import ATTR_LABELS, BLOCK_LABELS, attr_label, block_label
from editorial.editions.models import Document
from editorial.editions.tree import diff
from editorial.editions.tree.nodes import Node, Tree
from editorial.library.services.topics import save_topic
from editorial.reviews.highlights import find_highlights
from editorial.reviews.services import write_notice
from tests.factories import drugs, figures, pages, people
from tests.factories.leaflets import write_leaflet
from tests.layers import layer


@layer
def documents() -> dict[str, Document]:
    """{kind: a document with every block type that the kind makes}."""
    author, admin = people.author(), drugs.drug_admin()
    topics = [save_topic("breast-cancer", "Breast cancer", user=author)]
    monograph = drugs.monograph(
        admin, topics=topics, approvals=[drugs.APPROVAL, {**drugs.APPROVAL, "authority": "NICE"}]
    )
    drugs.verified(monograph, admin, drugs.drug_admin(), announced_on=date(2020, 11, 12))
    drugs.verified(monograph, admin, drugs.drug_admin(), approval=drugs.approval(monograph, 1))
    _say_all_facts(monograph, admin)
    prose = (
        "<h3>More</h3><p>It helps [@schmid-2020].</p><ol><li><p>One</p></li></ol>"
        "<table><caption>All</caption><tr><td>One</td></tr></table>"
    )
    article = pages.article(
        author,
        topics=topics,
        key_points=[{"text": "A point"}],
        references=[
            pages.reference(set_id="6fa682c9-a312-4932-9831-f286908660ee", label_version=1, label_date=date(2026, 1, 1))
        ],
        sections=[
            {
                "heading": "A drug",
                "body": prose,
                "piece_of": monograph,
                "piece": "card",
                "figure": figures.figure(author),
            }
        ],
    )
    words = pages.site_words(author, phrases=[{"key": "a-phrase", "text": "A phrase"}])
    news = drugs.event(monograph, admin, "withdrawn-by-agency", date(2021, 1, 1))
    notice = write_notice(news, user=admin, happened="It was withdrawn.", action="Call your care team.").document
    made = [
        article, monograph, words, pages.glossary_entry(author), write_leaflet(author, "box", "A box", "<p>Words.</p>"),
        notice,
    ]  # fmt: skip
    return {item.kind: item for item in made}


def _say_all_facts(monograph: Document, admin: User) -> None:
    """One more approval and a dose for it, with everything that may be said of one."""
    drugs.edit(monograph, admin, biomarkers=[{"name": "TMB"}, {"name": "MSI-H"}])
    one, two, three = monograph.monograph.biomarkers.all()
    patients = {"age_group": "children", "age_from": 12, "weight": "40", "weight_comparison": ">"}
    approval = {
        **drugs.APPROVAL, "cancer": "breast", "hormone_receptors": "either", "her2": "low", "setting": "metastatic",
        "line": "later", "prior": "chemotherapy", "prior_least": 1, "biomarker": one, "biomarker_2": two,
        "biomarker_3": three, "joined": "or", "sex": "female", **patients,
    }  # fmt: skip
    drugs.edit(monograph, admin, approvals=[approval])
    made = drugs.approval(monograph, 2)
    drugs.verified(monograph, admin, drugs.drug_admin(), approval=made)
    dose = {
        "dose": "2", "unit": "mg-per-kg", "most": "200", "every": 3, "cycle_days": "1, 8", "per_day": 2,
        "until": "progression", "longest": 24, "longest_unit": "months", "product": monograph.monograph.products.get(),
        "approval": made, "phase": f"From the start[@{drugs.LABEL}]", **patients,
    }  # fmt: skip
    drugs.edit(monograph, admin, doses=[dose])


def test_every_block_and_attribute_that_a_kind_makes_has_a_name(documents):
    assert documents.keys() == {kind.name for kind in all_kinds()}
    seen = set()
    for document in documents.values():
        kind, tree = kind_of(document), build_candidate(document, "en").tree
        types = {node.type for node in tree.walk()}
        assert kind.block_type_labels().keys() <= types, "not all of its blocks are made here"
        seen |= types
        for node in tree.walk():
            unnamed = [name for name in node.facts if name not in ATTR_LABELS and name not in kind.attributes.labels]
            assert unnamed == [], node.type
            if node.words or node.facts:
                is_named = node.type in BLOCK_LABELS or node.type in kind.block_type_labels()
                assert is_named, node.type
    assert BLOCK_LABELS.keys() <= seen


def test_no_kind_names_what_none_of_its_blocks_hold(documents):
    for document in documents.values():
        kind, tree = kind_of(document), build_candidate(document, "en").tree
        held = {name for node in tree.walk() for name in node.attrs} | {"page"}
        assert {
            *kind.attributes.labels,
            *kind.attributes.values,
            *kind.attributes.block_ids,
            *kind.attributes.document_keys,
        } <= held


def tree_of(document: Document, *nodes: Node | None) -> Tree:
    return Tree(document.kind, "en", Node("page", "page", children=tuple(filter(None, nodes))))


def summary(document: Document, before: Node | None, after: Node | None, *others: Node) -> str:
    kind, (old, new) = kind_of(document), (tree_of(document, node, *others) for node in (before, after))
    changes, key = diff.compare_trees(old, new), (after or before).id
    told = Summaries.among(kind, changes).of(next(change for change in changes if change.node.id == key))
    return told.replace("\u2068", "").replace("\u2069", "")


WEBP = {"digest": "c" * 64, "type": "image/webp", "width": 60, "height": 40}
PNG = {"digest": "a" * 64, "type": "image/png", "width": 60, "height": 40}
SVG = {"digest": "b" * 64, "type": "image/svg+xml", "width": 80, "height": 50}
SUMMARIES = [
    ("monograph", "dose", {"every_unit": "days", "route": "vein"}, {"every_unit": "weeks", "route": "skin"},
     "changed; weeks or days: days → weeks; route: into a vein → under the skin"),
    ("monograph", "dose", {"number": 6}, {"number": 0},
     "changed; number of doses: 6 → until the care team stops it"),
    ("monograph", "side-effect", {"serious": False, "care": ""}, {"serious": True, "care": "urgent"},
     "changed; care level: none → Call today; serious: no → yes"),
    ("monograph", "approval", {"biomarker": ""}, {"biomarker": "d-1"}, "changed; biomarker needed: none → PD-L1"),
    ("monograph", "event", {"on": "2020-01-02", "reference": "one"}, {"on": "2020-03-04", "reference": "one"},
     "changed; happened on: Jan. 2, 2020 → March 4, 2020"),
    ("monograph", "event", {"reference": "one"}, {"reference": "two"}, "changed; source: Label one → Label two"),
    ("article", "section", {"group": "overview"}, {"group": "when-to-call"},
     "changed; group: Overview → When to call"),
    ("article", "piece", {"piece": "card"}, {"piece": "approvals"},
     "changed; which piece: drug card → approvals table"),
    ("article", "figure", {"files": [WEBP, PNG]}, {"files": [WEBP, SVG]},
     "changed; picture: PNG, 60 × 40 → SVG, 80 × 50"),
    ("article", "figure", {"files": [PNG]}, {"files": [PNG | {"digest": "b" * 64}]},
     "changed; picture: PNG, 60 × 40 (aaaaaaaa) → PNG, 60 × 40 (bbbbbbbb)"),
    ("monograph", "dose", {"number": 0}, None, "removed; number of doses: until the care team stops it"),
    ("article", "figure", {"drawn": ["5 mg"]}, {"drawn": ["5 mg", "daily"]},
     "changed; words in the picture: 5 mg → 5 mg · daily"),
    ("article", "reference", {"url": "https://a.example/1"}, {"url": "https://a.example/2"},
     "changed; web address: https://a.example/1 → https://a.example/2"),
    ("article", "list", {"ordered": False}, {"ordered": True}, "changed; numbered: no → yes"),
]  # fmt: skip
OTHERS = (
    Node("biomarker", "d-1", {"name": "PD-L1"}),
    *(Node("reference", f"ref-{key}", {"key": key, "title": f"Label {key}"}) for key in ("one", "two")),
)


@pytest.mark.parametrize(("kind", "type_", "before", "after", "told"), SUMMARIES)
def test_an_attribute_that_changed_is_told_in_words(documents, kind, type_, before, after, told):
    old, new = (Node(type_, "b", attrs) if attrs is not None else None for attrs in (before, after))
    assert summary(documents[kind], old, new, *OTHERS) == told


def test_each_attribute_of_each_block_is_told_with_what_it_was_and_is(documents):
    """Both in the line of its block and, where patients may come to harm by it, as what matters most."""
    for document in documents.values():
        kind, tree = kind_of(document), build_candidate(document, "en").tree
        nodes = {(node.type, name): node for node in tree.walk() for name in node.facts}
        for (type_, name), node in nodes.items():
            now = replace(node, children=(), words={})
            for value in OTHER_VALUES[name] if name in OTHER_VALUES else [other_value(kind, name, now.attrs[name])]:
                before = replace(now, attrs={**now.attrs, name: value})
                old, new = (tree_of(document, item, *OTHERS) for item in (before, now))
                changes = [change for change in diff.compare_trees(old, new) if change.node.id == now.id]
                told = Summaries.among(kind, changes).of(changes[0]).replace("\u2068", "").replace("\u2069", "")
                was, is_now = told.partition(f"{attr_label(kind, name)}: ")[2].split(" → ")
                assert was != is_now, (type_, name)
                assert not any("…" in side or "{" in side or "[" in side for side in (was, is_now)), told
                for highlight in find_highlights(kind, old, changes, "en", sections={}):
                    for word in highlight.words:
                        sides = [text.replace("\u2068", "").replace("\u2069", "") for text in (word.before, word.after)]
                        assert sides == ["" if side == "none" else side for side in (was, is_now)], (type_, name)


OTHER_VALUES = {"files": [[SVG], [WEBP, PNG]], "drawn": [["5 mg"]], "partner": [10**9], "document": [10**9]}


def other_value(kind, name: str, value: object) -> object:
    """One that is not this one, of those that the attribute may have."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value and value[:2].isdigit() and value[4:5] == "-":
        return "2001-02-03"
    return next((other for other in kind.attributes.values.get(name, {}) if other not in (value, "")), "Other 7")


def test_a_document_is_called_by_its_title(documents):
    drug, entry = documents["monograph"], documents["glossary"]
    before, after = (Node("piece", "b", {"document": item.pk}) for item in (drug, entry))
    assert summary(documents["article"], before, after) == "changed; document: Zebramab → PD-L1"
    assert summary(documents["article"], before, Node("piece", "b", {"document": 10**9})).endswith(f"→ {10**9}")


def test_what_was_added_is_told_without_what_it_was_before(documents):
    after = Node("section", "s", {"group": "overview", "care": ""}, {"heading": "New"})
    assert summary(documents["article"], Node("section", "t", {"group": "risks"}), after) == "added; group: Overview"


def test_a_summary_is_in_the_desks_language(documents):
    before, after = (Node("side-effect", "b", {"serious": value}) for value in (False, True))
    with override("ar"):
        told = summary(documents["monograph"], before, after)
    assert not any(word in told for word in ("serious", "False", "yes", "no"))


def test_a_paragraph_that_became_a_subheading_is_told_by_their_names(documents):
    before, after = (Node(type_, "b", words={"text": "Call."}) for type_ in ("paragraph", "subheading"))
    told = summary(documents["article"], before, after)
    assert told == "changed; block type: Paragraph → Subheading"
    assert block_label(kind_of(documents["article"]), after) in told
    assert attr_label(kind_of(documents["article"]), "type") in told


BOLD = [
    ([{"text": "call now"}], [{"text": "call "}, {"text": "now", "marks": ["strong"]}],
     "<span>call</span><del> now</del><ins> <strong>now</strong></ins>"),
    ([{"text": "一二"}], [{"text": "一"}, {"text": "二", "marks": ["em", "strong"]}],
     "<span>一</span><del>二</del><ins><strong><em>二</em></strong></ins>"),
    ([{"text": "a 一b", "marks": ["em"]}], [{"text": "a <b>", "marks": ["em"]}],
     "<span><em>a</em></span><del> <em>一</em><em>b</em></del><ins> <em>&lt;b&gt;</em></ins>"),
    ([{"text": "\ufdd0 a"}], [{"text": "\ufdd0 a"}], "<span> a</span>"),  # a sign that somebody pasted
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "html"), BOLD)
def test_what_is_bold_or_in_italics_looks_so(before, after, html):
    assert parts(diff.word_parts(diff.comparable_text(before), diff.comparable_text(after))) == html
    assert "strong(" not in formatted(diff.comparable_text(after))


def test_a_paragraph_that_was_split_and_edited_is_told_so_with_the_edited_words_marked(documents):
    first, last = "Take one of the small white pills each morning.", "Call us at once."
    old, new = (
        tree_of(documents["article"], *(Node("paragraph", key, words={"text": text}) for key, text in texts))
        for texts in ([("b", f"{first} {last}")], [("b", first.replace("one", "two")), ("c", last)])
    )
    rows = rows_of(kind_of(documents["article"]), diff.compare_trees(old, new), {}, {}, {})
    told = [(row.summary, [parts(pieces) for _name, pieces in row.pieces]) for row in rows]
    assert told == [
        (
            "split; changed",
            ["<span>Take</span><del> one</del><ins> two</ins><span> of the small white pills each morning.</span>"],
        ),
        ("split; changed", [f"<span>{last}</span>"]),
    ]


def test_side_by_side_each_edition_of_an_edited_cut_is_in_its_own_paragraphs(documents):
    first, last = "Take one of the small white pills each morning.", "Call us at once."
    one, two = f"{first} {last}", [first.replace("one", "two"), last]
    for is_split in (True, False):
        old, new = (
            tree_of(documents["article"], *(Node("paragraph", key, words={"text": text}) for key, text in texts))
            for texts in (([("b", one)], zip("bc", two, strict=True)) if is_split
                          else (zip("bc", two, strict=True), [("b", one)]))
        )  # fmt: skip
        rows = rows_of(kind_of(documents["article"]), diff.compare_trees(old, new), {}, {}, {})
        sides = [
            ["".join(text for _name, pieces in side for _status, text in pieces).strip() for side in sides]
            for sides in ([row.pieces_before for row in rows], [row.pieces_now for row in rows])
        ]
        assert sides == ([[one, ""], two] if is_split else [two, [one, ""]])


def test_words_that_are_only_formatted_otherwise_are_told_so(documents):
    before = Node("paragraph", "b", words={"text": [{"text": "Call now."}]})
    after = Node("paragraph", "b", words={"text": [{"text": "Call now.", "marks": ["strong"]}]})
    assert summary(documents["article"], before, after) == "formatting only; no words changed"
