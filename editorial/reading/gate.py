"""Asking the gate: what may be read, now or at another time. Pages, lists, search and feeds all come here.

Each question is one statement and brings releases only; evidence.py loads and checks what stands behind them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from editorial.editions.kinds import all_kinds, kind_named
from editorial.editions.models import Dependency, Document, Edition, OldAddress, Release, Reliance, SignOff, Withdrawal

from .site_words import PAGE_WORDS, SITE_WORDS

ByLanguage = dict[str, Release]


@dataclass(frozen=True, slots=True)
class Found:
    """What one question brought: the page's own releases, and those of all that may stand on it."""

    own: ByLanguage
    others: dict[int, ByLanguage]  # {document id: {language: release}}

    @property
    def site_pages(self) -> frozenset[str]:
        """The pages about the site that readers can be led to, as kind/slug."""
        names = {address(each) for each in self._in(settings.SOURCE_LANGUAGE)}
        return frozenset(names & set(settings.SITE_PAGES))

    @property
    def documents(self) -> dict[tuple[str, str], Document]:
        """{(kind, slug): document} of everything that is live besides the page itself."""
        live = [next(iter(releases.values())).document for releases in self.others.values()]
        return {(each.kind, each.slug): each for each in live}

    def embedded(self, language: str) -> list[Release]:
        """Live releases in just this language of the documents of which the page shows a piece."""
        return [each for each in self._in(language) if each.embedded]

    def words(self, slugs: Iterable[str], language: str) -> list[Release]:
        """Live site words with these keys, in this language, else in the source language."""
        wanted = set(slugs)
        chosen: dict[int, Release] = {}
        for code in (settings.SOURCE_LANGUAGE, language):
            for each in self._in(code):
                if each.document.kind == SITE_WORDS and each.document.slug in wanted:
                    chosen[each.document_id] = each
        return list(chosen.values())

    def _in(self, language: str) -> list[Release]:
        return [releases[language] for releases in self.others.values() if language in releases]


def address(release: Release) -> str:
    return f"{release.document.kind}/{release.document.slug}"


def _around() -> Q:
    """Documents that any page may show or lead to: the pages about the site, and words that the interface needs."""
    slugs = {PAGE_WORDS, *(slug for kind in all_kinds() for slug in kind.site_words)}
    around = Q(kind=SITE_WORDS, slug__in=sorted(slugs))
    for name in settings.SITE_PAGES:
        kind, slug = name.split("/")
        around |= Q(kind=kind, slug=slug)
    return around


def _taken_down(language: str, at: datetime) -> Exists:
    """Whether the document of a release was taken down in this language: its address there says so, and leads nowhere.

    Asked of the source's release where none is live in the language: a newer one ends what a withdrawal says.
    """
    return Exists(Withdrawal.objects.filter(document=OuterRef("document"), language=language, withdrawn_from__lte=at))


def _releases(documents: QuerySet, editions, language: str, at: datetime, own: Q) -> Found:
    """One statement: live releases of `documents` and of what `editions` rest on; `own` tells the page's own."""
    relied = Dependency.objects.filter(edition__in=editions)
    embeds = relied.filter(document=OuterRef("document"), how=Reliance.EMBEDS)
    readable = own | Q(language__in=[language, settings.SOURCE_LANGUAGE])
    found = (
        Release.objects.live(at)
        .filter(readable, document__in=documents.values("pk").union(relied.values("document")))
        .with_evidence()
        .annotate(embedded=Exists(embeds), taken_down=_taken_down(language, at))
        .order_by("number")
    )
    others: dict[int, ByLanguage] = {}
    for release in found:
        others.setdefault(release.document_id, {})[release.language] = release
    return Found({}, others)


def live_page(kind: str, slug: str, language: str, at: datetime) -> Found:
    """The live releases of one document, and of what may stand on its page. No content is loaded."""
    own = Q(document__kind=kind, document__slug=slug)
    editions = Release.objects.live(at).filter(own).values("edition")
    found = _releases(Document.objects.filter(_around() | Q(kind=kind, slug=slug)), editions, language, at, own)
    for releases in found.others.values():
        document = next(iter(releases.values())).document
        if (document.kind, document.slug) == (kind, slug):
            return Found(releases, found.others)
    return found


def around_edition(edition: Edition, at: datetime) -> Found:
    """What would stand on the page of an edition that is not released."""
    documents = Document.objects.filter(_around())
    return _releases(documents, [edition.pk], edition.language, at, Q(pk__in=[]))


def around_tree(rests_on: Collection[tuple[int, str]], language: str, at: datetime) -> Found:
    """What would stand on the page of words that are not frozen, which rest on these documents: (key, how)."""
    documents = Document.objects.filter(_around() | Q(pk__in={pk for pk, _how in rests_on}))
    found = _releases(documents, [], language, at, Q(pk__in=[]))
    embeds = {pk for pk, how in rests_on if how == Reliance.EMBEDS}
    for each in (release for releases in found.others.values() for release in releases.values()):
        each.embedded = each.document_id in embeds
    return found


