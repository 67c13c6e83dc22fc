"""What there is to translate, asked of all live pages at once: a list to work from, as `states.load_states` has it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from editorial.accounts.languages import target_languages
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.models import (
    Document,
    Edition,
    Release,
    Review,
    Revocation,
    Verdict,
    Withdrawal,
    WorkingVersion,
)
from editorial.editions.states import LanguageState, load_states
from editorial.reading.models import ListedPage


def pages_to_translate(user: User, limit: int) -> list[tuple[Document, str, LanguageState]]:
    """Live pages without a current translation in a language that this user writes: (document, title, state).

    Outdated translations come first, then in the order in which pages were released. One query for each language, and
    those of `load_states` for the pages that are returned.
    """
    now = timezone.now()
    languages = [code for code in target_languages() if user.can(Permission.TRANSLATE, language=code)]
    gaps: list[tuple[bool, int, str, int]] = []
    for language in languages:
        rows = translation_gaps(language, now).values_list("is_outdated", "release_id", "document_id")[:limit]
        gaps += [(not is_outdated, release, language, document) for is_outdated, release, document in rows]
    keys = [(document, language) for _is_current, _release, language, document in sorted(gaps)[:limit]]
    documents = Document.objects.in_bulk({document for document, _language in keys})
    states = load_states(documents, now)
    pages: list[tuple[Document, str, LanguageState]] = []
    for key, language in keys:
        source = states[key][settings.SOURCE_LANGUAGE].newest
        assert source is not None  # noqa: S101 (an edition of it was released)
        pages.append((documents[key], source.title, states[key][language]))
    return pages


def translation_gaps(language: str, now: datetime) -> QuerySet[ListedPage]:
    """Live pages whose translation is outdated or missing, and of which no edition in this language is under way.

    Readers' lists have a row for each; of those, an index of their own has what is asked here, in this order.
    """
    of_page: dict[str, Any] = {"document": OuterRef("document"), "language": language}
    of_page_or_all = Q(language=language) | Q(language="")
    withdrawals = Withdrawal.objects.filter(of_page_or_all, document=OuterRef("document"), withdrawn_from__lte=now)
    is_unread = ~Exists(withdrawals) & ~Exists(Release.objects.filter(**of_page).open_after(now))
    listed = ListedPage.objects.filter(Q(is_outdated=True) | Q(is_fallback=True), language=language)
    current = listed.filter(Q(listed_until__isnull=True) | Q(listed_until__gt=now), listed_from__lte=now)
    return current.filter(
        Q(is_outdated=True) | is_unread, ~Exists(_editions_under_way(of_page, withdrawals, now))
    ).order_by("-is_outdated", "release")


def _editions_under_way(of_page: dict[str, Any], withdrawals: QuerySet[Withdrawal], now: datetime) -> QuerySet[Edition]:
    """The newest edition, where it waits for reviewers or was sent back, and the draft was not changed since."""
    newer = Edition.objects.filter(
        document=OuterRef("document"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    edited = WorkingVersion.objects.filter(
        document=OuterRef("document"),
        language=OuterRef("language"),
        token__gt=0,
        changed_at__gt=OuterRef("recorded_at"),
    )
    sent_back = Review.objects.filter(edition=OuterRef("pk"), verdict=Verdict.SENT_BACK)
    opened = Release.objects.filter(edition=OuterRef("pk")).open_after(now)
    revoked = Revocation.objects.filter(sign_off__edition=OuterRef("pk"))
    is_closed = Exists(opened) | Exists(revoked) | Exists(withdrawals.filter(sequence__gt=OuterRef("sequence")))
    return Edition.objects.filter(
        ~Exists(newer), ~Exists(edited), Exists(sent_back) | ~Q(is_closed), **of_page
    ).order_by()
