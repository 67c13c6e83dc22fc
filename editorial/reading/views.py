"""Public pages. Each asks the gate once and takes everything else from what it let through."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from editorial.accounts.languages import bcp47, own_name
from editorial.editions.kinds import Kind

from . import embeds, gate, notices, page_gate, presenters, verified_releases
from .addresses import page_url
from .further_reading import further_context, further_releases
from .older_facts import NOTHING_OLDER, find_older_facts
from .page_gate import WithdrawalRow
from .paths import find_further
from .presenters import NO_PARTS
from .record_rows import LiveRelease
from .responses import PublicPage, public_view
from .source_updates import SourcePart, SourceUpdate, find_source_update, present_parts
from .verified_releases import VerifiedRelease


@public_view
def page(request: HttpRequest, kind: Kind, slug: str, *, language: str) -> PublicPage | HttpResponse:
    """One page in one language: at most five queries, one more where a translation is outdated, another where facts of
    it may be older, and four more where urgent notices stand on it.
    """
    at = timezone.now()
    further = find_further(kind.name, slug, language, at)
    result = page_gate.live_page(kind.name, slug, language, at, further.document_ids)
    source = result.own.get(settings.SOURCE_LANGUAGE)
    translated = result.own.get(language)
    release = translated or source
    if release is None:
        return _withdrawn_or_redirect(kind, slug, language, at, result)
    is_taken_down = not translated and release.document_id in result.taken_down_ids
    if is_taken_down and (withdrawal := page_gate.find_withdrawal(kind.name, slug, language, at)):
        return _withdrawn_page(kind, withdrawal, set(result.own), language, at, result)
    embedded = embeds.embedded_releases(result, kind.name, release.language, language)
    following = further_releases(further, result)
    update = find_source_update(release, source)
    shown_source = [source] if source and update and update.parts else []
    verified, verified_others = verified_releases.verify_page(
        release, list(dict.fromkeys([*embedded, *following, *shown_source]))
    )
    verified_embeds = [other for other in verified_others if other.release in embedded]
    if not kind.is_page(verified.root):
        raise Http404
    older = find_older_facts([verified, *verified_embeds], result.others)
    own_older = older.get(release.document_id, NOTHING_OLDER)
    parts = _source_parts(update, verified, verified_others, source)
    extras = embeds.page_extras(
        verified.root,
        result,
        verified_embeds,
        page_language=verified.language,
        language=language,
        at=at,
        older=older,
        beside=[part.node for part in parts.values() if part.node],
    )
    context = presenters.page_context(
        verified, language, source=source, at=at, older=own_older, update=update, parts=parts
    )
    state = context["page"]
    urgent = notices.page_notices(verified, language, at)
    context |= {**presenters.menu_context(language, result.site_pages), **extras.context, **urgent.context}
    context["breadcrumbs"] = presenters.breadcrumbs(language, kind)
    context |= further_context(verified, further, verified_others, language)
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
            urgent.validator_parts,
            sorted(result.own),
            sorted(result.site_pages.items()),
            state["is_fallback"],
            state["is_outdated"],
            own_older.validator_parts,
            update and (update.on, sorted(update.parts.items()), update.is_critical),
            bool(parts) and source and source.content_digest,
            further,
        ],
        address=lambda code: page_url(kind, slug, code),
        available=set(result.own),
    )


def _source_parts(
    update: SourceUpdate | None,
    verified: VerifiedRelease,
    others: Sequence[VerifiedRelease],
    source: LiveRelease | None,
) -> Mapping[str, SourcePart]:
    """Those of the source that readers must not overlook; none where its records do not verify."""
    found = next((other for other in others if update and update.parts and other.release == source), None)
    return present_parts(update, verified, found) if update and found else NO_PARTS


def _withdrawn_or_redirect(
    kind: Kind, slug: str, language: str, at: datetime, result: gate.GateResult
) -> PublicPage | HttpResponse:
    """Nothing is live here: a withdrawn page says so, an old address redirects, anything else was never here."""
    if withdrawal := page_gate.find_withdrawal(kind.name, slug, "", at):
        return _withdrawn_page(kind, withdrawal, set(), language, at, result)
    new_slug = page_gate.find_redirect(kind.name, slug, at)
    if not new_slug:
        raise Http404
    return HttpResponsePermanentRedirect(page_url(kind, new_slug, language))


def _withdrawn_page(
    kind: Kind, withdrawal: WithdrawalRow, live: set[str], language: str, at: datetime, result: gate.GateResult
) -> PublicPage:
    """Status 410; `live` holds the languages in which the page can still be read."""
    explanation = embeds.find_explanation(language, at, withdrawal.explanation_id)
    slug = withdrawal.slug
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
