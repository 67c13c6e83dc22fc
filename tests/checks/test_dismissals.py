"""Dismissing advice: what it takes, how long it holds, and that blockers refuse instead."""

import re
from types import SimpleNamespace

import pytest

from editorial.checks.absolute_claims import AbsoluteClaims
from editorial.checks.checked_pages import read_edition
from editorial.checks.dismissals import dismiss_finding, match_dismissals, read_working_page
from editorial.checks.models import Dismissal
from editorial.checks.registry import register_checks, run_checks
from editorial.editions.blockers import Blocked
from immuno_site.page_checks import CHECKS
from tests.factories import pages, people
from tests.factories.pages import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(db):
    made = SimpleNamespace(
        author=people.author(), head=people.head(), translator=people.translator("es"), reviewer=people.reviewer()
    )
    sections = [{"heading": "A", "body": "<p>It cures.</p><p>It helps.</p>"}]
    made.document = pages.article(made.author, sections=sections)
    return made


def place(work, words: str) -> str:
    [node] = [item for item in read_working_page(work.document, "en").nodes.values() if item.plain("text") == words]
    return node.id


def dismiss(work, user=None, **changed):
    given = {"check": "absolute-words", "reason": "A quotation.", **changed}
    if "node_id" not in given:
        given["node_id"] = place(work, "It cures.")
    return dismiss_finding(work.document, "en", user=user or work.author, **given)


def states(work) -> dict[str, bool]:
    """{check: whether its advice is open} of the working copy."""
    answers = match_dismissals(run_checks(read_working_page(work.document, "en")), work.document, "en")
    return {answer.finding.check.id: answer.is_open for answer in answers}


def rewrite(work, html: str) -> None:
    section = pages.working(work.document).sections.get()
    pages.edit(work.document, work.author, sections=[{"id": section.pk, "body": html}])


def test_dismissed_advice_names_who_and_why_and_holds_until_the_words_change(work):
    kept = dismiss(work, reason="  A quotation. ")
    assert (kept.reason, kept.dismissed_by_name) == ("A quotation.", work.author.name)
    assert states(work)["absolute-words"] is False
    section = pages.working(work.document).sections.get()
    rewrite(work, section.body_en.replace("It helps.", "It may help."))
    assert states(work)["absolute-words"] is False
    rewrite(work, section.body_en.replace("It cures.", "It often cures."))
    assert states(work)["absolute-words"] is True
    rewrite(work, section.body_en)
    assert states(work)["absolute-words"] is False


def test_a_number_that_changed_again_from_another_is_not_dismissed_with_the_first(work):
    def change(words: str) -> str:
        body = pages.working(work.document).sections.get().body_en
        rewrite(work, re.sub("Take [^<]*|It cures[^<]*", words, body))
        return words

    def is_open() -> bool:
        return states(work)["changed-number"]

    for signed in ("Take 10 mg.", "Take 200 mg."):
        change(signed)
        pages.publish(work.document, work.author, work.reviewer)
        node_id = place(work, change("Take 20 mg."))
        assert is_open()
        dismiss(work, check="changed-number", node_id=node_id, reason="A new study.")
        assert not is_open()


def test_advice_that_was_dismissed_is_dismissed_in_the_edition_too(work):
    kept = dismiss(work)
    edition = submit(work.document, "en", user=work.author)
    answers = match_dismissals(run_checks(read_edition(edition, None)), work.document, "en")
    assert [answer.dismissal for answer in answers if answer.finding.check.id == "absolute-words"] == [kept]


REFUSED = [
    ({"reason": "  "}, "Say why"),
    ({"reason": "x" * 501}, "500 or fewer"),
    ({"node_id": "b-nowhere"}, "does not have this finding"),
    ({"check": "no-such-check"}, "does not have this finding"),
    ({"check": "long-sentence"}, "does not have this finding"),
]


@pytest.mark.parametrize(("changed", "words"), REFUSED)
def test_what_is_no_advice_or_has_no_reason_is_refused(work, changed, words):
    with pytest.raises(Blocked, match=words):
        dismiss(work, **changed)
    assert not Dismissal.objects.exists()


def test_who_may_not_write_the_page_in_that_language_dismisses_nothing(work):
    for user in (work.translator, work.reviewer):
        with pytest.raises(Blocked, match="can't edit pages of this kind"):
            dismiss(work, user)
    dismiss(work, work.head)


def test_a_translator_dismisses_advice_about_their_own_language_only(work):
    pages.publish(work.document, work.author, work.reviewer)
    pages.translate(work.document, "es", work.translator, {(place(work, "It cures."), "text"): "Es un milagro."})
    given = {"check": "absolute-words", "node_id": place(work, "It cures."), "reason": "Una cita."}
    with pytest.raises(Blocked, match="can't translate"):
        dismiss_finding(work.document, "es", user=work.author, **given)
    dismiss_finding(work.document, "es", user=work.translator, **given)
    assert states(work)["absolute-words"] is True


def test_a_language_that_has_no_source_yet_has_nothing_to_dismiss(work):
    with pytest.raises(Blocked, match="does not have this finding"):
        dismiss_finding(work.document, "es", check="headings", node_id="x", user=work.translator, reason="x")


def test_dismissing_twice_is_refused(work):
    dismiss(work)
    with pytest.raises(Blocked, match="already been dismissed"):
        dismiss(work)


def test_a_blocker_is_never_dismissed_and_refuses_to_be_submitted_once(work):
    rewrite(work, '<p>See <a href="/articles/nowhere/">it</a>.</p>')
    with pytest.raises(Blocked, match="cannot be dismissed"):
        dismiss(work, check="broken-link", node_id=place(work, "See it."))
    with pytest.raises(Blocked) as refused:
        submit(work.document, "en", user=work.author)
    assert refused.value.blockers == ["The link /articles/nowhere/ leads to no page of this site: “See it.”"]


def test_a_check_that_is_a_blocker_refuses_by_itself(work, monkeypatch):
    class NoCures(AbsoluteClaims):
        id, is_blocker = "no-cures", True

    register_checks([NoCures()])
    try:
        with pytest.raises(Blocked, match="cures"):
            submit(work.document, "en", user=work.author)
    finally:
        register_checks(CHECKS)
