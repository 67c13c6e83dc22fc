"""Asking the gate: what may be read, now or at another time. Pages, lists, search and feeds all come here.

Each question is one statement and brings releases only; verified_releases.py verifies the records behind them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, TextField, When

from editorial.editions.compiled_questions import AT, EDITION, LANGUAGE, find_rows
from editorial.editions.kinds import all_kinds
from editorial.editions.models import Dependency, Document, Edition, EditionWording, Release, Reliance, Withdrawal

from .notice_questions import find_standing
from .record_rows import RELEASE, DocumentRow, LiveRelease, ReleaseRow, read_release
from .site_words import PAGE_WORDS, SITE_WORDS, STOCK_WITHDRAWAL
from .withheld import find_withheld

ReleasesByLanguage = dict[str, LiveRelease]
ReleasesByDocument = dict[int, ReleasesByLanguage]  # {document id: {language: release}}


@dataclass(frozen=True, slots=True)
class GateResult:
    """What one question brought: the page's own releases, and those of everything that may stand on the page."""

    own: ReleasesByLanguage
    others: ReleasesByDocument
    embedded_ids: frozenset[int] = field(default_factory=frozenset)  # documents of which the page shows a piece
    taken_down_ids: frozenset[int] = field(default_factory=frozenset)  # documents taken down in the reader's language

    def release(self, document_id: int, key: int) -> LiveRelease | None:
        """The live release with this key, of this document; None where it is not live."""
        releases = self.others.get(document_id, {}).values()
        return next((release for release in releases if release.pk == key), None)

    @property
    def site_pages(self) -> dict[str, str]:
        """{name: slug} of the live pages about the site, in the order of the settings, which name them as kind/key."""
        live = {
            page_name(release.document): release.document.slug
            for release in self._in_language(settings.SOURCE_LANGUAGE)
        }
        return {name: live[name] for name in settings.SITE_PAGES if name in live}

    @property
    def documents(self) -> dict[tuple[str, str], Document | DocumentRow]:
        """{(kind, slug): document} of everything that is live besides the page itself."""
        documents = [next(iter(releases.values())).document for releases in self.others.values()]
        return {(document.kind, document.slug): document for document in documents}

    def embedded(self, language: str) -> list[LiveRelease]:
        """The live releases in just this language of the documents of which the page shows a piece."""
        return [release for release in self._in_language(language) if release.document_id in self.embedded_ids]

    def site_words(self, keys: Iterable[str], language: str) -> list[LiveRelease]:
        """Live site words with these keys, in this language, else in the source language."""
        wanted = set(keys)
        by_document: dict[int, LiveRelease] = {}
        for code in (settings.SOURCE_LANGUAGE, language):
            for release in self._in_language(code):
                if release.document.kind == SITE_WORDS and release.document.key in wanted:
                    by_document[release.document_id] = release
        return list(by_document.values())

    def _in_language(self, language: str) -> list[LiveRelease]:
        return [releases[language] for releases in self.others.values() if language in releases]


def page_name(document: Document | DocumentRow) -> str:
    """kind/key, as the settings name pages."""
    return f"{document.kind}/{document.key}"


def releases_embedded_in(edition: Edition, at: datetime) -> QuerySet[Release]:
    """The live releases whose pieces, or words that open in place, stand on the edition's page."""
    return _find_embedded(edition.pk, edition.language, at)


def _find_embedded(edition: int, language: str, at: datetime) -> QuerySet[Release]:
    documents = Dependency.objects.filter(edition=edition, how=Reliance.EMBEDS).values("document")
    return Release.objects.live(at).filter(document__in=documents, language=language)


def _ask_embedded() -> QuerySet[Release, Any]:
    return _find_embedded(EDITION, LANGUAGE, AT).order_by().values_list("content_digest")


def seen_with_digests(edition: Edition, at: datetime) -> list[str]:
    """Digests of the editions embedded in the edition's page now, sorted: what its signer sees with it."""
    rows = find_rows(_ask_embedded, edition=edition.pk, language=edition.language, at=at)
    return sorted(digest for [digest] in rows)


def live_explanation(document_id: int | None, language: str, at: datetime) -> Release | None:
    """The live release in just this language of a withdrawal's explanation: this document's, else the stock one."""
    wanted = Q(kind=SITE_WORDS, key=STOCK_WITHDRAWAL) & ~Q(key="")
    if document_id:
        wanted |= Q(pk=document_id)
    # Not joined: SQLite would begin with all releases of the language.
    documents = Document.objects.filter(wanted).values("pk")
    releases = Release.objects.live(at).filter(document__in=documents, language=language).with_records()
    return min(releases, key=lambda release: release.document_id != document_id, default=None)


