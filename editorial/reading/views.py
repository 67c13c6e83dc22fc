"""Public pages. Each asks the gate once and takes everything else from what it let through."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone

from editorial.accounts.languages import bcp47, direction, own_name
from editorial.editions.kinds import Kind, kind_named
from editorial.editions.models import Withdrawal

from . import embeds, evidence, gate, presenters
from .addresses import list_url, page_url, reviewer_url
from .responses import Shown, public
from .site_words import PAGE_WORDS


@public
def page(request, kind: Kind, slug: str, *, language: str):
    """One page in one language: at most four queries."""
    at = timezone.now()
    found = gate.live_page(kind.name, slug, language, at)
    source = found.own.get(settings.SOURCE_LANGUAGE)
    release = found.own.get(language)
    if release is None and source is None:
        return _gone_or_moved(kind, slug, language, at, found)
    withdrawn = None if release else gate.withdrawn(kind.name, slug, language, at)
    if withdrawn:
        return _withdrawn(kind, withdrawn, set(found.own), language, at, found)
    shown = release or source
    company = embeds.company(found, kind.name, shown.language, language)
    standing, others = evidence.with_company(shown, company)
    if not kind.is_page(standing.root):
        raise Http404
    around = embeds.build(standing.root, found, others, words_in=standing.language, language=language, at=at)
    context = presenters.page_context(standing, language, source=source, at=at)
    state = context["page"]
    context |= {**presenters.links(language, found.site_pages), **around.context}
    if state["is_fallback"]:
        context |= {
            "robots": "noindex",
            "canonical": request.build_absolute_uri(page_url(kind, slug, settings.SOURCE_LANGUAGE)),
        }
    shows = [
        presenters.fingerprint(standing, at),
        around.shows,
        sorted(found.own),
        sorted(found.site_pages),
        state["is_fallback"],
        state["is_outdated"],
    ]
    return Shown(
        kind.template, context, shows, address=lambda code: page_url(kind, slug, code), available=set(found.own)
    )  # fmt: skip


def _gone_or_moved(kind: Kind, slug: str, language: str, at, found: gate.Found):
    """Nothing is live here: a withdrawn page says so, an old address leads on, anything else was never here."""
    if record := gate.withdrawn(kind.name, slug, "", at):
        return _withdrawn(kind, record, set(), language, at, found)
    moved = gate.moved(kind.name, slug, at)
    if moved is None:
        raise Http404
    return HttpResponsePermanentRedirect(page_url(kind, moved.slug, language))


def _withdrawn(kind: Kind, record: Withdrawal, live: set[str], language: str, at, found: gate.Found) -> Shown:
    told = embeds.explanation(language, at, record.explanation)
    document = record.document
    context = {
        **presenters.links(language, found.site_pages),
        "robots": "noindex",
        "explanation": told and presenters.page_context(told, language, source=None, at=at),
        "alternatives": [
            {"url": page_url(kind, document.slug, code), "label": own_name(code), "lang": bcp47(code)}
            for code in sorted(live & set(settings.PUBLIC_LANGUAGES))
        ],
    }
    shows = [record.record_digest, told and presenters.fingerprint(told, at), sorted(live), sorted(found.site_pages)]
    return Shown(
        "reading/withdrawn.html", context, shows, 410, address=lambda code: page_url(kind, document.slug, code)
    )


@public
def listing(request, kind: Kind, *, language: str):
    """The live pages of a kind, newest first; those not translated yet in the source language, marked."""
    if not kind.is_in_menu:
        raise Http404
    shown = _items(kind, language, request.GET, kind.per_page)
    shown.template = kind.list_template
    shown.address = lambda code: list_url(kind, code)
    return shown


def _items(kind: Kind, language: str, query, per_page: int | None) -> Shown:
    at = timezone.now()
    releases, found = gate.live_documents(kind.name, language, at)
    releases.sort(key=lambda each: (each.released_from, each.pk), reverse=True)
    slice_ = Paginator(releases, per_page or max(len(releases), 1)).get_page(query.get("page", 1))
    words = found.words({PAGE_WORDS, *kind.site_words}, language)
    on_list = list(slice_)
    # One question for both; a release may be on the list and be around.
    standings = {each.release.pk: each for each in evidence.readable(_unique([*on_list, *words]))}
    listed = [standings[each.pk] for each in on_list if each.pk in standings]
    around = embeds.words_only([standings[each.pk] for each in words if each.pk in standings], language, at)
    items = [presenters.item(each, language, at) for each in listed]
    context = {
        **presenters.links(language, found.site_pages),
        **around.context,
        **kind.list_context(items, query, at),
        "kind": kind,
        "items": items,
        "slice": slice_,
    }
    shows = [
        [[*presenters.fingerprint(each, at), each.release.is_outdated] for each in listed], around.shows, len(releases),
        slice_.number, sorted(found.site_pages),
    ]  # fmt: skip
    return Shown("", context, shows, available=set(settings.PUBLIC_LANGUAGES))


def _unique(releases: list) -> list:
    return list({each.pk: each for each in releases}.values())


def newest(kind: Kind, language: str, template: str) -> Shown:
    """A page of the newest live pages of a kind, for the home page; `address` is the caller's to set."""
    shown = _items(kind, language, {}, per_page=6)
    shown.template = template
    return shown


@public
def reviewer(request, slug: str, *, language: str):
    """A reviewer and the live pages that carry their signature, all from the records. Unknown until one is live."""
    at = timezone.now()
    signed = []
    mine = None
    releases, found = gate.live_signed_by(slug, language, at)
    offered = [release for release in releases if release.language in settings.PUBLIC_LANGUAGES]
    for standing in evidence.readable(offered):
        own = [each for each in standing.sign_offs if each.signer_slug == slug]
        if not own:
            continue
        mine = max([own[-1], *([mine] if mine else [])], key=lambda each: each.recorded_at)
        signed.append((standing, own[-1]))
    if mine is None:
        raise Http404
    context = {
        **presenters.links(language, found.site_pages),
        "reviewer": presenters.signer(mine, language),
        "signed": [_signed_row(*pair) for pair in signed],
    }
    shows = [
        [presenters.fingerprint(each, at) for each, _own in signed], mine.record_digest, sorted(found.site_pages)
    ]  # fmt: skip
    return Shown(
        "reading/reviewer.html", context, shows,
        address=lambda code: reviewer_url(slug, code), available=set(settings.PUBLIC_LANGUAGES),
    )  # fmt: skip


def _signed_row(standing, sign_off) -> dict:
    kind = kind_named(standing.edition.tree.kind)
    language = standing.language
    slug = standing.release.document.slug
    return {
        **presenters.words_in(standing),
        "dir": direction(language),
        "url": page_url(kind, slug, language) if kind.is_page(standing.root) else "",
        "language_name": own_name(language),
        "number": sign_off.number,
        "signed_on": timezone.localdate(sign_off.signed_at),
        "meaning": sign_off.get_meaning_display(),
    }
