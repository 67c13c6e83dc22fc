"""Readers' lists: of the pages of a kind, and of what a reviewer signed. Only what is shown is loaded and verified."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone

from editorial.accounts.languages import language_name
from editorial.editions.kinds import Kind, kind_named

from . import embeds, list_questions, page_gate, presenters, verified_releases
from .addresses import list_url, page_url, reviewer_url
from .list_facts import facts_of
from .list_questions import ListedRow
from .list_slices import ListSlice, page_number
from .models import ListedPage, ListedSignature
from .record_rows import LiveRelease, SignOffRow
from .responses import PublicPage, public_view
from .site_words import PAGE_WORDS
from .verified_releases import VerifiedRelease

SIGNED_PER_PAGE = 24


@public_view
def page_list(request: HttpRequest, kind: Kind, *, language: str) -> PublicPage:
    """The live pages of a kind, as its listing orders them; those not translated yet in the source language, marked."""
    if not kind.listing.is_in_menu:
        raise Http404
    at, number = timezone.now(), page_number(request.GET.get("page", ""))
    others = set(settings.PUBLIC_LANGUAGES) - {language}
    if facts := facts_of(kind.name):
        page = facts.find(language, request.GET, at, number)
        answer, items = _list_page(kind, page.pages, language, at)
        answer.context |= facts.context(page, items, at)
        answer.validator_parts += page.validator_parts
        is_whole = page.query == page.view
        # What is chosen shows less of the one list, which has one address.
        address = {**page.view, **({"page": page.slice.number} if is_whole else {})}
        without = set() if is_whole and page.slice.number == 1 else others
        return _number_page(answer, kind, page.slice, page.query, address, without=without, view=page.view)
    per_page = kind.listing.per_page
    letter, letters = request.GET.get("letter", "").upper(), list[str]()
    if letter:
        letters = list_questions.find_letters(kind.name, language, at)
        letter = letter if letter in letters else ""
    slice_ = list_questions.find_pages(kind.name, language, at, number=number, per_page=per_page, letter=letter)
    if kind.listing.place and slice_.has_other_pages and not letters:
        letters = list_questions.find_letters(kind.name, language, at)
    answer, _items = _list_page(kind, slice_.rows, language, at)
    answer.context |= {"letters": letters, "letter": letter}
    answer.validator_parts.append([letters, letter])
    if letter:  # those of other languages are others
        query = {"letter": letter}
        return _number_page(answer, kind, slice_, query, {**query, "page": slice_.number}, without=others)
    shorter = list_questions.find_shorter_languages(kind.name, others, at, number=slice_.number, per_page=per_page)
    return _number_page(answer, kind, slice_, {}, {"page": slice_.number}, without=shorter)


def _list_page(
    kind: Kind, pages: Iterable[ListedPage | ListedRow], language: str, at: datetime
) -> tuple[PublicPage, dict[int, dict[str, Any]]]:
    """(the answer without address or template, {release's key: what the template gets of it})"""
    pages = list(pages)
    answer, items = show_items(pages, language, at, words=kind.site_words)
    letters = {page.release_id: page.letter for page in pages}
    for key, item in items.items():
        item["letter"] = letters[key]
    answer.context |= {**kind.listing.context(list(items.values())), "kind": kind, "items": list(items.values())}
    answer.validator_parts.append([letters[key] for key in items])
    return answer, items


def show_items(
    pages: Iterable[ListedPage | ListedRow], language: str, at: datetime, *, words: Iterable[str] = ()
) -> tuple[PublicPage, dict[int, dict[str, Any]]]:
    """(the answer without address or template, {release's key: what a template gets of it}) for listed pages.

    `words` are keys of the site words that the template needs besides those of all pages. What the gate does not let
    through, or does not verify, is left out. Two queries.
    """
    pages = list({page.release_id: page for page in pages}.values())
    result = page_gate.live_in_list([page.document_id for page in pages], language, at)
    releases = [result.release(page.document_id, page.release_id) for page in pages]
    site_words = result.site_words({PAGE_WORDS, *words}, language)
    # One query for both; a release may be in the list and be site words.
    verified = _verify_by_key([*(release for release in releases if release), *site_words])
    shown = [(verified[page.release_id], page) for page in pages if page.release_id in verified]
    extras = embeds.site_words_extras(
        [verified[release.pk] for release in site_words if release.pk in verified], language, at
    )
    items = {
        release.release.pk: presenters.list_item(release, language, at, is_outdated=page.is_outdated)
        for release, page in shown
    }
    context = {
        **presenters.menu_context(language, result.site_pages),
        **extras.context,
        "breadcrumbs": presenters.breadcrumbs(language),
    }
    validator_parts = [
        [[*presenters.validator_parts(release, at), page.is_outdated] for release, page in shown],
        extras.validator_parts,
        sorted(result.site_pages.items()),
    ]
    return PublicPage("", context, validator_parts, available=set(settings.PUBLIC_LANGUAGES)), items


def _number_page(
    answer: PublicPage,
    kind: Kind,
    slice_: ListSlice[Any],
    query: Mapping[str, str],
    address: Mapping[str, Any],
    *,
    without: set[str],
    view: Mapping[str, str] = MappingProxyType({}),
) -> PublicPage:
    """The answer with its place among the pages of its list, and its address.

    `query` is what the next page's address keeps; `address` what this one's own has in its query. In the languages
    `without` this page, the switch leads to the first one of its `view`, which is no translation of it.
    """
    answer.template = kind.listing.template
    answer.address = lambda code: list_url(kind, code, view if code in without else address)
    answer.without_alternate = without
    answer.context |= {"slice": slice_, "slice_query": urlencode(query) + "&" if query else ""}
    answer.validator_parts += [slice_parts(slice_), sorted(query.items()), sorted(without)]
    return answer


def slice_parts(slice_: ListSlice[Any]) -> list[Any]:
    """What an ETag must cover of a page's place among the others."""
    return [slice_.number, slice_.count, slice_.has_next]


def _verify_by_key(releases: list[LiveRelease]) -> dict[int, VerifiedRelease]:
    """{release key: verified release}, each once, without those that do not verify."""
    distinct = {release.pk: release for release in releases}
    return {verified.release.pk: verified for verified in verified_releases.filter_verified(list(distinct.values()))}


@public_view
def reviewer(request: HttpRequest, slug: str, *, language: str) -> PublicPage:
    """A reviewer and the live pages that carry their signature, all from the records. Unknown until one is live."""
    at = timezone.now()
    number = page_number(request.GET.get("page", ""))
    slice_ = list_questions.find_signatures(slug, at, number=number, per_page=SIGNED_PER_PAGE)
    newest = list_questions.find_newest_signature(slug, at) if slice_.number > 1 else None
    rows = [newest, *slice_.rows] if newest else list(slice_.rows)
    result = page_gate.live_in_all_languages([row.document_id for row in rows], language, at)
    verified = _verify_by_key(list(filter(None, (result.release(row.document_id, row.release_id) for row in rows))))
    signed = _signed_releases(slice_.rows, verified, slug)
    if not signed:
        raise Http404
    newest_signed = _signed_releases(rows[:1], verified, slug) or signed
    sign_off = newest_signed[0][1]
    context = {
        **presenters.menu_context(language, result.site_pages),
        "breadcrumbs": presenters.breadcrumbs(language),
        "reviewer": presenters.signer_context(sign_off, language),
        "signed": [_signed_page_row(release, sign_off) for release, sign_off in signed],
        "slice": slice_,
    }
    validator_parts = [
        [presenters.validator_parts(release, at) for release, _sign_off in signed],
        sign_off.record_digest,
        sorted(result.site_pages.items()),
        slice_parts(slice_),
    ]
    return PublicPage(
        "reading/reviewer.html",
        context,
        validator_parts,
        address=lambda code: reviewer_url(slug, code, page=slice_.number),
        available=set(settings.PUBLIC_LANGUAGES),
    )


def _signed_releases(
    rows: Iterable[ListedSignature], verified: Mapping[int, VerifiedRelease], slug: str
) -> list[tuple[VerifiedRelease, SignOffRow]]:
    """Those of the rows that verify, each with the reviewer's newest sign-off that stands on it."""
    signed = []
    for row in rows:
        if row.release_id in verified:
            release = verified[row.release_id]
            sign_offs = [sign_off for sign_off in release.sign_offs if sign_off.signer_slug == slug]
            if sign_offs:
                signed.append((release, sign_offs[-1]))
    return signed


def _signed_page_row(verified: VerifiedRelease, sign_off: SignOffRow) -> dict[str, Any]:
    kind = kind_named(verified.kind_name)
    return {
        **presenters.title_context(verified),
        "url": page_url(kind, verified.slug, verified.language) if kind.is_page(verified.root) else "",
        "language_name": language_name(verified.language),
        "number": sign_off.number,
        "signed_on": timezone.localdate(sign_off.signed_at),
        "meaning": sign_off.get_meaning_display(),
    }
