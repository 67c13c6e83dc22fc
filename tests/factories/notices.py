"""A drug, pages that rest on it in several ways, and urgent news about it."""

from datetime import date
from types import SimpleNamespace

from editorial.reviews.services import send_stock_notice, write_notice
from tests.factories import drugs, pages, people

HAPPENED = "Zebramab is no longer approved for cancer that has spread."
ACTION = "Do not stop it on your own: call your cancer care team today."
PHRASES = {
    "label": "Urgent news",
    "line": "There is urgent news about a drug on this page. Call your care team.",
    "drug": "Drug",
    "date": "Date",
    "withdrawn": "An approval of a drug on this page has ended. Call your care team.",
    "safety-communication": "There is a safety communication about a drug on this page.",
    "boxed-warning": "A drug on this page has a new boxed warning. Call your care team.",
}
DRUG, SHOWING, CITING, NAMING, OTHER = (
    "/drugs/zebramab/", "/articles/showing/", "/articles/citing/", "/glossary/naming/", "/articles/other/",
)  # fmt: skip
RESTING = (DRUG, SHOWING, CITING, NAMING)


def make_desk(*, with_words: bool = True) -> SimpleNamespace:
    """A drug with an article that shows a piece of it, one that cites it, an entry that names it, and one page more."""
    made = SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), author=people.author(), reviewer=people.reviewer(),
        second=people.reviewer(), translator=people.translator("es"), operator=people.operator(), head=people.head(),
    )  # fmt: skip
    made.drug = drugs.monograph(made.admin, slug="zebramab", title="Zebramab")
    drugs.verified(made.drug, made.admin, made.other)
    pages.publish(made.drug, made.admin, made.reviewer)
    made.words = pages.site_words(
        made.author, "notice-words", "Words of notices", "",
        phrases=[{"key": key, "text": text} for key, text in PHRASES.items()],
    )  # fmt: skip
    if with_words:
        pages.publish(made.words, made.author, made.reviewer)
        pages.publish_translation(made.words, "es", made.translator, made.reviewer)
    shown = [{"heading": "Here", "body": "<p>Words.</p>", "piece_of": made.drug, "piece": "approvals"}]
    made.showing = article(made, "showing", shown)
    made.citing = article(
        made, "citing", [{"heading": "Here", "body": '<p>All about <a href="/drugs/zebramab/">it</a>.</p>'}]
    )
    made.other_page = article(made, "other", [{"heading": "Here", "body": "<p>Of something else.</p>"}])
    made.naming = pages.glossary_entry(made.author, "naming", "A word", "Zebramab is one of these.")
    pages.publish(made.naming, made.author, made.reviewer)
    return made


def article(made: SimpleNamespace, slug: str, sections: list) -> object:
    document = pages.article(made.author, slug=slug, title=slug.title(), sections=sections)
    pages.publish(document, made.author, made.reviewer)
    return document


def withdrawal(made: SimpleNamespace, **fields):
    """The news, which opens rechecks."""
    return drugs.event(made.drug, made.admin, "withdrawn-by-agency", date(2021, 8, 3), **fields)


def written(made: SimpleNamespace, record, **typed):
    """Its notice, submitted and not signed."""
    return write_notice(record, user=made.admin, **{"happened": HAPPENED, "action": ACTION, **typed})


def live(made: SimpleNamespace, record):
    edition = written(made, record)
    pages.sign(edition, made.reviewer)
    return edition


def sent(made: SimpleNamespace, record, user=None):
    return send_stock_notice(record, user=user or made.reviewer, password=people.PASSWORD)
