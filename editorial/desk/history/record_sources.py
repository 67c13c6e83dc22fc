"""Records as sources of the timeline, each told in words. What two records of one act would say twice is said once."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.models import (
    Document,
    DraftDiscard,
    Edition,
    EndCause,
    Meaning,
    OldAddress,
    Reinstatement,
    Release,
    ReleaseEnd,
    Review,
    Revocation,
    SignOff,
    Withdrawal,
)
from editorial.editions.models.releases import ReleaseQuerySet
from editorial.reviews.models import Act, Recheck, Remark, Settlement

from .policy_words import records_reaching, tell_policy_records
from .sources import EntryType, TimelineEntry, TimelineSource

DatedEntries = Iterator[tuple[int, TimelineEntry]]


def _of_document(model: type[Model]) -> Callable[[Document], QuerySet[Any]]:
    return lambda document: model._default_manager.filter(document=document)


def _edition_url(edition_id: int, place: str = "") -> str:
    return reverse("desk:edition", args=[edition_id]) + place


def _number(number: int) -> dict[str, Any]:
    return {"number": number}


def _time(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _editions(rows: QuerySet[Any]) -> DatedEntries:
    for row in rows.defer("content"):
        what = _("Edition %(number)s submitted for review") % _number(row.number)
        yield (
            row.pk,
            TimelineEntry(
                EntryType.SUBMISSION,
                row.recorded_at,
                row.recorded_by_name,
                what,
                row.language,
                url=_edition_url(row.pk),
            ),
        )


def _reviews(rows: QuerySet[Any]) -> DatedEntries:
    for row in rows.select_related("edition").defer("edition__content"):
        words = _("Edition %(number)s sent back") if row.verdict == "sent-back" else _("Edition %(number)s accepted")
        yield row.pk, TimelineEntry(
            EntryType.REVIEW, row.recorded_at, row.recorded_by_name, words % _number(row.edition.number),
            row.edition.language, row.remarks, url=_edition_url(row.edition_id),
        )  # fmt: skip


_SIGNATURES = {
    Meaning.SIGNED: gettext_lazy("Edition %(number)s signed"),
    Meaning.REAFFIRMED: gettext_lazy("Edition %(number)s reaffirmed"),
    Meaning.BROUGHT_BACK: gettext_lazy("Edition %(number)s signed to bring it back"),
    Meaning.BACK_CHECKED: gettext_lazy("Edition %(number)s back-checked"),
}


def _sign_offs(rows: QuerySet[Any]) -> DatedEntries:
    for row in rows.select_related("review", "revocation"):
        words = _SIGNATURES[Meaning(row.meaning)]
        facts = [_("next review due on %(day)s") % {"day": _day(row.review_due_on)}]
        if row.asks_back_check:
            facts.append(_("asks for a back-check"))
        if row.release_not_before:
            facts.append(_("scheduled for %(time)s") % {"time": _time(row.release_not_before)})
        is_revoked = hasattr(row, "revocation")
        yield row.pk, TimelineEntry(
            EntryType.SIGN_OFF, row.recorded_at, f"{row.signer_name}, {row.signer_credentials}",
            words % _number(row.number), row.language, row.review.remarks, tuple(facts), _edition_url(row.edition_id),
            ("withdrawn", _("revoked")) if is_revoked else ("", ""), None if is_revoked else row,
        )  # fmt: skip


def _revocations(rows: QuerySet[Any]) -> DatedEntries:
    for row in rows.select_related("sign_off"):
        signed = row.sign_off
        what = _("Sign-off of edition %(number)s by %(name)s revoked") % {
            "number": signed.number, "name": signed.signer_name,
        }  # fmt: skip
        yield row.pk, TimelineEntry(
            EntryType.SIGN_OFF, row.recorded_at, row.recorded_by_name, what, signed.language, row.reason,
            url=_edition_url(signed.edition_id), badge=("withdrawn", ""),
        )  # fmt: skip


def _releases(rows: QuerySet[Any]) -> DatedEntries:
    for row in cast(ReleaseQuerySet, rows).with_until():
        facts = [_("available to readers from %(time)s") % {"time": _time(row.released_from)}]
        is_cancelled = row.released_until is not None and row.released_until <= row.released_from
        if row.released_until and not is_cancelled:
            facts.append(_("available to readers until %(time)s") % {"time": _time(row.released_until)})
        badge = ("withdrawn", _("cancelled before publication")) if is_cancelled else ("live", "")
        yield row.pk, TimelineEntry(
            EntryType.PUBLICATION, row.recorded_at, row.recorded_by_name,
            _("Edition %(number)s released") % _number(row.number), row.language, "", tuple(facts),
            _edition_url(row.edition_id), badge,
        )  # fmt: skip


def _ends_of(document: Document) -> QuerySet[Any]:
    """Those that nothing else here tells: a newer release and a withdrawal say themselves what they end."""
    with_withdrawal = Withdrawal.objects.filter(document=document, recorded_at=OuterRef("recorded_at"))
    ends = ReleaseEnd.objects.filter(document=document, cause__in=[EndCause.HELD, EndCause.UNSIGNED])
    return ends.filter(~Exists(with_withdrawal))


def _ends(rows: QuerySet[Any]) -> DatedEntries:
    for row in rows.select_related("release"):
        yield row.pk, TimelineEntry(
            EntryType.PUBLICATION, row.recorded_at, row.recorded_by_name,
            _("Edition %(number)s not published: %(cause)s") % {
                "number": row.release.number, "cause": row.get_cause_display(),
            },
            row.release.language, url=_edition_url(row.release.edition_id), badge=("held", ""),
        )  # fmt: skip


def _withdrawals(rows: QuerySet[Any]) -> DatedEntries:
    for row in rows:
        yield row.pk, TimelineEntry(
            EntryType.PUBLICATION, row.recorded_at, row.credentials,
            _("Taken down in this language") if row.language else _("Taken down in every language"),
            row.language, row.reason, badge=("withdrawn", ""),
        )  # fmt: skip


def _reinstatements(rows: QuerySet[Any]) -> DatedEntries:
    for row in rows.select_related("edition").defer("edition__content"):
        yield row.pk, TimelineEntry(
            EntryType.PUBLICATION, row.recorded_at, row.recorded_by_name,
            _("Edition %(number)s brought back") % _number(row.edition.number), row.language, row.reason,
            url=_edition_url(row.edition_id), badge=("live", ""),
        )  # fmt: skip


def _remarks(rows: QuerySet[Any]) -> DatedEntries:
    acts = {
        Act.SAID: _("Remark on edition %(number)s"),
        Act.RESOLVED: _("Remark on edition %(number)s resolved"),
        Act.DONE: _("Remark on edition %(number)s: done"),
        Act.SET_ASIDE: _("Remark on edition %(number)s set aside"),
        Act.REOPENED: _("Remark on edition %(number)s reopened"),
    }
    for row in rows.select_related("edition").defer("edition__content"):
        words = _("Reply to a remark on edition %(number)s") if row.thread_id and row.act == Act.SAID else acts[row.act]
        yield row.pk, TimelineEntry(
            EntryType.REMARK, row.made_at, row.made_by_name, words % _number(row.edition.number), row.language,
            row.text, url=_edition_url(row.edition_id, f"#remark-{row.pk}"),
        )  # fmt: skip


def _titled(path: str) -> Subquery:
    """The title of what changed, in the source language."""
    editions = Edition.objects.filter(document=OuterRef(path), language=settings.SOURCE_LANGUAGE)
    return Subquery(editions.order_by("-number").values("title")[:1])


def _rechecks(rows: QuerySet[Any]) -> DatedEntries:
    rows = rows.select_related("edition", "settlement", "document").defer("edition__content")
    for row in rows.annotate(changed=_titled("document")):
        what = _("Recheck of edition %(number)s opened") % _number(row.edition.number)
        facts = (f"{row.get_cause_display()}: {row.changed or row.document.slug}",)
        yield row.pk, TimelineEntry(
            EntryType.RECHECK, row.opened_at, row.opened_by_name, what, row.edition.language, "", facts,
            _edition_url(row.edition_id, "#rechecks"), ("", "") if hasattr(row, "settlement") else ("held", _("open")),
        )  # fmt: skip


def _settlements(rows: QuerySet[Any]) -> DatedEntries:
    rows = rows.select_related("recheck__edition").defer("recheck__edition__content")
    for row in rows:
        edition = row.recheck.edition
        what = _("Recheck of edition %(number)s settled") % _number(edition.number)
        facts = (f"{row.recheck.get_cause_display()}: {row.get_outcome_display()}",)
        yield row.pk, TimelineEntry(
            EntryType.RECHECK, row.settled_at, row.settled_by_name, what, edition.language, row.reason, facts,
            _edition_url(edition.pk, "#rechecks"),
        )  # fmt: skip


def _moves(rows: QuerySet[Any]) -> DatedEntries:
    for row in rows:
        what = _("Address changed. Old address: “%(slug)s”") % {"slug": row.slug}
        yield row.pk, TimelineEntry(EntryType.PUBLICATION, row.changed_at, "", what)


def _discards(rows: QuerySet[Any]) -> DatedEntries:
    for row in rows:
        what = _("Draft discarded") if row.is_discarded else _("Draft brought back")
        yield row.pk, TimelineEntry(EntryType.PUBLICATION, row.made_at, row.made_by_name, what)


SOURCES = [
    TimelineSource(
        "discards", EntryType.PUBLICATION, _of_document(DraftDiscard), _discards, at="made_at", by="made_by_id",
    ),
    TimelineSource("moves", EntryType.PUBLICATION, _of_document(OldAddress), _moves, at="changed_at", by=""),
    TimelineSource("editions", EntryType.SUBMISSION, _of_document(Edition), _editions, language="language"),
    TimelineSource(
        "remarks", EntryType.REMARK, _of_document(Remark), _remarks, at="made_at", by="made_by_id", language="language",
    ),
    # A sign-off tells of the review that it came with.
    TimelineSource(
        "reviews", EntryType.REVIEW, lambda document: Review.objects.filter(document=document, sign_off__isnull=True),
        _reviews, language="edition__language",
    ),
    TimelineSource("signatures", EntryType.SIGN_OFF, _of_document(SignOff), _sign_offs, language="language"),
    TimelineSource(
        "revocations", EntryType.SIGN_OFF, _of_document(Revocation), _revocations, language="sign_off__language"
    ),
    TimelineSource("releases", EntryType.PUBLICATION, _of_document(Release), _releases, language="language"),
    TimelineSource("ends", EntryType.PUBLICATION, _ends_of, _ends, language="release__language"),
    TimelineSource("withdrawals", EntryType.PUBLICATION, _of_document(Withdrawal), _withdrawals, language="language"),
    TimelineSource(
        "reinstatements", EntryType.PUBLICATION, _of_document(Reinstatement), _reinstatements, language="language"
    ),
    TimelineSource(
        "rechecks", EntryType.RECHECK, lambda document: Recheck.objects.filter(edition__document=document), _rechecks,
        at="opened_at", by="opened_by_id", language="edition__language",
    ),
    TimelineSource(
        "settlements", EntryType.RECHECK,
        lambda document: Settlement.objects.filter(recheck__edition__document=document), _settlements,
        at="settled_at", by="settled_by_id", language="recheck__edition__language",
    ),
    TimelineSource("policies", EntryType.POLICY, records_reaching, tell_policy_records, language="language"),
]  # fmt: skip
