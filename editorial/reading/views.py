"""Public pages. Each asks the gate once and takes everything else from what it let through."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from editorial.accounts.languages import bcp47, own_name
from editorial.editions.kinds import Kind, kind_named
from editorial.editions.models import Withdrawal

from . import embeds, gate, page_gate, presenters, verified_releases
from .addresses import list_url, page_url, reviewer_url
from .record_rows import LiveRelease, SignOffRow
from .responses import PublicPage, public_view
from .site_words import PAGE_WORDS
from .verified_releases import VerifiedRelease


@public_view
def page(request: HttpRequest, kind: Kind, slug: str, *, language: str) -> PublicPage | HttpResponse:
    """One page in one language: at most four queries."""
    at = timezone.now()
    result = page_gate.live_page(kind.name, slug, language, at)
    source = result.own.get(settings.SOURCE_LANGUAGE)
    translated = result.own.get(language)
    release = translated or source
    if release is None:
        return _withdrawn_or_redirect(kind, slug, language, at, result)
    withdrawal = None if translated else gate.find_withdrawal(kind.name, slug, language, at)
    if withdrawal:
        return _withdrawn_page(kind, withdrawal, set(result.own), language, at, result)
    embedded = embeds.embedded_releases(result, kind.name, release.language, language)
    verified, verified_embeds = verified_releases.verify_page(release, embedded)
    if not kind.is_page(verified.root):
        raise Http404
    extras = embeds.page_extras(
        verified.root, result, verified_embeds, page_language=verified.language, language=language, at=at
    )
    context = presenters.page_context(verified, language, source=source, at=at)
    state = context["page"]
    context |= {**presenters.menu_context(language, result.site_pages), **extras.context}
    if state["is_fallback"]:
        context |= {
            "robots": "noindex",
            "canonical": request.build_absolute_uri(page_url(kind, slug, settings.SOURCE_LANGUAGE)),
        }
    return PublicPage(
        kind.template,
        context,
        [
            presenters.validator_parts(verified, at),
            extras.validator_parts,
            sorted(result.own),
            sorted(result.site_pages.items()),
            state["is_fallback"],
            state["is_outdated"],
        ],
        address=lambda code: page_url(kind, slug, code),
        available=set(result.own),
    )


def _withdrawn_or_redirect(
    kind: Kind, slug: str, language: str, at: datetime, result: gate.GateResult
) -> PublicPage | HttpResponse:
    """Nothing is live here: a withdrawn page says so, an old address redirects, anything else was never here."""
    if withdrawal := gate.find_withdrawal(kind.name, slug, "", at):
        return _withdrawn_page(kind, withdrawal, set(), language, at, result)
    document = gate.find_redirect(kind.name, slug, at)
    if document is None:
        raise Http404
    return HttpResponsePermanentRedirect(page_url(kind, document.slug, language))


def _withdrawn_page(
    kind: Kind, withdrawal: Withdrawal, live: set[str], language: str, at: datetime, result: gate.GateResult
) -> PublicPage:
    """Status 410; `live` holds the languages in which the page can still be read."""
    explanation = embeds.find_explanation(language, at, withdrawal.explanation)
    slug = withdrawal.document.slug
    context = {
        **presenters.menu_context(language, result.site_pages),
        "robots": "noindex",
        "explanation": explanation and presenters.page_context(explanation, language, source=None, at=at),
        "alternatives": [
            {"url": page_url(kind, slug, code), "label": own_name(code), "lang": bcp47(code)}
            for code in sorted(live & set(settings.PUBLIC_LANGUAGES))
        ],
    }
    validator_parts = [
        withdrawal.record_digest,
        explanation and presenters.validator_parts(explanation, at),
        sorted(live),
        sorted(result.site_pages.items()),
    ]
    return PublicPage(
        "reading/withdrawn.html", context, validator_parts, 410, address=lambda code: page_url(kind, slug, code)
    )


@public_view
def page_list(request: HttpRequest, kind: Kind, *, language: str) -> PublicPage:
    """The live pages of a kind, newest first; those not translated yet in the source language, marked."""
    if not kind.listing.is_in_menu:
        raise Http404
    answer = _list_page(kind, language, request.GET, kind.listing.per_page)
    answer.template = kind.listing.template
    number = answer.context["slice"].number
    counts = gate.count_listed(kind.name, timezone.now()) if number > 1 else {}
    # Other languages may list fewer pages: there the switch leads to the first, which is no translation of this one.
    shorter = {code for code, count in counts.items() if code != language and _pages(kind, count) < number}
    answer.address = lambda code: list_url(kind, code, 1 if code in shorter else number)
    answer.without_alternate = shorter
    answer.validator_parts.append(sorted(shorter))
    return answer


def _pages(kind: Kind, count: int) -> int:
    """How many pages a list of so many documents has."""
    return -(-count // (kind.listing.per_page or max(count, 1)))


def newest_pages(kind: Kind, language: str, template: str) -> PublicPage:
    """A page of the six newest live pages of a kind, for the home page; the caller sets its `address`."""
    answer = _list_page(kind, language, {}, per_page=6)
    answer.template = template
    return answer


def _list_page(kind: Kind, language: str, query: Mapping[str, str], per_page: int | None) -> PublicPage:
    at = timezone.now()
    listed, result = gate.live_documents(kind.name, language, at)
    listed.sort(key=lambda row: (row.release.released_from, row.release.pk), reverse=True)
    slice_ = Paginator(listed, per_page or max(len(listed), 1)).get_page(query.get("page", 1))
    site_words = result.site_words({PAGE_WORDS, *kind.site_words}, language)
    # One query for both; a release may be in the list and be site words.
    verified = _verify_by_key([*(row.release for row in slice_), *site_words])
    rows = [(verified[row.release.pk], row.is_outdated) for row in slice_ if row.release.pk in verified]
    extras = embeds.site_words_extras(
        [verified[release.pk] for release in site_words if release.pk in verified], language, at
    )
    items = [presenters.list_item(release, language, at, is_outdated=is_outdated) for release, is_outdated in rows]
    context = {
        **presenters.menu_context(language, result.site_pages),
        **extras.context,
        **kind.listing.context(items, query, at),
        "kind": kind,
        "items": items,
        "slice": slice_,
    }
    validator_parts = [
        [[*presenters.validator_parts(release, at), is_outdated] for release, is_outdated in rows],
        extras.validator_parts,
        len(listed),
        slice_.number,
        sorted(result.site_pages.items()),
    ]
    return PublicPage("", context, validator_parts, available=set(settings.PUBLIC_LANGUAGES))


def _verify_by_key(releases: Sequence[LiveRelease]) -> dict[int, VerifiedRelease]:
    """{release key: verified release}, each once, without those that do not verify."""
    distinct = {release.pk: release for release in releases}
    return {verified.release.pk: verified for verified in verified_releases.filter_verified(list(distinct.values()))}


@public_view
def reviewer(request: HttpRequest, slug: str, *, language: str) -> PublicPage:
    """A reviewer and the live pages that carry their signature, all from the records. Unknown until one is live."""
    at = timezone.now()
    releases, result = gate.live_signed_by(slug, language, at)
    offered = [release for release in releases if release.language in settings.PUBLIC_LANGUAGES]
    signed: list[tuple[VerifiedRelease, SignOffRow]] = []
    for verified in verified_releases.filter_verified(offered):
        sign_offs = [sign_off for sign_off in verified.sign_offs if sign_off.signer_slug == slug]
        if sign_offs:
            signed.append((verified, sign_offs[-1]))
    if not signed:
        raise Http404
    newest = max((sign_off for _verified, sign_off in signed), key=lambda sign_off: sign_off.recorded_at)
    context = {
        **presenters.menu_context(language, result.site_pages),
        "reviewer": presenters.signer_context(newest, language),
        "signed": [_signed_page_row(verified, sign_off) for verified, sign_off in signed],
    }
    validator_parts = [
        [presenters.validator_parts(verified, at) for verified, _sign_off in signed],
        newest.record_digest,
        sorted(result.site_pages.items()),
    ]
    return PublicPage(
        "reading/reviewer.html",
        context,
        validator_parts,
        address=lambda code: reviewer_url(slug, code),
        available=set(settings.PUBLIC_LANGUAGES),
    )


def _signed_page_row(verified: VerifiedRelease, sign_off: SignOffRow) -> dict[str, Any]:
    kind = kind_named(verified.kind_name)
    return {
        **presenters.title_context(verified),
        "url": page_url(kind, verified.slug, verified.language) if kind.is_page(verified.root) else "",
        "language_name": own_name(verified.language),
        "number": sign_off.number,
        "signed_on": timezone.localdate(sign_off.signed_at),
        "meaning": sign_off.get_meaning_display(),
    }
