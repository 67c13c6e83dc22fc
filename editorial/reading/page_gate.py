"""Asking the gate about one page, or the part of a list that is shown: its own releases, and those of all that may
stand on it.

The querysets here say what is asked; each is one statement, which is made once and asked past the ORM.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from editorial.editions.compiled_questions import (
    AT,
    EDITION,
    KEYS,
    KIND,
    LANGUAGE,
    SLUG,
    CompiledQuestion,
    RawRow,
    compiled,
)
from editorial.editions.models import (
    LEADING,
    CorruptEdition,
    Dependency,
    Document,
    Edition,
    OldAddress,
    Release,
    Reliance,
    Withdrawal,
)

from .gate import GateResult, LiveRow, find_releases, interface_keys, is_site_page, is_site_wide, read_result, read_row


def live_page(kind: str, slug: str, language: str, at: datetime, document_ids: Collection[int] = ()) -> GateResult:
    """The live releases of one document, and of what may stand on its page; of these other documents too. No content is
    loaded.

    Raises CorruptEdition where the database holds what no release can hold.
    """
    result = _ask(_PAGE, kind=kind, slug=slug, language=language, at=at, keys=sorted(set(document_ids)))
    document = result.documents.get((kind, slug))
    if document is None:
        return result
    return GateResult(result.others[document.pk], result.others, result.embedded_ids, result.taken_down_ids)


def live_for_edition(edition: Edition, at: datetime) -> GateResult:
    """What would stand on the page of an edition that is not released. Raises CorruptEdition."""
    return _ask(_EDITION, edition=edition.pk, language=edition.language, at=at)


def live_for_tree(rests_on: Collection[tuple[int, str]], language: str, at: datetime) -> GateResult:
    """What would stand on the page of words that are not frozen; `rests_on` holds (document key, how) pairs.

    Raises CorruptEdition.
    """
    result = _ask(_TREE, keys=sorted({pk for pk, _how in rests_on}), language=language, at=at)
    embedded_ids = frozenset(pk for pk, how in rests_on if how == Reliance.EMBEDS)
    return GateResult({}, result.others, embedded_ids, result.taken_down_ids)


def live_in_list(document_ids: Iterable[int], language: str, at: datetime) -> GateResult:
    """The live releases of the documents that a list shows, in this language and the source language, and what is
    site-wide. Raises CorruptEdition.
    """
    return _ask(_TREE, keys=sorted(set(document_ids)), language=language, at=at)


def live_in_all_languages(document_ids: Iterable[int], language: str, at: datetime) -> GateResult:
    """The same with the documents' releases in every language. Raises CorruptEdition."""
    return _ask(_DOCUMENTS, keys=sorted(set(document_ids)), language=language, at=at)


class WithdrawalRow(NamedTuple):
    """What a page that was taken down says of it."""

    record_digest: str
    slug: str
    explanation_id: int | None  # the document that explains it to readers


def find_withdrawal(kind: str, slug: str, language: str, at: datetime) -> WithdrawalRow | None:
    """The newest withdrawal of a page that is not live: in one language, or in all of them if `language` is ""."""
    rows = compiled(_WITHDRAWAL).ask(kind=kind, slug=slug, language=language, at=at)
    return WithdrawalRow._make(rows[0]) if rows else None


def find_redirect(kind: str, slug: str, at: datetime) -> str:
    """Where the document is now that once had this address, if readers know it: it is live or was withdrawn; else "".

    A slug of a page of the same kind.
    """
    rows = compiled(_REDIRECT).ask(kind=kind, slug=slug, at=at)
    return rows[0][0] if rows else ""


def live_site_pages(at: datetime) -> dict[str, str]:
    """{name: slug} as in `GateResult.site_pages`, for an answer that shows nothing else of what is signed."""
    found = compiled(_SITE_PAGES, settings.SOURCE_LANGUAGE, *settings.SITE_PAGES).ask(at=at)
    live = {f"{kind}/{key}": slug for kind, key, slug in found}
    return {name: live[name] for name in settings.SITE_PAGES if name in live}