def around(language: str, at: datetime) -> Found:
    """What stands on every page."""
    return _releases(Document.objects.filter(_around()), [], language, at, Q(pk__in=[]))


def seen_with(edition: Edition, at: datetime) -> list[str]:
    """Digests of the editions whose pieces stand on the edition's page now: what its signer sees beside it."""
    return sorted(pieces_beside(edition, at).values_list("content_digest", flat=True))


def pieces_beside(edition: Edition, at: datetime) -> QuerySet[Release]:
    """The live releases whose pieces, or words that open in place, stand on the edition's page."""
    pieces = Dependency.objects.filter(edition=edition, how=Reliance.EMBEDS).values("document")
    return Release.objects.live(at).filter(document__in=pieces, language=edition.language)


def live_documents(kind: str, language: str, at: datetime) -> tuple[list[Release], Found]:
    """The live releases of one kind in one language, or in the source language where that has none; what is around.

    What was taken down in this language is not offered in another one instead: its address says so. Each release is
    marked `is_outdated` where the document's translation into this language is older than the live source: a list of
    facts then shows the source's, other lists the translation.
    """
    around_ids = Document.objects.filter(_around()).values("pk")
    found = (
        Release.objects.live(at)
        .filter(Q(document__kind=kind) | Q(document__in=around_ids), language__in=[language, settings.SOURCE_LANGUAGE])
        .with_evidence()
        .annotate(
            taken_down=_taken_down(language, at),
            around=Q(document__in=around_ids),
            translates=F("edition__source_edition"),
        )
        .order_by("number")
    )
    listed: dict[int, ByLanguage] = {}
    others: dict[int, ByLanguage] = {}
    for release in found:
        if release.document.kind == kind:
            listed.setdefault(release.document_id, {})[release.language] = release
        if release.around:
            others.setdefault(release.document_id, {})[release.language] = release
    chosen = [_listed(releases, language, kind_named(kind).lists_facts) for releases in listed.values()]
    return [release for release in chosen if release], Found({}, others)


def _listed(releases: ByLanguage, language: str, facts: bool) -> Release | None:
    """The release that stands for its document in a list, or None where it was taken down in this language."""
    own, source = releases.get(language), releases.get(settings.SOURCE_LANGUAGE)
    is_outdated = bool(own and source and own.translates and own.translates != source.edition_id)
    chosen = source if own is None or (is_outdated and facts) else own
    if own is None and source.taken_down:
        return None
    chosen.is_outdated = is_outdated
    return chosen


def live_signed_by(signer_slug: str, language: str, at: datetime) -> tuple[list[Release], Found]:
    """(live releases of editions that this reviewer signed, newest first; what is around)."""
    signed = Exists(SignOff.objects.filter(edition=OuterRef("edition"), signer_slug=signer_slug))
    around_ids = Document.objects.filter(_around()).values("pk")
    found = (
        Release.objects.live(at)
        .annotate(signed=signed, around=Q(document__in=around_ids))
        .filter(Q(signed=True) | Q(around=True, language__in=[language, settings.SOURCE_LANGUAGE]))
        .with_evidence()
    )
    releases = list(found.order_by("-released_from"))
    others: dict[int, ByLanguage] = {}
    for release in releases:
        if release.around:
            others.setdefault(release.document_id, {})[release.language] = release
    return [each for each in releases if each.signed], Found({}, others)


def withdrawn(kind: str, slug: str, language: str, at: datetime) -> Withdrawal | None:
    """The newest withdrawal of a page that is not live: in one language, or with "" in all."""
    found = Withdrawal.objects.filter(
        document__kind=kind, document__slug=slug, language=language, withdrawn_from__lte=at
    )
    return found.select_related("document", "explanation").order_by("-sequence").first()


def explanations(slugs: list[str], language: str, at: datetime) -> dict[str, Release]:
    """Live site words with these keys in just this language, by key."""
    found = Release.objects.live(at).filter(document__kind=SITE_WORDS, document__slug__in=slugs, language=language)
    return {each.document.slug: each for each in found.with_evidence()}


def moved(kind: str, slug: str, at: datetime) -> Document | None:
    """The document that once had this address, if readers know it: it is live or was withdrawn."""
    known = Exists(Release.objects.live(at).filter(document=OuterRef("document")))
    known |= Exists(Withdrawal.objects.filter(document=OuterRef("document"), language="", withdrawn_from__lte=at))
    old = OldAddress.objects.filter(known, kind=kind, slug=slug).select_related("document").first()
    return old and old.document
