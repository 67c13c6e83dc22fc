"""Signed words that the engine's own pages need, by key and through the gate like any released edition."""

from datetime import datetime

from .gate import Standing, standings
from .models import Release

SITE_WORDS = "site-words"  # the kind's name; the engine needs no more of it
STOCK_WITHDRAWAL = "withdrawn"  # the key of the explanation that stands in for one that is not signed yet


def explanation(language: str, at: datetime, document=None) -> Standing | None:
    """The signed explanation of a withdrawal in this language: the one that was chosen, else the stock one.

    Two queries, three where its release has an end. None when neither is signed in this language: then nothing is said.
    """
    releases = Release.objects.live(at).filter(document__kind=SITE_WORDS, language=language).with_evidence()
    slugs = [document.slug, STOCK_WITHDRAWAL] if document else [STOCK_WITHDRAWAL]
    found = {each.document.slug: each for each in releases.filter(document__slug__in=slugs)}
    chosen = next((found[slug] for slug in slugs if slug in found), None)
    return standings([chosen])[0] if chosen else None