def page_releases(
    kind: str, slug: str, language: str, at: datetime, document_ids: Iterable[int] = ()
) -> QuerySet[Release, Any]:
    """What `live_page` asks."""
    own = Q(document__kind=kind, document__slug=slug)
    editions = Release.objects.live(at).filter(own).values("edition")
    documents = Document.objects.filter(is_site_wide() | Q(kind=kind, slug=slug) | Q(pk__in=document_ids))
    return find_releases(documents, Dependency.objects.filter(edition__in=editions, how__in=LEADING), language, at, own)


def edition_releases(edition_id: int, language: str, at: datetime) -> QuerySet[Release, Any]:
    """What `live_for_edition` asks."""
    documents = Document.objects.filter(is_site_wide())
    return find_releases(documents, Dependency.objects.filter(edition=edition_id, how__in=LEADING), language, at)


def tree_releases(document_ids: Iterable[int], language: str, at: datetime) -> QuerySet[Release, Any]:
    """What `live_for_tree` and `live_in_list` ask."""
    documents = Document.objects.filter(is_site_wide() | Q(pk__in=document_ids))
    return find_releases(documents, Dependency.objects.none(), language, at)


def document_releases(document_ids: Sequence[int], language: str, at: datetime) -> QuerySet[Release, Any]:
    """What `live_in_all_languages` asks."""
    documents = Document.objects.filter(is_site_wide() | Q(pk__in=document_ids))
    return find_releases(documents, Dependency.objects.none(), language, at, Q(document__in=document_ids))


def page_withdrawals(kind: str, slug: str, language: str, at: datetime) -> QuerySet[Withdrawal, Any]:
    """What `find_withdrawal` asks."""
    withdrawals = Withdrawal.objects.in_force(at).filter(document__kind=kind, document__slug=slug, language=language)
    return withdrawals.order_by("-sequence").values_list("record_digest", "document__slug", "explanation")[:1]


def page_redirects(kind: str, slug: str, at: datetime) -> QuerySet[OldAddress, Any]:
    """What `find_redirect` asks."""
    is_live = Exists(Release.objects.live(at).filter(document=OuterRef("document")))
    is_withdrawn = Exists(Withdrawal.objects.filter(document=OuterRef("document"), language="", withdrawn_from__lte=at))
    old = OldAddress.objects.filter(is_live | is_withdrawn, kind=kind, slug=slug)
    return old.order_by().values_list("document__slug")


def site_page_releases(at: datetime) -> QuerySet[Release, Any]:
    """What `live_site_pages` asks."""
    documents = Document.objects.filter(is_site_page()).values("pk")
    releases = Release.objects.live(at).filter(document__in=documents, language=settings.SOURCE_LANGUAGE)
    return releases.values_list("document__kind", "document__key", "document__slug")


_WITHDRAWAL = partial(page_withdrawals, KIND, SLUG, LANGUAGE, AT)
_REDIRECT = partial(page_redirects, KIND, SLUG, AT)
_SITE_PAGES = partial(site_page_releases, AT)
_PAGE = partial(page_releases, KIND, SLUG, LANGUAGE, AT, [KEYS])
_EDITION = partial(edition_releases, EDITION, LANGUAGE, AT)
_TREE = partial(tree_releases, [KEYS], LANGUAGE, AT)
_DOCUMENTS = partial(document_releases, [KEYS], LANGUAGE, AT)


def _ask(make: Callable[[], QuerySet[Release, Any]], **values: Any) -> GateResult:
    question = compiled(make, settings.SOURCE_LANGUAGE, *settings.SITE_PAGES, *interface_keys())
    try:
        return read_result([_read(question, row) for row in question.ask(**values)])
    except (TypeError, ValueError) as error:  # a column that cannot even be read
        raise CorruptEdition("Releases cannot be read.") from error


@lru_cache(maxsize=512)
def _read(question: CompiledQuestion, row: RawRow) -> LiveRow:
    """A row follows from its columns: one that equals another in all of them is read, and verified, once."""
    return read_row(question.convert(row))
