"""What waits, asked of all documents at once. A list to work from: what may be signed is decided by rules.py alone."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from editorial.accounts.languages import target_languages
from editorial.accounts.roles import Permission
from editorial.editions.models import Document, Edition, Release, Review, Revocation, SignOff, Verdict, Withdrawal
from editorial.editions.states import Public, State, Work, states

from . import rules
from .models import Cause, Recheck


def waiting() -> QuerySet[Edition]:
    """Editions that wait for a sign-off, the oldest first, without their content."""
    newer = Edition.objects.filter(
        document=OuterRef("document"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    withdrawn = Withdrawal.objects.filter(
        Q(language="") | Q(language=OuterRef("language")),
        document=OuterRef("document"),
        sequence__gt=OuterRef("sequence"),
    )
    return (
        Edition.objects.filter(
            ~Exists(newer),
            ~Exists(Release.objects.filter(edition=OuterRef("pk"))),
            ~Exists(Review.objects.filter(edition=OuterRef("pk"), verdict=Verdict.SENT_BACK)),
            ~Exists(Revocation.objects.filter(sign_off__edition=OuterRef("pk"))),
            ~Exists(withdrawn),
            ~Exists(Revocation.objects.filter(sign_off__edition=OuterRef("source_edition"))),
        )
        .defer("content")
        .select_related("document", "recorded_by", "source_edition")
        .order_by("recorded_at")
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One edition that waits, and whether it waits for this person."""

    edition: Edition
    for_me: bool
    is_new: bool  # no edition of it was ever released in this language


def rows_for(user) -> list[Row]:
    """Every waiting edition, those that this user can sign first. A constant number of queries."""
    reviewer = rules.credentials(user)
    today = timezone.localdate()
    able = bool(reviewer and user.may(Permission.REVIEW) and reviewer.is_valid_on(today))
    languages = {held.language for held in reviewer.languages.all()} if reviewer else set()
    editions = list(waiting())
    signed = set(
        SignOff.objects.filter(edition__in=[each.pk for each in editions], recorded_by=user).values_list(
            "edition_id", flat=True
        )
    )
    released = set(
        Release.objects.filter(document__in=[each.document_id for each in editions]).values_list(
            "document_id", "language"
        )
    )
    rows = []
    for edition in editions:
        mine = (
            able
            and edition.language in languages
            and user.pk not in {person["id"] for person in edition.contributors}
            and edition.pk not in signed
        )
        rows.append(Row(edition, mine, (edition.document_id, edition.language) not in released))
    return sorted(rows, key=lambda row: not row.for_me)


def sent_back_to(user) -> list[Review]:
    """Reviews that sent back an edition which this user submitted and which nobody submitted again since."""
    newer = Edition.objects.filter(
        document=OuterRef("document"),
        language=OuterRef("edition__language"),
        number__gt=OuterRef("edition__number"),
    )
    return list(
        Review.objects.filter(~Exists(newer), verdict=Verdict.SENT_BACK, edition__recorded_by=user)
        .select_related("edition", "document")
        .defer("edition__content")
        .order_by("-recorded_at")
    )


def to_translate(user, limit: int = 50) -> list[tuple[Document, str, State]]:
    """Live pages without a current translation in a language that this user writes: (document, title, state)."""
    languages = [code for code in target_languages() if user.may(Permission.TRANSLATE, language=code)]
    if not languages:
        return []
    live = Release.objects.live(timezone.now()).filter(language=settings.SOURCE_LANGUAGE)
    documents = {each.document_id: each.document for each in live.select_related("document")}
    found = states(documents)
    open_ = [
        (documents[pk], found[pk][settings.SOURCE_LANGUAGE].newest.title, found[pk][language])
        for pk in documents
        for language in languages
        if found[pk][language].public in (Public.NONE, Public.OUTDATED)
        and found[pk][language].work in (Work.MISSING, Work.IN_WORK, Work.DONE)
    ]
    return sorted(open_, key=lambda row: row[2].public != Public.OUTDATED)[:limit]


def to_look_at_again(limit: int = 200) -> list[Recheck]:
    """Open rechecks, those about safety first, then the oldest. A constant number of queries."""
    # In the desk's language, whatever was signed last.
    newest = Edition.objects.filter(document=OuterRef("document"), language=settings.SOURCE_LANGUAGE)
    newest = newest.order_by("-number").values("title")[:1]
    found = Recheck.objects.open().select_related("edition").defer("edition__content")
    about_safety = Q(cause__in=[cause for cause in Cause if cause.is_about_safety])
    return list(
        found.annotate(what_changed=Subquery(newest), first=about_safety).order_by("-first", "opened_at", "pk")[:limit]
    )


def due_soon(days: int = 60) -> list[SignOff]:
    """The newest standing sign-off of each live edition that falls due within so many days, soonest first."""
    horizon = timezone.localdate() + timedelta(days=days)
    live = Release.objects.live(timezone.now()).values("edition")
    newest: dict[int, SignOff] = {}
    found = (
        SignOff.objects.filter(edition__in=live, revocation__isnull=True)
        .select_related("edition", "document")
        .defer("edition__content")
        .order_by("sequence")
    )
    for sign_off in found:
        newest[sign_off.edition_id] = sign_off
    due = [each for each in newest.values() if each.review_due_on <= horizon]
    return sorted(due, key=lambda each: each.review_due_on)
