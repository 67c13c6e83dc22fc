"""What needs a reason keeps a translation from being submitted, until it is corrected or somebody wrote the reason."""

import pytest

from editorial.checks.dismissals import dismiss_finding
from editorial.checks.report import build_edition_report
from editorial.editions.blockers import Blocked
from editorial.editions.freezing import find_signed_source
from editorial.editions.tree.units import find_units
from tests.factories import pages, people
from tests.factories.pages import submit

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "<p>Tome 50 mg.</p>", "<p>Tome 500 mg.</p>"


@pytest.fixture
def work(db):
    author, translator, signer = people.author(), people.translator("es"), people.reviewer()
    document = pages.article(author, sections=[{"heading": "A", "body": "<p>Take 50 mg.</p>"}])
    pages.publish(document, author, signer)
    return document, translator


def write(document, translator, html: str) -> str:
    """Translate with this in place of the dose; the id of its block."""
    words = pages.typed_translation(find_signed_source(document), "es")
    [place] = [unit.place for unit in find_units(find_signed_source(document).tree) if "50 mg" in str(unit.source)]
    pages.translate(document, "es", translator, {**words, place: html})
    return place[0]


def test_a_wrong_dose_is_refused_and_a_right_one_is_submitted(work):
    document, translator = work
    write(document, translator, WRONG)
    with pytest.raises(Blocked) as refused:
        submit(document, "es", user=translator)
    [blocker] = refused.value.blockers
    assert "500 mg" in blocker
    write(document, translator, RIGHT)
    assert submit(document, "es", user=translator)


def test_a_reason_lets_it_through_and_reviewers_read_it(work):
    document, translator = work
    place = write(document, translator, WRONG)
    dismiss_finding(document, "es", check="translated-dose", node_id=place, user=translator, reason="As agreed.")
    edition = submit(document, "es", user=translator)
    report = build_edition_report(edition, None, [], [])
    assert [(entry.check.id, entry.dismissal.reason) for entry in report.dismissed] == [
        ("translated-dose", "As agreed.")
    ]


def test_a_reason_holds_for_just_these_words(work):
    document, translator = work
    place = write(document, translator, WRONG)
    dismiss_finding(document, "es", check="translated-dose", node_id=place, user=translator, reason="As agreed.")
    write(document, translator, "<p>Tome 5000 mg.</p>")
    with pytest.raises(Blocked):
        submit(document, "es", user=translator)
