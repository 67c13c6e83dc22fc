"""The order in which the demonstration is loaded. Pages lead to each other, so each gets its address first."""

from editorial.editions.models import Document, Withdrawal
from editorial.reviews.models import Cause, Recheck, SignOffPolicy
from editorial.reviews.services import dismiss, withdraw

from . import articles, drugs, figures, shared
from .reading import names, read
from .signing import long_ago

# The editorial policy comes first: every page leads to it.
ARTICLES = [
    "how-our-pages-are-checked",
    "immunotherapy-for-breast-cancer",
    "biomarker-tests",
    "side-effects-of-immunotherapy",
    "cancer-vaccines-in-research",
]
OVERDUE = "questions-to-ask"  # signed so long ago that its review is due
TAKEN_DOWN = "cancer-vaccines-in-research"
REASON = "The demonstration shows what becomes of a page that was taken down."


def load(people: dict) -> int:
    """Load what is missing, each page whole or not at all; how many pages were new."""
    monographs, entries = names("drugs/*"), read("glossary")["entries"]
    shared.load_references(names("references-*"), people)
    figures.load(people)
    articles.load_topics(people)
    for name in monographs:
        drugs.begin(name, people)
    for data in entries:
        shared.begin_entry(data, people)
    for name in [*ARTICLES, OVERDUE]:
        articles.begin(name, people)
    # Before anything is signed, so that nothing has to be looked at again because of it.
    for name in monographs:
        drugs.write(name, people)
    made = sum(shared.load_words(data, people) for data in read("site_words")["site_words"])
    made += sum(shared.load_entry(data, people) for data in entries)
    made += sum(drugs.publish(name, people) for name in monographs)
    with long_ago(days=400):
        made += articles.load(OVERDUE, people)
    made += sum(articles.load(name, people) for name in ARTICLES)
    if made:
        _take_down(people)
        _look_again(people)
        # From now on two clinicians sign where lives depend on it; only one of the demonstration's reads Arabic.
        SignOffPolicy.objects.get_or_create(kind="", language="en", defaults={"grave_sign_offs": 2})
    return made


def _take_down(people: dict) -> None:
    document = Document.objects.get(kind="article", slug=TAKEN_DOWN)
    if not Withdrawal.objects.filter(document=document).exists():
        explanation = Document.objects.get(kind="site-words", slug="withdrawn-out-of-date")
        withdraw(document, "en", user=people["operator"], reason=REASON, explanation=explanation)


def _look_again(people: dict) -> None:
    """Pages that explain each other's words cannot each be signed after the other: their signers looked again.

    Translations whose source is newer are left, so that there is something to look at.
    """
    for recheck in Recheck.objects.open().exclude(cause=Cause.SOURCE):
        signer = people["reviewer" if recheck.edition.language == "en" else "reviewer2"]
        dismiss(recheck, user=signer, reason="Read again beside the page that was signed after it: nothing to change.")