def is_site_wide() -> Q:
    """Documents that any page may show or link to: the pages about the site, and words that the interface needs.

    Each condition says that there is a key, or SQLite reads past all pages of a kind: the index of keys has no others.
    """
    return (Q(kind=SITE_WORDS, key__in=interface_keys()) & ~Q(key="")) | is_site_page()


def interface_keys() -> list[str]:
    return sorted({PAGE_WORDS, *(key for kind in all_kinds() for key in kind.site_words)})


def is_explanation() -> Q:
    """Documents that may explain to readers why a page was taken down: site words that nothing else needs."""
    return Q(kind=SITE_WORDS) & ~Q(key__in=[*interface_keys(), STOCK_WITHDRAWAL]) & ~is_site_page()


def is_site_page(lookup: str = "") -> Q:
    """The pages about the site; `lookup` leads from a model to its document, as in "document__"."""
    condition = NOTHING
    for name in settings.SITE_PAGES:
        kind_name, key = name.split("/")
        condition |= Q(**{f"{lookup}kind": kind_name, f"{lookup}key": key}) & ~Q(**{f"{lookup}key": ""})
    return condition


def _taken_down(language: str, at: datetime) -> Exists:
    """Whether the document of a release was taken down in this language: its address there says so, and leads nowhere.

    Asked of the source's release where none is live in the language: a newer one ends what a withdrawal says.
    """
    return Exists(Withdrawal.objects.in_force(at).filter(document=OuterRef("document"), language=language))


NOTHING = Q(pk__in=[])


def find_releases(
    documents: QuerySet[Document], rests_on: QuerySet[Dependency], language: str, at: datetime, own: Q = NOTHING
) -> QuerySet[Release, Any]:
    """One statement: live releases of `documents` and of all in `rests_on`, in this language and the source language.

    Those that match `own` come in every language, with the urgent notices on their page. As rows, for `read_row`.
    """
    embeds = rests_on.filter(document=OuterRef("document"), how=Reliance.EMBEDS)
    return (
        Release.objects.live(at)
        .filter(
            own | Q(language__in=[language, settings.SOURCE_LANGUAGE]),
            document__in=documents.values("pk").union(rests_on.values("document")),
        )
        .with_records()
        .annotate(
            embedded=Exists(embeds),
            taken_down=_taken_down(language, at),
            withheld=find_withheld(at),
            says_as=Subquery(EditionWording.objects.filter(edition=OuterRef("edition_id")).values("says_as")),
            notices=Case(When(own, then=find_standing(at)), default=None, output_field=TextField()),
        )
        .order_by("number")
        .values_list(*RELEASE.lookups(), *_DOCUMENT, *_STATE, "embedded", "taken_down")
    )


_DOCUMENT = ("document__kind", "document__slug", "document__key")
_STATE = ("has_ends", "is_withdrawn", "withheld", "notices", "says_as")


class LiveRow(NamedTuple):
    """What one row of `find_releases` says."""

    release: ReleaseRow
    is_embedded: bool  # whether the page shows a piece of its document
    is_taken_down: bool  # whether its document is taken down in the reader's language


def read_row(row: Sequence[Any]) -> LiveRow:
    *document, has_ends, is_withdrawn, withheld, notices, says_as, is_embedded, is_taken_down = row[_WIDTH:]
    release = read_release(
        tuple(row[:_WIDTH]),
        document,
        has_ends=has_ends,
        is_withdrawn=is_withdrawn,
        withheld=withheld,
        notices=notices,
        says_as=says_as,
    )
    return LiveRow(release, is_embedded, is_taken_down)


def read_result(rows: Iterable[LiveRow]) -> GateResult:
    """What the rows of one question say, none of them as the page's own."""
    others: ReleasesByDocument = {}
    embedded_ids: set[int] = set()
    taken_down_ids: set[int] = set()
    for release, is_embedded, is_taken_down in rows:
        others.setdefault(release.document_id, {})[release.language] = release
        if is_embedded:
            embedded_ids.add(release.document_id)
        if is_taken_down:
            taken_down_ids.add(release.document_id)
    return GateResult({}, others, frozenset(embedded_ids), frozenset(taken_down_ids))


_WIDTH = len(RELEASE)
