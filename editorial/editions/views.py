"""Public pages. Each asks the gate once and takes everything else from what it let through."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone

from editorial.accounts.languages import bcp47, direction, own_name

from . import gate, serving
from .addresses import list_url, page_url, reviewer_url
from .kinds import Kind, kind_named
from .models import Withdrawal
from .responses import Shown, public
from .sitewords import explanation

PER_PAGE = 24


@public
def page(request, kind: Kind, slug: str, *, language: str):
    """One page in one language: at most four queries."""
    at = timezone.now()
    live, policy_is_live = gate.live_page(kind.name, slug, at)
    source = live.get(settings.SOURCE_LANGUAGE)
    release = live.get(language)
    if release is None and source is None:
        return _gone_or_moved(kind, slug, language, at, policy_is_live)
    withdrawn = None if release else gate.withdrawn(kind.name, slug, language, at)
    if withdrawn:
        return _withdrawn(kind, withdrawn, set(live), language, at, policy_is_live)
    standing = gate.standings([release or source])[0]
    context = serving.page_context(standing, language, source=source, at=at)
    state = context["page"]
    context |= serving.links(language, policy_is_live=policy_is_live)
    if state["is_fallback"]:
        context |= {
            "robots": "noindex",
            "canonical": request.build_absolute_uri(page_url(kind, slug, settings.SOURCE_LANGUAGE)),
        }
    shows = [
        serving.fingerprint(standing, at),
        sorted(live),
        policy_is_live,
        state["is_fallback"],
        state["is_outdated"],
    ]
    return Shown(
        kind.template, context, shows, address=lambda code: page_url(kind, slug, code), available=set(live)
    )  # fmt: skip


def _gone_or_moved(kind: Kind, slug: str, language: str, at, policy_is_live: bool):
    """Nothing is live here: a withdrawn page says so, an old address leads on, anything else was never here."""
    if record := gate.withdrawn(kind.name, slug, "", at):
        return _withdrawn(kind, record, set(), language, at, policy_is_live)
    moved = gate.moved(kind.name, slug, at)
    if moved is None:
        raise Http404
    return HttpResponsePermanentRedirect(page_url(kind, moved.slug, language))


def _withdrawn(kind: Kind, record: Withdrawal, live: set[str], language: str, at, policy_is_live: bool) -> Shown:
    told = explanation(language, at, record.explanation)
    document = record.document
    context = {
        **serving.links(language, policy_is_live=policy_is_live),
        "robots": "noindex",
        "explanation": told and serving.page_context(told, language, source=None, at=at),
        "alternatives": [
            {"url": page_url(kind, document.slug, code), "label": own_name(code), "lang": bcp47(code)}
            for code in sorted(live & set(settings.PUBLIC_LANGUAGES))
        ],
    }
    shows = [record.record_digest, told and serving.fingerprint(told, at), sorted(live), policy_is_live]
    return Shown(
        "editions/withdrawn.html", context, shows, 410, address=lambda code: page_url(kind, document.slug, code)
    )


@public
def listing(request, kind: Kind, *, language: str):
    """The live pages of a kind, newest first; those not translated yet in the source language, marked."""
    shown = _items(kind, language, request.GET.get("page", 1))
    shown.template = kind.list_template
    shown.address = lambda code: list_url(kind, code)
    return shown


def _items(kind: Kind, language: str, number, per_page: int = PER_PAGE) -> Shown:
    at = timezone.now()
    releases = sorted(
        gate.live_documents(kind.name, language, at), key=lambda each: (each.released_from, each.pk), reverse=True
    )
    slice_ = Paginator(releases, per_page).get_page(number)
    standings = gate.readable(list(slice_))
    policy_is_live = any(gate.is_policy(each) for each in releases)
    context = {
        **serving.links(language, policy_is_live=policy_is_live),
        "kind": kind,
        "items": [serving.item(each, language) for each in standings],
        "slice": slice_,
    }
    shows = [[serving.fingerprint(each, at) for each in standings], len(releases), slice_.number, policy_is_live]
    return Shown("", context, shows, available=set(settings.PUBLIC_LANGUAGES))


def newest(kind: Kind, language: str, template: str) -> Shown:
    """A page of the newest live pages of a kind, for the home page; `address` is the caller's to set."""
    shown = _items(kind, language, 1, per_page=6)
    shown.template = template
    return shown


@public
def reviewer(request, slug: str, *, language: str):
    """A reviewer and the live pages that carry their signature, all from the records. Unknown until one is live."""
    at = timezone.now()
    signed = []
    mine = None
    releases, policy_is_live = gate.live_signed_by(slug, at)
    offered = [release for release in releases if release.language in settings.PUBLIC_LANGUAGES]
    for standing in gate.readable(offered):
        own = [each for each in standing.sign_offs if each.signer_slug == slug]
        if not own:
            continue
        mine = max([own[-1], *([mine] if mine else [])], key=lambda each: each.recorded_at)
        signed.append((standing, own[-1]))
    if mine is None:
        raise Http404
    context = {
        **serving.links(language, policy_is_live=policy_is_live),
        "reviewer": serving.signer(mine, language),
        "signed": [_signed_row(*pair) for pair in signed],
    }
    shows = [[serving.fingerprint(each, at) for each, _own in signed], mine.record_digest, policy_is_live]
    return Shown(
        "editions/reviewer.html", context, shows,
        address=lambda code: reviewer_url(slug, code), available=set(settings.PUBLIC_LANGUAGES),
    )  # fmt: skip


def _signed_row(standing, sign_off) -> dict:
    kind = kind_named(standing.edition.tree.kind)
    language = standing.language
    return {
        **serving.words_in(standing),
        "dir": direction(language),
        "url": page_url(kind, standing.release.document.slug, language),
        "language_name": own_name(language),
        "number": sign_off.number,
        "signed_on": timezone.localdate(sign_off.signed_at),
        "meaning": sign_off.get_meaning_display(),
    }
