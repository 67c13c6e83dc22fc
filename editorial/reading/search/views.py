"""The page on which readers search. What they type is about their health: nobody keeps it, logs it or passes it on."""

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from editorial.accounts.languages import own_name, public_languages
from editorial.editions.kinds import all_kinds, kind_named
from editorial.editions.models import CorruptEdition, Document

from .. import embeds, page_gate, presenters, verified_releases
from ..gate import GateResult
from ..list_slices import ListSlice, page_number
from ..older_facts import is_outdated
from ..responses import PublicPage, public_view
from ..site_words import PAGE_WORDS, SITE_WORDS, LiveSiteWords
from ..verified_releases import VerifiedRelease
from . import facets
from .care_words import find_care_level
from .excerpts import find_excerpt
from .queries import LONGEST_QUERY, Query, clean_query, read_query
from .ranking import Choice, FoundEntry, search_pages
from .suggestions import find_suggestions
from .word_lists import CARD_TEXT, CARD_TITLE, EXAMPLES, SEARCH_WORDS, split_words

log = logging.getLogger(__name__)

PER_PAGE = 10
_WORDS = (PAGE_WORDS, SEARCH_WORDS, "article-words", "emergency-number", "helpline")


@public_view
def _search(request: HttpRequest, *, language: str) -> PublicPage:
    at, typed = timezone.now(), request.GET.get("q", "")
    text = clean_query(typed)
    kinds = {kind.path: kind.name for kind in all_kinds() if kind.path}
    choice = Choice(kinds.get(request.GET.get("kind", ""), ""), facets.read_topic(request.GET.get("topic", "")))
    query = read_query(text, language, at)
    entries, has_all, counts = search_pages(query, at, choice)
    slice_ = _cut(entries, page_number(request.GET.get("page", "")))
    keys = [(entry.document_id, entry.release_id) for entry in slice_.rows]
    holders = facets.find_holders(counts, slice_.rows)
    result, verified = _verify([*keys, *holders.values()], language, at)
    shown = [
        release
        for entry in slice_.rows
        if result.release(entry.document_id, entry.release_id) and (release := verified.get(entry.release_id))
    ]
    site_words = [verified[release.pk] for release in result.site_words(_WORDS, language) if release.pk in verified]
    source_words = [
        verified[release.pk]
        for release in result.site_words((SEARCH_WORDS,), settings.SOURCE_LANGUAGE)
        if release.pk in verified
    ]
    extras = embeds.site_words_extras(site_words, language, at)
    context: dict[str, Any] = {
        **presenters.menu_context(language, result.site_pages),
        **extras.context,
        "breadcrumbs": presenters.breadcrumbs(language),
        "robots": "noindex",
        "typed": text,
        "longest_query": LONGEST_QUERY,
        "is_cut": len(" ".join(typed.split())) > LONGEST_QUERY,
        "corrected": query.corrected if entries and has_all else "",
        "results": [_result(release, query, result, at) for release in shown],
        "has_all": has_all,
        "facets": facets.list_kinds(counts, text, choice),
        "topic_facets": facets.list_topics(counts, text, choice, facets.read_names(holders, verified)),
        "is_least": counts.is_least,
        "care": _care(text, language, site_words, source_words),
        "examples": find_examples(extras.site_words),
        "source_search": _source_search(text, language),
        "slice": slice_,
        "slice_query": facets.write_query(text, choice) + "&",
        "is_by_name": True,  # the links say Next and Previous
    }
    return PublicPage(
        "reading/search.html",
        context,
        [text, choice, slice_.number, timezone.now()],  # never the same: nothing is kept
        address=lambda code: f"/{code}/search/",
        available=set(settings.PUBLIC_LANGUAGES),
    )


