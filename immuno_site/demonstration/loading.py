"""The order in which the demonstration is loaded. Pages link to each other, so each gets its address first."""

from editorial.editions.models import Document, Withdrawal
from editorial.reviews.models import Cause, Recheck, SignOffPolicy
from editorial.reviews.services import dismiss_recheck, withdraw

from . import articles, drugs, figures, shared
from .content_files import content_names, read_content
from .people import PASSWORD
from .signing import set_clock_back

# The editorial policy comes first: every page links to it.
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


def load_demonstration(people: dict) -> int:
    """Load what is missing, each page whole or not at all. Returns how many pages were new."""
    monographs, entries = content_names("drugs/*"), read_content("glossary")["entries"]
    shared.load_terms(people)
    shared.load_references(content_names("references-*"), people)
    figures.load_figures(people)
    articles.load_topics(people)
    for name in monographs:
        drugs.begin_monograph(name, people)
    for data in entries:
        shared.begin_glossary_entry(data, people)
    for name in [*ARTICLES, OVERDUE]:
        articles.begin_article(name, people)
    articles.arrange_paths(people)
    # Before anything is signed, so that it opens no rechecks.
    for name in monographs:
        drugs.write_monograph(name, people)
    new_pages = sum(shared.load_site_words(data, people) for data in read_content("site_words")["site_words"])
    new_pages += sum(shared.load_glossary_entry(data, people) for data in entries)
    new_pages += sum(drugs.publish_monograph(name, people) for name in monographs)
    with set_clock_back(days=400):
        new_pages += articles.load_article(OVERDUE, people)
    new_pages += sum(articles.load_article(name, people) for name in ARTICLES)
    if new_pages:
        _take_down(people)
        _dismiss_rechecks(people)
        # From now on safety-critical changes need two sign-offs. Not in Arabic: only one of the clinicians reads it.
        SignOffPolicy.objects.get_or_create(kind="", language="en", defaults={"grave_sign_offs": 2})
    return new_pages


def _take_down(people: dict) -> None:
    document = Document.objects.get(kind="article", slug=TAKEN_DOWN)
    if not Withdrawal.objects.filter(document=document).exists():
        explanation = Document.objects.get(kind="site-words", slug="withdrawn-out-of-date")
        withdraw(document, "en", user=people["operator"], reason=REASON, explanation=explanation)


def _dismiss_rechecks(people: dict) -> None:
    """Pages that explain each other's words cannot each be signed after the other: their signers looked again.

    Translations whose source is newer are left, so that there is something to recheck.
    """
    for recheck in Recheck.objects.open().exclude(cause=Cause.SOURCE):
        signer = people["reviewer" if recheck.edition.language == "en" else "reviewer2"]
        reason = "Read again beside the page that was signed after it: nothing to change."
        dismiss_recheck(recheck, user=signer, password=PASSWORD, reason=reason)
