"""What the checks find, by one table of good and bad examples."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.editions.models import Document
from editorial.editions.tree import inline, prose
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.tree.uses import piece
from editorial.reviews import findings
from editorial.reviews.findings import readability
from editorial.reviews.models import Dismissal
from immuno_site.findings import CHECKS
from tests.factories import drugs, pages, people
from tests.layers import layer

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)
HARD_SPANISH = "Las intervenciones inmunoterapéuticas requieren consideración multidisciplinaria. " * 12
HARD = "Immunotherapeutic interventions necessitate comprehensive multidisciplinary consideration. " * 10
EASY = "You may feel tired. Rest when you need to. Call us if you feel ill. We are here for you. " * 6


@layer
def shelf():
    """What checks look up: a page to link to, an explained word, a drug in force and one that was withdrawn."""
    writer, signer, recorder = people.author(), people.reviewer(), drugs.drug_admin()
    pages.publish(pages.glossary_entry(writer, slug="biomarker", title="Biomarker"), writer, signer)
    held = drugs.monograph(recorder, slug="zebramab", title="Zebramab")
    drugs.verified(held, recorder, signer, reference=drugs.source(recorder))
    gone = drugs.monograph(recorder, slug="gonemab", title="Gonemab", products=[], lead="Gone.")
    pages.put_references(
        recorder, pages.reference("gone-grant", title="A grant"), pages.reference("kept", title="Kept")
    )
    source = {each.key: each for each in drugs.Reference.objects.all()}
    drugs.verified(gone, recorder, signer, reference=source["gone-grant"])
    drugs.verified(gone, recorder, signer, kind="withdrawn-by-sponsor", on=date(2021, 1, 5))
    return held.pk


def reference(**fields) -> Node:
    known = {"key": "a", "title": "A study", "source": "NEJM 2020", "doi": "10.1/x", "pmid": "", "url": ""}
    return Node(
        "references",
        "references",
        children=(Node("reference", "ref-a", {**known, "accessed": "2026-03-01", **fields}),),
    )


def body(html: str) -> tuple[Node, ...]:
    """A section that says this; the ids of its blocks are their places in it: "1", "2" …"""
    numbers = iter(range(1, 100))

    def numbered(node: Node) -> Node:
        own = str(next(numbers))
        return Node(node.type, own, node.attrs, node.words, tuple(map(numbered, node.children)))

    blocks = tuple(map(numbered, prose.parse(html)))
    return (Node("section", "s", {"group": "overview", "care": ""}, {"heading": "A heading"}, blocks), CALL)


CALL = Node("section", "call", {"group": "when-to-call", "care": "urgent"}, {"heading": "When to call"})


def article(*children: Node, language="en", lead="It helps you.", title="A page", note="") -> Tree:
    words = {"title": title, "lead": lead, "change_note": note}
    return Tree("article", language, Node("article", "article", {}, words, children))


def says(html: str) -> Tree:
    return article(*body(html))


@dataclass(frozen=True)
class Example:
    """A tree, and the ids of the blocks that a check points at; none for a good example."""

    check: str
    tree: Tree
    at: tuple[str, ...] = ()
    base: Tree | None = None


def bad(check: str, html: str, *at: str, language: str = "en") -> Example:
    return Example(check, article(*body(html), language=language), at or ("1",))


def good(check: str, html: str, language: str = "en") -> Example:
    return Example(check, article(*body(html), language=language))


def dose(number: str) -> Tree:
    return Tree("monograph", "en", Node("monograph", "m", children=(Node("dose", "d", {"dose": number}),)))


EXAMPLES = [
    bad("broken-link", '<p>x</p><p>See <a href="/articles/nowhere/">it</a>.</p>', "2"),
    good("broken-link", '<p>See <a href="/glossary/biomarker/">it</a> and <a href="https://who.int/">WHO</a>.</p>'),
    Example("changed-number", says("<p>You get 400 mg.</p>"), ("1",), says("<p>You get 200 mg.</p>")),
    Example("changed-number", says("<p>٣ مرات</p>"), ("1",), says("<p>٢ مرات</p>")),
    Example("changed-number", dose("400"), ("d",), dose("200")),
    Example("changed-number", says("<p>You really get 200 mg.</p>"), (), says("<p>You get 200 mg.</p>")),
    Example("changed-number", says("<p>About PD-L1.</p>"), (), says("<p>About PD-1.</p>")),
    good("changed-number", "<p>You get 200 mg.</p>"),
    Example("old-note", article(lead="It helps.", note="New."), ("article",), article(note="New.")),
    Example("old-note", article(lead="It helps.", note="Plainer."), (), article(note="New.")),
    Example("old-note", article(lead="It helps."), (), article()),
    Example("old-note", article(note="New."), (), article(note="New.")),
    Example("old-note", article(note="New.")),
    Example("no-when-to-call", article(body("<p>x</p>")[0]), ("article",)),
    Example("no-when-to-call", Tree("glossary", "en", Node("entry", "entry", words={"title": "A", "short": "B."}))),
    good("no-when-to-call", "<p>x</p>"),
    bad("number-without-reference", "<p>It helps.</p><p>It helps 60% of people.</p>", "2"),
    bad("number-without-reference", "<p>About 87 of 100 people live longer.</p>"),
    bad("number-without-reference", "<p>You get 200 mg.</p>"),
    bad("number-without-reference", "<p>Unas 87 de cada 100 personas.</p>", language="es"),
    bad("number-without-reference", "<p>نحو 87 من كل 100 شخص.</p>", language="ar"),
    bad("number-without-reference", "<p>每 100 人中约有 87 人。</p>", language="zh-hans"),
    bad("number-without-reference", "<p>Khoảng 87 trong 100 người.</p>", language="vi"),
    bad("number-without-reference", "<p>Side effects:</p><ul><li>rash, in 20%</li></ul>", "3"),
    good("number-without-reference", "<p>It helps 60% of people.[@a]</p>"),
    good("number-without-reference", "<p>Side effects:[@a]</p><ul><li>rash, in 20%</li></ul>"),
    good("number-without-reference", "<p>Call 911 within 24 hours, for 2 years. About PD-L1 and stage 3.</p>"),
    bad("drug-without-its-page", "<p>x</p><p>Ask about zebramab. Zebramab again.</p>", "2"),
    bad("drug-without-its-page", "<p>Zebra, by its brand.</p>"),
    bad("drug-without-its-page", "<p>El Zebramab.</p>", language="es"),
    good("drug-without-its-page", '<p>Zebramab: <a href="/drugs/zebramab/">its page</a>.</p>'),
    good("drug-without-its-page", "<p>Zebrafish are no drug.</p>"),
    bad("withdrawn-approval", "<p>It is approved.[@gone-grant]</p>"),
    good("withdrawn-approval", "<p>It is approved.[@kept]</p>"),
    Example("dead-reference", article(reference(title="TODO")), ("ref-a",)),
    Example("dead-reference", article(reference(source=" ? ")), ("ref-a",)),
    Example("dead-reference", article(reference(doi="")), ("ref-a",)),
    Example("dead-reference", article(reference(accessed="")), ("ref-a",)),
    Example("dead-reference", article(reference(accessed="2026-06-02")), ("ref-a",)),
    Example("dead-reference", article(reference(doi="", url="https://who.int/", accessed="2019-01-01")), ("ref-a",)),
    Example("dead-reference", article(reference(accessed="2010-01-01"))),
    Example("dead-reference", article(reference(doi="", url="https://who.int/"))),
    bad("absolute-words", "<p>It helps.</p><p>It cures cancer.</p>", "2"),
    bad("absolute-words", "<p>It is completely safe.</p>"),
    bad("absolute-words", "<p>Es totalmente seguro.</p>", language="es"),
    bad("absolute-words", "<p>آمن تمامًا.</p>", language="ar"),
    bad("absolute-words", "<p>可以治愈癌症。</p>", language="zh-hans"),
    bad("absolute-words", "<p>Thuốc hoàn toàn an toàn.</p>", language="vi"),
    Example("absolute-words", article(*body("<p>x</p>"), title="A miracle"), ("article",)),
    good("absolute-words", "<p>It is not a cure, there is no cure, and it cannot cure. A secure, accurate test.</p>"),
    bad("abbreviation", "<p>Your CPS counts.</p>"),
    bad("abbreviation", "<p>检测PD-L1很重要。</p>", language="zh-hans"),
    bad("abbreviation", "<p>Tests for HER2-negative cancer.</p>"),
    good("abbreviation", "<p>The combined positive score (CPS). Your CPS counts.</p>"),
    good("abbreviation", "<p>CPS (combined positive score) counts. In Chinese: TPS（肿瘤比例评分）.</p>"),
    good("abbreviation", '<p>Your <a href="/glossary/cps/">CPS</a> and DNA; stage III; the trial KEYNOTE-522.</p>'),
    Example("abbreviation", article(*body("<p>PD-L1 is a protein.</p>"), title="PD-L1")),
    bad("unlinked-term", "<p>x</p><p>A biomarker is measured. A biomarker again.</p>", "2"),
    good("unlinked-term", '<p>A <a href="/glossary/biomarker/">biomarker</a> is measured. A biomarker again.</p>'),
    good("unlinked-term", "<p>Biomarkers, or unbiomarker: other words.</p>"),
    Example("reading-level", article(*body(f"<p>{HARD}</p>")), ("s",)),
    Example("reading-level", article(*body("<p>x</p>"), lead=HARD), ("article",)),
    Example("reading-level", article(*body(f"<p>{HARD_SPANISH}</p>"), language="es"), ("s",)),
    good("reading-level", f"<p>{EASY}</p>"),
    good("reading-level", f"<p>{HARD[:100]}</p>"),
    good("reading-level", f"<p>{HARD}</p>", language="vi"),
    bad("long-sentence", f"<p>Short one. {'word ' * 26}end.</p>"),
    bad("long-sentence", f"<p>{'字' * 61}。</p>", language="zh-hans"),
    good("long-sentence", f"<p>{'word ' * 20}end. {'word ' * 20}end? {'word ' * 20}end! About 3.5 of them.</p>"),
    good("long-sentence", f"<p>{'字' * 50}。{'字' * 50}。</p>", language="zh-hans"),
    bad("long-paragraph", f"<p>{'Five words are in here. ' * 21}</p>"),
    good("long-paragraph", f"<p>{'Five words are in here. ' * 19}</p><p>{'Five words are in here. ' * 19}</p>"),
    bad("headings", "<p>x</p><h3>Nothing below</h3>", "2"),
    bad("headings", "<h3>One</h3><h3>Two</h3><p>x</p>"),
    bad("headings", "<p><strong>Looks like one</strong></p><p>x</p>"),
    good("headings", "<h3>One</h3><p><strong>Bold</strong> words.</p><p><strong>The end.</strong></p>"),
    bad("click-here", '<p>x</p><p>For more, <a href="https://who.int/">click here</a>.</p>', "2"),
    bad("click-here", '<p>Haga <a href="https://who.int/">clic aquí</a>.</p>', language="es"),
    bad("click-here", '<p><a href="https://who.int/">https://who.int/</a></p>'),
    good("click-here", '<p>Read <a href="https://who.int/">what WHO says about cancer</a>.</p>'),
]  # fmt: skip


def page(tree: Tree, base: Tree | None = None) -> findings.Page:
    return findings.Page(Document(kind=tree.kind, slug="a-page"), tree, base, TODAY)


def found(example: Example) -> list[findings.Finding]:
    return [each for each in findings.find(page(example.tree, example.base)) if each.check.id == example.check]


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=lambda number: f"{EXAMPLES[number].check}-{number}")
def test_each_check_points_at_the_blocks_of_bad_examples_and_at_none_of_good_ones(shelf, number):
    example = EXAMPLES[number]
    assert tuple(each.node.id for each in found(example)) == example.at


def test_every_check_has_a_good_and_a_bad_example():
    for check in CHECKS:
        assert {bool(each.at) for each in EXAMPLES if each.check == check.id} == {True, False}, check.id


def test_every_check_says_what_it_is_and_why_it_matters():
    for check in CHECKS:
        assert check.name
        assert check.why
        assert len(check.id) <= Dismissal._meta.get_field("advice").max_length
    assert [each.id for each in findings.checks()] == [each.id for each in CHECKS]


def test_two_checks_under_one_id_are_refused():
    with pytest.raises(ValueError, match="one id"):
        findings.use([CHECKS[0], CHECKS[0]])


def test_a_page_that_shows_a_piece_of_a_drug_cites_it(shelf):
    shown = piece("p", shelf, "card")
    example = Example("drug-without-its-page", article(*body("<p>Ask about Zebramab.</p>"), shown))
    assert found(example) == []


def test_a_drug_and_an_entry_are_not_told_to_cite_themselves(shelf):
    words = {"title": "Zebramab", "lead": "Zebramab is a drug. A biomarker.", "change_note": ""}
    tree = Tree("monograph", "en", Node("monograph", "monograph", words=words))
    entry = Tree("glossary", "en", Node("entry", "entry", words={"title": "Biomarker", "short": "A biomarker."}))
    for each in (tree, entry):
        assert findings.find(page(each)) == []


def test_advice_about_a_block_rests_on_its_own_words_and_that_about_a_section_on_all_in_it():
    def digests(end: str) -> dict[str, str]:
        tree = article(*body(f"<p>{'Necessitating ' * 60}it.</p><p>{end}</p>"))
        return {each.check.id: each.digest for each in findings.find(page(tree))}

    one, two = digests("One."), digests("Two.")
    assert one["long-sentence"] == two["long-sentence"]
    assert one["reading-level"] != two["reading-level"]


def test_a_finding_rests_on_all_the_words_that_it_points_at_and_on_no_others():
    def digest(**words: str) -> str:
        kept = {"title": "A miracle", "lead": "It cures.", "change_note": "", **words}
        tree = Tree("article", "en", Node("article", "article", words=kept, children=(CALL,)))
        [finding] = [each for each in findings.find(page(tree)) if each.check.id == "absolute-words"]
        return finding.digest

    assert digest(change_note="Other words.") == digest()
    assert len({digest(), digest(title="A great miracle"), digest(lead="It always cures.")}) == 3


def test_checks_ask_as_many_queries_of_a_long_page_as_of_a_short_one(shelf):
    def asked(count: int) -> int:
        html = (
            '<p>A biomarker, Zebramab, 20%.[@gone-grant]</p><p>See <a href="/glossary/biomarker/">it</a>.</p>' * count
        )
        with CaptureQueriesContext(connection) as queries:
            assert findings.find(page(article(*body(html))))
        return len(queries)

    assert asked(1) == asked(30)


def test_runs_without_words_and_empty_pages_are_no_trouble(shelf):
    for language in readability.SPEED | {"vi": 0}:
        empty = Node("paragraph", "1", words={"text": [{"break": True}, {"cite": "a"}]})
        assert inline.plain(empty.words["text"]) == ""
        findings.find(
            page(
                Tree(
                    "article",
                    language,
                    Node("article", "article", words={"title": "", "lead": ""}, children=(empty, CALL)),
                )
            )
        )
