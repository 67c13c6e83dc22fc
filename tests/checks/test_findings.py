"""What the checks find, by one table of good and bad examples."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drugs.models import Monograph
from drugs.services import correct_event
from editorial.checks import readability
from editorial.checks.checked_pages import CheckedPage
from editorial.checks.contract import Finding
from editorial.checks.models import Dismissal
from editorial.checks.registry import all_checks, register_checks, run_checks
from editorial.editions.models import Document
from editorial.editions.models.addresses import resolve_links
from editorial.editions.tree import inline
from editorial.editions.tree.links import piece_node
from editorial.editions.tree.nodes import Node, Tree
from immuno_site.page_checks import CHECKS
from tests.checks.examples import CALL, EXAMPLES, Example, article, body
from tests.checks.examples.build import bad
from tests.factories import drugs, pages, people
from tests.layers import layer

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)


@layer
def shelf():
    """What checks look up: a page to link to, an explained word, a drug in force and one that was withdrawn."""
    writer, signer, recorder = people.author(), people.reviewer(), drugs.drug_admin()
    pages.publish(pages.glossary_entry(writer, slug="biomarker", title="Biomarker"), writer, signer)
    pages.publish(pages.glossary_entry(writer, slug="all", title="ALL"), writer, signer)
    held = drugs.monograph(recorder, slug="zebramab", title="Zebramab")
    drugs.verified(held, recorder, signer, reference=drugs.source(recorder))
    gone = drugs.monograph(recorder, slug="gone", title="Gonimab", products=[], lead="Gone.")
    pages.put_references(
        recorder, pages.reference("gone-grant", title="A grant"), pages.reference("kept", title="Kept")
    )
    source = {drug.key: drug for drug in drugs.Reference.objects.all()}
    drugs.verified(gone, recorder, signer, reference=source["gone-grant"])
    withdrawn = drugs.verified(gone, recorder, signer, kind="withdrawn-by-sponsor", on=date(2021, 1, 5))
    correct_event(withdrawn, user=recorder, note="Wrong.", happened_on=date(2021, 1, 6))
    return held.pk


@pytest.fixture(autouse=True)
def no_check_fails(caplog):
    """One that does is logged, and says nothing."""
    yield
    assert [record.getMessage() for record in caplog.get_records("call")] == []


def page(tree: Tree, base: Tree | None = None) -> CheckedPage:
    """Of a tree whose links name documents, as those of every page that is built do."""
    tree, base = (item and item.with_root(resolve_links((item.root,))[0]) for item in (tree, base))
    return CheckedPage(Document(kind=tree.kind, slug="a-page"), tree, base, TODAY)


def found(example: Example) -> list[Finding]:
    return [item for item in run_checks(page(example.tree, example.base)) if item.check.id == example.check]


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=lambda number: f"{EXAMPLES[number].check}-{number}")
def test_each_check_points_at_the_blocks_of_bad_examples_and_at_none_of_good_ones(shelf, number):
    example = EXAMPLES[number]
    assert tuple(item.node.id for item in found(example)) == example.at


def test_an_approval_on_hold_is_told_until_it_is_reinstated(shelf):
    recorder, signer = drugs.drug_admin(), people.reviewer()
    pages.put_references(recorder, pages.reference("hold-grant", title="A grant"))
    grant = drugs.Reference.objects.get(key="hold-grant")
    held = drugs.monograph(recorder, title="Heldimab", products=[])
    drugs.verified(held, recorder, signer, reference=grant)
    example = Example("withdrawn-approval", article(*body("<p>It is approved.[@hold-grant]</p>")))
    assert found(example) == []
    drugs.verified(held, recorder, signer, "suspended", date(2021, 1, 5))
    [finding] = found(example)
    assert "Heldimab: on hold since Jan. 5, 2021" in str(finding)
    drugs.verified(held, recorder, signer, "reinstated", date(2022, 1, 5))
    assert found(example) == []


def test_a_word_that_nobody_has_signed_hides_none_that_readers_can_open(shelf):
    pages.glossary_entry(people.author(), slug="tumor-biomarker", title="Tumor biomarker")
    [finding] = found(bad("unlinked-term", "<p>A tumor biomarker is measured.</p>", "1"))
    assert [place.quote for place in finding.places] == ["biomarker"]


def test_every_check_has_a_good_and_a_bad_example():
    for check in (check for check in CHECKS if not check.is_about_translations):  # those have a table of their own
        assert {bool(item.at) for item in EXAMPLES if item.check == check.id} == {True, False}, check.id


def test_every_check_says_what_it_is_and_why_it_matters():
    for check in CHECKS:
        assert check.name
        assert check.why
        assert len(check.id) <= Dismissal._meta.get_field("advice").max_length
    assert [item.id for item in all_checks()] == [item.id for item in CHECKS]


def test_two_checks_under_one_id_are_refused():
    with pytest.raises(ValueError, match="one id"):
        register_checks([CHECKS[0], CHECKS[0]])


def test_a_page_that_shows_a_piece_of_a_drug_cites_it(shelf):
    shown = piece_node("p", shelf, "card")
    example = Example("drug-without-its-page", article(*body("<p>Ask about Zebramab.</p>"), shown))
    assert found(example) == []


def test_a_drug_is_found_by_its_name_without_what_stands_in_brackets_behind_it(shelf):
    Monograph.objects.filter(pk=shelf).update(title_zh_hans="斑马单抗（zebramab）")
    assert found(bad("drug-without-its-page", "<p>使用斑马单抗治疗。</p>", language="zh-hans"))


def test_a_drug_and_an_entry_are_not_told_to_cite_themselves(shelf):
    words = {"title": "Zebramab", "lead": "Zebramab is a drug. A biomarker.", "change_note": ""}
    tree = Tree("monograph", "en", Node("monograph", "monograph", words=words))
    entry = Tree("glossary", "en", Node("entry", "entry", words={"title": "Biomarker", "short": "A biomarker."}))
    for item in (tree, entry):
        assert run_checks(page(item)) == []


def test_advice_about_a_block_rests_on_its_own_words_and_that_about_a_section_on_all_in_it():
    def digests(end: str) -> dict[str, str]:
        tree = article(*body(f"<p>{'Necessitating ' * 60}it.</p><p>{end}</p>"))
        return {item.check.id: item.digest for item in run_checks(page(tree))}

    one, two = digests("One."), digests("Two.")
    assert one["long-sentence"] == two["long-sentence"]
    assert one["reading-level"] != two["reading-level"]


NUMBERS = [
    ("Take 10 mg.", "Take 20 mg.", "10 mg → 20 mg"),
    ("2 tablets 3 times", "3 tablets 2 times", "2 → 3; 3 times → 2 times"),
    ("10, 20, 30", "10, 25, 30", "20 → 25"),
    ("1 of 3 in 10", "1 in 10", "3 → –"),
    ("1 in 10", "1 of 3 or 4 in 10", "– → 3, 4"),
    ("Twice, 50%", "Three times, 60 %", "Twice → Three times; 50% → 60 %"),
    ("٢ مرات", "٣ مرات", "\u2068٢\u2069 → \u2068٣\u2069"),
]


@pytest.mark.parametrize(("old", "new", "shown"), NUMBERS)
def test_a_changed_number_is_shown_as_it_was_and_as_it_is(old, new, shown):
    trees = [article(*body(f"<p>{words}</p>")) for words in (new, old)]
    [finding] = [item for item in run_checks(page(*trees)) if item.check.id == "changed-number"]
    assert [place.quote for place in finding.places] == [shown]


def test_advice_about_a_change_rests_on_what_it_changed_from():
    def digests(old: str, new: str, end: str = "") -> dict[str, str]:
        before, after = (article(*body(f"<p>Take {item} mg.</p>"), note="New.") for item in (old, new))
        after = article(*body(f"<p>Take {new} mg.</p><p>{end}</p>"), note="New.")
        return {item.check.id: item.digest for item in run_checks(page(after, before))}

    one, other_words, other_base = digests("10", "20"), digests("10", "20", "More."), digests("200", "20")
    for check in ("changed-number", "old-note"):
        assert one[check] == other_words[check] != other_base[check], check
    assert digests("10", "30")["changed-number"] != one["changed-number"]


def test_a_finding_rests_on_all_the_words_that_it_points_at_and_on_no_others():
    def digest(**words: str) -> str:
        kept = {"title": "A miracle", "lead": "It cures.", "change_note": "", **words}
        tree = Tree("article", "en", Node("article", "article", words=kept, children=(CALL,)))
        [finding] = [item for item in run_checks(page(tree)) if item.check.id == "absolute-words"]
        return finding.digest

    assert digest(change_note="Other words.") == digest()
    assert len({digest(), digest(title="A great miracle"), digest(lead="It always cures.")}) == 3


def test_checks_ask_as_many_queries_of_a_long_page_as_of_a_short_one(shelf):
    def asked(count: int) -> int:
        html = (
            '<p>A biomarker, Zebramab, 20%.[@gone-grant]</p><p>See <a href="/glossary/biomarker/">it</a>.</p>' * count
        )
        with CaptureQueriesContext(connection) as queries:
            assert run_checks(page(article(*body(html))))
        return len(queries)

    assert asked(1) == asked(30)


def test_runs_without_words_and_empty_pages_are_no_trouble(shelf):
    for language in readability.SPEED | {"vi": 0}:
        empty = Node("paragraph", "1", words={"text": [{"break": True}, {"cite": "a"}]})
        assert inline.plain(empty.words["text"]) == ""
        run_checks(
            page(
                Tree(
                    "article",
                    language,
                    Node("article", "article", words={"title": "", "lead": ""}, children=(empty, CALL)),
                )
            )
        )