@wraps(_search)
def search(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """What was found, on a page that no browser and no proxy keeps, and whose address no link passes on."""
    return _keep_nowhere(_search(request, **kwargs))


@require_safe
def suggest(request: HttpRequest) -> HttpResponseBase:
    """What somebody may be typing, as JSON: `suggestions` to search for, and `status`, which says how many there are.

    The page works without: a small script asks for it.
    """
    language = get_language()
    if language not in public_languages():
        raise Http404
    try:
        found = find_suggestions(clean_query(request.GET.get("q", "")), language, timezone.now())
    except CorruptEdition:
        log.critical("Nothing is suggested, because records do not verify.", exc_info=True)
        found = []
    # Translators: said by screen readers while somebody types into the search.
    status = _("Suggestions: %(count)s") % {"count": len(found)} if found else _("No suggestions")
    return _keep_nowhere(JsonResponse({"suggestions": found, "status": status}))


def _keep_nowhere(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers.pop("ETag", None)
    return response


def find_examples(site_words: LiveSiteWords | None) -> list[dict[str, str]]:
    """Words to begin with, signed in the reader's language, each with the query of its search."""
    phrase = site_words.phrase(PAGE_WORDS, EXAMPLES) if site_words else None
    if phrase is None or phrase.is_foreign:
        return []
    return [{"text": words, "url": f"?{urlencode({'q': words})}"} for words in split_words(phrase.text)]


def _cut(entries: Sequence[FoundEntry], number: int) -> ListSlice[FoundEntry]:
    number = min(number, max(1, -(-len(entries) // PER_PAGE)))
    start, end = (number - 1) * PER_PAGE, number * PER_PAGE
    return ListSlice(tuple(entries[start:end]), number, len(entries), len(entries) > end, PER_PAGE)


def _verify(
    keys: Sequence[tuple[int, int]], language: str, at: datetime
) -> tuple[GateResult, dict[int, VerifiedRelease]]:
    """(what the gate says of these documents and their releases, {release's key: verified release} of them and of the
    site words)"""
    words = Document.objects.filter(kind=SITE_WORDS, key=SEARCH_WORDS).values_list("pk", flat=True)
    result = page_gate.live_in_list([*words, *(document for document, _release in keys)], language, at)
    found = [result.release(document, release) for document, release in keys]
    found += [*result.site_words(_WORDS, language), *result.site_words((SEARCH_WORDS,), settings.SOURCE_LANGUAGE)]
    releases = {release.pk: release for release in found if release}
    return result, {release.release.pk: release for release in verified_releases.filter_verified([*releases.values()])}


def _result(release: VerifiedRelease, query: Query, gate: GateResult, at: datetime) -> dict[str, Any]:
    kind, source = kind_named(release.kind_name), settings.SOURCE_LANGUAGE
    is_behind = is_outdated(release, gate.others.get(release.release.document_id, {}).get(source))
    # A line out of a page of facts has no notice beside it that they may have changed.
    has_excerpt = not (is_behind and kind.listing.has_medical_facts)
    return {
        **presenters.list_item(release, query.language, at, is_outdated=is_behind),
        "kind_label": facets.kind_label(kind),
        "names": list(dict.fromkeys(kind.other_names(release.root))),
        "excerpt": find_excerpt(release.root, release.language, query.ways) if has_excerpt else [],
    }


def _care(
    text: str, language: str, site_words: Sequence[VerifiedRelease], source_words: Sequence[VerifiedRelease]
) -> dict[str, str]:
    """The card of what cannot wait: its `level`, and its phrases by what it calls them.

    {} where what was typed can wait, in the reader's language and, as people type either, in the source's; and where
    nothing is signed that a card could say.
    """
    words = [release for release in site_words if release.key == SEARCH_WORDS]
    level = find_care_level(text, language, [*words, *source_words]) if text and words else ""
    card = {"level": level, "words": SEARCH_WORDS, "title": level + CARD_TITLE, "text": level + CARD_TEXT}
    return card if level else {}


def _source_search(text: str, language: str) -> dict[str, str] | None:
    """The same search in the language that everything is written in first, where the reader's is another one."""
    source = settings.SOURCE_LANGUAGE
    if language == source:
        return None
    return {"url": f"/{source}/search/?{facets.write_query(text)}", "language": own_name(source), "code": source}
