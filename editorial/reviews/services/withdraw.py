"""Taking pages down: withdrawing, and revoking a sign-off. Hiding is always safe."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import own_name
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import field_blocker, reason_blockers, refuse_if
from editorial.editions.models import Document, EndCause, Release, Revocation, SignOff, Withdrawal, append_record
from editorial.editions.validity import Validity
from editorial.editions.working.copies import lock_user, refreshed_user
from editorial.reading.list_rows import refresh_lists

from .. import rules
from ..mail import notifications
from ..models import Cause
from .intervals import end_release, restore_previous, write_end
from .notice_ends import end_notices_of_pages
from .rechecks import lock_dependents, open_rechecks


def withdraw(
    document: Document, language: str, *, user: User, reason: str, explanation: Document | None = None
) -> Withdrawal:
    """Take a page down in one language, or in all when `language` is the source language; at once.

    Scheduled editions are cancelled too, and no edition frozen before now can be released. `explanation` is a signed
    document that readers see; until it is signed they see the stock one. Raises Blocked.
    """
    return withdraw_languages(document, [language], user=user, reason=reason, explanation=explanation)[0]


def withdraw_languages(
    document: Document, languages: Collection[str], *, user: User, reason: str, explanation: Document | None = None
) -> list[Withdrawal]:
    """The same in several languages, for one reason: all or nothing. One record for each, or one for all of them."""
    with transaction.atomic():
        document, user = lock_dependents([document])[document.pk], refreshed_user(user)
        now = timezone.now()
        refuse_if(withdrawal_blockers(document, languages, user, reason))
        return [
            record_withdrawal(document, scope, now, user=user, reason=reason, explanation=explanation)
            for scope in _scopes(languages)
        ]


def record_withdrawal(
    document: Document,
    scope: str,
    now: datetime,
    *,
    user: User,
    reason: str,
    explanation: Document | None = None,
    policy: str = "",
) -> Withdrawal:
    """What follows once it is decided that a page comes down, in one language or with "" in all.

    The caller holds the lock on the document's row. Where no person decided it but a policy, `policy` says in words
    which one, and stands in the record in the place of credentials; `user` is then who set it.
    """
    record = _take_down(document, scope, now, user=user, reason=reason, explanation=explanation, in_place_of=policy)
    open_rechecks(record, Cause.WITHDRAWN, scope, user=user)
    end_notices_of_pages([document.pk], user=user)
    notifications.notify_withdrawn(record, by_policy=bool(policy))
    return record


def _open(document: Document, scope: str, now: datetime) -> QuerySet[Release]:
    opened = Release.objects.filter(document=document).open_after(now)
    return opened.filter(language=scope) if scope else opened


def _scope(language: str) -> str:
    """Withdrawing the source covers all languages."""
    return "" if language == settings.SOURCE_LANGUAGE else language


def _scopes(languages: Collection[str]) -> list[str]:
    scopes = {_scope(language) for language in languages}
    return [""] if "" in scopes else sorted(scopes)


def withdrawal_blockers(document: Document, languages: Collection[str], user: User, reason: str) -> Iterator[str]:
    """Why this user cannot take the page down in these languages now."""
    yield from rules.withdrawer_blockers(user, reason=reason)
    if not languages:
        yield field_blocker("languages", _("Choose the languages to take down."))
        return
    opened = set(_open(document, "", timezone.now()).values_list("language", flat=True))
    scopes = _scopes(languages)
    idle = [scope for scope in scopes if not (scope in opened if scope else opened)]
    if idle == scopes:
        yield _("There is nothing to take down: no edition of this page is live or scheduled.")
        return
    for scope in idle:
        message = _("There is nothing to take down in %(language)s. Leave it out.")
        yield field_blocker("languages", message % {"language": own_name(scope)})


def _take_down(
    document: Document,
    scope: str,
    now: datetime,
    *,
    user: User,
    reason: str,
    explanation: Document | None = None,
    cause: EndCause = EndCause.WITHDRAWN,
    in_place_of: str = "",
) -> Withdrawal:
    """Write the withdrawal, and end what is open; `in_place_of` stands in the record in the place of credentials."""
    reviewer = rules.find_credentials(user)
    credentials = in_place_of or (f"{reviewer.name}, {reviewer.letters}" if reviewer else user.name)
    record = append_record(
        Withdrawal(
            document=document,
            language=scope,
            withdrawn_from=now,
            reason=reason.strip(),
            explanation=explanation,
            credentials=credentials[
                : Withdrawal._meta.get_field("credentials").max_length
            ],  # no name stops a take-down
        ),
        user=user,
        at=now,
    )
    for release in _open(document, scope, now):
        write_end(release, max(now, release.released_from), cause, user=user, now=now)
    refresh_lists([document.pk], now)
    return record


def revoke_sign_off(sign_off: SignOff, *, user: User, reason: str) -> Revocation:
    """A sign-off stands no longer. Where the edition then lacks a sign-off that it needs, it leaves the public page.

    A live page is taken down as by a withdrawal. An edition that was only scheduled is cancelled, and the one before
    it, whose sign-offs stand, goes on being read. Raises Blocked.
    """
    with transaction.atomic():
        document, user = lock_dependents([sign_off.document])[sign_off.document_id], refreshed_user(user)
        refuse_if(revocation_blockers(sign_off, user, reason))
        return _revoke(document, [sign_off], user=user, reason=reason)[0]


def revoke_sign_offs_since(signer: User, since: date, *, user: User, reason: str) -> list[Revocation]:
    """Revoke all that one person signed since a day (at home) and that still stands, on all documents: all or nothing.

    Each as by `revoke_sign_off`. What is revoked is what stands when everything is locked, whatever a page showed
    before: hiding is always safe. Raises Blocked.
    """
    with transaction.atomic():
        lock_user(signer)
        locked = lock_dependents(unrevoked_sign_offs_since(signer, since).values_list("document", flat=True))
        user = refreshed_user(user)
        by_document: dict[int, list[SignOff]] = {}
        for sign_off in unrevoked_sign_offs_since(signer, since).filter(document__in=locked).select_related("edition"):
            by_document.setdefault(sign_off.document_id, []).append(sign_off)
        refuse_if([*revoker_blockers(signer, user), *_standing_blockers(by_document), *reason_blockers(reason)])
        done = (_revoke(locked[pk], sign_offs, user=user, reason=reason) for pk, sign_offs in by_document.items())
        return [record for records in done for record in records]


def unrevoked_sign_offs_since(signer: User, since: date) -> QuerySet[SignOff]:
    """What a person signed since a day (at home) and that is not revoked, document by document."""
    start = timezone.make_aware(datetime.combine(max(since, date(1970, 1, 1)), time.min))
    sign_offs = SignOff.objects.filter(recorded_by=signer, recorded_at__gte=start, revocation__isnull=True)
    return sign_offs.defer("edition__content").order_by("document", "sequence")


def _revoke(document: Document, sign_offs: list[SignOff], *, user: User, reason: str) -> list[Revocation]:
    """The caller holds the lock, and these all stand."""
    now = timezone.now()
    records = [
        append_record(Revocation(document=document, sign_off=sign_off, reason=reason.strip()), user=user, at=now)
        for sign_off in sign_offs
    ]
    _unrelease_what_fell(document, now, user=user, reason=reason)
    refresh_lists([document.pk], now)  # also where it is read on: the signer's own page has it no more
    end_notices_of_pages([document.pk], user=user)
    for record in records:
        open_rechecks(record, Cause.REVOKED, record.sign_off.language, user=user)
        notifications.notify_revoked(record)
    return records


def revocation_blockers(sign_off: SignOff, user: User, reason: str) -> Iterator[str]:
    """Why this user cannot revoke this sign-off now."""
    yield from revoker_blockers(sign_off.recorded_by, user)
    if Revocation.objects.filter(sign_off=sign_off).exists():  # asked anew: the row may have been read before the lock
        yield _("This sign-off has already been revoked.")
    yield from reason_blockers(reason)


def revoker_blockers(signer: User, user: User) -> Iterator[str]:
    """Why this user may not revoke what the signer signed."""
    if not user.can(Permission.REVOKE) and signer.pk != user.pk:
        yield _("Only a head of content, a site admin or the signer can revoke a sign-off.")


def _standing_blockers(by_document: dict[int, list[SignOff]]) -> Iterator[str]:
    if not by_document:
        yield _("This person has no valid sign-offs since that day.")


def _unrelease_what_fell(document: Document, now: datetime, *, user: User, reason: str) -> None:
    """Take off the public page every edition, in every language, that no longer stands."""
    opened = Release.objects.filter(document=document).open_after(now).select_related("edition", "document")
    releases = list(opened.defer("edition__content").order_by("-released_from"))
    validity = Validity([release.edition_id for release in releases])
    fallen = [release for release in releases if not validity.is_valid(release.edition_id)]
    live = {release.language for release in fallen if release.released_from <= now}
    for release in fallen:
        covered = live & {release.language, settings.SOURCE_LANGUAGE}
        if release.released_from > now and not covered:
            end_release(release, release.released_from, EndCause.UNSIGNED, user=user, now=now)
            restore_previous(release, user=user, now=now)
    for language in [settings.SOURCE_LANGUAGE] if settings.SOURCE_LANGUAGE in live else sorted(live):
        scope = _scope(language)
        _take_down(document, scope, now, user=user, reason=reason, cause=EndCause.UNSIGNED)
